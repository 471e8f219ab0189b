import { parseAddress } from "../../fcrdns/address";
import { type RuleContext, rule, type Violation } from "../rule";
import type { StackView } from "../stack-view";

export const mailNeedsVerifiedIp = rule({
  name: "fcrdns-mail-needs-verified-ip",
  demand: "MX, SPF and the mail host's A and AAAA name only addresses whose round trip holds.",
  severity: "critical",
  level: "mandatory",
  cause: "An MX, an SPF record or the A/AAAA of a mail host names an address of the stack that is not verified.",
  explanation:
    "These records invite mail and mail servers. Gmail remembers a bad first impression, so they must not exist before the round trip holds.",
  fix: "Take the record's value from `SendingIp.verified`, or give the address its PTR first.",
  source: "https://support.google.com/a/answer/81126; RFC 7208 section 5; RFC 5321 section 5.1",
  preview: "partly",
  async check(context) {
    const named = mailAddresses(context.stack);
    return (await Promise.all(named.map((each) => violationsOf(each, context)))).flat();
  },
});

/** An address of the stack that a mail record names. */
interface MailAddress {
  readonly ip: string;
  /** The record, in words: `the MX of example.com through mail.example.com`. */
  readonly by: string;
  readonly urn: string;
  /** The mail host, where the record names one. */
  readonly name: string | null;
}

function mailAddresses(stack: StackView): readonly MailAddress[] {
  const { addresses, exchangers, spf } = stack.records;
  const own = new Set([...stack.held, ...stack.sending].map(({ ip }) => ip));
  // Where the name's own records are published elsewhere, the PTR still says that the address belongs to it.
  const addressesOf = (name: string) => [
    ...addresses.filter(({ owner, ip }) => owner === name && ip !== null && own.has(ip)),
    ...stack.sending.filter(({ hostname, ip }) => hostname === name && ip !== null),
  ];
  const through = (name: string, by: string, urn: string): MailAddress[] =>
    addressesOf(name).map(({ ip }) => ({ ip: ip ?? "", by: `${by} through ${name}`, urn, name }));
  const found = [
    ...exchangers.flatMap(({ owner, exchange, urn }) =>
      exchange === null ? [] : through(exchange, `the MX of ${owner ?? "a domain"}`, urn),
    ),
    ...spf.flatMap(({ owner, networks, hosts, exchangersOf, urn }) => {
      const by = `the SPF record of ${owner ?? "a domain"}`;
      const direct = networks.flatMap((network): MailAddress[] => {
        const parsed = parseAddress(network.replace(/\/(32|128)$/, ""));
        return parsed.ok && own.has(parsed.address.text) ? [{ ip: parsed.address.text, by, urn, name: null }] : [];
      });
      const names = [
        ...hosts,
        ...exchangers.flatMap((mx) =>
          mx.owner !== null && mx.exchange !== null && exchangersOf.includes(mx.owner) ? [mx.exchange] : [],
        ),
      ];
      return [...direct, ...names.flatMap((name) => through(name, by, urn))];
    }),
  ];
  // A further address of a sending name; the one that has the PTR is the business of fcrdns-round-trip.
  const further = addresses.flatMap(({ owner, ip, urn, family }): MailAddress[] => {
    if (owner === null || ip === null || !own.has(ip)) return [];
    const sends = stack.sending.some(({ hostname }) => hostname === owner);
    const reversed = stack.sending.some((address) => address.ip === ip && address.hostname === owner);
    return sends && !reversed
      ? [{ ip, by: `the ${family === 4 ? "A" : "AAAA"} record of ${owner}`, urn, name: owner }]
      : [];
  });
  return [...found, ...further].filter(
    ({ ip, urn }, index, all) => all.findIndex((each) => each.ip === ip && each.urn === urn) === index,
  );
}

async function violationsOf({ ip, by, urn, name }: MailAddress, context: RuleContext): Promise<readonly Violation[]> {
  const setter = context.stack.sending.find((address) => address.ip === ip);
  const what = `${by} names ${ip}`;
  if (context.preview) {
    return setter === undefined
      ? [
          {
            urn,
            ip,
            level: "advisory",
            message: `${what}, whose PTR nothing in this stack sets. If it is set elsewhere, the update will see it in DNS.`,
          },
        ]
      : [];
  }
  if (context.waived(ip)) return [];
  const verdict = await context.verdict(ip, setter?.hostname ?? name, (setter?.reverse ?? "set") === "set");
  if (verdict === null || verdict.status === "pass") return [];
  const seen = verdict.status === "unknown" ? "could not be verified" : "does not round-trip";
  const unset = setter === undefined ? " Nothing in this stack sets its PTR." : "";
  return [{ urn, ip, message: `${what}, which ${seen} (${verdict.reason}).${unset}` }];
}

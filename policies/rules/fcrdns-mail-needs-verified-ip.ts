import { networksOf } from "../../fcrdns/stack/ip-networks";
import { type RuleContext, rule, type Violation } from "../rule";
import type { StackView } from "../stack-view";

export const mailNeedsVerifiedIp = rule({
  name: "fcrdns-mail-needs-verified-ip",
  requirement: "MX, SPF and the mail host's A and AAAA name only addresses whose round trip holds.",
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
    const checked = await Promise.all(named.map((each) => checkedAddress(each, context)));
    const asked = checked.flatMap(({ unverified }) => unverified ?? []);
    const found = checked.flatMap(({ violations }) => violations);
    // Where no address got an answer the cause is one, and is told once.
    const nobodyAnswered = found.length > 1 && asked.length === found.length && checked.every(({ passed }) => !passed);
    const ips = [...new Set(asked.map(({ ip }) => ip))];
    return !nobodyAnswered
      ? found
      : [
          {
            ips,
            message: `${asked[0]?.by} and ${found.length - 1} more mail records name ${ips.slice(0, 10).join(", ")}${ips.length > 10 ? " and others" : ""}, of which none could be verified (${asked[0]?.reason}).`,
          },
        ];
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
  /** What to do if the address is to send no mail. */
  readonly otherwise: string;
}

function mailAddresses(stack: StackView): readonly MailAddress[] {
  const { addresses, exchangers, spf } = stack.records;
  const ownIps = [...stack.held, ...stack.sending, ...stack.possible].flatMap(({ ip }) => (ip === null ? [] : [ip]));
  const own = new Set(ownIps);
  // Where the name's own records are published elsewhere, the PTR still says that the address belongs to it.
  const addressesOf = (name: string) => [
    ...stack.recordsOf(name).filter(({ ip }) => ip !== null && own.has(ip)),
    ...stack.sendingAs(name).filter(({ ip }) => ip !== null),
  ];
  const through = (name: string, by: string, urn: string, otherwise: string): MailAddress[] =>
    addressesOf(name).map(({ ip }) => ({ ip: ip ?? "", by: `${by} through ${name}`, urn, name, otherwise }));
  const exchangesOf = new Map<string, string[]>();
  for (const { owner, exchange } of exchangers) {
    if (owner === null || exchange === null || exchange === ".") continue;
    exchangesOf.set(owner, [...(exchangesOf.get(owner) ?? []), exchange]);
  }
  const found = [
    ...exchangers.flatMap(({ owner, exchange, urn }) =>
      exchange === null
        ? []
        : through(exchange, `the MX of ${owner ?? "a domain"}`, urn, "let the MX name another host"),
    ),
    ...spf.flatMap(({ owner, networks, hosts, exchangersOf, urn }) => {
      const by = `the SPF record of ${owner ?? "a domain"}`;
      const holderOf = networksOf(networks);
      const direct = [...own].flatMap((ip): MailAddress[] => {
        const network = networks.length === 0 ? undefined : holderOf(ip);
        if (network === undefined) return [];
        const term = `"${network.bits === 32 ? "ip4" : "ip6"}:${network.text}"`;
        const whole = network.prefix === network.bits;
        const otherwise = whole ? `remove ${term} from it` : `narrow ${term} so that it leaves the address out`;
        return [{ ip, by: whole ? by : `${by} (${term})`, urn, name: null, otherwise }];
      });
      const viaA = hosts.flatMap((name) =>
        through(name, by, urn, name === owner ? 'remove "a" from it' : `remove "a:${name}" from it`),
      );
      const viaMx = exchangersOf.flatMap((name) =>
        (exchangesOf.get(name) ?? []).flatMap((exchange) =>
          through(exchange, by, urn, `remove "${name === owner ? "mx" : `mx:${name}`}" from it`),
        ),
      );
      return [...direct, ...viaA, ...viaMx];
    }),
  ];
  // A further address of a sending name; the one that has the PTR is the business of fcrdns-round-trip.
  const further = addresses.flatMap(({ owner, ip, urn, family }): MailAddress[] => {
    if (owner === null || ip === null || !own.has(ip)) return [];
    const sends = stack.sendingAs(owner).length > 0;
    const reversed = stack.sendingFrom(ip).some(({ hostname }) => hostname === owner);
    const by = `the ${family === 4 ? "A" : "AAAA"} record of ${owner}`;
    return sends && !reversed ? [{ ip, by, urn, name: owner, otherwise: "remove the record" }] : [];
  });
  // The first of several that name one address in one record.
  const once = new Map([...found, ...further].reverse().map((each) => [`${each.ip} ${each.urn}`, each]));
  return [...once.values()].reverse();
}

/** One address after its check. */
interface Checked {
  readonly violations: readonly Violation[];
  readonly passed: boolean;
  /** Nobody answered. */
  readonly unverified?: { readonly ip: string; readonly by: string; readonly reason: string };
}

async function checkedAddress({ ip, by, urn, name, otherwise }: MailAddress, context: RuleContext): Promise<Checked> {
  const setter = context.stack.sendingFrom(ip)[0];
  const what = `${by} names ${ip}`;
  if (context.preview) {
    const message = `${what}, whose PTR nothing in this stack sets. If it is set elsewhere, the update will see it in DNS.`;
    return { violations: setter === undefined ? [{ urn, ip, level: "advisory", message }] : [], passed: true };
  }
  if (context.waived(ip)) return { violations: [], passed: true };
  const verdict = await context.verdict(ip, setter?.hostname ?? name, (setter?.reverse ?? "set") === "set");
  if (verdict === null || verdict.status === "pass") return { violations: [], passed: true };
  const { status, reason } = verdict;
  // That nobody answered was told of the address itself.
  if (status === "unknown" && context.told("fcrdns-round-trip", { ip })) return { violations: [], passed: false };
  const seen = status === "unknown" ? "could not be verified" : "does not round-trip";
  const unset = setter === undefined ? " Nothing in this stack sets its PTR." : "";
  const wanted = name === null ? "give the address a PTR whose name has it" : `set the PTR of ${ip} to ${name}`;
  const next =
    setter !== undefined
      ? `mend the round trip of ${ip}; if it sends no mail, ${otherwise}`
      : `if ${ip} sends no mail, ${otherwise}; if it does, ${wanted}`;
  const message = `${what}, which ${seen} (${reason}).${unset}\n  next      ${next}`;
  return {
    violations: [{ urn, ip, message }],
    passed: false,
    ...(status === "unknown" && { unverified: { ip, by, reason } }),
  };
}

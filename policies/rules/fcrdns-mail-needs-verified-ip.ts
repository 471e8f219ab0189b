import { statusText } from "../../fcrdns/report/verdict-text";
import type { SpfRecord } from "../../providers/internal/stack/forward-records";
import { networkOf, networksOf } from "../../providers/internal/stack/ip-networks";
import { ownerOf } from "../../providers/internal/stack/wildcards";
import { isLocalName, shownName } from "../../providers/internal/stack/zone-names";
import { type RuleContext, rule, type Violation } from "../rule";
import type { StackView } from "../stack-view";

export const mailNeedsVerifiedIp = rule({
  name: "fcrdns-mail-needs-verified-ip",
  requirement: "MX, SPF and the mail host's A and AAAA name only addresses whose round trip holds.",
  severity: "critical",
  level: "mandatory",
  order: 50,
  cause: "An MX, an SPF record or the A/AAAA of a mail host names an address of the stack that is not verified.",
  explanation:
    "These records attract mail and permit servers to send it. Gmail remembers a bad first result, so they must not exist before the round trip holds.",
  fix: "Take the record's value from `SendingIp.verified`, or give the address its PTR first.",
  source: "https://support.google.com/a/answer/81126; RFC 7208 section 5; RFC 5321 section 5.1",
  preview: "partly",
  async check(context) {
    const named = mailAddresses(context.stack);
    const checked = await Promise.all(named.map((each) => checkedAddress(each, context)));
    const asked = checked.flatMap(({ unverified }) => unverified ?? []);
    const found = checked.flatMap(({ violations }) => violations);
    // If no address got an answer, there is one cause, which is reported once.
    const nobodyAnswered = found.length > 1 && asked.length === found.length && checked.every(({ passed }) => !passed);
    const ips = [...new Set(asked.map(({ ip }) => ip))];
    const reported = !nobodyAnswered
      ? found
      : [
          {
            ips,
            message: `${asked[0]?.by} and ${found.length - 1} more mail records name ${ips.slice(0, 10).join(", ")}${ips.length > 10 ? " and others" : ""}, and none of them could be verified (${asked[0]?.reason}).`,
          },
        ];
    return [...reported, ...openSpf(context.stack)];
  },
});

/** Records that permit hosts without listing them, so that no address can be verified. */
function openSpf({ records }: StackView): readonly Violation[] {
  return records.spf.flatMap(({ owner, open, urn }) =>
    open.map((given): Violation => {
      const term = given.slice(0, 300);
      const record = `the SPF record of ${owner ?? "a domain"}`;
      const isAll = /all$/i.test(term);
      const seen = isAll
        ? `"${term}", which permits every address on the Internet to send in its name`
        : `"${term}", which permits hosts by their PTR instead of their address; receivers may skip it (RFC 7208 section 5.5)`;
      const next = isAll
        ? 'end the record with "-all" or "~all"'
        : 'name the addresses instead, with "ip4:", "ip6:" or "a:"';
      return { urn, level: "advisory", message: `${record} has ${seen}.\n  fix       ${next}` };
    }),
  );
}

/** An address of the stack that a mail record names. */
interface MailAddress {
  readonly ip: string;
  /** The record, in words: `the MX of example.com through mail.example.com`. */
  readonly by: string;
  readonly urn: string;
  /** The mail host, where the record names one. */
  readonly name: string | null;
  /** What to do if the address should not send mail. */
  readonly otherwise: string;
}

function mailAddresses(stack: StackView): readonly MailAddress[] {
  const { exchangers, spf } = stack.records;
  const ownIps = [...stack.held, ...stack.sending, ...stack.possible].flatMap(({ ip }) => (ip === null ? [] : [ip]));
  const own = new Set(ownIps);
  // If the name's own records are published elsewhere, the PTR still shows that the address belongs to it.
  const addressesOf = (name: string) => {
    const names = new Set([name]);
    // A set is walked in the order of its growth, so that aliases of aliases are met too, and loops end.
    for (const each of names) for (const { target } of stack.records.aliasesAt(each)) names.add(target);
    return [...names].flatMap((each) => [
      ...stack.recordsOf(each).filter(({ ip }) => ip !== null && own.has(ip)),
      ...stack.sendingAs(each).filter(({ ip }) => ip !== null),
    ]);
  };
  const through = (name: string, by: string, urn: string, otherwise: string): MailAddress[] =>
    addressesOf(name).map(({ ip }) => ({
      ip: ip ?? "",
      by: `${by} through ${shownName(name)}`,
      urn,
      name: isLocalName(name) ? null : name,
      otherwise,
    }));
  const exchangesOf = new Map<string, string[]>();
  for (const exchanger of exchangers) {
    const owner = ownerOf(exchanger);
    const { exchange } = exchanger;
    if (owner === null || exchange === null || exchange === ".") continue;
    exchangesOf.set(owner, [...(exchangesOf.get(owner) ?? []), exchange]);
  }
  const found = [
    ...inSpfNetworks(stack.records.spf, own),
    ...exchangers.flatMap(({ owner, exchange, urn }) =>
      exchange === null
        ? []
        : through(exchange, `the MX of ${owner ?? "a domain"}`, urn, "let the MX name another host"),
    ),
    ...spf.flatMap((record) => {
      const { owner, hosts, exchangersOf, urn } = record;
      const by = `the SPF record of ${owner ?? "a domain"}`;
      const self = ownerOf(record);
      const viaA = hosts.flatMap((name) =>
        through(name, by, urn, name === self ? 'remove "a" from it' : `remove "a:${name}" from it`),
      );
      const viaMx = exchangersOf.flatMap((name) =>
        (exchangesOf.get(name) ?? []).flatMap((exchange) =>
          through(exchange, by, urn, `remove "${name === self ? "mx" : `mx:${name}`}" from it`),
        ),
      );
      return [...viaA, ...viaMx];
    }),
  ];
  // A further address of a sending name; the one that has the PTR is the business of fcrdns-round-trip.
  const names = new Set(stack.sending.flatMap(({ hostname }) => hostname ?? []));
  const further = [...names].flatMap(stack.recordsOf).flatMap(({ owner, ip, urn, family }): MailAddress[] => {
    if (owner === null || ip === null || !own.has(ip)) return [];
    const reversed = stack.sendingFrom(ip).some(({ hostname }) => hostname === owner);
    const by = `the ${family === 4 ? "A" : "AAAA"} record of ${owner}`;
    return reversed ? [] : [{ ip, by, urn, name: owner, otherwise: "remove the record" }];
  });
  // The first of several that name one address in one record.
  const once = new Map([...found, ...further].reverse().map((each) => [`${each.ip} ${each.urn}`, each]));
  return [...once.values()].reverse();
}

/**
 * Addresses in `ip4` and `ip6` of SPF records, and beside their hosts (`a/24`). Each record that names an address itself
 * counts; of the networks around it only the narrowest, for there may be thousands.
 */
function inSpfNetworks(spf: readonly SpfRecord[], own: ReadonlySet<string>): readonly MailAddress[] {
  const keys = new Map([...own].map((ip) => [networkOf(ip)?.key ?? "", ip]));
  const blocks = new Map<string, { readonly term: string; readonly record: SpfRecord }>();
  const found: MailAddress[] = [];
  const named = new Set<string>();
  const add = (ip: string, term: string, { owner, urn }: SpfRecord, isBlock: boolean) => {
    const by = `the SPF record of ${owner ?? "a domain"}`;
    named.add(ip);
    found.push({
      ip,
      by: isBlock ? `${by} ("${term}")` : by,
      urn,
      name: null,
      otherwise: isBlock ? `narrow "${term}" so that it leaves the address out` : `remove "${term}" from it`,
    });
  };
  for (const record of spf) {
    for (const text of record.networks) {
      const parsed = networkOf(text);
      if (parsed === undefined) continue;
      const { prefix, bits } = parsed.network;
      const term = `${bits === 32 ? "ip4" : "ip6"}:${text}`;
      const ip = prefix === bits ? keys.get(parsed.key) : undefined;
      if (ip !== undefined) add(ip, term, record, false);
      else if (prefix < bits && !blocks.has(text)) blocks.set(text, { term, record });
    }
    for (const { term, network } of record.around) if (!blocks.has(network)) blocks.set(network, { term, record });
  }
  const holderOf = networksOf([...blocks.keys()]);
  for (const ip of blocks.size === 0 ? [] : own) {
    const block = named.has(ip) ? undefined : blocks.get(holderOf(ip)?.text ?? "");
    if (block !== undefined) add(ip, block.term, block.record, true);
  }
  return found;
}

/** One address after its check. */
interface Checked {
  readonly violations: readonly Violation[];
  readonly passed: boolean;
  /** No server answered. */
  readonly unverified?: { readonly ip: string; readonly by: string; readonly reason: string };
}

async function checkedAddress({ ip, by, urn, name, otherwise }: MailAddress, context: RuleContext): Promise<Checked> {
  const setter = context.stack.sendingFrom(ip)[0];
  const what = `${by} names ${ip}`;
  if (context.preview) {
    const message = `${what}, whose PTR nothing in this stack sets. If it is set elsewhere, the update will find it in DNS.`;
    return { violations: setter === undefined ? [{ urn, ip, level: "advisory", message }] : [], passed: true };
  }
  if (context.waived(ip)) return { violations: [], passed: true };
  // An invalid name is reported for its PTR and must be changed first.
  if (context.reported("fcrdns-name-valid", { ip })) return { violations: [], passed: false };
  const verdict = await context.verdict(ip, setter?.hostname ?? name, (setter?.reverse ?? "set") === "set");
  if (verdict === null || verdict.status === "pass") return { violations: [], passed: true };
  const { status, reason } = verdict;
  // The problem is already reported for the address itself, at least as strictly.
  if (context.reported("fcrdns-round-trip", { ip })) return { violations: [], passed: false };
  const unset = setter === undefined ? " Nothing in this stack sets its PTR." : "";
  const wanted = name === null ? "give the address a PTR whose name has it" : `set the PTR of ${ip} to ${name}`;
  const next =
    setter !== undefined
      ? `fix the round trip of ${ip}; if it sends no mail, ${otherwise}`
      : `if ${ip} sends no mail, ${otherwise}; if it does, ${wanted}`;
  const message = `${what}, which ${statusText(verdict)} (${reason}).${unset}\n  fix       ${next}`;
  return {
    violations: [{ urn, ip, message }],
    passed: false,
    ...(status === "unknown" && { unverified: { ip, by, reason } }),
  };
}

/** The addresses of a stack that its own MX, SPF, A and AAAA records let send mail, whether or not anything sets their PTR. */
import type { ForwardRecords, SpfRecord } from "./forward-records";
import { networkOf, networksOf } from "./ip-networks";
import type { SendingAddress } from "./sending-addresses";
import { ownerOf } from "./wildcards";
import { isLocalName, shownName } from "./zone-names";

/** An address of the stack that a mail record names. */
export interface MailAddress {
  readonly ip: string;
  /** The record, in words: `the MX of example.com through mail.example.com`. */
  readonly by: string;
  /** The same as a sentence about the address: `the MX of example.com names mail.example.com, whose A record is this address`. */
  readonly because: string;
  readonly urn: string;
  /** The mail host, where the record names one. */
  readonly name: string | null;
  /** What to do if the address should not send mail. */
  readonly otherwise: string;
}

/** What is known of a stack beside its records. */
interface Known {
  readonly records: ForwardRecords;
  /** Addresses that resources of the stack hold, or set a PTR of. */
  readonly own: ReadonlySet<string>;
  /** What sends from the stack because a resource sets its PTR. */
  readonly sending: readonly SendingAddress[];
  readonly sendingAs: (hostname: string | null) => readonly SendingAddress[];
  readonly sendingFrom: (ip: string | null) => readonly SendingAddress[];
}

/** Every address of the stack that its MX, SPF, and the A and AAAA of sending names let send; each once for each record. */
export function mailAddresses({ records, own, sending, sendingAs, sendingFrom }: Known): readonly MailAddress[] {
  const { exchangers, spf } = records;
  // If the name's own records are published elsewhere, the PTR still shows that the address belongs to it.
  const addressesOf = (name: string) => {
    const names = new Set([name]);
    // A set is walked in the order of its growth, so that aliases of aliases are met too, and loops end.
    for (const each of names) for (const { target } of records.aliasesAt(each)) names.add(target);
    return [...names].flatMap((each) => {
      const host = each === name ? "" : `, an alias of ${shownName(each)}`;
      const inStack = records.addressesAt(each).filter(({ ip }) => ip !== null && own.has(ip));
      return [
        ...inStack.map(({ ip, family }) => ({ ip, how: `${host}, whose ${typeOf(family)} record is this address` })),
        ...sendingAs(each).flatMap(({ ip }) => (ip === null ? [] : [{ ip, how: `${host}, the PTR of this address` }])),
      ];
    });
  };
  const through = (name: string, by: string, urn: string, otherwise: string): MailAddress[] =>
    addressesOf(name).map(({ ip, how }) => ({
      ip: ip ?? "",
      by: `${by} through ${shownName(name)}`,
      because: `${by} names ${shownName(name)}${how}`,
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
    ...inSpfNetworks(spf, own),
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
  const names = new Set(sending.flatMap(({ hostname }) => hostname ?? []));
  const further = [...names].flatMap(records.addressesAt).flatMap(({ owner, ip, urn, family }): MailAddress[] => {
    if (owner === null || ip === null || !own.has(ip)) return [];
    const reversed = sendingFrom(ip).some(({ hostname }) => hostname === owner);
    const by = `the ${typeOf(family)} record of ${owner}`;
    const because = `${by}, a name that mail is sent under, is this address`;
    return reversed ? [] : [{ ip, by, because, urn, name: owner, otherwise: "remove the record" }];
  });
  // The first of several that name one address in one record.
  const once = new Map([...found, ...further].reverse().map((each) => [`${each.ip} ${each.urn}`, each]));
  return [...once.values()].reverse();
}

function typeOf(family: 4 | 6): string {
  return family === 4 ? "A" : "AAAA";
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
      because: `${by} permits it by "${term}"`,
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

/**
 * What a stack publishes about names: their addresses, aliases, mail exchangers and SPF; from DNS resources of any host.
 */
import { parseAddress } from "../../../fcrdns/names/address";
import { canonicalName } from "../../../fcrdns/names/name";
import { type DnsRecordSet, dnsRecordSets } from "./dns-records";
import { sendingAddresses } from "./sending-addresses";
import type { StackResource } from "./stack-resource";
import { existingNames, ownerOf, recordsAt } from "./wildcards";
import { localName, withZoneNames } from "./zone-names";

/** Where a record stands. */
interface Place {
  /** Canonical; null: not known yet. */
  readonly owner: string | null;
  /** Where only the id of the zone is known: the owner as `localName` writes it. */
  readonly local?: string;
  readonly urn: string;
  readonly type: string;
}

/** One A or AAAA record. */
export interface AddressRecord extends Place {
  readonly family: 4 | 6;
  /** Canonical text; null: not known yet. */
  readonly ip: string | null;
  /** The DNS host answers with its own addresses instead of this one. */
  readonly proxied: boolean;
  /** URNs of the resources that the address came from; absent: none. */
  readonly sources?: readonly string[];
}

export interface AliasRecord extends Place {
  /** Canonical, or a local name. */
  readonly target: string;
  readonly proxied: boolean;
}

export interface MailExchanger extends Place {
  /** Canonical, or a local name; null: not known yet. `.` is "no mail here" (RFC 7505). */
  readonly exchange: string | null;
}

/** An SPF record's mechanisms that let mail out (RFC 7208 section 5). */
export interface SpfRecord extends Place {
  /** Of `ip4` and `ip6`, as written: an address or a prefix. */
  readonly networks: readonly string[];
  /** Names whose addresses may send (`a`), canonical or local; the owner itself for a bare `a`. None that is proxied. */
  readonly hosts: readonly string[];
  /** Names whose exchangers may send (`mx`); the owner itself for a bare `mx`. */
  readonly exchangersOf: readonly string[];
  /** What `a/24` or `mx//64` lets send beside the hosts themselves, as far as the stack shows their addresses. */
  readonly around: readonly Around[];
  /** Mechanisms that let hosts send that no record lists (`+all`, `ptr`), as written. */
  readonly open: readonly string[];
  /** `v=spf1 -all`: the owner sends no mail. */
  readonly nothing: boolean;
}

/** The network around an address of a host. */
interface Around {
  /** The mechanism as written: `a:mail.example.com/24`. */
  readonly term: string;
  /** `192.0.2.10/24`. */
  readonly network: string;
}

export interface ForwardRecords {
  readonly addresses: readonly AddressRecord[];
  readonly aliases: readonly AliasRecord[];
  readonly exchangers: readonly MailExchanger[];
  readonly spf: readonly SpfRecord[];
  /** The A and AAAA that a look-up of this name finds; a wildcard's have the name itself as owner. */
  readonly addressesAt: (name: string) => readonly AddressRecord[];
  /** The aliases that a look-up of this name finds. */
  readonly aliasesAt: (name: string) => readonly AliasRecord[];
}

/**
 * Everything that the DNS resources of a stack say about names, in the order of the resources.
 * @param sending what the same resources say of sending addresses, where it is known already
 */
export function forwardRecords(
  resources: readonly StackResource[],
  sending: readonly { readonly hostname: string | null }[] = sendingAddresses(resources),
): ForwardRecords {
  const hostnames = new Set(sending.map(({ hostname }) => hostname).filter((name) => name !== null));
  const sets = withZoneNames(dnsRecordSets(resources), hostnames);
  const of = (...types: string[]) => sets.filter((set) => types.includes(set.type));
  const addresses = of("A", "AAAA").flatMap(addressRecords);
  const exchangers = of("MX").flatMap((set): MailExchanger[] => [
    ...set.values.map((value) => ({ ...place(set), exchange: exchangeOf(value, set) })),
    ...(set.complete ? [] : [{ ...place(set), exchange: null }]),
  ]);
  const aliases = of("CNAME", "ALIAS", "ANAME").flatMap((set) =>
    set.values.flatMap((value): AliasRecord[] => {
      const target = targetOf(value, set);
      return target === null ? [] : [{ ...place(set), target, proxied: set.proxied }];
    }),
  );
  const existing = existingNames(sets.map(place));
  const addressesAt = recordsAt(addresses, existing);
  const aliasesAt = recordsAt(aliases, existing);
  /** Whether a receiver that looks up the name gets addresses of the DNS host: SPF lets those send, not the ones here. */
  const isProxied = (name: string) => {
    const names = new Set([name]);
    // A set is walked in the order of its growth, so that aliases of aliases are met too, and loops end.
    for (const each of names) for (const { target } of aliasesAt(each)) names.add(target);
    return [...names].some((each) => [...addressesAt(each), ...aliasesAt(each)].some(({ proxied }) => proxied));
  };
  const aroundOf = networksAround(addressesAt, exchangers);
  return {
    addresses,
    addressesAt,
    aliases,
    aliasesAt,
    exchangers,
    spf: of("TXT", "SPF").flatMap((set) =>
      set.values
        .filter((value) => /^v=spf1(\s|$)/i.test(value) && value.length <= MAX_TXT)
        .map((value): SpfRecord => {
          const { blocks, hosts, ...terms } = spfTerms(value, set.owner ?? place(set).local ?? null);
          const shown = hosts.filter((name) => !isProxied(name));
          return { ...place(set), ...terms, hosts: shown, around: blocks.flatMap(aroundOf) };
        }),
    ),
  };
}

/** A mechanism with the length of a prefix. */
interface Block {
  readonly term: string;
  readonly mechanism: "a" | "mx";
  readonly name: string;
  /** `/24`, `//64` or `/24//64` (RFC 7208 section 5.3). */
  readonly prefix: string;
}

function networksAround(
  addressesAt: ForwardRecords["addressesAt"],
  exchangers: readonly MailExchanger[],
): (block: Block) => readonly Around[] {
  const exchangesOf = new Map<string, string[]>();
  for (const each of exchangers) {
    const owner = ownerOf(each) ?? "";
    if (each.exchange !== null) exchangesOf.set(owner, [...(exchangesOf.get(owner) ?? []), each.exchange]);
  }
  return ({ term, mechanism, name, prefix }) => {
    const match = /^(?:\/(\d{1,2}))?(?:\/\/(\d{1,3}))?$/.exec(prefix);
    if (match === null) return [];
    const bits = { 4: match[1], 6: match[2] };
    const hosts = new Set(mechanism === "a" ? [name] : exchangesOf.get(name));
    return [...hosts].flatMap(addressesAt).flatMap(({ family, ip, proxied }) => {
      const length = bits[family];
      return ip !== null && length !== undefined && !proxied ? [{ term, network: `${ip}/${length}` }] : [];
    });
  };
}

/** Octets of the data of one record (RFC 1035 section 3.2.1). */
const MAX_TXT = 65_535;

function addressRecords(set: DnsRecordSet): readonly AddressRecord[] {
  const family = set.type === "AAAA" ? 6 : 4;
  const from = set.sources === undefined ? {} : { sources: set.sources };
  const known = set.values.flatMap((value): AddressRecord[] => {
    const parsed = parseAddress(value.trim());
    return parsed.ok && parsed.address.family === family
      ? [{ ...place(set), family, ip: parsed.address.text, proxied: set.proxied, ...from }]
      : [];
  });
  return set.complete ? known : [...known, { ...place(set), family, ip: null, proxied: set.proxied, ...from }];
}

function place({ owner, within, urn, resourceType }: DnsRecordSet): Place {
  const local = owner === null && within !== undefined ? { local: localName(within.name, within.zoneId) } : {};
  return { owner, ...local, urn, type: resourceType };
}

/** `10 mail.example.com` or, where the preference stands in a property of its own, the name alone. */
function exchangeOf(value: string, set: DnsRecordSet): string | null {
  const name = value.slice(-1020).trim().split(/\s+/).at(-1) ?? "";
  return name === "." ? "." : targetOf(name, set);
}

/** Canonical, or local where it is relative to a zone that has only an id. */
function targetOf(name: string, { zone, within }: DnsRecordSet): string | null {
  const isRelative = name === "@" || (!name.includes(".") && name.length <= 63);
  return zone === null && within !== undefined && isRelative && name !== ""
    ? localName(name, within.zoneId)
    : canonical(name, zone);
}

/** Some hosts take a target without dots, or `@`, as relative to the zone. Texts longer than any name are none. */
function canonical(name: string, zone: string | null): string | null {
  if (name.length > 1020) return null;
  if (zone !== null && name === "@") return zone;
  const result = canonicalName(zone !== null && !name.includes(".") ? `${name}.${zone}` : name);
  return result.ok ? result.name : null;
}

function spfTerms(
  text: string,
  owner: string | null,
): Pick<SpfRecord, "networks" | "hosts" | "exchangersOf" | "open" | "nothing"> & { readonly blocks: readonly Block[] } {
  const blocks: Block[] = [];
  const networks: string[] = [];
  const hosts: string[] = [];
  const exchangersOf: string[] = [];
  const written = text.trim().split(/\s+/).slice(1);
  // What stands after the first "all" is never looked at (RFC 7208 section 5.1).
  const all = written.findIndex((term) => /^[+?~-]?all$/i.test(term));
  const terms = all < 0 ? written : written.slice(0, all + 1);
  for (const term of terms) {
    // Longer than any name with its prefix: no receiver reads it.
    if (term.length > 1100) continue;
    // A qualifier other than "+" lets nothing out.
    const match = /^\+?(ip4|ip6|a|mx)(?:[:](.+?))?(\/[\d/]+)?$/i.exec(term);
    if (match === null) continue;
    const [, mechanism = "", value, prefix = ""] = match;
    const name = value === undefined ? owner : canonical(value, null);
    if (/^ip[46]$/i.test(mechanism)) networks.push(`${value ?? ""}${prefix}`);
    else if (name !== null) {
      const isHost = /^a$/i.test(mechanism);
      (isHost ? hosts : exchangersOf).push(name);
      if (prefix !== "") blocks.push({ term: term.replace(/^\+/, ""), mechanism: isHost ? "a" : "mx", name, prefix });
    }
  }
  const nothing =
    terms.some((term) => /^-all$/i.test(term)) && terms.every((term) => /^[-~?]/.test(term) || isNote(term));
  const open = terms.filter((term) => term.length <= 1100 && /^\+?(?:all|ptr(?::.+)?)$/i.test(term));
  return { networks, hosts, exchangersOf, open, nothing, blocks };
}

/** A modifier that lets nobody send: `exp=`, or one that nobody knows (RFC 7208 section 6). */
function isNote(term: string): boolean {
  return /^[a-z][\w.-]*=/i.test(term) && !/^redirect=/i.test(term);
}

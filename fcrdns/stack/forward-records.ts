/**
 * What a stack publishes about names: their addresses, aliases, mail exchangers and SPF; from DNS resources of any host.
 */
import { parseAddress } from "../names/address";
import { canonicalName } from "../names/name";
import { type DnsRecordSet, dnsRecordSets } from "./dns-records";
import { sendingAddresses } from "./sending-addresses";
import type { StackResource } from "./stack-resource";
import { withZoneNames } from "./zone-names";

/** One A or AAAA record. */
export interface AddressRecord {
  /** Canonical; null: not known yet. */
  readonly owner: string | null;
  readonly family: 4 | 6;
  /** Canonical text; null: not known yet. */
  readonly ip: string | null;
  /** Cloudflare answers with its own addresses instead of this one. */
  readonly proxied: boolean;
  readonly urn: string;
  readonly type: string;
  /** URNs of the resources that the address came from; absent: none. */
  readonly sources?: readonly string[];
}

export interface AliasRecord {
  readonly owner: string | null;
  readonly target: string;
  readonly proxied: boolean;
  readonly urn: string;
  readonly type: string;
}

export interface MailExchanger {
  readonly owner: string | null;
  /** Canonical; null: not known yet. `.` is "no mail here" (RFC 7505). */
  readonly exchange: string | null;
  readonly urn: string;
  readonly type: string;
}

/** An SPF record's mechanisms that let mail out (RFC 7208 section 5). */
export interface SpfRecord {
  readonly owner: string | null;
  /** Of `ip4` and `ip6`, as written: an address or a prefix. */
  readonly networks: readonly string[];
  /** Names whose addresses may send (`a`); the owner itself for a bare `a`. */
  readonly hosts: readonly string[];
  /** Names whose exchangers may send (`mx`); the owner itself for a bare `mx`. */
  readonly exchangersOf: readonly string[];
  /** `v=spf1 -all`: the owner sends no mail. */
  readonly nothing: boolean;
  readonly urn: string;
  readonly type: string;
}

export interface ForwardRecords {
  readonly addresses: readonly AddressRecord[];
  readonly aliases: readonly AliasRecord[];
  readonly exchangers: readonly MailExchanger[];
  readonly spf: readonly SpfRecord[];
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
  return {
    addresses: of("A", "AAAA").flatMap(addressRecords),
    aliases: of("CNAME", "ALIAS", "ANAME").flatMap((set) =>
      set.values.flatMap((value) => {
        const target = canonical(value, set.zone);
        return target === null ? [] : [{ ...place(set), target, proxied: set.proxied }];
      }),
    ),
    exchangers: of("MX").flatMap((set) => [
      ...set.values.map((value) => ({ ...place(set), exchange: exchangeOf(value, set.zone) })),
      ...(set.complete ? [] : [{ ...place(set), exchange: null }]),
    ]),
    spf: of("TXT", "SPF").flatMap((set) =>
      set.values
        .filter((value) => /^v=spf1(\s|$)/i.test(value) && value.length <= MAX_TXT)
        .map((value) => ({ ...place(set), ...spfTerms(value, set.owner) })),
    ),
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

function place(set: DnsRecordSet): { readonly owner: string | null; readonly urn: string; readonly type: string } {
  return { owner: set.owner, urn: set.urn, type: set.resourceType };
}

/** `10 mail.example.com` or, where the preference stands in a property of its own, the name alone. */
function exchangeOf(value: string, zone: string | null): string | null {
  const name = value.slice(-1020).trim().split(/\s+/).at(-1) ?? "";
  return name === "." ? "." : canonical(name, zone);
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
): Pick<SpfRecord, "networks" | "hosts" | "exchangersOf" | "nothing"> {
  const networks: string[] = [];
  const hosts: string[] = [];
  const exchangersOf: string[] = [];
  const terms = text.trim().split(/\s+/).slice(1);
  for (const term of terms) {
    // Longer than any name with its prefix: no receiver reads it.
    if (term.length > 1100) continue;
    // A qualifier other than "+" lets nothing out.
    const match = /^\+?(ip4|ip6|a|mx)(?:[:](.+?))?(\/[\d/]+)?$/i.exec(term);
    if (match === null) continue;
    const [, mechanism = "", value, prefix = ""] = match;
    const name = value === undefined ? owner : canonical(value, null);
    if (/^ip[46]$/i.test(mechanism)) networks.push(`${value ?? ""}${prefix}`);
    else if (name !== null) (/^a$/i.test(mechanism) ? hosts : exchangersOf).push(name);
  }
  const nothing =
    terms.some((term) => /^-all$/i.test(term)) && terms.every((term) => /^[-~?]/.test(term) || isNote(term));
  return { networks, hosts, exchangersOf, nothing };
}

/** A modifier that lets nobody send: `exp=`, or one that nobody knows (RFC 7208 section 6). */
function isNote(term: string): boolean {
  return /^[a-z][\w.-]*=/i.test(term) && !/^redirect=/i.test(term);
}

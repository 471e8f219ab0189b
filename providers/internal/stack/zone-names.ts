/**
 * The names of zones that a stack names by an id only. A record `mail` in the zone `0123abcd` is told apart from others
 * by what else the stack says: an MX of the same zone, or a PTR, with the name `mail.example.com` makes the zone
 * `example.com`. Where that leaves more than one zone, none is guessed; names in it can still be told apart from each other.
 */
import { getDomain } from "tldts";
import { canonicalName } from "../../../fcrdns/names/name";
import type { DnsRecordSet } from "./dns-records";

/**
 * Fills in the owners that follow from the other names of the stack.
 * @param sets all record sets of the stack
 * @param hostnames canonical names that hosts of the stack have, such as the names of its PTRs
 */
export function withZoneNames(sets: readonly DnsRecordSet[], hostnames: ReadonlySet<string>): readonly DnsRecordSet[] {
  const byZone = new Map<string, DnsRecordSet[]>();
  for (const set of sets) {
    if (set.within === undefined) continue;
    const known = byZone.get(set.within.zoneId);
    if (known === undefined) byZone.set(set.within.zoneId, [set]);
    else known.push(set);
  }
  if (byZone.size === 0) return sets;
  const zones = new Map<string, string>();
  for (const [id, members] of byZone) {
    const zone = zoneNameOf(members, hostnames);
    if (zone !== undefined) zones.set(id, zone);
  }
  return sets.map((set) => {
    const zone = set.within === undefined ? undefined : zones.get(set.within.zoneId);
    if (zone === undefined || set.within === undefined) return set;
    const { name } = set.within;
    const owner = canonicalName(name === "@" || name === "" ? zone : `${name}.${zone}`);
    return owner.ok ? { ...set, owner: owner.name, zone } : set;
  });
}

/**
 * A name in a zone whose own name is not known, to be compared with others like it. It is no host name: it is neither
 * asked of DNS nor shown but by {@link shownName}.
 * @param name relative to the zone, `@` for the zone itself
 */
export function localName(name: string, zoneId: string): string {
  return `${name === "" ? "@" : name.toLowerCase()} (${zoneId})`;
}

export function isLocalName(name: string): boolean {
  return name.endsWith(")");
}

/** `mail` for a local name, any other as it is. */
export function shownName(name: string): string {
  return isLocalName(name) ? name.replace(/ \(.*$/, "") : name;
}

function zoneNameOf(members: readonly DnsRecordSet[], hostnames: ReadonlySet<string>): string | undefined {
  const addresses = members.filter(({ type }) => type === "A" || type === "AAAA" || type === "CNAME");
  const relative = new Set(
    addresses.flatMap(({ within }) => {
      const name = canonicalName(within?.name ?? "");
      return name.ok && name.name !== "@" ? [name.name] : [];
    }),
  );
  const exchanges = members.filter(({ type }) => type === "MX").flatMap(({ values }) => values.map(lastWord));
  const named = members
    .filter(({ type }) => type === "TXT" || type === "SPF")
    .flatMap(({ values }) => values.flatMap(spfHosts));
  // What the zone itself says is closer than what other resources say.
  for (const names of [exchanges, named, hostnames]) {
    const zones = new Set([...names].flatMap((name) => zonesOf(name, relative)));
    if (zones.size === 1) return [...zones][0];
    if (zones.size > 1) return undefined;
  }
  // An exchanger that is a domain by itself is hardly a stranger's: those give their hosts names of their own.
  const hasApex = addresses.some(({ within }) => within?.name === "@" || within?.name === "");
  const domains = new Set(exchanges.filter((name) => name !== "" && getDomain(name) === name));
  return hasApex && domains.size === 1 ? [...domains][0] : undefined;
}

/** The names in `a:` of an SPF record. */
function spfHosts(text: string): readonly string[] {
  if (!/^v=spf1\s/i.test(text) || text.length > 65_535) return [];
  return [...text.matchAll(/\s\+?a:([^\s/]{1,255})/gi)].map(([, name = ""]) => lastWord(name));
}

/** `mail.example.com` and the relative name `mail` make `example.com`. */
function zonesOf(name: string, relative: ReadonlySet<string>): readonly string[] {
  const labels = name.split(".");
  return labels.slice(0, -2).flatMap((_, index) => {
    const cut = index + 1;
    return relative.has(labels.slice(0, cut).join(".")) ? [labels.slice(cut).join(".")] : [];
  });
}

/** `10 mail.example.com`, or the name alone. */
function lastWord(value: string): string {
  const name = canonicalName(value.slice(-1020).trim().split(/\s+/).at(-1) ?? "");
  return name.ok ? name.name : "";
}

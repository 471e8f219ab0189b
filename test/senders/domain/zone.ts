/** A small DNS in memory. */
import { canonicalName } from "../../../fcrdns/names/name";
import type { DnsAnswer, DnsLookUp, DnsType } from "../../../senders/domain/evaluate";

/** Null: no answer. */
export type Records = Readonly<Record<string, Partial<Record<DnsType | "CNAME", readonly string[] | null>>>>;

export function lookUpIn(records: Records): DnsLookUp {
  const zone = new Map(Object.entries(records).map(([name, sets]) => [canonical(name), sets]));
  const follow = (name: string, type: DnsType, aliases: readonly string[]): DnsAnswer => {
    const sets = zone.get(name);
    const [alias] = sets?.CNAME ?? [];
    if (alias !== undefined && aliases.length < 8)
      return follow(canonical(alias), type, [...aliases, canonical(alias)]);
    const values = sets?.[type];
    return values === null
      ? { known: false, why: "192.0.2.53: timeout" }
      : { known: true, values: values ?? [], aliases };
  };
  return async (name, type) => follow(name, type, []);
}

function canonical(text: string): string {
  const read = canonicalName(text);
  return read.ok ? read.name : text;
}

/** A small DNS in memory. */
import { canonicalName } from "../../../fcrdns/names/name";
import type { DnsAnswer, DnsLookUp, DnsType } from "../../../senders/domain/evaluate";

/** Null: no answer. */
export type Records = Readonly<Record<string, Partial<Record<DnsType | "CNAME", readonly string[] | null>>>>;

export function lookUpIn(records: Records): DnsLookUp {
  const zone = new Map(Object.entries(records).map(([name, sets]) => [canonical(name), sets]));
  const follow = (name: string, type: DnsType, aliases: number): DnsAnswer => {
    const sets = zone.get(name);
    const [alias] = sets?.CNAME ?? [];
    if (alias !== undefined && aliases < 8) return follow(canonical(alias), type, aliases + 1);
    const values = sets?.[type];
    return values === null ? { known: false, why: "192.0.2.53: timeout" } : { known: true, values: values ?? [] };
  };
  return async (name, type) => follow(name, type, 0);
}

function canonical(text: string): string {
  const read = canonicalName(text);
  return read.ok ? read.name : text;
}

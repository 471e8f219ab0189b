/** Zones as the text of master files (RFC 1035 section 5). */

/** Origin -> the records of its file. Where they have no SOA, one is added. */
export type Zones = Readonly<Record<string, string>>;

export interface SoaNumbers {
  readonly serial?: number;
  /** TTL of the SOA itself, seconds. @default 300 */
  readonly soaTtl?: number;
  /** SOA.MINIMUM, seconds. @default 300 */
  readonly minimum?: number;
}

/** The content of a zone's file. */
export function zoneFile(
  origin: string,
  records: string,
  { serial = 1, soaTtl = 300, minimum = 300 }: SoaNumbers = {},
): string {
  const apex = apexOf(origin);
  const soa = `${apex} ${soaTtl} IN SOA ns.invalid. host.invalid. ${serial} 3600 600 86400 ${minimum}\n`;
  return `$ORIGIN ${apex}\n$TTL 300\n${/\sSOA\s/.test(records) ? "" : soa}${records}\n`;
}

/** File name -> content. */
export function zoneFiles(zones: Zones, soa?: SoaNumbers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(zones).map(([origin, records]) => [fileName(origin), zoneFile(origin, records, soa)]),
  );
}

export function fileName(origin: string): string {
  return `${origin.replaceAll("/", "_")}.zone`;
}

/** With the final dot that configurations want. */
export function apexOf(origin: string): string {
  return origin === "." ? "." : `${origin}.`;
}

/** Where a record's owner lies in a zone: what every DNS host needs before it can publish. */
import { canonicalName } from "../../../fcrdns/names/name";
import type { Problem } from "../../cloud";
import type { DnsHostCapabilities, RecordType } from "../../dns-host";

/**
 * The owner as written inside its zone: `mail` for `mail.example.com` in `example.com`, the apex as `apex`.
 * @param apex how this host writes the zone itself
 * @default apex "@"
 */
export function relativeName(owner: string, zone: string, apex = "@"): string {
  return owner === zone ? apex : owner.slice(0, -zone.length - 1);
}

/** The zone in the form in which owners are compared with it; text that is no name stays, and no owner lies in it. */
export function canonicalZone(text: string): string {
  const read = canonicalName(text);
  return read.ok ? read.name : text;
}

/** What to do when a DNS host does not know the zone. @param also another setting that decides which zone is found */
export function zoneMissing(also?: string): string {
  const alternative = also === undefined ? "" : `, or ${also}`;
  return `create it there, or give the zone's name at the DNS host (stack config: pulumi config set zone ZONE)${alternative}`;
}

/** True when `owner` is `zone` or lies below it. */
export function isInZone(owner: string, zone: string): boolean {
  return owner === zone || owner.endsWith(`.${zone}`);
}

/** What every DNS host refuses: an owner outside its zone, and a type that it cannot hold. */
export function validateRecord(
  zone: string,
  capabilities: DnsHostCapabilities,
  record: { readonly owner: string; readonly type: RecordType },
): Problem[] {
  const problems: Problem[] = [];
  if (!isInZone(record.owner, zone)) {
    problems.push({
      argument: "dns.zone",
      message: `${record.owner} is not in the zone ${zone}`,
      fix: `give the zone at ${capabilities.title} that holds ${record.owner}, or a host name that ends in .${zone}`,
    });
  }
  if (!capabilities.types.includes(record.type)) {
    problems.push({
      argument: "dns",
      message: `${capabilities.title} cannot hold ${record.type} records (it holds ${capabilities.types.join(", ")})`,
      fix: "publish this record at another DNS host",
    });
  }
  return problems;
}

/**
 * The DNS record sets among a stack's resources, whichever DNS host they are for. A DNS host is one line in
 * {@link RECORD_RESOURCES}.
 */
import { canonicalName } from "../name";
import { RelatedResources } from "./related-resource";
import {
  isObject,
  isUnknownAt,
  objectsAt,
  packageOf,
  type StackResource,
  textAt,
  textsAt,
  unversionedType,
} from "./stack-resource";

/** All values of one owner and type that one resource holds. */
export interface DnsRecordSet {
  /** The resource that holds them. */
  readonly urn: string;
  /** Its type token. */
  readonly resourceType: string;
  /** The package of the DNS host: `cloudflare`. */
  readonly host: string;
  /** Canonical, fully qualified; null where the name or its zone is not known. */
  readonly owner: string | null;
  /** Canonical name of the zone, where the resource or its zone's resource says so. */
  readonly zone: string | null;
  /** Upper case: `A`, `AAAA`, `PTR`, `MX`, `TXT` ... */
  readonly type: string;
  /** Known values in presentation format, as given; TXT joined and unquoted. */
  readonly values: readonly string[];
  /** false: some value is not known yet. */
  readonly complete: boolean;
  /** Cloudflare answers with its own addresses instead. */
  readonly proxied: boolean;
}

/** Where one type of resource keeps what; paths as in `valuesAt`. */
interface RecordResource {
  /** The full owner name, when the provider gives it back. */
  readonly fqdn?: string;
  /** The owner name, relative to the zone unless it ends with it. */
  readonly name?: string;
  /** Name of the zone, or the id of a resource in {@link ZONE_RESOURCES}. */
  readonly zone?: string;
  /** Path of the record type, or the type itself in upper case. */
  readonly type: string;
  /** Paths of the values; the first that has any counts. */
  readonly values: readonly string[];
  /** A name with a dot is already complete when the zone cannot be found. */
  readonly fullNames?: true;
  readonly proxied?: string;
}

const RECORD_RESOURCES: Readonly<Record<string, RecordResource | readonly RecordResource[]>> = {
  "aws:route53/record:Record": {
    fqdn: "fqdn",
    name: "name",
    zone: "zoneId",
    type: "type",
    values: ["records"],
    fullNames: true,
  },
  "aws:lightsail/domainEntry:DomainEntry": { name: "name", zone: "domainName", type: "type", values: ["target"] },
  "aws-native:route53:RecordSet": {
    name: "name",
    zone: "hostedZoneName",
    type: "type",
    values: ["resourceRecords"],
    fullNames: true,
  },
  "azure-native:dns:RecordSet": azureRecordSets(),
  "azure-native:network:RecordSet": azureRecordSets(),
  "azure:dns/aRecord:ARecord": { fqdn: "fqdn", name: "name", zone: "zoneName", type: "A", values: ["records"] },
  "azure:dns/aaaaRecord:AaaaRecord": {
    fqdn: "fqdn",
    name: "name",
    zone: "zoneName",
    type: "AAAA",
    values: ["records"],
  },
  "azure:dns/cNameRecord:CNameRecord": {
    fqdn: "fqdn",
    name: "name",
    zone: "zoneName",
    type: "CNAME",
    values: ["record"],
  },
  "azure:dns/mxRecord:MxRecord": {
    fqdn: "fqdn",
    name: "name",
    zone: "zoneName",
    type: "MX",
    values: ["records[].exchange"],
  },
  "azure:dns/ptrRecord:PtrRecord": { fqdn: "fqdn", name: "name", zone: "zoneName", type: "PTR", values: ["records"] },
  "azure:dns/txtRecord:TxtRecord": {
    fqdn: "fqdn",
    name: "name",
    zone: "zoneName",
    type: "TXT",
    values: ["records[].value"],
  },
  "cloudflare:index/dnsRecord:DnsRecord": {
    name: "name",
    zone: "zoneId",
    type: "type",
    values: ["content"],
    fullNames: true,
    proxied: "proxied",
  },
  "cloudflare:index/record:Record": {
    fqdn: "hostname",
    name: "name",
    zone: "zoneId",
    type: "type",
    values: ["content", "value"],
    fullNames: true,
    proxied: "proxied",
  },
  "desec:index/rrset:Rrset": { name: "subname", zone: "domain", type: "type", values: ["records", "rdata"] },
  "digitalocean:index/dnsRecord:DnsRecord": {
    fqdn: "fqdn",
    name: "name",
    zone: "domain",
    type: "type",
    values: ["value"],
  },
  "digitalocean:index/domain:Domain": { zone: "name", type: "A", values: ["ipAddress"] },
  "dns:index/aRecordSet:ARecordSet": { name: "name", zone: "zone", type: "A", values: ["addresses"] },
  "dns:index/aaaaRecordSet:AaaaRecordSet": { name: "name", zone: "zone", type: "AAAA", values: ["addresses"] },
  "dns:index/cnameRecord:CnameRecord": { name: "name", zone: "zone", type: "CNAME", values: ["cname"] },
  "dns:index/mxRecordSet:MxRecordSet": {
    name: "name",
    zone: "zone",
    type: "MX",
    values: ["mx[].exchange", "mxes[].exchange"],
  },
  "dns:index/ptrRecord:PtrRecord": { name: "name", zone: "zone", type: "PTR", values: ["ptr"] },
  "dns:index/txtRecordSet:TxtRecordSet": { name: "name", zone: "zone", type: "TXT", values: ["txts", "txt"] },
  "dnsimple:index/zoneRecord:ZoneRecord": {
    fqdn: "qualifiedName",
    name: "name",
    zone: "zoneName",
    type: "type",
    values: ["value"],
  },
  "exoscale:index/domainRecord:DomainRecord": {
    fqdn: "hostname",
    name: "name",
    zone: "domain",
    type: "recordType",
    values: ["content"],
  },
  "gandi:livedns/record:Record": { name: "name", zone: "zone", type: "type", values: ["values"] },
  "gcp:dns/recordSet:RecordSet": {
    name: "name",
    zone: "managedZone",
    type: "type",
    values: ["rrdatas"],
    fullNames: true,
  },
  "godaddy:index/domainRecord:DomainRecord": {
    name: "record[].name",
    zone: "domain",
    type: "record[].type",
    values: ["record[].data"],
  },
  "google-native:dns/v1:ResourceRecordSet": {
    name: "name",
    zone: "managedZone",
    type: "type",
    values: ["rrdatas"],
    fullNames: true,
  },
  "hcloud:index/zoneRecord:ZoneRecord": { name: "name", zone: "zone", type: "type", values: ["value"] },
  "hcloud:index/zoneRrset:ZoneRrset": { name: "name", zone: "zone", type: "type", values: ["records[].value"] },
  "ionoscloud:dns/record:Record": { fqdn: "fqdn", name: "name", zone: "zoneId", type: "type", values: ["content"] },
  "linode:index/domainRecord:DomainRecord": { name: "name", zone: "domainId", type: "recordType", values: ["target"] },
  "namecheap:index/domainHostRecord:DomainHostRecord": {
    name: "hostname",
    zone: "domain",
    type: "type",
    values: ["address"],
  },
  "oci:Dns/rrset:Rrset": { fqdn: "domain", zone: "zoneNameOrId", type: "rtype", values: ["items[].rdata"] },
  "ovh:Domain/zoneRecord:ZoneRecord": { name: "subdomain", zone: "zone", type: "fieldtype", values: ["target"] },
  "powerdns:index/record:Record": { name: "name", zone: "zone", type: "type", values: ["records"], fullNames: true },
  "scaleway:domain/record:Record": { fqdn: "fqdn", name: "name", zone: "dnsZone", type: "type", values: ["data"] },
  "scaleway:index/domainRecord:DomainRecord": {
    fqdn: "fqdn",
    name: "name",
    zone: "dnsZone",
    type: "type",
    values: ["data"],
  },
  "vultr:index/dnsDomain:DnsDomain": { zone: "domain", type: "A", values: ["ip"] },
  "vultr:index/dnsRecord:DnsRecord": { name: "name", zone: "domain", type: "type", values: ["data"] },
};

/** Azure keeps each record type in a list of its own and gives the record type back in none. */
function azureRecordSets(): readonly RecordResource[] {
  const lists = {
    A: "aRecords[].ipv4Address",
    AAAA: "aaaaRecords[].ipv6Address",
    PTR: "ptrRecords[].ptrdname",
    MX: "mxRecords[].exchange",
    CNAME: "cnameRecord.cname",
    TXT: "txtRecords[].value",
  };
  return Object.entries(lists).map(([type, path]) => ({
    fqdn: "fqdn",
    name: "name",
    zone: "zoneName",
    type,
    values: [path],
  }));
}

/** Zones that records name by an id: where their domain name stands, and under which property the id is found. */
const ZONE_RESOURCES: Readonly<Record<string, { readonly name: readonly string[]; readonly id: readonly string[] }>> = {
  "aws:route53/zone:Zone": { name: ["name"], id: ["zoneId"] },
  "azure-native:dns:Zone": { name: ["zoneName", "name"], id: ["name"] },
  "azure-native:network:Zone": { name: ["zoneName", "name"], id: ["name"] },
  "cloudflare:index/zone:Zone": { name: ["name", "zone"], id: ["zoneId"] },
  "gcp:dns/managedZone:ManagedZone": { name: ["dnsName"], id: ["name", "managedZoneId"] },
  "hcloud:index/zone:Zone": { name: ["name"], id: ["name"] },
  "ionoscloud:dns/zone:Zone": { name: ["name"], id: ["name"] },
  "linode:index/domain:Domain": { name: ["domain"], id: ["domain"] },
  "oci:Dns/zone:Zone": { name: ["name"], id: ["name"] },
};

const ZONES_BY_PACKAGE = new Map(
  Object.keys(ZONE_RESOURCES).map((type) => [
    packageOf(type),
    Object.entries(ZONE_RESOURCES).filter(([other]) => packageOf(other) === packageOf(type)),
  ]),
);

/** Every record set in the stack, in the order of the resources. Resources that are no DNS records are passed over. */
export function dnsRecordSets(resources: readonly StackResource[]): DnsRecordSet[] {
  const related = new RelatedResources(resources);
  return resources.flatMap((resource) => {
    const rows = RECORD_RESOURCES[unversionedType(resource.type)];
    if (rows === undefined) return [];
    return [rows].flat().flatMap((row) => recordSets(resource, row, related));
  });
}

function recordSets(resource: StackResource, row: RecordResource, related: RelatedResources): DnsRecordSet[] {
  // A resource that holds many records in a list is read as that many resources of one record.
  const list = row.type.match(/^(\w+)\[\]\./)?.[1];
  if (list !== undefined) {
    const inner = (path: string) => path.replace(`${list}[].`, "");
    const one: RecordResource = {
      ...row,
      type: inner(row.type),
      values: row.values.map(inner),
      ...(row.name && { name: inner(row.name) }),
    };
    return objectsAt(resource.properties, `${list}[]`).flatMap((item) =>
      recordSets({ ...resource, properties: { ...resource.properties, ...item } }, one, related),
    );
  }
  const type = /^[A-Z]+$/.test(row.type) ? row.type : textAt(resource.properties, row.type)?.toUpperCase();
  if (type === undefined) return [];
  const values = row.values.map((path) => textsAt(resource.properties, path)).find((texts) => texts.length > 0) ?? [];
  const complete = !row.values.some((path) => isUnknownAt(resource, path.replace(/[.[].*$/, "")));
  if (values.length === 0 && complete) return [];
  const zone = zoneName(resource, row, related);
  return [
    {
      urn: resource.urn,
      resourceType: resource.type,
      host: packageOf(resource.type),
      owner: ownerName(resource, row, zone),
      zone,
      type,
      values: type === "TXT" || type === "SPF" ? values.map(unquoted) : values,
      complete,
      proxied: row.proxied !== undefined && isObject(resource.properties) && resource.properties[row.proxied] === true,
    },
  ];
}

function zoneName(resource: StackResource, row: RecordResource, related: RelatedResources): string | null {
  if (row.zone === undefined) return null;
  const property = row.zone;
  for (const [type, zone] of ZONES_BY_PACKAGE.get(packageOf(resource.type)) ?? []) {
    const found = related.pointedTo(resource, property, type, ["id", ...zone.id]);
    const name = found && zone.name.map((path) => textAt(found.properties, path)).find((text) => text !== undefined);
    if (name !== undefined) return canonical(name);
  }
  const text = textAt(resource.properties, property);
  return text?.includes(".") ? canonical(text) : null;
}

function ownerName(resource: StackResource, row: RecordResource, zone: string | null): string | null {
  const full = row.fqdn === undefined ? undefined : textAt(resource.properties, row.fqdn);
  if (full !== undefined) return canonical(full);
  if (row.name === undefined) return zone;
  if (isUnknownAt(resource, row.name)) return null;
  const given = textAt(resource.properties, row.name) ?? "@";
  if (given.endsWith(".") && given !== ".") return canonical(given);
  if (zone === null) return row.fullNames && given.includes(".") ? canonical(given) : null;
  if (given === "@") return zone;
  const name = canonical(given);
  return name === null || name === zone || name.endsWith(`.${zone}`) ? name : canonical(`${name}.${zone}`);
}

function canonical(name: string): string | null {
  const result = canonicalName(name);
  return result.ok ? result.name : null;
}

/** Some hosts want TXT in presentation format: one or more quoted strings, which a reader joins. */
function unquoted(text: string): string {
  if (!text.startsWith('"')) return text;
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => (match[1] ?? "").replace(/\\(.)/g, "$1")).join("");
}

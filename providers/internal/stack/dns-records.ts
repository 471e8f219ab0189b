/**
 * The DNS record sets among a stack's resources, whichever DNS host they are for. A DNS host is one line in
 * {@link RECORD_RESOURCES}.
 */
import { canonicalName } from "../../../fcrdns/names/name";
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
  valuesAt,
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
  /** The name as given and the id of its zone, where the zone's name is not known; without it, `owner` is known or lost. */
  readonly within?: { readonly name: string; readonly zoneId: string };
  /** URNs of the resources that the values came from; absent: none. */
  readonly sources?: readonly string[];
}

/** Where one type of resource keeps what; paths as in `valuesAt`. */
interface RecordResource {
  /** The full owner name, when the provider gives it back. */
  readonly fqdn?: string;
  /** The owner name, relative to the zone unless it ends with it. */
  readonly name?: string;
  /** Name of the zone, or the id of a resource in {@link ZONE_RESOURCES}; of several the first that has a value counts. */
  readonly zone?: string | readonly string[];
  /** Path of the record type, or the type itself in upper case. */
  readonly type: string;
  /** Paths of the values; the first that has any counts. */
  readonly values: readonly string[];
  /** A name with a dot is already complete when the zone cannot be found. */
  readonly fullNames?: boolean;
  readonly proxied?: string;
  /** The record is published in a private network only; what its zone says is looked at anyway. */
  readonly isPrivate?: (properties: Readonly<Record<string, unknown>>) => boolean;
}

/** Tokens and properties as in the providers' own SDKs (npm and PyPI, 2026-11) and, for bridged ones, their schemas. */
const RECORD_RESOURCES: Readonly<Record<string, RecordResource | readonly RecordResource[]>> = {
  "akamai:edgedns/dnsRecord:DnsRecord": akamaiRecord(),
  "akamai:index/dnsRecord:DnsRecord": akamaiRecord(),
  "alicloud:dns/alidnsRecord:AlidnsRecord": { name: "rr", zone: "domainName", type: "type", values: ["value"] },
  "alicloud:dns/record:Record": { name: "hostRecord", zone: "name", type: "type", values: ["value"] },
  // An alias record has type A or AAAA and another name instead of values.
  "aws:route53/record:Record": [
    { type: "type", values: ["records"] },
    { type: "ALIAS", values: ["aliases[].name"] },
  ].map((row) => ({ ...row, fqdn: "fqdn", name: "name", zone: "zoneId", fullNames: true })),
  "aws:lightsail/domainEntry:DomainEntry": { name: "name", zone: "domainName", type: "type", values: ["target"] },
  "aws-native:route53:RecordSet": [
    { type: "type", values: ["resourceRecords"] },
    { type: "ALIAS", values: ["aliasTarget.dnsName"] },
  ].map((row) => ({ ...row, name: "name", zone: ["hostedZoneName", "hostedZoneId"], fullNames: true })),
  "aws-native:route53:RecordSetGroup": {
    name: "recordSets[].name",
    zone: ["hostedZoneName", "hostedZoneId"],
    type: "recordSets[].type",
    values: ["recordSets[].resourceRecords"],
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
  "civo:index/dnsDomainRecord:DnsDomainRecord": { name: "name", zone: "domainId", type: "type", values: ["value"] },
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
  "dme:index/dnsRecord:DnsRecord": { name: "name", zone: "domainId", type: "type", values: ["value"] },
  "dme:index/record:Record": { name: "name", zone: ["domainid", "domainId"], type: "type", values: ["value"] },
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
  // A block that repeats is a list with a plural name in Pulumi, and keeps its own where Terraform's state is read.
  "godaddy:index/domainRecord:DomainRecord": ["record", "records"].map((list) => ({
    name: `${list}[].name`,
    zone: "domain",
    type: `${list}[].type`,
    values: [`${list}[].data`],
  })),
  "google-native:dns:ResourceRecordSet": {
    name: "name",
    zone: "managedZone",
    type: "type",
    values: ["rrdatas"],
    fullNames: true,
  },
  "hcloud:index/zoneRecord:ZoneRecord": { name: "name", zone: "zone", type: "type", values: ["value"] },
  "hcloud:index/zoneRrset:ZoneRrset": { name: "name", zone: "zone", type: "type", values: ["records[].value"] },
  "hetznerdns:index/record:Record": { name: "name", zone: "zoneId", type: "type", values: ["value"] },
  "ionoscloud:dns/record:Record": { fqdn: "fqdn", name: "name", zone: "zoneId", type: "type", values: ["content"] },
  "linode:index/domainRecord:DomainRecord": { name: "name", zone: "domainId", type: "recordType", values: ["target"] },
  "namecheap:index/domainHostRecord:DomainHostRecord": {
    name: "hostname",
    zone: "domain",
    type: "type",
    values: ["address"],
  },
  "namecheap:index/domainRecords:DomainRecords": ["record", "records"].map((list) => ({
    name: `${list}[].hostname`,
    zone: "domain",
    type: `${list}[].type`,
    values: [`${list}[].address`],
  })),
  // An answer of type MX is "10 mail.example.com".
  "ns1:index/record:Record": { fqdn: "domain", zone: "zone", type: "type", values: ["answers[].answer"] },
  "oci:Dns/record:Record": { fqdn: "domain", zone: "zoneNameOrId", type: "rtype", values: ["rdata"] },
  "oci:Dns/rrset:Rrset": {
    fqdn: "domain",
    zone: "zoneNameOrId",
    type: "rtype",
    values: ["items[].rdata"],
    // A view holds private zones; a public record set has none.
    isPrivate: ({ scope, viewId }) => scope === "PRIVATE" || (typeof viewId === "string" && viewId !== ""),
  },
  "openstack:dns/recordSet:RecordSet": { name: "name", zone: "zoneId", type: "type", values: ["records"] },
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

/** The type of an Akamai record stands in `recordtype`, an MX target is "10 mail.example.com.". */
function akamaiRecord(): RecordResource {
  return { name: "name", zone: "zone", type: "recordtype", values: ["targets", "target"], fullNames: true };
}

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

/** Where the domain name of a zone stands, and under which properties its id is found. */
interface ZoneResource {
  readonly name: readonly string[];
  readonly id: readonly string[];
  /** It answers within private networks only: nothing in it is for receivers of mail. */
  readonly isPrivate?: (zone: StackResource, related: RelatedResources) => boolean;
}

/** Zones that records name by an id. */
const ZONE_RESOURCES: Readonly<Record<string, ZoneResource>> = {
  "aws-native:route53:HostedZone": { name: ["name"], id: ["id", "awsId"], isPrivate: hasVpcs },
  "aws:route53/zone:Zone": {
    name: ["name"],
    id: ["zoneId"],
    isPrivate: (zone, related) => hasVpcs(zone) || isAssociated(zone, related),
  },
  "azure-native:dns:Zone": { name: ["zoneName", "name"], id: ["name"], isPrivate: says("zoneType", "Private") },
  "azure-native:network:Zone": { name: ["zoneName", "name"], id: ["name"], isPrivate: says("zoneType", "Private") },
  "civo:index/dnsDomainName:DnsDomainName": { name: ["name"], id: ["name"] },
  "cloudflare:index/zone:Zone": { name: ["name", "zone"], id: ["zoneId"] },
  "dme:index/domain:Domain": { name: ["name"], id: ["name"] },
  "gcp:dns/managedZone:ManagedZone": {
    name: ["dnsName"],
    id: ["name", "managedZoneId"],
    isPrivate: says("visibility", "private"),
  },
  "google-native:dns:ManagedZone": { name: ["dnsName"], id: ["name"], isPrivate: says("visibility", "private") },
  "hcloud:index/zone:Zone": { name: ["name"], id: ["name"] },
  "hetznerdns:index/zone:Zone": { name: ["name"], id: ["name"] },
  "ionoscloud:dns/zone:Zone": { name: ["name"], id: ["name"] },
  "linode:index/domain:Domain": { name: ["domain"], id: ["domain"] },
  "oci:Dns/zone:Zone": { name: ["name"], id: ["name"], isPrivate: says("scope", "PRIVATE") },
  "openstack:dns/zone:Zone": { name: ["name"], id: ["name"] },
};

/** Route 53: a zone with VPCs is private, a public one has none; which VPCs they are may not be known yet. */
function hasVpcs(zone: StackResource): boolean {
  return valuesAt(zone.properties, "vpcs[]").length > 0 || isUnknownAt(zone, "vpcs");
}

/** A VPC may also be joined to the zone by a resource of its own; only private zones take one. */
function isAssociated(zone: StackResource, related: RelatedResources): boolean {
  let zones = associated.get(related);
  if (zones === undefined) {
    const joints = [
      ...related.ofType("aws:route53/zoneAssociation:ZoneAssociation"),
      ...related.ofType("aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization"),
    ];
    zones = new Set(joints.map((each) => related.pointedTo(each, "zoneId", zone.type, ["id", "zoneId"])?.urn));
    associated.set(related, zones);
  }
  return zones.has(zone.urn);
}

/** Found once for each stack: thousands of records may ask. */
const associated = new WeakMap<RelatedResources, ReadonlySet<string | undefined>>();

function says(property: string, value: string): (zone: StackResource) => boolean {
  return (zone) => textAt(zone.properties, property)?.toLowerCase() === value.toLowerCase();
}

const ZONES_BY_PACKAGE = new Map(
  Object.keys(ZONE_RESOURCES).map((type) => [
    packageOf(type),
    Object.entries(ZONE_RESOURCES).filter(([other]) => packageOf(other) === packageOf(type)),
  ]),
);

/**
 * Every record set in the stack that the public DNS shows, in the order of the resources. Resources that are no DNS
 * records, and records of zones that only a private network sees, are passed over.
 */
export function dnsRecordSets(resources: readonly StackResource[]): DnsRecordSet[] {
  const related = new RelatedResources(resources);
  return resources.flatMap((resource) => {
    const rows = RECORD_RESOURCES[unversionedType(resource.type)];
    if (rows === undefined) return [];
    return [rows].flat().flatMap((row) => recordSets(resource, row, related));
  });
}

/** Whether resources of this type are DNS records. */
export function isDnsRecord({ type }: { readonly type: string }): boolean {
  return RECORD_RESOURCES[unversionedType(type)] !== undefined;
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
    return objectsAt(resource.properties, `${list}[]`).flatMap((item, index) => {
      const within = `${list}[${index}].`;
      const unknown = (resource.unknown ?? []).flatMap((path) =>
        path.startsWith(within) ? [path.slice(within.length)] : [],
      );
      // Spread by hand: what the resource says of itself may be read by a getter.
      const { type, urn, propertyDependencies } = resource;
      const properties = { ...resource.properties, ...item };
      const from = propertyDependencies?.[list];
      const sources: Record<string, readonly string[]> = { ...propertyDependencies };
      for (const path of one.values) if (from !== undefined) sources[rootOf(path)] = from;
      return recordSets({ type, urn, properties, unknown, propertyDependencies: sources }, one, related);
    });
  }
  const type = /^[A-Z]+$/.test(row.type) ? row.type : textAt(resource.properties, row.type)?.toUpperCase();
  if (type === undefined) return [];
  const isText = type === "TXT" || type === "SPF";
  const textsOf = (path: string) => (isText ? joinedTextsAt : textsAt)(resource.properties, path);
  const values = row.values.map(textsOf).find((texts) => texts.length > 0) ?? [];
  const complete = !row.values.some((path) => isUnknownAt(resource, rootOf(path)));
  if (values.length === 0 && complete) return [];
  const zone = zoneOf(resource, row, related);
  if (zone.isPrivate) return [];
  const owner = ownerName(resource, row, zone.name);
  const given = row.name === undefined ? undefined : (textAt(resource.properties, row.name) ?? "@");
  const sources = row.values.flatMap((path) => resource.propertyDependencies?.[rootOf(path)] ?? []);
  return [
    {
      urn: resource.urn,
      resourceType: resource.type,
      host: packageOf(resource.type),
      owner,
      zone: zone.name,
      type,
      values: isText ? values.filter(isRecordData).map(unquoted) : values,
      complete,
      proxied: row.proxied !== undefined && isObject(resource.properties) && resource.properties[row.proxied] === true,
      ...(owner === null &&
        zone.id !== undefined &&
        given !== undefined &&
        given.length <= MAX_TEXT && { within: { name: given, zoneId: zone.id } }),
      ...(sources.length > 0 && { sources }),
    },
  ];
}

/** Azure gives the strings of one TXT record as a list; a list of records has one string for each. */
function joinedTextsAt(properties: unknown, path: string): readonly string[] {
  if (!path.includes("[]")) return textsAt(properties, path);
  return valuesAt(properties, path).flatMap((each) =>
    Array.isArray(each) ? [each.filter((part) => typeof part === "string").join("")] : textsAt({ each }, "each"),
  );
}

/** The property that a path begins with. */
function rootOf(path: string): string {
  return path.replace(/[.[].*$/, "");
}

interface Zone {
  readonly name: string | null;
  /** Package and id, where only an id is known. */
  readonly id?: string;
  readonly isPrivate: boolean;
}

function zoneOf(resource: StackResource, row: RecordResource, related: RelatedResources): Zone {
  const ownWord = row.isPrivate?.(resource.properties) ?? false;
  let id: string | undefined;
  for (const property of [row.zone ?? []].flat()) {
    for (const [type, zone] of ZONES_BY_PACKAGE.get(packageOf(resource.type)) ?? []) {
      const found = related.pointedTo(resource, property, type, ["id", ...zone.id]);
      if (found === undefined) continue;
      const isPrivate = ownWord || (zone.isPrivate?.(found, related) ?? false);
      const name = zone.name.map((path) => textAt(found.properties, path)).find((text) => text !== undefined);
      if (name !== undefined || isPrivate) return { name: name === undefined ? null : canonical(name), isPrivate };
    }
    const text = textAt(resource.properties, property);
    if (text?.includes(".")) return { name: canonical(text), isPrivate: ownWord };
    id ??= text === undefined ? undefined : `${packageOf(resource.type)} ${text}`;
  }
  return { name: null, isPrivate: ownWord, ...(id !== undefined && { id }) };
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

/** Longer than any name: 255 octets, each written as a backslash and three digits. */
const MAX_TEXT = 1020;

function canonical(name: string): string | null {
  if (name.length > MAX_TEXT) return null;
  const result = canonicalName(name);
  return result.ok ? result.name : null;
}

/** Data of one record have at most 65,535 octets (RFC 1035 section 3.2.1), each written with four characters at most. */
function isRecordData(text: string): boolean {
  return text.length <= 4 * 65_535;
}

/**
 * Some hosts want TXT in presentation format: one or more quoted strings, which a reader joins. Route 53's provider quotes
 * the whole and leaves it to the user to part strings within: `first""second`, or `first\\"\\"second`.
 */
function unquoted(text: string): string {
  if (!text.startsWith('"')) return text.replace(/\\?"\s*\\?"/g, "");
  let joined = "";
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? "";
    if (character === '"') inside = !inside;
    else if (inside) joined += character === "\\" ? (text[++i] ?? "") : character;
  }
  return joined;
}

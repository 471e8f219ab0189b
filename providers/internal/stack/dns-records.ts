/** The DNS record sets among a stack's resources, whichever DNS host they are for. */
import { canonicalName } from "../../../fcrdns/names/name";
import type { RecordFacts } from "../../stack-facts";
import { factsOf, zonesOfPackage } from "./known-resources";
import { RelatedResources } from "./related-resource";
import {
  isObject,
  isUnknownAt,
  objectsAt,
  packageOf,
  type StackResource,
  textAt,
  textsAt,
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
  /** The DNS host answers with its own addresses instead. */
  readonly proxied: boolean;
  /** The name as given and the id of its zone, where the zone's name is not known; without it, `owner` is known or lost. */
  readonly within?: { readonly name: string; readonly zoneId: string };
  /** URNs of the resources that the values came from; absent: none. */
  readonly sources?: readonly string[];
}

/**
 * Every record set in the stack that the public DNS shows, in the order of the resources. Resources that are no DNS
 * records, and records of zones that only a private network sees, are passed over.
 */
export function dnsRecordSets(resources: readonly StackResource[]): DnsRecordSet[] {
  const related = new RelatedResources(resources);
  return resources.flatMap((resource) => {
    const rows = [factsOf(resource)?.records ?? []].flat();
    return rows.flatMap((row) => recordSets(resource, { ...USUAL, ...row, name: nameOf(resource, row) }, related));
  });
}

/** Whether resources of this type are DNS records. */
export function isDnsRecord(resource: { readonly type: string }): boolean {
  return factsOf(resource)?.records !== undefined;
}

/** Where most DNS hosts keep it. */
const USUAL = { name: "name", zone: "zone", type: "type" } as const;

type Row = RecordFacts & Required<Pick<RecordFacts, keyof typeof USUAL>> & { readonly name: string | null };

/** Where this very resource keeps its name. */
function nameOf(resource: StackResource, { name = USUAL.name }: RecordFacts): string | null {
  if (name === null || typeof name === "string") return name;
  const used = (path: string) => textAt(resource.properties, path) !== undefined || isUnknownAt(resource, path);
  return name.find(used) ?? name[0] ?? null;
}

function recordSets(resource: StackResource, row: Row, related: RelatedResources): DnsRecordSet[] {
  // A resource that holds many records in a list is read as that many resources of one record.
  const list = row.type.match(/^(\w+)\[\]\./)?.[1];
  if (list !== undefined) {
    const inner = (path: string) => path.replace(`${list}[].`, "");
    const one: Row = {
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
  const given = row.name === null ? undefined : (textAt(resource.properties, row.name) ?? "@");
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
      proxied:
        row.proxied !== undefined &&
        isObject(resource.properties) &&
        resource.properties[row.proxied.property] === true,
      ...(owner === null &&
        zone.id !== undefined &&
        given !== undefined &&
        given.length <= MAX_TEXT && { within: { name: given, zoneId: zone.id } }),
      ...(sources.length > 0 && { sources }),
    },
  ];
}

/** Where each item of a list of records is a list itself, it holds the strings of one TXT record. */
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

function zoneOf(resource: StackResource, row: Row, related: RelatedResources): Zone {
  const ownWord = row.isPrivate?.(resource.properties) ?? false;
  let id: string | undefined;
  for (const property of [row.zone].flat()) {
    for (const { type, facts } of zonesOfPackage(packageOf(resource.type))) {
      const found = related.pointedTo(resource, property, type);
      if (found === undefined) continue;
      const isPrivate = ownWord || (facts.zone?.isPrivate?.(found, related) ?? false);
      const name = (facts.zone?.name ?? ["name"])
        .map((path) => textAt(found.properties, path))
        .find((text) => text !== undefined);
      if (name !== undefined || isPrivate) return { name: name === undefined ? null : canonical(name), isPrivate };
    }
    const text = textAt(resource.properties, property);
    if (text?.includes(".")) return { name: canonical(text), isPrivate: ownWord };
    id ??= text === undefined ? undefined : `${packageOf(resource.type)} ${text}`;
  }
  return { name: null, isPrivate: ownWord, ...(id !== undefined && { id }) };
}

function ownerName(resource: StackResource, row: Row, zone: string | null): string | null {
  const full = row.fqdn === undefined ? undefined : textAt(resource.properties, row.fqdn);
  if (full !== undefined) return canonical(full);
  if (row.name === null) return zone;
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

/**
 * Every address that a stack sends mail from: what a `SendingIp` says of itself, and every resource of any provider that
 * sets a PTR; PTR records in a zone are found by `dns-records.ts`.
 */
import { addressFromReverseName, parseAddress } from "../../../fcrdns/names/address";
import { canonicalName } from "../../../fcrdns/names/name";
import { forTerminal } from "../../../fcrdns/report/escape";
import type { PtrFacts } from "../../stack-facts";
import type { TicketRoute } from "../tickets/ticket";
import { type DnsRecordSet, dnsRecordSets } from "./dns-records";
import { factsOf } from "./known-resources";
import { SENDING_IP } from "./own-resources";
import { RelatedResources } from "./related-resource";
import { isUnknownAt, objectsAt, packageOf, type StackResource, textAt, textsAt } from "./stack-resource";

/** A request to people that a PTR is waiting for, ready to be sent. */
export interface RenderedTicket {
  /** As people write it: "RackNerd". */
  readonly provider: string;
  readonly subject: string;
  /** Lines; empty while `missing` names something. */
  readonly body: string;
  /** The whole as text for people: where it goes, what to enter, what to send; absent: subject, body and route are all. */
  readonly text?: string;
  /** Where it goes, as far as the stack says. */
  readonly route: Partial<TicketRoute>;
  /** What must come first; empty: it may be sent. */
  readonly missing: readonly string[];
  /** Day or moment since when it waits, ISO 8601; null: not known. */
  readonly since: string | null;
}

export interface SendingAddress {
  /** Canonical text; null: not known yet. */
  readonly ip: string | null;
  readonly family: 4 | 6;
  /** Canonical host name that the PTR is set to; as given, escaped, when it is no name at all; null: not known. */
  readonly hostname: string | null;
  /** What the mail server says in EHLO, canonical; as given, escaped, when it is no name at all. @default not said: the host name */
  readonly helo?: string;
  /** The resource that says so. */
  readonly urn: string;
  readonly type: string;
  /** The cloud's word for a `SendingIp`, else the package of the resource: `hcloud`. */
  readonly cloud: string;
  /**
   * `set`: by a resource of the stack; `ticket`: people are asked; `manual`: somebody types it in; `none`: cannot be;
   * `unset`: by nothing in the stack.
   */
  readonly reverse: "set" | "ticket" | "manual" | "none" | "unset";
  readonly ticket?: RenderedTicket;
  /** What to enter where, when `reverse` is `manual`. */
  readonly instructions?: string;
  /** What beside its PTR says that mail leaves from it: records, firewall rules, NAT gateways. @default nothing does */
  readonly reasons?: readonly string[];
}

/** What one resource says of one PTR; `ip` undefined: not known. */
interface Found {
  readonly ip: string | undefined;
  readonly hostname: string | undefined;
  readonly family?: 4 | 6;
}

/**
 * Every sending address of a stack, in the order of its resources. Several entries with one `ip` mean that several
 * resources (or several PTR values) claim it. What a `SendingIp` made for itself is not listed beside it.
 * @example
 * sendingAddresses([{ type: "hcloud:index/rdns:Rdns", urn, properties: { ipAddress: "192.0.2.10", dnsPtr: "mail.example.com" } }]);
 * // [{ ip: "192.0.2.10", family: 4, hostname: "mail.example.com", urn, type, cloud: "hcloud", reverse: "set" }]
 */
export function sendingAddresses(resources: readonly StackResource[]): SendingAddress[] {
  const stack = new RelatedResources(resources);
  const records = dnsRecordSets(resources);
  const components = new Map(
    resources
      .filter((resource) => resource.type === SENDING_IP)
      .map((resource) => [resource.urn, endpointsOf(resource)]),
  );
  const ptrRecords = new Map<string, DnsRecordSet[]>();
  for (const record of records.filter(({ type }) => type === "PTR")) {
    const known = ptrRecords.get(record.urn);
    if (known === undefined) ptrRecords.set(record.urn, [record]);
    else known.push(record);
  }
  const published = new Set(
    records.filter(({ type }) => type === "A" || type === "AAAA").flatMap(({ values }) => values.map(canonicalIp)),
  );
  const found = resources.flatMap((resource): SendingAddress[] => {
    const endpoints = components.get(resource.urn);
    if (endpoints !== undefined) return endpoints;
    const here = [
      ...ptrFactsOf(resource).flatMap((ptr) => ptrsOf(resource, ptr, stack, published)),
      ...(ptrRecords.get(resource.urn) ?? []).flatMap(ofPtrRecord),
    ].map((each) => sendingAddress(resource, each));
    if (here.length === 0) return [];
    const component = stack.above(resource, SENDING_IP);
    const covered = component === undefined ? [] : (components.get(component.urn) ?? []);
    // A preview that replaces a PTR knows no endpoint of the component, but the address that the PTR is for.
    const tellsMore = (each: SendingAddress) =>
      each.ip !== null && component !== undefined && areEndpointsUnknown(component);
    return here.filter((each) => tellsMore(each) || !covered.some((endpoint) => isSameEndpoint(endpoint, each)));
  });
  // A resource that carries the PTR of an address as a field also shows what another resource has set there.
  const isMirror = (each: SendingAddress) => ptrFactsOf(each).some(({ mirrors }) => mirrors === true);
  const setElsewhere = new Set(found.filter((each) => !isMirror(each)).map(({ ip }) => ip));
  return found.filter((each) => each.ip === null || !isMirror(each) || !setElsewhere.has(each.ip));
}

/** Whether the PTR is the machine's name, so that no resource says that it is wanted. */
export function isMachineName(each: Pick<SendingAddress, "type">): boolean {
  return ptrFactsOf(each).some((ptr) => ptr.isMachineName === true);
}

function ptrFactsOf(resource: { readonly type: string }): readonly PtrFacts[] {
  return [factsOf(resource)?.ptr ?? []].flat();
}

/** An unknown address below a component stands for whichever endpoint of that family is unknown too. */
function isSameEndpoint(endpoint: SendingAddress, child: SendingAddress): boolean {
  return child.ip === null
    ? endpoint.hostname === child.hostname || child.hostname === null
    : endpoint.ip === child.ip || endpoint.ip === null;
}

function endpointsOf(component: StackResource): SendingAddress[] {
  const common = { urn: component.urn, type: component.type };
  const hostname = textAt(component.properties, "hostname");
  const endpoints = objectsAt(component.properties, "endpoints[]");
  if (areEndpointsUnknown(component)) {
    return [
      { ip: null, family: 4, hostname: canonicalHostname(hostname), ...common, cloud: "unknown", reverse: "set" },
    ];
  }
  return endpoints.map((endpoint): SendingAddress => {
    const ip = canonicalIp(textAt(endpoint, "address"));
    const reverse = textAt(endpoint, "reverse");
    const ticket = ticketOf(endpoint);
    const instructions = textAt(endpoint, "instructions");
    const helo = canonicalHostname(textAt(endpoint, "helo"));
    return {
      ip,
      family: ip === null ? (textAt(endpoint, "family") === "6" ? 6 : 4) : familyOf(ip),
      hostname: canonicalHostname(textAt(endpoint, "hostname") ?? hostname),
      ...(helo !== null && { helo }),
      ...common,
      cloud: textAt(endpoint, "cloud") ?? "unknown",
      reverse: reverse === "ticket" || reverse === "manual" || reverse === "none" ? reverse : "set",
      ...(ticket && { ticket }),
      ...(instructions !== undefined && { instructions }),
    };
  });
}

/** As a whole; single endpoints whose address is not known yet are another matter. */
function areEndpointsUnknown(component: StackResource): boolean {
  return objectsAt(component.properties, "endpoints[]").length === 0 && isUnknownAt(component, "endpoints");
}

function ticketOf(endpoint: Readonly<Record<string, unknown>>): RenderedTicket | undefined {
  const ticket = objectsAt(endpoint, "ticket")[0];
  if (ticket === undefined) return undefined;
  const text = textAt(ticket, "text");
  return {
    provider: textAt(ticket, "title") ?? textAt(ticket, "provider") ?? textAt(endpoint, "cloud") ?? "the provider",
    subject: textAt(ticket, "subject") ?? "",
    body: textAt(ticket, "body") ?? "",
    ...(text !== undefined && { text }),
    route: routeOf(ticket),
    missing: textsAt(ticket, "missing"),
    since: textAt(ticket, "since") ?? textAt(endpoint, "since") ?? null,
  };
}

function routeOf(ticket: Readonly<Record<string, unknown>>): Partial<TicketRoute> {
  const parts = (["by", "url", "department", "account"] as const).flatMap((part) => {
    const text = textAt(ticket, `route.${part}`);
    return text === undefined ? [] : [[part, text] as const];
  });
  return Object.fromEntries(parts);
}

function sendingAddress(resource: StackResource, found: Found): SendingAddress {
  const ip = canonicalIp(found.ip);
  return {
    ip,
    family: ip === null ? (found.family ?? 4) : familyOf(ip),
    hostname: canonicalHostname(found.hostname),
    urn: resource.urn,
    type: resource.type,
    cloud:
      textAt(resource.properties, "provider") && packageOf(resource.type) === "pulumi-nodejs"
        ? (textAt(resource.properties, "provider") ?? "")
        : packageOf(resource.type),
    reverse: "set",
  };
}

/** @param published the addresses in the A and AAAA records of the stack */
function ptrsOf(
  resource: StackResource,
  ptr: PtrFacts,
  stack: RelatedResources,
  published: ReadonlySet<string | null>,
): readonly Found[] {
  const { address, family } = ptr;
  // Where the name stands in a list, the address is of the same item.
  const list = /^.*\[\]\./.exec(ptr.hostname)?.[0] ?? "";
  const items = list === "" ? [resource.properties] : objectsAt(resource.properties, list.slice(0, -1));
  return items.flatMap((item): Found[] => {
    const hostname = textAt(item, ptr.hostname.slice(list.length)) ?? formerAt(item, ptr.formerly?.hostname);
    const ip =
      typeof address === "string"
        ? (textAt(item, address.slice(list.length)) ?? formerAt(item, ptr.formerly?.address))
        : heldByAnother(resource, address, stack);
    const isUnset = hostname === undefined ? ptr.optional : ptr.unset?.test(hostname.replace(/\.$/, "").toLowerCase());
    if (isUnset || (ptr.isMachineName && !hostname?.includes("."))) return [];
    if (ptr.onlyWithForward && !(ip !== undefined && published.has(canonicalIp(ip)))) return [];
    return [{ ip, hostname, ...(family && { family }) }];
  });
}

function formerAt(item: unknown, path: string | undefined): string | undefined {
  return path === undefined ? undefined : textAt(item, path);
}

/** The address of the resource that a property points to. */
function heldByAnother(
  resource: StackResource,
  { of, types }: { readonly of: string; readonly types: readonly string[] },
  stack: RelatedResources,
): string | undefined {
  const holder = types.map((type) => stack.pointedTo(resource, of, type)).find((each) => each !== undefined);
  return (
    holder &&
    factsOf(holder)
      ?.addresses?.map((path) => textAt(holder.properties, path))
      .find((text) => text)
  );
}

/** PTR records also name services and zones (RFC 6763); those whose owner is known and is no address are passed over. */
function ofPtrRecord(record: DnsRecordSet): readonly Found[] {
  const ip = record.owner === null ? null : addressOfOwner(record.owner);
  const place = record.owner ?? record.zone;
  if (ip === null && (record.owner !== null || (place !== null && !place.endsWith(".arpa")))) return [];
  const family = place?.endsWith("ip6.arpa") ? 6 : 4;
  const hostnames = record.values.length === 0 ? [undefined] : record.values;
  return hostnames.map((hostname) => ({ ip: ip ?? undefined, hostname, family }));
}

/** Also for owners in a delegated part of a /24 (RFC 2317): `42.40/29.113.0.203.in-addr.arpa` is 203.0.113.42. */
function addressOfOwner(owner: string): string | null {
  const direct = addressFromReverseName(owner);
  if (direct !== null) return direct.text;
  const classless = /^(\d+)\.[^.]*[^.\d][^.]*\.(\d+\.\d+\.\d+\.in-addr\.arpa)$/.exec(owner);
  return classless === null ? null : (addressFromReverseName(`${classless[1]}.${classless[2]}`)?.text ?? null);
}

function canonicalIp(text: string | undefined): string | null {
  if (text === undefined || text.length > MAX_SHOWN) return null;
  const parsed = parseAddress(text.replace(/\/(32|128)$/, ""));
  return parsed.ok ? parsed.address.text : null;
}

function familyOf(ip: string): 4 | 6 {
  return ip.includes(":") ? 6 : 4;
}

/** Characters of a host name that are kept: more than the longest name has, so that what is cut stays no name. */
const MAX_SHOWN = 300;

function canonicalHostname(text: string | undefined): string | null {
  if (text === undefined) return null;
  // No name of octets that a host's may have is longer than 253 characters.
  const head = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text;
  const result = canonicalName(head);
  return result.ok ? result.name : forTerminal(head);
}

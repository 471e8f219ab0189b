/** Who of a stack sends mail, and why: what `fcrdns stack` lists and the gate checks. */
import { type AddressRecord, type ForwardRecords, forwardRecords } from "./forward-records";
import { type HeldAddress, heldAddresses } from "./held-addresses";
import { inPrivateUse } from "./ip-networks";
import { type HostAddress, hostAddresses } from "./mail-hosts";
import { type MailAddress, mailAddresses } from "./mail-records";
import { type MailUse, mailHostsOf, mailUse } from "./mail-use";
import { RelatedResources } from "./related-resource";
import { type SendingAddress, sendingAddresses } from "./sending-addresses";
import { packageOf, type StackResource } from "./stack-resource";
import { isLocalName } from "./zone-names";

export interface StackMail {
  readonly related: RelatedResources;
  /** Addresses that mail leaves from, whose PTR the stack sets or asks for. */
  readonly sending: readonly SendingAddress[];
  /** Addresses with a PTR that nothing else in the stack connects with mail. */
  readonly possible: readonly SendingAddress[];
  /** Addresses that mail leaves from, whose PTR nothing in the stack sets; in the order of the reasons. */
  readonly unset: readonly SendingAddress[];
  readonly mail: Pick<MailUse, "mailHosts" | "isNamed">;
  readonly held: readonly HeldAddress[];
  readonly records: ForwardRecords;
  /** What the stack's records let send. */
  readonly byRecord: readonly MailAddress[];
  /** What its firewalls and NAT gateways let send. */
  readonly byHost: readonly HostAddress[];
  /** The name that the address must have as its PTR, by the A and AAAA records of the stack; null: none or several. */
  readonly nameOf: (ip: string) => string | null;
  /** A and AAAA that a look-up of a name finds, which may be a local name; null: of those whose owner is not known. */
  readonly recordsOf: (owner: string | null) => readonly AddressRecord[];
  /** What sends under a host name; null: under one that is not known. */
  readonly sendingAs: (hostname: string | null) => readonly SendingAddress[];
  /** What sends from an address. */
  readonly sendingFrom: (ip: string | null) => readonly SendingAddress[];
}

export function stackMail(resources: readonly StackResource[]): StackMail {
  const related = new RelatedResources(resources);
  const addresses = sendingAddresses(resources);
  const records = forwardRecords(resources, addresses);
  const unnamed = records.addresses.filter(({ owner }) => owner === null);
  const allByHost = hostAddresses(resources, related, records, mailHostsOf(records));
  const fromHost = new Set(allByHost.flatMap(({ ip, level }) => (ip !== null && level === "mandatory" ? [ip] : [])));
  const { sending, possible, isDenied, ...mail } = mailUse(addresses, records, (ip) => fromHost.has(ip));
  const held = heldAddresses(resources);
  const sendingAs = groupedBy(sending, ({ hostname }) => hostname);
  const sendingFrom = groupedBy(sending, ({ ip }) => ip);
  const own = new Set([...held, ...sending, ...possible].flatMap(({ ip }) => (ip === null ? [] : [ip])));
  const byRecord = mailAddresses({ records, own, sending, sendingAs, sendingFrom });
  const namesAt = namesByAddress(records);
  const byHost = allByHost.filter(({ ip }) => !(namesAt.get(ip) ?? []).some(isDenied));
  const nameOf = nameByAddress(namesAt, mail.mailHosts, byHost, records);
  const reasonsOf = reasonsByAddress(byRecord, byHost);
  const withReasons = (each: SendingAddress): SendingAddress => {
    const reasons = each.ip === null ? undefined : reasonsOf.get(each.ip);
    return reasons === undefined ? each : { ...each, reasons };
  };
  const withoutPtr = new Map<string, Pick<HeldAddress, "ip" | "urn" | "type">>();
  const holders = new Map(held.toReversed().map((each) => [each.ip, each]));
  for (const { ip } of byRecord) {
    const holder = holders.get(ip);
    if (sendingFrom(ip).length === 0 && holder !== undefined && inPrivateUse(ip) === undefined)
      withoutPtr.set(ip, holder);
  }
  for (const { ip, urn, type } of byHost)
    if (ip !== null && sendingFrom(ip).length === 0 && !withoutPtr.has(ip)) withoutPtr.set(ip, { ip, urn, type });
  const notShown = byHost.filter(({ ip }) => ip === null);
  return {
    related,
    sending: sending.map(withReasons),
    possible,
    unset: [
      ...[...withoutPtr.values()].map(({ ip, ...holder }) =>
        unsetAddress(ip, nameOf(ip), holder, reasonsOf.get(ip) ?? []),
      ),
      ...notShown.map(({ reasons, ...holder }) => unsetAddress(null, null, holder, reasons)),
    ],
    mail,
    held,
    records,
    byRecord,
    byHost,
    nameOf,
    recordsOf: (owner) => (owner === null ? unnamed : records.addressesAt(owner)),
    sendingAs,
    sendingFrom,
  };
}

function unsetAddress(
  ip: string | null,
  hostname: string | null,
  { urn, type }: Pick<HeldAddress, "urn" | "type">,
  reasons: readonly string[],
): SendingAddress {
  const family = ip?.includes(":") ? 6 : 4;
  return { ip, family, hostname, urn, type, cloud: packageOf(type), reverse: "unset", reasons };
}

/** Why an address counts as one that sends mail, in words; every reason once. */
function reasonsByAddress(
  byRecord: readonly MailAddress[],
  byHost: readonly HostAddress[],
): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, Set<string>>();
  const add = (ip: string | null, texts: readonly string[]) => {
    if (ip === null) return;
    const known = reasons.get(ip) ?? new Set();
    for (const text of texts) known.add(text);
    reasons.set(ip, known);
  };
  for (const { ip, because } of byRecord) add(ip, [because]);
  for (const { ip, reasons: texts } of byHost) add(ip, texts);
  return new Map([...reasons].map(([ip, texts]) => [ip, [...texts]]));
}

/** The names whose A and AAAA have an address; wildcards and names in zones without a known name are none. */
function namesByAddress({ addresses }: ForwardRecords): ReadonlyMap<string | null, readonly string[]> {
  const names = new Map<string, Set<string>>();
  for (const { ip, owner, proxied } of addresses) {
    if (ip === null || owner === null || proxied || isLocalName(owner) || owner.startsWith("*")) continue;
    const known = names.get(ip) ?? new Set();
    names.set(ip, known.add(owner));
  }
  return new Map([...names].map(([ip, all]) => [ip, [...all]]));
}

/** A mail host's name where there is one, else the only name. What leaves by a NAT gateway has the name of its host. */
function nameByAddress(
  namesAt: ReadonlyMap<string | null, readonly string[]>,
  mailHosts: ReadonlySet<string>,
  byHost: readonly HostAddress[],
  records: ForwardRecords,
): StackMail["nameOf"] {
  const one = (names: readonly string[]): string | null => (names.length === 1 ? (names[0] ?? null) : null);
  const published = [...mailHosts].filter((name) => !isLocalName(name) && records.addressesAt(name).length > 0);
  const behindNat = new Set(byHost.flatMap(({ ip, nat }) => (nat ? [ip] : [])));
  return (ip) => {
    const names = namesAt.get(ip) ?? [];
    const ofMail = names.filter((name) => mailHosts.has(name));
    if (names.length > 0) return ofMail.length > 0 ? one(ofMail) : one(names);
    return behindNat.has(ip) ? one(published) : null;
  };
}

/** Stacks may have thousands of records: each look-up is one step. */
function groupedBy<T>(all: readonly T[], keyOf: (each: T) => string | null): (key: string | null) => readonly T[] {
  const groups = new Map<string | null, T[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group === undefined) groups.set(keyOf(each), [each]);
    else group.push(each);
  }
  return (key) => groups.get(key) ?? [];
}

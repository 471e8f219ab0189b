/**
 * Which of a stack's addresses send mail. A PTR that somebody set says so by itself, and so does a `SendingIp`. Where
 * the name of a machine becomes its PTR, nobody need have wanted one: there something else must speak of mail, an MX or an
 * SPF record that names the machine's name or address. A domain that publishes both a null MX (RFC 7505) and
 * `v=spf1 -all` sends none; neither does a name whose own SPF record is `v=spf1 -all`.
 */
import { isDnsRecord } from "./dns-records";
import type { ForwardRecords } from "./forward-records";
import { inPrivateUse, networksOf } from "./ip-networks";
import { soundsLikeMail } from "./mail-word";
import { SENDING_IP } from "./own-resources";
import { isMachineName, type SendingAddress } from "./sending-addresses";

export interface MailUse {
  /** Addresses that mail leaves from, in the order given. */
  readonly sending: readonly SendingAddress[];
  /** Addresses that have a PTR for another reason and may send mail all the same: worth an advice, never a failure. */
  readonly possible: readonly SendingAddress[];
  /** Names of hosts that MX and SPF records name, aliases followed. */
  readonly mailHosts: ReadonlySet<string>;
  /** Whether an MX or SPF record names this resource: by its address, or because an address record came from it. */
  readonly isNamed: (resource: { readonly urn: string; readonly ips: readonly (string | null)[] }) => boolean;
  /** Whether the stack publishes that this name, or the domain above it, sends no mail. */
  readonly isDenied: (hostname: string) => boolean;
}

/**
 * @param addresses every address with a PTR, as `sendingAddresses` finds them
 * @param records what the stack publishes
 * @param fromHost whether mail leaves from an address by what firewalls and NAT gateways say
 */
export function mailUse(
  addresses: readonly SendingAddress[],
  records: ForwardRecords,
  fromHost: (ip: string) => boolean = () => false,
): MailUse {
  const mailHosts = mailHostsOf(records);
  const ofHosts = [...mailHosts].flatMap(records.addressesAt);
  const ips = new Set(ofHosts.map(({ ip }) => ip).filter((ip) => ip !== null));
  const urns = new Set(ofHosts.flatMap(({ sources }) => sources ?? []));
  const inSpf = networksOf(
    records.spf.flatMap(({ networks, around }) => [...networks, ...around.map(({ network }) => network)]),
  );
  const isNamed: MailUse["isNamed"] = (resource) =>
    urns.has(resource.urn) || resource.ips.some((ip) => ip !== null && (ips.has(ip) || inSpf(ip) !== undefined));

  const sendsNothing = new Set(records.spf.flatMap(({ owner, nothing }) => (nothing && owner !== null ? [owner] : [])));
  const receivesNothing = nullMxOwners(records);
  const isDenied = (hostname: string) =>
    sendsNothing.has(hostname) ||
    withParents(hostname).some((name) => sendsNothing.has(name) && receivesNothing.has(name));
  const isNamedAddress = (each: SendingAddress) =>
    (each.hostname !== null && mailHosts.has(each.hostname)) || isNamed({ urn: each.urn, ips: [each.ip] });
  const sends = (each: SendingAddress): boolean =>
    each.type === SENDING_IP ||
    isNamedAddress(each) ||
    (each.ip !== null && fromHost(each.ip) && (each.hostname === null || !isDenied(each.hostname))) ||
    (!isMachineName(each) && !isPrivateRecord(each) && (each.hostname === null || !isDenied(each.hostname)));

  const sending = addresses.filter(sends);
  const proxied = new Set(
    [...records.addresses, ...records.aliases].flatMap(({ owner, proxied: is }) =>
      is && owner !== null ? [owner] : [],
    ),
  );
  const known = new Set(sending);
  const possible = addresses.filter(
    (each) =>
      !known.has(each) &&
      each.hostname !== null &&
      !isDenied(each.hostname) &&
      !proxied.has(each.hostname) &&
      (sending.length > 0 || soundsLikeMail(each.hostname)),
  );
  return { sending, possible, mailHosts, isNamed, isDenied };
}

/**
 * A PTR record of an address that only a private network knows is for that network, whether or not its zone says so. It
 * stands for mail where an MX or SPF record names the address.
 */
function isPrivateRecord({ type, ip }: SendingAddress): boolean {
  return ip !== null && isDnsRecord({ type }) && inPrivateUse(ip) !== undefined;
}

/** Exchangers and the hosts of SPF's `a` and `mx`, and what their aliases lead to. */
export function mailHostsOf({ exchangers, spf, aliasesAt }: ForwardRecords): ReadonlySet<string> {
  const hosts = new Set([
    ...exchangers.flatMap(({ exchange }) => (exchange === null || exchange === "." ? [] : [exchange])),
    ...spf.flatMap(({ hosts: named }) => named),
  ]);
  // A set is walked in the order of its growth, so that aliases of aliases are met too, and loops end.
  for (const host of hosts) for (const { target } of aliasesAt(host)) hosts.add(target);
  return hosts;
}

/** Owners of a null MX and of no other. */
function nullMxOwners({ exchangers }: ForwardRecords): ReadonlySet<string> {
  const owners = new Set(
    exchangers.flatMap(({ owner, exchange }) => (exchange === "." && owner !== null ? [owner] : [])),
  );
  for (const { owner, exchange } of exchangers) if (owner !== null && exchange !== ".") owners.delete(owner);
  return owners;
}

/** A name and every domain above it that has two labels or more. */
function withParents(name: string): readonly string[] {
  const labels = name.split(".");
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join("."));
}

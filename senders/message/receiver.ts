/** Who the receiver is: which names and addresses are its own. */
import * as ipaddr from "ipaddr.js";
import { getDomain } from "tldts";
import { isWithin } from "../../fcrdns/ask/domain-tree";
import type { IpAddress } from "../../fcrdns/names/address";
import { genericReasons } from "../../fcrdns/names/generic-name";
import { KNOWN_RECEIVERS, type KnownReceiver } from "./known-receivers";

export interface Receiver {
  /** The domains that its servers' names are within. */
  readonly domains: readonly string[];
  readonly known: readonly KnownReceiver[];
}

/** The receiver that somebody names: one that is known by several domains is known by any of them. */
export function receiverOf(domains: readonly string[]): Receiver {
  const known = KNOWN_RECEIVERS.filter((each) => domains.some((domain) => each.domains.includes(domain)));
  return { domains: [...domains, ...known.flatMap((each) => each.domains)], known };
}

/**
 * The organisation that a server belongs to: the domain that it registered. Below a suffix where customers have their
 * names (`compute.amazonaws.com`), and where the name is a provider's default, it is the host alone.
 * @param name canonical, of a host
 */
export function organisationOf(name: string): Receiver {
  const domain = getDomain(name, { allowPrivateDomains: true, validateHostname: false, detectIp: false });
  return receiverOf([domain === null || isCustomersName(name) ? name : domain]);
}

export function isNameOf(receiver: Receiver, name: string): boolean {
  return receiver.domains.some((domain) => isWithin(name, domain));
}

/** Whether a client is the receiver's own by the name that was looked up for its address. */
export function isLookedUpNameOf(receiver: Receiver, name: string, address: IpAddress): boolean {
  return receiver.domains.includes(name) || (isNameOf(receiver, name) && !isCustomersName(name, address));
}

/** What a provider calls the lines and machines of its customers is nobody's server. */
const CUSTOMERS_NAMES: ReadonlySet<string> = new Set([
  "generic-cloud-default",
  "generic-address",
  "generic-access-word",
]);

function isCustomersName(name: string, address?: IpAddress): boolean {
  return genericReasons(name, address).some(({ rule }) => CUSTOMERS_NAMES.has(rule));
}

/** The receiver one of whose servers has this name and writes no address of its clients, which are all its own. */
export function receiverWithoutAddresses(by: string): Receiver | null {
  const known = KNOWN_RECEIVERS.find(({ withoutAddress }) => withoutAddress?.test(by.toLowerCase()));
  return known === undefined ? null : { domains: known.domains, known: [known] };
}

/** Whether a known receiver's servers say this name from this address, where nobody else can send from. */
export function isOwnClientOf({ known }: Receiver, name: string, address: IpAddress): boolean {
  return known
    .flatMap(({ own = [] }) => own)
    .some(({ names, networks }) => names.some((domain) => isWithin(name, domain)) && isInNetworks(address, networks));
}

/** Whether the results of the server stand directly below the `Received` field that it wrote for the sender. */
export function writesResultsBelow({ known }: Receiver, server: string): boolean {
  return known.some(({ resultsBelow, domains }) => resultsBelow && domains.some((domain) => isWithin(server, domain)));
}

function isInNetworks({ text }: IpAddress, networks: readonly string[]): boolean {
  const parsed = ipaddr.parse(text);
  return networks.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(network);
    return base.kind() === parsed.kind() && parsed.match(base, bits);
  });
}

/** Addresses that no host on the internet has; those for documentation are judged like any other. */
const INTERNAL_RANGES: ReadonlySet<string> = new Set([
  "unspecified",
  "loopback",
  "private",
  "linkLocal",
  "uniqueLocal",
  "carrierGradeNat",
]);

export function isInternalAddress({ text, bytes, family }: IpAddress): boolean {
  const parsed = ipaddr.parse(text);
  if (INTERNAL_RANGES.has(parsed.range())) return true;
  // 6to4 (RFC 3056) of an internal IPv4 address: Google's servers are `2002:a05:...`, 10.5.x.x.
  const isSixToFour = family === 6 && bytes[0] === 0x20 && bytes[1] === 0x02;
  return isSixToFour && INTERNAL_RANGES.has(new ipaddr.IPv4([...bytes.slice(2, 6)]).range());
}

/**
 * Top-level domains that are in no public DNS: RFC 6761, RFC 6762 with appendix G, RFC 8375; `.internal` reserved by ICANN
 * (2024-07-29). Those for documentation stand for public ones.
 */
const INTERNAL_DOMAINS = [
  "local",
  "localhost",
  "localdomain",
  "internal",
  "intranet",
  "private",
  "corp",
  "home",
  "lan",
  "home.arpa",
];

/** Whether a name means something only within a network. */
export function isInternalName(name: string): boolean {
  return !name.includes(".") || INTERNAL_DOMAINS.some((domain) => isWithin(name, domain));
}

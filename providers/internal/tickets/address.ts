/** The addresses, names and networks of a ticket, in the spellings that people at a provider look for. */
import * as ipaddr from "ipaddr.js";
import { parseAddress, reverseName } from "../../../fcrdns/names/address";
import { canonicalName, hostnameProblems } from "../../../fcrdns/names/name";
import type { Family } from "../../cloud";

export interface WrittenAddress {
  /** Canonical: compressed lower case IPv6; an IPv4-mapped IPv6 address is IPv4. */
  readonly address: string;
  readonly family: Family;
  /** Name of its PTR record, no final dot. */
  readonly arpa: string;
  /** All 32 digits of IPv6; absent for IPv4. */
  readonly fullAddress?: string;
}

export type Written<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: string };

/** Reads an address in any of its spellings. */
export function writtenAddress(text: string): Written<WrittenAddress> {
  const parsed = parseAddress(text.trim());
  if (!parsed.ok) return parsed;
  const { text: address, family, bytes } = parsed.address;
  const arpa = reverseName(parsed.address);
  if (family === 4) return { ok: true, value: { address, family, arpa } };
  const digits = Buffer.from(bytes).toString("hex");
  return { ok: true, value: { address, family, arpa, fullAddress: (digits.match(/.{4}/g) ?? []).join(":") } };
}

/** Reads a host name that a PTR can carry: A-labels, lower case, no final dot. */
export function writtenHostname(text: string): Written<string> {
  const trimmed = text.trim();
  const problem = hostnameProblems(trimmed)[0];
  if (problem !== undefined) return { ok: false, reason: problem.message };
  const canonical = canonicalName(trimmed);
  return canonical.ok ? { ok: true, value: canonical.name } : canonical;
}

/** A network in CIDR notation with its host bits cleared; undefined when it is none. */
export function writtenNetwork(cidr: string): { readonly network: string; readonly family: Family } | undefined {
  if (!ipaddr.isValidCIDR(cidr)) return undefined;
  const [address, bits] = ipaddr.parseCIDR(cidr);
  if (address.kind() === "ipv4") {
    return { network: `${ipaddr.IPv4.networkAddressFromCIDR(cidr).toString()}/${bits}`, family: 4 };
  }
  const network = ipaddr.IPv6.networkAddressFromCIDR(cidr) as ipaddr.IPv6;
  return { network: `${network.toRFC5952String()}/${bits}`, family: 6 };
}

/** Whether `network` holds `address`; both as this file writes them. */
export function holds(network: string, address: string): boolean {
  const parsed = ipaddr.parse(address);
  const range = ipaddr.parseCIDR(network);
  return parsed.kind() === range[0].kind() && parsed.match(range);
}

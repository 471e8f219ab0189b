/** Addresses of DNS servers: as people write them, as hops show them, and which of them are not to be asked. */
import * as ipaddr from "ipaddr.js";
import { parseAddress } from "../names/address";
import { forTerminal } from "../report/escape";
import type { ServerAddress } from "./transport";

export type ServerResult =
  | { readonly ok: true; readonly server: ServerAddress }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads `ADDRESS[:PORT]`; an IPv6 address with a port stands in brackets.
 * @param text for example `192.0.2.53`, `192.0.2.53:5353`, `2001:db8::53`, `[2001:db8::53]:5353`
 * @param defaultPort port when none is written @default 53
 * @example
 * parseServer("[::1]:5353", 53); // { ok: true, server: { address: "::1", port: 5353 } }
 */
export function parseServer(text: string, defaultPort = 53): ServerResult {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/s.exec(text);
  const single = /^([^:]*):([^:]*)$/s.exec(text);
  const [host, portText] = bracketed
    ? [bracketed[1] as string, bracketed[2]]
    : single
      ? [single[1] as string, single[2]]
      : [text, undefined];
  const shown = `"${forTerminal(text)}"`;
  const address = parseAddress(host);
  if (!address.ok || (bracketed && address.address.family === 4 && !host.includes(":"))) {
    const form = "write ADDRESS or ADDRESS:PORT, for example 192.0.2.53:53 or [2001:db8::53]:53";
    return { ok: false, problem: `${shown} is not the address of a DNS server: ${form}` };
  }
  if (portText === undefined) return { ok: true, server: { address: address.address.text, port: defaultPort } };
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : 0;
  if (port < 1 || port > 65535) return { ok: false, problem: `the port in ${shown} is not a number from 1 to 65535` };
  return { ok: true, server: { address: address.address.text, port } };
}

/** A server that can be asked, with the name under which it was found. */
export interface Endpoint extends ServerAddress {
  /** Null for a server that was given by its address. */
  readonly name: string | null;
  /** As hops and answers show it: `ns1.example.net 192.0.2.53:53`. */
  readonly text: string;
}

export function endpoint(server: ServerAddress, name: string | null): Endpoint {
  const where = server.address.includes(":")
    ? `[${server.address}]:${server.port}`
    : `${server.address}:${server.port}`;
  return { address: server.address, port: server.port, name, text: name === null ? where : `${name} ${where}` };
}

/** The ranges in which no public name server lies. Whoever runs a zone could point us at them. */
const notPublic: Readonly<{ [range: string]: string }> = {
  unspecified: "an unspecified address",
  broadcast: "a broadcast address",
  multicast: "a multicast address",
  linkLocal: "a link-local address",
  loopback: "a loopback address",
  private: "a private address",
  carrierGradeNat: "a carrier's private address",
  uniqueLocal: "a private address",
};

/** Ranges of the special-purpose address registries (IANA, RFC 6890) that `ipaddr.js` does not tell apart. */
const specialPurpose: readonly (readonly [range: readonly [ipaddr.IPv4 | ipaddr.IPv6, number], what: string])[] = (
  [
    ["198.18.0.0/15", "an address for benchmarks"],
    ["240.0.0.0/4", "a reserved address"],
    ["2001::/32", "a Teredo address"],
    ["2001:2::/48", "an address for benchmarks"],
    ["100::/64", "a discard-only address"],
    ["64:ff9b:1::/48", "a local translation address"],
    ["5f00::/16", "a segment identifier"],
    ["fec0::/10", "a site-local address"],
  ] as const
).map(([range, what]) => [ipaddr.parseCIDR(range), what] as const);

/** Why a name server at this address is not to be asked; null when it may be. IPv4 within IPv6 (NAT64) counts as IPv4. */
export function whyNotPublic(address: string): string | null {
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  const special = specialPurpose.find(([cidr]) => cidr[0].kind() === parsed.kind() && parsed.match(cidr[0], cidr[1]));
  if (special && range !== "broadcast") return special[1];
  if (parsed.kind() === "ipv6" && (range === "rfc6052" || range === "rfc6145")) {
    return whyNotPublic(parsed.toByteArray().slice(12).join("."));
  }
  if (parsed.kind() === "ipv6" && range === "6to4") return whyNotPublic(parsed.toByteArray().slice(2, 6).join("."));
  // "This network" (0.0.0.0/8) reaches the machine itself, not only 0.0.0.0 (RFC 1122 section 3.2.1.3).
  if (parsed.kind() === "ipv4" && parsed.toByteArray()[0] === 0) return notPublic.unspecified as string;
  // IPv4-compatible addresses (::/96), deprecated.
  if (
    parsed.kind() === "ipv6" &&
    parsed
      .toByteArray()
      .slice(0, 12)
      .every((octet) => octet === 0)
  ) {
    return notPublic[range] ?? (notPublic.unspecified as string);
  }
  return notPublic[range] ?? null;
}

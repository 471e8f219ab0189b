/** Addresses of DNS servers: as hops show them, and which of them must not be queried. */
import * as ipaddr from "ipaddr.js";
import type { ServerAddress } from "./transport";

/** A server that can be queried, with the name under which it was found. */
export interface Endpoint extends ServerAddress {
  /** Null for a server that was given by address. */
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

/**
 * The ranges in which no public name server lies, for whoever runs a zone could point us at them; `null` for ranges within
 * them that are reachable from everywhere. From IANA's special-purpose address registries, column "Globally Reachable"
 * (https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry), and beside those multicast and site-local addresses (RFC 3879).
 */
const specialPurpose: Readonly<Record<string, string | null>> = {
  // "This network" reaches the machine itself, not only by 0.0.0.0 (RFC 1122 section 3.2.1.3).
  "0.0.0.0/8": "unspecified",
  "10.0.0.0/8": "private",
  "100.64.0.0/10": "carrier-grade NAT",
  "127.0.0.0/8": "loopback",
  "169.254.0.0/16": "link-local",
  "172.16.0.0/12": "private",
  "192.0.0.0/24": "for protocols",
  "192.0.0.9/32": null,
  "192.0.0.10/32": null,
  "192.0.2.0/24": "documentation",
  // Deprecated with 6to4 (RFC 7526); the 6a44 relay in it is not globally reachable either.
  "192.88.99.0/24": "6to4 relay",
  "192.168.0.0/16": "private",
  "198.18.0.0/15": "for benchmarks",
  "198.51.100.0/24": "documentation",
  "203.0.113.0/24": "documentation",
  "224.0.0.0/4": "multicast",
  "240.0.0.0/4": "reserved",
  "255.255.255.255/32": "broadcast",
  // The unspecified address and the deprecated IPv4-compatible ones.
  "::/96": "unspecified",
  "::1/128": "loopback",
  "64:ff9b:1::/48": "local translation",
  "100::/64": "discard-only",
  "100:0:0:1::/64": "dummy",
  "2001::/23": "for protocols",
  "2001::/32": "Teredo",
  "2001:1::1/128": null,
  "2001:1::2/128": null,
  "2001:1::3/128": null,
  "2001:2::/48": "for benchmarks",
  "2001:3::/32": null,
  "2001:4:112::/48": null,
  "2001:10::/28": "ORCHID",
  "2001:20::/28": null,
  "2001:30::/28": null,
  "2001:db8::/32": "documentation",
  "3fff::/20": "documentation",
  "5f00::/16": "segment identifier",
  "fc00::/7": "private",
  "fe80::/10": "link-local",
  "fec0::/10": "site-local",
  "ff00::/8": "multicast",
};

/** The narrowest first: it decides. */
const ranges = Object.entries(specialPurpose)
  .map(([range, what]) => ({ range: ipaddr.parseCIDR(range), what }))
  .sort((a, b) => b.range[1] - a.range[1]);

/** Why a name server at this address must not be queried; null when it may be. IPv4 within IPv6 (NAT64) counts as IPv4. */
export function whyNotPublic(address: string): string | null {
  const parsed = ipaddr.process(address);
  const octets = parsed.toByteArray();
  const kind = parsed.range();
  if (kind === "rfc6052" || kind === "rfc6145") return whyNotPublic(octets.slice(12).join("."));
  if (kind === "6to4") return whyNotPublic(octets.slice(2, 6).join("."));
  return ranges.find(({ range }) => range[0].kind() === parsed.kind() && parsed.match(range))?.what ?? null;
}

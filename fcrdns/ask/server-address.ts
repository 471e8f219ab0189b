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

/**
 * The ranges in which no public name server lies, for whoever runs a zone could point us at them; `null` for ranges within
 * them that are reachable from everywhere. From IANA's special-purpose address registries, column "Globally Reachable"
 * (https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry), and beside those multicast and site-local addresses (RFC 3879).
 */
const specialPurpose: Readonly<Record<string, string | null>> = {
  // "This network" reaches the machine itself, not only by 0.0.0.0 (RFC 1122 section 3.2.1.3).
  "0.0.0.0/8": "an unspecified address",
  "10.0.0.0/8": "a private address",
  "100.64.0.0/10": "a carrier's private address",
  "127.0.0.0/8": "a loopback address",
  "169.254.0.0/16": "a link-local address",
  "172.16.0.0/12": "a private address",
  "192.0.0.0/24": "an address for protocols",
  "192.0.0.9/32": null,
  "192.0.0.10/32": null,
  "192.0.2.0/24": "a documentation address",
  "192.168.0.0/16": "a private address",
  "198.18.0.0/15": "an address for benchmarks",
  "198.51.100.0/24": "a documentation address",
  "203.0.113.0/24": "a documentation address",
  "224.0.0.0/4": "a multicast address",
  "240.0.0.0/4": "a reserved address",
  "255.255.255.255/32": "a broadcast address",
  // The unspecified address and the deprecated IPv4-compatible ones.
  "::/96": "an unspecified address",
  "::1/128": "a loopback address",
  "64:ff9b:1::/48": "a local translation address",
  "100::/64": "a discard-only address",
  "100:0:0:1::/64": "a dummy address",
  "2001::/23": "an address for protocols",
  "2001::/32": "a Teredo address",
  "2001:1::1/128": null,
  "2001:1::2/128": null,
  "2001:1::3/128": null,
  "2001:2::/48": "an address for benchmarks",
  "2001:3::/32": null,
  "2001:4:112::/48": null,
  "2001:10::/28": "an ORCHID",
  "2001:20::/28": null,
  "2001:30::/28": null,
  "2001:db8::/32": "a documentation address",
  "3fff::/20": "a documentation address",
  "5f00::/16": "a segment identifier",
  "fc00::/7": "a private address",
  "fe80::/10": "a link-local address",
  "fec0::/10": "a site-local address",
  "ff00::/8": "a multicast address",
};

/** The narrowest first: it decides. */
const ranges = Object.entries(specialPurpose)
  .map(([range, what]) => ({ range: ipaddr.parseCIDR(range), what }))
  .sort((a, b) => b.range[1] - a.range[1]);

/** Why a name server at this address is not to be asked; null when it may be. IPv4 within IPv6 (NAT64) counts as IPv4. */
export function whyNotPublic(address: string): string | null {
  const parsed = ipaddr.process(address);
  const octets = parsed.toByteArray();
  const kind = parsed.range();
  if (kind === "rfc6052" || kind === "rfc6145") return whyNotPublic(octets.slice(12).join("."));
  if (kind === "6to4") return whyNotPublic(octets.slice(2, 6).join("."));
  return ranges.find(({ range }) => range[0].kind() === parsed.kind() && parsed.match(range))?.what ?? null;
}

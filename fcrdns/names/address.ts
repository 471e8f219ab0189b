/**
 * IP addresses as values: read strictly, compared as bytes, written in one canonical way. A string comparison of
 * addresses is how most checkers go wrong (`2001:DB8::1`, `2001:db8:0:0::1` and `2001:db8::1` are one address).
 */
import { isIPv4, isIPv6 } from "node:net";
import * as ipaddr from "ipaddr.js";

export interface IpAddress {
  /** Canonical text: dotted decimal, or RFC 5952 for IPv6. */
  readonly text: string;
  readonly family: 4 | 6;
  /** 4 or 16 octets, network order. */
  readonly bytes: Uint8Array;
}

export type AddressResult =
  | { readonly ok: true; readonly address: IpAddress }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads an address as a person or a record wrote it. Only the full forms are taken: four decimal numbers for IPv4
 * (RFC 6943 section 3.1.1 "strict"), RFC 4291 section 2.2 for IPv6. An IPv4-mapped IPv6 address is the IPv4 address.
 * Refused with a reason: zone indices (`fe80::1%eth0`), short forms (`127.1`), hexadecimal and octal parts, plain
 * integers, brackets, prefixes, ports, anything around the address.
 * @param text one address
 * @example
 * parseAddress("::ffff:192.0.2.10"); // { ok: true, address: { text: "192.0.2.10", family: 4, bytes } }
 */
export function parseAddress(text: string): AddressResult {
  // Four numbers without leading zeros: the canonical text itself.
  if (isIPv4(text)) return { ok: true, address: { text, family: 4, bytes: octetsOf(text) } };
  if (isAddressText(text)) {
    return { ok: true, address: addressFromBytes(Uint8Array.from(ipaddr.IPv6.parse(inHexGroups(text)).toByteArray())) };
  }
  return { ok: false, reason: whyNotAnAddress(text) };
}

/** Whether {@link parseAddress} takes the text, without finding the reason if not. */
export function isAddressText(text: string): boolean {
  return isIPv4(text) || (!text.includes("%") && isIPv6(text));
}

/**
 * The address made of these octets; an IPv4-mapped IPv6 address (RFC 4291 section 2.5.5.2) becomes the IPv4 address.
 * @param bytes 4 or 16 octets, network order; any other length throws a `RangeError`
 */
export function addressFromBytes(bytes: Uint8Array): IpAddress {
  if (bytes.length === 4) {
    return { text: bytes.join("."), family: 4, bytes };
  }
  if (bytes.length !== 16) {
    throw new RangeError(`an IP address has 4 or 16 octets, not ${bytes.length}`);
  }
  const mapped = bytes.subarray(0, 10).every((octet) => octet === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  if (mapped) return addressFromBytes(bytes.slice(12));
  return { text: new ipaddr.IPv6([...bytes]).toRFC5952String(), family: 6, bytes };
}

/** Whether two addresses are the same octets of the same family. */
export function sameAddress(a: IpAddress, b: IpAddress): boolean {
  return a.bytes.length === b.bytes.length && a.bytes.every((octet, position) => octet === b.bytes[position]);
}

/**
 * The name whose PTR record belongs to an address: octets backwards under `in-addr.arpa` (RFC 1035 section 3.5), or 32
 * nibbles backwards under `ip6.arpa` (RFC 3596 section 2.5). No final dot.
 * @param ip an address, or its text; text that {@link parseAddress} refuses throws a `RangeError` with its reason
 * @example
 * reverseName("192.0.2.10"); // "10.2.0.192.in-addr.arpa"
 */
export function reverseName(ip: string | IpAddress): string {
  const address = typeof ip === "string" ? addressOrThrow(ip) : ip;
  if (address.family === 4) {
    const [a, b, c, d] = address.bytes;
    return `${d}.${c}.${b}.${a}.in-addr.arpa`;
  }
  return [...reverseLabels(address), "ip6", "arpa"].join(".");
}

/**
 * The address that a full reverse name stands for; null for anything else (a zone above it, an RFC 2317 name).
 * @param name any case, with or without final dot
 */
export function addressFromReverseName(name: string): IpAddress | null {
  const labels = name.toLowerCase().replace(/\.$/, "").split(".");
  const suffix = labels.splice(-2).join(".");
  if (suffix === "in-addr.arpa") {
    const parsed = parseAddress(labels.reverse().join("."));
    return parsed.ok && parsed.address.family === 4 ? parsed.address : null;
  }
  if (suffix === "ip6.arpa" && labels.length === 32 && labels.every((label) => /^[0-9a-f]$/.test(label))) {
    const digits = labels.reverse().join("");
    const bytes = Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
    const address = addressFromBytes(bytes);
    // The reverse name of a mapped address lies under in-addr.arpa, so nothing has this one.
    return address.family === 6 ? address : null;
  }
  return null;
}

/** The labels below `in-addr.arpa` or `ip6.arpa`, nearest to the address first. */
export function reverseLabels(address: IpAddress): string[] {
  const parts =
    address.family === 4
      ? [...address.bytes].map(String)
      : [...address.bytes].flatMap((octet) => [(octet >> 4).toString(16), (octet & 15).toString(16)]);
  return parts.reverse();
}

/** @param text dotted decimal */
function octetsOf(text: string): Uint8Array {
  const bytes = new Uint8Array(4);
  let position = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i);
    if (character === 0x2e) position++;
    else bytes[position] = (bytes[position] as number) * 10 + character - 0x30;
  }
  return bytes;
}

/** A dotted tail written as two groups: `ipaddr.js` would read `::192.0.2.1` as an IPv4-mapped address. */
function inHexGroups(text: string): string {
  return text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...octets: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = octets.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
}

function addressOrThrow(text: string): IpAddress {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new RangeError(parsed.reason);
  return parsed.address;
}

function whyNotAnAddress(text: string): string {
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
  const expected = "write four decimal numbers (192.0.2.10) or a full IPv6 address (2001:db8::10)";
  if (text.trim() === "") return `no address given: ${expected}`;
  if (text.trim() !== text) return `${shown} has spaces around the address: remove them`;
  if (text.includes("%")) {
    return `${shown} has a zone index (the part from "%"): it means something on one machine only, leave it out`;
  }
  if (/^\[.*\]/.test(text)) return `${shown} is in brackets: write the address alone`;
  if (text.includes("/")) return `${shown} is a prefix, not one address: write one address of it`;
  if (/^\d+(\.\d+){3}:\d+$/.test(text)) return `${shown} has a port: write the address alone`;
  if (/^[0-9a-fx.]+$/i.test(text) && /^[0-9.]/.test(text)) {
    const parts = text.split(".");
    if (parts.some((part) => /^0x/i.test(part))) return `${shown} has hexadecimal numbers: ${expected}`;
    if (parts.every((part) => /^\d+$/.test(part))) {
      if (parts.length === 1) return `${shown} is a plain number: ${expected}`;
      if (parts.length < 4) return `${shown} is a short form: ${expected}`;
      if (parts.length > 4) return `${shown} has more than four numbers: ${expected}`;
      if (parts.some((part) => part.length > 1 && part.startsWith("0"))) {
        return `${shown} has leading zeros, which some programs read as octal: ${expected}`;
      }
      return `${shown} has a number above 255: ${expected}`;
    }
  }
  if (text.includes(":")) return `${shown} is not an IPv6 address: ${expected}`;
  return `${shown} is not an IP address: ${expected}`;
}

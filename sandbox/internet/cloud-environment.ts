/** The loopback internet as one simulated cloud sees it: its own addresses, everybody's zones. */
import * as ipaddr from "ipaddr.js";
import type { Environment } from "../../providers/internal/simulation/simulated-cloud";
import type { Block } from "./blocks";
import type { Zone } from "./zone";

/** What a cloud's part is made of. */
export interface CloudWorldParts extends Omit<Environment, "allocate" | "release" | "resolve"> {
  readonly block: Block;
  /** The zone that holds a name, as its first name server shows it now. */
  readonly published: (name: string) => Zone | undefined;
  readonly addressesWithPtr: () => readonly string[];
}

/** The first hosts of a network are the cloud's own: gateways, name servers. */
const FIRST_HOST = 10;
const MAX_ALIASES = 8;

export function cloudEnvironment({ block, published, addressesWithPtr, ...parts }: CloudWorldParts): Environment {
  const candidates = { 4: hosts(block.v4), 6: networks(block.v6) } as const;

  return {
    ...parts,
    allocate(family) {
      const { value } = candidates[family].next();
      if (value === undefined) {
        const none = block[`v${family}`].length === 0;
        throw new Error(
          none
            ? `${block.cloud} has no IPv${family} addresses in this internet: give its simulation addresses`
            : `${block.cloud} has handed out all of its IPv${family} addresses`,
        );
      }
      parts.note(`allocate ${value}`);
      return value;
    },
    release(address) {
      const released = ipaddr.parse(address);
      for (const present of addressesWithPtr()) {
        if (isPartOf(ipaddr.parse(present), released)) parts.setPtr(present, null);
      }
      parts.note(`release ${address}`);
    },
    resolve(hostname, type) {
      let name = hostname;
      for (let aliases = 0; aliases <= MAX_ALIASES; aliases++) {
        const answer = published(name)?.lookup(name, type);
        if (answer?.kind === "records") return answer.records.map(({ value }) => String(value));
        if (answer?.kind !== "cname") return [];
        name = answer.target;
      }
      return [];
    },
    setRecords(owner, type, values, ttl) {
      parts.setRecords(owner, type, type.toUpperCase() === "TXT" ? values.map(unquoted) : values, ttl);
    },
  };
}

/** An address that was handed out is one host (IPv4) or a whole /64 (IPv6). */
function isPartOf(address: ipaddr.IPv4 | ipaddr.IPv6, released: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.kind() === released.kind() && address.match(released, address.kind() === "ipv4" ? 32 : 64);
}

/** Hosts of IPv4 prefixes in order; none is handed out twice, because a used address has a history. */
function* hosts(prefixes: readonly string[]): Generator<string, undefined> {
  for (const prefix of prefixes) {
    const [network, bits] = ipaddr.IPv4.parseCIDR(prefix);
    const [a = 0, b = 0, c = 0, d = 0] = network.octets;
    const first = ((a * 256 + b) * 256 + c) * 256 + d;
    for (let host = FIRST_HOST; host < 2 ** (32 - bits) - 1; host++) {
      const number = first + host;
      yield [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
    }
  }
  return undefined;
}

/** Networks of /64 in IPv6 prefixes, in order: `2001:db8:1:1::`. */
function* networks(prefixes: readonly string[]): Generator<string, undefined> {
  for (const prefix of prefixes) {
    const [network, bits] = ipaddr.IPv6.parseCIDR(prefix);
    const bytes = network.toByteArray();
    const most = 2 ** Math.min(64 - bits, 32);
    for (let number = 1; number < most; number++) {
      const tail = [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256);
      const own = bytes.map((byte, at) => (at >= 4 && at < 8 ? byte | (tail[at - 4] ?? 0) : byte));
      yield new ipaddr.IPv6(own).toString();
    }
  }
  return undefined;
}

/** APIs take TXT as in a zone file: strings in quotes. Name servers show what is in them. */
function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  const strings = value.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  return strings.map((text) => text.slice(1, -1).replaceAll(/\\(.)/g, "$1")).join("");
}

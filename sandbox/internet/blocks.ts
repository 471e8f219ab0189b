/** Blocks of addresses, and the names that addresses have in DNS. */
import * as ipaddr from "ipaddr.js";
import type { AddressBlock } from "../../providers/internal/simulation/simulated-cloud";

export interface Block extends AddressBlock {
  /** The cloud's Pulumi package. */
  readonly cloud: string;
}

/** The reverse zones of a block: `113.0.203.in-addr.arpa`, `1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa`. */
export function reverseZones({ v4, v6 }: Pick<Block, "v4" | "v6">): readonly string[] {
  return [...v4, ...v6].map(reverseZone);
}

/** The reverse zone of one prefix. */
export function reverseZone(prefix: string): string {
  const [network, bits] = ipaddr.parseCIDR(prefix);
  const step = network.kind() === "ipv4" ? 8 : 4;
  if (bits % step !== 0) throw new RangeError(`${prefix} does not end on a boundary of ${step} bits`);
  return arpaLabels(network)
    .slice(-bits / step - 2)
    .join(".");
}

/** The name that holds the PTR of an address. */
export function arpaName(address: string): string {
  return arpaLabels(ipaddr.parse(address)).join(".");
}

/** Whether an address lies in one of a block's prefixes. */
export function blockHolds({ v4, v6 }: Pick<Block, "v4" | "v6">, address: string): boolean {
  const parsed = ipaddr.parse(address);
  return [...v4, ...v6].some((prefix) => {
    const [network, bits] = ipaddr.parseCIDR(prefix);
    return network.kind() === parsed.kind() && parsed.match(network, bits);
  });
}

function arpaLabels(address: ipaddr.IPv4 | ipaddr.IPv6): string[] {
  const bytes = address.toByteArray();
  const labels =
    address.kind() === "ipv4" ? bytes.map(String) : bytes.flatMap((byte) => [...byte.toString(16).padStart(2, "0")]);
  return [...labels.reverse(), address.kind() === "ipv4" ? "in-addr" : "ip6", "arpa"];
}

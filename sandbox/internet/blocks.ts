/** The addresses that each simulated cloud hands out: one row a cloud. A host of DNS zones alone needs none. */
import * as ipaddr from "ipaddr.js";

export interface Block {
  /** The cloud's Pulumi package. */
  readonly cloud: string;
  /** Prefixes on octet boundaries (`/8`, `/16`, `/24`): each is one reverse zone. */
  readonly v4: readonly string[];
  /** Prefixes on nibble boundaries, shorter than `/64`: networks of `/64` are handed out. */
  readonly v6: readonly string[];
  /** Zones of the cloud itself, in which its generic host names lie. */
  readonly ownZones?: readonly string[];
}

/** Addresses for documentation (RFC 5737, RFC 3849) and for benchmarks (RFC 2544): none belongs to anybody. */
export const blocks: readonly Block[] = [
  { cloud: "hcloud", v4: ["203.0.113.0/24"], v6: ["2001:db8:1::/48"], ownZones: ["clients.your-server.de"] },
  { cloud: "aws", v4: ["198.51.100.0/24"], v6: ["2001:db8:2::/48"], ownZones: ["compute.amazonaws.com"] },
  { cloud: "azure-native", v4: ["198.18.3.0/24"], v6: ["2001:db8:3::/48"], ownZones: ["cloudapp.azure.com"] },
  { cloud: "gcp", v4: ["198.18.4.0/24"], v6: ["2001:db8:4::/48"], ownZones: ["bc.googleusercontent.com"] },
  { cloud: "digitalocean", v4: ["198.18.5.0/24"], v6: ["2001:db8:5::/48"] },
  { cloud: "linode", v4: ["198.18.6.0/24"], v6: ["2001:db8:6::/48"], ownZones: ["ip.linodeusercontent.com"] },
  { cloud: "vultr", v4: ["198.18.7.0/24"], v6: ["2001:db8:7::/48"], ownZones: ["vultrusercontent.com"] },
  { cloud: "scaleway", v4: ["198.18.8.0/24"], v6: ["2001:db8:8::/48"], ownZones: ["instances.scw.cloud"] },
  { cloud: "ovh", v4: ["198.18.9.0/24"], v6: ["2001:db8:9::/48"], ownZones: ["vps.ovh.net"] },
  // Somebody else's: an address whose PTR is set by a ticket.
  { cloud: "elsewhere", v4: ["192.0.2.0/24"], v6: ["2001:db8:f::/48"] },
];

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

/** A cloud hands out an IPv6 network; mail leaves from one host address in it. */
import * as ipaddr from "ipaddr.js";

/**
 * The host address inside a network.
 * @param network `2001:db8:1::/64`, or the network's first address alone
 * @param host the host part, as an address whose network part is zero
 * @default host "::1", the address that Linux images of most clouds configure first
 * @throws RangeError when either is not IPv6 or the host part reaches into the network part of a /64
 *
 * @example
 * hostInNetwork("2001:db8:1:2::/64"); // "2001:db8:1:2::1"
 */
export function hostInNetwork(network: string, host = "::1"): string {
  const first = ipaddr.parse(network.split("/")[0] ?? "");
  const part = ipaddr.parse(host);
  if (first.kind() !== "ipv6" || part.kind() !== "ipv6") {
    throw new RangeError(`${network} with host part ${host} is not IPv6`);
  }
  const prefixBytes = 8;
  const networkBytes = first.toByteArray();
  const hostBytes = part.toByteArray();
  if (hostBytes.slice(0, prefixBytes).some((byte) => byte !== 0)) {
    throw new RangeError(`the host part ${host} does not fit into the last 64 bits of ${network}`);
  }
  const bytes = networkBytes.map((byte, index) => byte | (hostBytes[index] ?? 0));
  return ipaddr.fromByteArray(bytes).toString();
}

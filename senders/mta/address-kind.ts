/** Whether mail can leave by an address, and whether receivers see it as it is. */
import * as ipaddr from "ipaddr.js";

/**
 * `private`: of a network whose addresses are translated on the way (RFC 1918, RFC 6598, RFC 4193);
 * `link-local`: of one link, which no router forwards (RFC 3927, RFC 4291); `loopback`: of the machine itself; `any`:
 * `0.0.0.0` and `::`, by which the operating system chooses; `none`: of no host (multicast, broadcast).
 */
export type AddressKind = "public" | "private" | "link-local" | "loopback" | "any" | "none";

/** By the names that `ipaddr.js` gives to ranges; every other one is public, also the blocks for documentation. */
const KINDS: Readonly<Record<string, AddressKind>> = {
  private: "private",
  carrierGradeNat: "private",
  uniqueLocal: "private",
  linkLocal: "link-local",
  deprecatedSiteLocal: "private",
  loopback: "loopback",
  unspecified: "any",
  multicast: "none",
  broadcast: "none",
};

/** @param address canonical text */
export function addressKind(address: string): AddressKind {
  return KINDS[ipaddr.parse(address).range()] ?? "public";
}

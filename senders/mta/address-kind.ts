/** Whether mail can leave by an address as receivers see it. */
import * as ipaddr from "ipaddr.js";

/**
 * `private`: of a network whose addresses are translated on the way (RFC 1918, RFC 6598, RFC 4193, link local);
 * `loopback`: of the machine itself; `any`: `0.0.0.0` and `::`, by which the operating system chooses; `none`: of no
 * host (multicast, broadcast).
 */
export type AddressKind = "public" | "private" | "loopback" | "any" | "none";

/** By the names that `ipaddr.js` gives to ranges; every other one is public, also the blocks for documentation. */
const KINDS: Readonly<Record<string, AddressKind>> = {
  private: "private",
  carrierGradeNat: "private",
  uniqueLocal: "private",
  linkLocal: "private",
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

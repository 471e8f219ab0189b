/** What the EHLO name means for the status, once the round trip is good. It never changes `iprev`. */

import { unknownReason } from "../ask/consensus";
import { type IpAddress, sameAddress } from "../names/address";
import type { Helo } from "../names/helo";
import type { NameInspection } from "../names/inspect-name";
import type { Reason, Status } from "../verdict";
import type { RoundTrip } from "./round-trip";

/**
 * `bad-name`: no full host name, or a generic one. `unexpected-name`: it is not the PTR and does not have the address.
 * `servers-disagree`: only some of its servers have the address. The reason of a failed look-up: it is not the PTR, and
 * whether it has the address is unknown. Null where it is the PTR, where it has the address (RFC 5321 section 4.1.4 asks
 * for no more), and for a literal of the address itself (section 4.1.3).
 * @param helo null: not known
 */
export function heloObjection(
  helo: Helo | null,
  ip: IpAddress,
  { ptrNames, names }: RoundTrip,
  inspect: (name: string) => NameInspection,
): { readonly status: Status; readonly reason: Reason } | null {
  if (helo === null || isOwnLiteral(helo, ip)) return null;
  const { valid, generic } = inspect(helo.said);
  if (!valid || generic) return { status: "fail", reason: "bad-name" };
  if (ptrNames.includes(helo.said)) return null;
  const word = names.get(helo.said);
  switch (word?.state) {
    case "confirmed":
    // It has the address; what a server says of the other family is a matter of the name's zone.
    case "denied":
      return null;
    case "split": {
      const isDefinite = word.own.silent.every(({ outcome }) => outcome === "not-asked");
      return { status: isDefinite ? "fail" : "unknown", reason: "servers-disagree" };
    }
    case "absent":
    case "elsewhere":
    case "loop":
      return { status: "fail", reason: "unexpected-name" };
    default:
      return { status: "unknown", reason: unknownReason(word?.own.silent ?? []) };
  }
}

/** `[192.0.2.10]`, said at 192.0.2.10: true, and permitted to a host without a name. */
export function isOwnLiteral({ literal }: Helo, ip: IpAddress): boolean {
  return literal !== undefined && sameAddress(literal, ip);
}

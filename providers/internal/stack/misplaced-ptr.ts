/** PTR records that nobody will look up, because they do not stand in the reverse zone of an address. */
import { parseAddress } from "../../../fcrdns/names/address";
import { dnsRecordSets } from "./dns-records";
import type { StackResource } from "./stack-resource";

export interface MisplacedPtr {
  readonly urn: string;
  readonly type: string;
  /** Canonical. */
  readonly owner: string;
  /** Canonical name of the zone that the record was put into; null: not known. */
  readonly zone: string | null;
  readonly values: readonly string[];
  /**
   * `reverse-name`: the name of an address, put below another zone (`10.2.0.192.in-addr.arpa.example.com`).
   * `other-zone`: the name of an address, in a zone that does not hold it.
   * `address`: the value is an address, the two sides are swapped.
   * `forward-name`: a name of a forward zone. A reverse zone may lead there by CNAME (RFC 2317 section 5.2).
   */
  readonly mistake: "reverse-name" | "other-zone" | "address" | "forward-name";
}

export function misplacedPtrs(resources: readonly StackResource[]): MisplacedPtr[] {
  return dnsRecordSets(resources).flatMap(({ type, owner, zone, values, urn, resourceType }): MisplacedPtr[] => {
    if (type !== "PTR" || owner === null) return [];
    const found = { urn, type: resourceType, owner, zone, values };
    const reverse = /(^|\.)(in-addr|ip6)\.arpa$/.test(owner);
    if (reverse) {
      const inside = zone === null || owner === zone || owner.endsWith(`.${zone}`);
      return inside ? [] : [{ ...found, mistake: "other-zone" }];
    }
    if (/(^|\.)(in-addr|ip6)\.arpa\./.test(owner)) return [{ ...found, mistake: "reverse-name" }];
    // Names with an underscore name services (RFC 6763), not addresses.
    if (owner.endsWith(".arpa") || owner.split(".").some((label) => label.startsWith("_"))) return [];
    const swapped = values.some((value) => value.length <= 60 && parseAddress(value.replace(/\.$/, "")).ok);
    return [{ ...found, mistake: swapped ? "address" : "forward-name" }];
  });
}

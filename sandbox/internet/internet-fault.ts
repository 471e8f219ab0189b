/** What can be wrong with the loopback internet, as data: a scenario is a list of these. */
import type { FaultRule } from "./name-server";

/** Which name servers: all of those that fit every field given. */
export interface Where {
  /** A server's name (`ns2.dnshost.example`) or address. */
  readonly server?: string;
  /** The servers of the zone that holds this name; what is wrong is wrong for that zone only. */
  readonly zone?: string;
  /** The servers of the reverse zones of this cloud (its Pulumi package); `family` narrows it to one. */
  readonly reverseOf?: string;
  readonly family?: 4 | 6;
  /** Of the servers of a zone, only the first or the second. @default both */
  readonly nth?: 1 | 2;
}

export type InternetFault =
  /** A server shows what has changed only later. Milliseconds; null: not before it is told to catch up. */
  | { readonly kind: "lag"; readonly where: Where; readonly ms: number | null }
  /** A server gives no answer at all. */
  | { readonly kind: "silence"; readonly where: Where }
  | { readonly kind: "servfail"; readonly where: Where }
  /** Any other misbehaviour of a name server. */
  | { readonly kind: "misbehave"; readonly where: Where; readonly rule: FaultRule }
  /**
   * The PTR that is shown is not the one that was set. In `value`, `{address}` is the address, `{dashed}` the address
   * with dashes, `{reversed}` its parts in the order of the reverse zone; null: no PTR.
   */
  | {
      readonly kind: "pin-ptr";
      /** @default every address that has a PTR */
      readonly address?: string;
      /** @default both */
      readonly family?: 4 | 6;
      readonly value: string | null;
      /** Shows an address record for that PTR's name too, so that it confirms. @default false */
      readonly confirmed?: boolean;
    }
  /** The record set that is shown is not the one that was set; no values: none is shown. */
  | { readonly kind: "pin-records"; readonly owner: string; readonly type: string; readonly values: readonly string[] };

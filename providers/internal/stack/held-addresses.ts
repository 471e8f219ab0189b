/**
 * The public addresses that a stack's resources hold: what could send mail, whether or not anything sets its PTR.
 */
import { parseAddress } from "../../../fcrdns/names/address";
import { factsOf } from "./known-resources";
import { type StackResource, textsAt } from "./stack-resource";

export interface HeldAddress {
  /** Canonical text; for a network such as a /64 its first address as the provider gives it. */
  readonly ip: string;
  readonly urn: string;
  readonly type: string;
}

/** Every address that is known, in the order of the resources; one that two resources show is there twice. */
export function heldAddresses(resources: readonly StackResource[]): HeldAddress[] {
  return resources.flatMap((resource) =>
    (factsOf(resource)?.addresses ?? [])
      .flatMap((path) => textsAt(resource.properties, path))
      .flatMap((text): HeldAddress[] => {
        const parsed = parseAddress(text.replace(/^\[(.*)\]$/, "$1").replace(/\/\d+$/, ""));
        return parsed.ok ? [{ ip: parsed.address.text, urn: resource.urn, type: resource.type }] : [];
      }),
  );
}

/** A stack as the rules look at it: its resources, the addresses it sends from, the records it publishes. */
import { type ForwardRecords, forwardRecords } from "../fcrdns/stack/forward-records";
import { type HeldAddress, heldAddresses } from "../fcrdns/stack/held-addresses";
import { RelatedResources } from "../fcrdns/stack/related-resource";
import { type SendingAddress, sendingAddresses } from "../fcrdns/stack/sending-addresses";
import type { StackResource } from "../fcrdns/stack/stack-resource";

export interface StackView {
  readonly resources: readonly StackResource[];
  readonly related: RelatedResources;
  readonly sending: readonly SendingAddress[];
  readonly held: readonly HeldAddress[];
  readonly records: ForwardRecords;
  /** Resources of these types, API versions left aside. */
  readonly ofType: (...types: string[]) => readonly StackResource[];
}

export function stackView(resources: readonly StackResource[]): StackView {
  const related = new RelatedResources(resources);
  return {
    resources,
    related,
    sending: sendingAddresses(resources),
    held: heldAddresses(resources),
    records: forwardRecords(resources),
    ofType: (...types) => types.flatMap((type) => related.ofType(type)),
  };
}

/** How a resource is called to people: its name and type. */
export function called({ urn, type }: { readonly urn: string; readonly type: string }): string {
  const name = urn.split("::").slice(3).join("::");
  return `${name === "" ? urn : name} (${type})`;
}

/** A stack as the rules look at it: its resources, the addresses it sends from, the records it publishes. */
import { type AddressRecord, type ForwardRecords, forwardRecords } from "../providers/internal/stack/forward-records";
import { type HeldAddress, heldAddresses } from "../providers/internal/stack/held-addresses";
import { currentType } from "../providers/internal/stack/known-resources";
import { type MailUse, mailUse } from "../providers/internal/stack/mail-use";
import { RelatedResources } from "../providers/internal/stack/related-resource";
import { type SendingAddress, sendingAddresses } from "../providers/internal/stack/sending-addresses";
import type { StackResource } from "../providers/internal/stack/stack-resource";

export interface StackView {
  readonly resources: readonly StackResource[];
  readonly related: RelatedResources;
  /** Addresses that mail leaves from. */
  readonly sending: readonly SendingAddress[];
  /** Addresses with a PTR that nothing else in the stack connects with mail. */
  readonly possible: readonly SendingAddress[];
  readonly mail: Pick<MailUse, "mailHosts" | "isNamed">;
  readonly held: readonly HeldAddress[];
  readonly records: ForwardRecords;
  /** A and AAAA that a look-up of a name finds, which may be a local name; null: of those whose owner is not known. */
  readonly recordsOf: (owner: string | null) => readonly AddressRecord[];
  /** What sends under a host name; null: under one that is not known. */
  readonly sendingAs: (hostname: string | null) => readonly SendingAddress[];
  /** What sends from an address. */
  readonly sendingFrom: (ip: string | null) => readonly SendingAddress[];
  /** Resources of these types, API versions and older tokens left aside. */
  readonly ofType: (...types: string[]) => readonly StackResource[];
}

export function stackView(resources: readonly StackResource[]): StackView {
  const related = new RelatedResources(resources);
  const addresses = sendingAddresses(resources);
  const records = forwardRecords(resources, addresses);
  const unnamed = records.addresses.filter(({ owner }) => owner === null);
  const mail = mailUse(addresses, records);
  return {
    resources,
    related,
    sending: mail.sending,
    possible: mail.possible,
    mail,
    held: heldAddresses(resources),
    records,
    recordsOf: (owner) => (owner === null ? unnamed : records.addressesAt(owner)),
    sendingAs: groupedBy(mail.sending, ({ hostname }) => hostname),
    sendingFrom: groupedBy(mail.sending, ({ ip }) => ip),
    ofType: (...types) => [...new Set(types.map(currentType))].flatMap((type) => related.ofType(type)),
  };
}

/** Stacks may have thousands of records: each look-up is one step. */
function groupedBy<T>(all: readonly T[], keyOf: (each: T) => string | null): (key: string | null) => readonly T[] {
  const groups = new Map<string | null, T[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group === undefined) groups.set(keyOf(each), [each]);
    else group.push(each);
  }
  return (key) => groups.get(key) ?? [];
}

/** The name of a resource in messages: its name and type. */
export function displayName({ urn, type }: { readonly urn: string; readonly type: string }): string {
  const name = urn.split("::").slice(3).join("::");
  return `${shortened(name === "" ? urn : name)} (${shortened(type)})`;
}

/** Names of resources and of types are as long as somebody wants them. */
function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

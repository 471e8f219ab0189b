/** A stack as the rules look at it: its resources, the addresses it sends from, the records it publishes. */
import { currentType } from "../providers/internal/stack/known-resources";
import { type StackMail, stackMail } from "../providers/internal/stack/stack-mail";
import type { StackResource } from "../providers/internal/stack/stack-resource";

export interface StackView extends StackMail {
  readonly resources: readonly StackResource[];
  /** Resources of these types, API versions and older tokens left aside. */
  readonly ofType: (...types: string[]) => readonly StackResource[];
}

export function stackView(resources: readonly StackResource[]): StackView {
  const mail = stackMail(resources);
  return {
    ...mail,
    resources,
    ofType: (...types) => [...new Set(types.map(currentType))].flatMap((type) => mail.related.ofType(type)),
  };
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

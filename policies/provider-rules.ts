/** The rules about single resources of one provider, from the providers' `stack.ts`. */
import { providers } from "../providers/find-provider";
import { heldAddresses } from "../providers/internal/stack/held-addresses";
import { sendingAddresses } from "../providers/internal/stack/sending-addresses";
import type { StackResource } from "../providers/internal/stack/stack-resource";
import type { ProviderFacts } from "../providers/provider";
import type * as registry from "../providers/registry";
import type { ResourceRule } from "../providers/stack-facts";
import type { Rule } from "./rule";
import { displayName } from "./stack-view";

type NamesIn<Facts> = Facts extends ProviderFacts<infer Name> ? (string extends Name ? never : Name) : never;

/** The names of these rules, from the providers' facts. */
export type ProviderRuleName = {
  [Key in keyof typeof registry]: NamesIn<(typeof registry)[Key]>;
}[keyof typeof registry];

/** In the order of the registry. */
export const providerRules: readonly Rule<ProviderRuleName>[] = providers
  .flatMap(({ stack }) => stack?.rules ?? [])
  .map(({ types, find, ...description }) => ({
    ...(description as ResourceRule<ProviderRuleName>),
    preview: "yes",
    check: ({ stack }) =>
      stack.ofType(...types).flatMap((resource) => {
        const ips = () => addressesOf(resource);
        const why = find(resource, () => stack.mail.isNamed({ urn: resource.urn, ips: ips() }));
        const [ip = null] = why === null ? [] : ips();
        return why === null ? [] : [{ urn: resource.urn, ip, message: `${displayName(resource)} ${why}.` }];
      }),
  }));

/** The addresses that a resource gives a PTR or holds. */
function addressesOf(resource: StackResource): readonly string[] {
  const own = [...sendingAddresses([resource]), ...heldAddresses([resource])];
  return own.flatMap(({ ip }) => (ip === null ? [] : [ip]));
}

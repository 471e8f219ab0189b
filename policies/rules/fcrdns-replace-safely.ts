import { dnsRecordSets } from "../../providers/internal/stack/dns-records";
import { factsOf } from "../../providers/internal/stack/known-resources";
import type { StackResource } from "../../providers/internal/stack/stack-resource";
import { rule } from "../rule";
import { displayName } from "../stack-view";

export const replaceSafely = rule({
  name: "fcrdns-replace-safely",
  requirement: "A PTR, A or AAAA that is replaced is deleted before the new one is created.",
  severity: "medium",
  level: "advisory",
  order: 110,
  cause:
    "The resource lacks `deleteBeforeReplace`, and at this provider deleting the old one erases the value of the new one.",
  explanation:
    "Pulumi creates the replacement first and deletes the old resource afterwards. If both are for the same address or name, that late deletion removes the new value, but the state does not show it.",
  fix: "Give the resource the option `deleteBeforeReplace: true`.",
  source: "pulumi-terraform-bridge pkg/tfbridge/provider.go; the providers' delete functions",
  preview: "yes",
  check: ({ stack, existingState }) =>
    existingState
      ? []
      : stack.resources.flatMap((resource) => {
          const lateDelete = factsOf(resource)?.lateDelete;
          if (lateDelete === undefined) return [];
          if (resource.options?.deleteBeforeReplace !== false || !isAddressRecordOrPtr(resource)) return [];
          const message = `${displayName(resource)} is replaced without deleteBeforeReplace: the late deletion ${lateDelete}.`;
          return [{ urn: resource.urn, message }];
        }),
});

/** Zone records of other types (MX, TXT) are somebody else's business. */
function isAddressRecordOrPtr(resource: StackResource): boolean {
  const sets = dnsRecordSets([resource]);
  return sets.length === 0 || sets.some(({ type }) => type === "A" || type === "AAAA" || type === "PTR");
}

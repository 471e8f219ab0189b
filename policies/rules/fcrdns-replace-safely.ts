import { dnsRecordSets } from "../../providers/internal/stack/dns-records";
import { type StackResource, unversionedType } from "../../providers/internal/stack/stack-resource";
import { rule } from "../rule";
import { displayName } from "../stack-view";

/** What the late delete of the replaced resource does, by type. Read in the providers' sources, 2026-08. */
const LATE_DELETE: Readonly<Record<string, string>> = {
  "dns:index/aRecordSet:ARecordSet": "removes the record set of that name",
  "dns:index/aaaaRecordSet:AaaaRecordSet": "removes the record set of that name",
  "dns:index/ptrRecord:PtrRecord": "removes the record set of that name",
  "hcloud:index/rdns:Rdns": "resets the PTR of the address to the default",
  "hcloud:index/zoneRecord:ZoneRecord": "removes the record of that name and value",
  "hcloud:index/zoneRrset:ZoneRrset": "removes the record set of that name",
  "ovh:Ip/reverse:Reverse": "resets the PTR of the address to the default",
  "scaleway:ipam/ipReverseDns:IpReverseDns": "clears every reverse name of the address",
  "vultr:index/reverseIpv4:ReverseIpv4": "resets the PTR of the address to the default",
  "vultr:index/reverseIpv6:ReverseIpv6": "removes the PTR of the address",
};

export const replaceSafely = rule({
  name: "fcrdns-replace-safely",
  requirement: "A PTR, A or AAAA that is replaced is deleted before the new one is made.",
  severity: "medium",
  level: "advisory",
  cause:
    "The resource lacks `deleteBeforeReplace`, and at this provider the deletion of the old one erases what the new one set.",
  explanation:
    "Pulumi makes the replacement first and deletes the old resource afterwards. Where both stand for the same address or name, that late delete removes the new value, and the state says that all is well.",
  fix: "Give the resource the option `deleteBeforeReplace: true`.",
  source: "pulumi-terraform-bridge pkg/tfbridge/provider.go; the providers' delete functions",
  preview: "yes",
  check: ({ stack, existingState }) =>
    existingState
      ? []
      : stack.ofType(...Object.keys(LATE_DELETE)).flatMap((resource) => {
          if (resource.options?.deleteBeforeReplace !== false || !isAddressRecordOrPtr(resource)) return [];
          return [
            {
              urn: resource.urn,
              message: `${displayName(resource)} is replaced without deleteBeforeReplace: the late delete ${LATE_DELETE[unversionedType(resource.type)]}.`,
            },
          ];
        }),
});

/** Zone records of other types (MX, TXT) are somebody else's business. */
function isAddressRecordOrPtr(resource: StackResource): boolean {
  const sets = dnsRecordSets([resource]);
  return sets.length === 0 || sets.some(({ type }) => type === "A" || type === "AAAA" || type === "PTR");
}

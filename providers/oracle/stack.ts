/** What Oracle Cloud resources mean in anybody's stack. */
import { textAt } from "../internal/stack/stack-resource";
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "oci:Core/instance:Instance": { addresses: ["publicIp"] },
    "oci:Core/ipv6:Ipv6": { addresses: ["ipAddress"] },
    "oci:Core/publicIp:PublicIp": { addresses: ["ipAddress"] },
    "oci:Dns/record:Record": {
      records: { fqdn: "domain", name: null, zone: "zoneNameOrId", type: "rtype", values: ["rdata"] },
    },
    "oci:Dns/rrset:Rrset": {
      records: {
        fqdn: "domain",
        name: null,
        zone: "zoneNameOrId",
        type: "rtype",
        values: ["items[].rdata"],
        // A view holds private zones; a public record set has none.
        isPrivate: ({ scope, viewId }) => scope === "PRIVATE" || (typeof viewId === "string" && viewId !== ""),
      },
    },
    "oci:Dns/zone:Zone": {
      ids: ["name"],
      zone: { isPrivate: ({ properties }) => textAt(properties, "scope")?.toUpperCase() === "PRIVATE" },
    },
  },
  sources: [{ source: "@pulumi/oci (npm)", date: "2026-11-21" }],
};

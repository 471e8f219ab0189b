/** What Civo resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "civo:index/dnsDomainName:DnsDomainName": { ids: ["name"], zone: {} },
    "civo:index/dnsDomainRecord:DnsDomainRecord": { records: { zone: "domainId", values: ["value"] } },
    "civo:index/instance:Instance": {
      addresses: ["publicIp"],
      ptr: { hostname: "reverseDns", address: "publicIp", optional: true },
    },
    "civo:index/reservedIp:ReservedIp": { addresses: ["ip"] },
  },
  sources: [{ source: "@pulumi/civo (npm)", date: "2026-11-21" }],
};

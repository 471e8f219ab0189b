/** What OVHcloud resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "ovh:CloudProject/failoverIpAttach:FailoverIpAttach": { addresses: ["ip"] },
    "ovh:CloudProject/instance:Instance": { addresses: ["addresses[].ip"] },
    "ovh:Dedicated/server:Server": { addresses: ["ip"] },
    "ovh:Domain/zoneRecord:ZoneRecord": { records: { name: "subdomain", type: "fieldtype", values: ["target"] } },
    "ovh:Ip/reverse:Reverse": {
      ptr: { hostname: "ReverseValue", address: "ReverseIp" },
      renamed: { ipReverse: "ReverseIp", ipreverse: "ReverseIp", reverse: "ReverseValue" },
    },
  },
  sources: [{ source: "@ovhcloud/pulumi-ovh (npm)", date: "2026-11-21" }],
};

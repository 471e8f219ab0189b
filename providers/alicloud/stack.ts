/** What Alibaba Cloud resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "alicloud:dns/alidnsRecord:AlidnsRecord": {
      records: { name: "rr", zone: "domainName", values: ["value"] },
      terraform: "alicloud_alidns_record",
    },
    "alicloud:dns/record:Record": { records: { name: "hostRecord", zone: "name", values: ["value"] } },
    "alicloud:ecs/eip:Eip": { addresses: ["ipAddress"], terraform: "alicloud_eip" },
    "alicloud:ecs/eipAddress:EipAddress": { addresses: ["ipAddress"], terraform: "alicloud_eip_address" },
    "alicloud:ecs/instance:Instance": { addresses: ["publicIp", "ipv6Addresses"], terraform: "alicloud_instance" },
  },
  sources: [{ source: "@pulumi/alicloud (npm)", date: "2026-11-21" }],
};

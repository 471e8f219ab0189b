/** What Tencent Cloud resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "tencentcloud:Dnspod/record:Record": {
      records: { name: "subDomain", zone: "domain", type: "recordType", values: ["value"] },
    },
    "tencentcloud:Eip/instance:Instance": { addresses: ["publicIp"], terraform: "tencentcloud_eip" },
    "tencentcloud:Instance/instance:Instance": { addresses: ["publicIp"], terraform: "tencentcloud_instance" },
  },
  sources: [
    { source: "github.com/tencentcloudstack/pulumi-tencentcloud sdk/nodejs/eip, instance, dnspod", date: "2026-11-21" },
  ],
};

/** What Leaseweb resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "leaseweb:index/ipmgmtIp:IpmgmtIp": { ptr: { hostname: "reverseLookup", address: "ip", optional: true } },
    "leaseweb:index/publicCloudIp:PublicCloudIp": {
      ptr: { hostname: "reverseLookup", address: "ip", optional: true },
    },
  },
  sources: [{ source: "terraform-provider-leaseweb", date: "2026-11-21" }],
};

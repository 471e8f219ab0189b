/** What IONOS Cloud resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "ionoscloud:compute/cubeServer:CubeServer": { addresses: ["primaryIp"], terraform: "ionoscloud_cube_server" },
    "ionoscloud:compute/iPBlock:IPBlock": { addresses: ["ips"], terraform: "ionoscloud_ipblock" },
    "ionoscloud:compute/nic:Nic": { addresses: ["ips"], terraform: "ionoscloud_nic" },
    "ionoscloud:compute/server:Server": { addresses: ["primaryIp"], terraform: "ionoscloud_server" },
    "ionoscloud:compute/vCPUServer:VCPUServer": { addresses: ["primaryIp"], terraform: "ionoscloud_vcpu_server" },
    "ionoscloud:dns/record:Record": { records: { fqdn: "fqdn", zone: "zoneId", values: ["content"] } },
    "ionoscloud:dns/reverseRecord:ReverseRecord": {
      ptr: { hostname: "name", address: "ip" },
      formerly: ["ionoscloud:index/dnsReverseRecord:DnsReverseRecord"],
    },
    "ionoscloud:dns/zone:Zone": { ids: ["name"], zone: {} },
  },
  sources: [{ source: "@ionos-cloud/sdk-pulumi (npm)", date: "2026-11-21" }],
};

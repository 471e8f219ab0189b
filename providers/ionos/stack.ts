/** What IONOS Cloud resources mean in anybody's stack. */
import { forTerminal } from "../../fcrdns/report/escape";
import { isMadeUpName, textAt } from "../internal/stack/stack-resource";
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts<"fcrdns-ionos-name"> = {
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
  rules: [
    {
      name: "fcrdns-ionos-name",
      requirement: "An IONOS reverse record has an explicit name.",
      severity: "high",
      level: "mandatory",
      cause: "The reverse record has no `name`, so Pulumi generated one, which became the PTR.",
      explanation: "In most resources a generated name is harmless; here the name is the PTR.",
      fix: 'Set `name: "mail.example.com"` on the reverse record.',
      source: "pulumi-ionoscloud v0.3, resource dns.ReverseRecord",
      types: ["ionoscloud:dns/reverseRecord:ReverseRecord"],
      find(record) {
        const name = textAt(record.properties, "name");
        return name !== undefined && isMadeUpName(record, name)
          ? `sets the PTR "${forTerminal(name.slice(0, 200))}", a name that Pulumi made up`
          : null;
      },
    },
  ],
  sources: [{ source: "@ionos-cloud/sdk-pulumi (npm)", date: "2026-11-21" }],
};

/** What Amazon Lightsail resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  terraform: { "aws-native": null },
  resources: {
    "aws:lightsail/domainEntry:DomainEntry": { records: { zone: "domainName", values: ["target"] } },
    "aws:lightsail/instance:Instance": {
      addresses: ["publicIpAddress", "ipv6Addresses"],
      ids: ["name"],
      network: { is: "host" },
    },
    "aws:lightsail/instancePublicPorts:InstancePublicPorts": {
      network: {
        is: "firewall",
        neighbours: { instanceName: "host" },
        rules: [
          {
            list: "portInfos[]",
            direction: "in",
            ports: { from: "fromPort", to: "toPort" },
            protocol: "protocol",
            peers: ["cidrs", "ipv6Cidrs"],
            otherPeers: ["cidrListAliases"],
          },
        ],
      },
    },
    "aws:lightsail/staticIp:StaticIp": { addresses: ["ipAddress"], ids: ["name"], network: { is: "address" } },
    "aws:lightsail/staticIpAttachment:StaticIpAttachment": {
      addresses: ["ipAddress"],
      network: { is: "association", neighbours: { instanceName: "host", staticIpName: "address" } },
    },
    "aws-native:lightsail:Instance": { addresses: ["publicIpAddress", "ipv6Addresses"] },
    "aws-native:lightsail:StaticIp": { addresses: ["ipAddress"] },
  },
  sources: [{ source: "@pulumi/aws, @pulumi/aws-native (npm)", date: "2026-11-21" }],
};

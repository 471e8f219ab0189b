/** What UpCloud resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "upcloud:index/floatingIpAddress:FloatingIpAddress": { addresses: ["ipAddress"] },
    "upcloud:index/server:Server": { addresses: ["networkInterfaces[].ipAddress"], network: { is: "host" } },
    "upcloud:index/serverFirewallRules:ServerFirewallRules": {
      network: {
        is: "firewall",
        neighbours: { serverId: "host" },
        rules: [
          {
            list: "firewallRules[]",
            direction: "direction",
            ports: { from: "destinationPortStart", to: "destinationPortEnd" },
            protocol: "protocol",
            denies: "action",
            peers: { in: ["sourceAddressStart"], out: ["destinationAddressStart"] },
          },
        ],
      },
      terraform: "upcloud_firewall_rules",
    },
  },
  sources: [{ source: "@upcloud/pulumi-upcloud (npm)", date: "2026-11-21" }],
};

/** What Civo resources mean in anybody's stack. */
import type { PortRuleFacts, StackFacts } from "../stack-facts";

const firewallRule: Omit<PortRuleFacts, "direction"> = {
  ports: ["portRange"],
  protocol: "protocol",
  denies: "action",
  peers: ["cidrs"],
};

export const stack: StackFacts = {
  resources: {
    "civo:index/dnsDomainName:DnsDomainName": { ids: ["name"], zone: {} },
    "civo:index/dnsDomainRecord:DnsDomainRecord": { records: { zone: "domainId", values: ["value"] } },
    "civo:index/firewall:Firewall": {
      network: {
        is: "firewall",
        rules: [
          { ...firewallRule, list: "ingressRules[]", direction: "in" },
          { ...firewallRule, list: "egressRules[]", direction: "out" },
        ],
      },
    },
    "civo:index/instance:Instance": {
      network: { is: "host", neighbours: { firewallId: "firewall" } },
      addresses: ["publicIp"],
      ptr: { hostname: "reverseDns", address: "publicIp", optional: true },
    },
    "civo:index/reservedIp:ReservedIp": { addresses: ["ip"] },
  },
  sources: [{ source: "@pulumi/civo (npm)", date: "2026-11-21" }],
};

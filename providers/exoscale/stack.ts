/** What Exoscale resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "exoscale:index/compute:Compute": {
      addresses: ["ipAddress", "ip6Address"],
      ptr: { hostname: "reverseDns", address: "ipAddress", optional: true },
    },
    "exoscale:index/computeInstance:ComputeInstance": {
      addresses: ["publicIpAddress", "ipv6Address"],
      ptr: { hostname: "reverseDns", address: "publicIpAddress", optional: true },
      network: { is: "host", neighbours: { securityGroupIds: "firewall" } },
    },
    "exoscale:index/domainRecord:DomainRecord": {
      records: { fqdn: "hostname", zone: "domain", type: "recordType", values: ["content"] },
    },
    "exoscale:index/elasticIp:ElasticIp": {
      addresses: ["ipAddress"],
      ptr: { hostname: "reverseDns", address: "ipAddress", optional: true },
    },
    "exoscale:index/iPAddress:IPAddress": {
      addresses: ["ipAddress"],
      ptr: { hostname: "reverseDns", address: "ipAddress", optional: true },
      terraform: "exoscale_ipaddress",
    },
    // Where it has any outgoing rule, what none names is blocked.
    "exoscale:index/securityGroup:SecurityGroup": { network: { is: "firewall", closed: () => true } },
    "exoscale:index/securityGroupRule:SecurityGroupRule": {
      network: {
        is: "firewall",
        neighbours: { securityGroupId: "firewall" },
        rules: [
          {
            direction: "type",
            ports: { from: "startPort", to: "endPort" },
            protocol: "protocol",
            peers: ["cidr"],
            otherPeers: ["userSecurityGroupId"],
          },
        ],
      },
    },
  },
  sources: [{ source: "@pulumiverse/exoscale (npm)", date: "2026-11-21" }],
};

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
    "alicloud:ecs/eipAddress:EipAddress": {
      addresses: ["ipAddress"],
      network: { is: "address" },
      terraform: "alicloud_eip_address",
    },
    "alicloud:ecs/eipAssociation:EipAssociation": {
      network: { is: "association", neighbours: { allocationId: "address", instanceId: "host" } },
      terraform: "alicloud_eip_association",
    },
    "alicloud:ecs/instance:Instance": {
      addresses: ["publicIp", "ipv6Addresses"],
      network: { is: "host", neighbours: { vswitchId: "subnet", securityGroups: "firewall" } },
      terraform: "alicloud_instance",
    },
    "alicloud:ecs/securityGroup:SecurityGroup": { network: { is: "firewall" }, terraform: "alicloud_security_group" },
    // A range is 25/25, and -1/-1 for every port.
    "alicloud:ecs/securityGroupRule:SecurityGroupRule": {
      network: {
        is: "firewall",
        neighbours: { securityGroupId: "firewall" },
        rules: [
          {
            direction: "type",
            ports: ["portRange"],
            protocol: "ipProtocol",
            denies: "policy",
            priority: "priority",
            peers: ["cidrIp", "ipv6CidrIp"],
            otherPeers: ["sourceSecurityGroupId", "prefixListId"],
          },
        ],
      },
      terraform: "alicloud_security_group_rule",
    },
    "alicloud:vpc/snatEntry:SnatEntry": {
      addresses: ["snatIp"],
      network: { is: "nat", neighbours: { sourceVswitchId: "subnet" } },
      terraform: "alicloud_snat_entry",
    },
  },
  sources: [{ source: "@pulumi/alicloud (npm)", date: "2026-11-21" }],
};

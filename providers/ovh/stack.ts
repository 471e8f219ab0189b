/** What OVHcloud resources mean in anybody's stack. */
import { textAt } from "../internal/stack/stack-resource";
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts<"fcrdns-ovh-reverse-value"> = {
  resources: {
    "ovh:CloudProject/failoverIpAttach:FailoverIpAttach": { addresses: ["ip"] },
    "ovh:CloudProject/gateway:Gateway": {
      addresses: ["externalInformations[].ips[].ip"],
      network: {
        is: "nat",
        neighbours: { subnetId: "subnet", "interfaces[].subnetId": "subnet", networkId: "network" },
      },
    },
    "ovh:CloudProject/instance:Instance": { addresses: ["addresses[].ip"] },
    "ovh:index/cloudFloatingIp:CloudFloatingIp": { addresses: ["currentState.ip"] },
    "ovh:index/cloudGateway:CloudGateway": {
      addresses: ["currentState.externalIp"],
      network: { is: "nat", neighbours: { subnetIds: "subnet" } },
    },
    "ovh:index/cloudInstance:CloudInstance": {
      addresses: ["currentState.networks[].addresses[].ip"],
      network: {
        is: "host",
        neighbours: {
          "networks[].subnetId": "subnet",
          "networks[].networkId": "network",
          securityGroupIds: "firewall",
        },
      },
    },
    "ovh:index/cloudSecurityGroup:CloudSecurityGroup": {
      network: {
        is: "firewall",
        rules: [
          {
            list: "rules[]",
            direction: "direction",
            ports: { from: "portRangeMin", to: "portRangeMax" },
            protocol: "protocol",
            peers: ["remoteIpPrefix"],
            otherPeers: ["remoteGroupId"],
          },
        ],
      },
    },
    "ovh:Dedicated/server:Server": { addresses: ["ip"] },
    "ovh:Domain/zoneRecord:ZoneRecord": { records: { name: "subdomain", type: "fieldtype", values: ["target"] } },
    "ovh:Ip/ipService:IpService": { addresses: ["ip"], terraform: "ovh_ip_service" },
    "ovh:Ip/move:Move": { addresses: ["ip"] },
    "ovh:Ip/reverse:Reverse": {
      ptr: {
        hostname: "ReverseValue",
        address: "ReverseIp",
        formerly: { hostname: "reverse", address: "ipReverse" },
      },
      lateDelete: "resets the PTR of the address to the default",
      renamed: { ipReverse: "ReverseIp", ipreverse: "ReverseIp", reverse: "ReverseValue" },
    },
  },
  rules: [
    {
      name: "fcrdns-ovh-reverse-value",
      requirement: "An OVHcloud PTR has the form that OVHcloud returns.",
      severity: "low",
      level: "advisory",
      cause: "ReverseValue has capital letters, no final dot or more than 63 characters.",
      explanation:
        "OVHcloud rejects longer names and returns lower case and a final dot, so any other form is replaced at every update, and meanwhile there is no PTR.",
      fix: 'Write `ReverseValue: "mail.example.com."`.',
      source: "https://help.ovhcloud.com/csm/en-dns-reverse (2025-12)",
      types: ["ovh:Ip/reverse:Reverse"],
      find({ properties }) {
        const value = textAt(properties, "ReverseValue");
        if (value === undefined) return null;
        const wrong = [
          value !== value.toLowerCase() && "has capital letters",
          !value.endsWith(".") && "lacks the final dot",
          value.replace(/\.$/, "").length > 63 && "is longer than 63 characters",
        ].filter((each) => each !== false);
        return wrong.length === 0 ? null : `has a value that ${wrong.join(" and ")}`;
      },
    },
  ],
  sources: [{ source: "@ovhcloud/pulumi-ovh (npm)", date: "2026-11-21" }],
};

/** What Oracle Cloud resources mean in anybody's stack. */
import { textAt } from "../internal/stack/stack-resource";
import type { PortRuleFacts, StackFacts } from "../stack-facts";

/** tcp is protocol 6. What no rule names is blocked, in both directions. */
function listRule(direction: "in" | "out"): PortRuleFacts {
  return {
    list: direction === "in" ? "ingressSecurityRules[]" : "egressSecurityRules[]",
    direction,
    ports: { from: "tcpOptions[].min", to: "tcpOptions[].max" },
    protocol: "protocol",
    peers: [direction === "in" ? "source" : "destination"],
  };
}

export const stack: StackFacts = {
  resources: {
    "oci:Core/defaultRouteTable:DefaultRouteTable": {
      ids: ["manageDefaultResourceId"],
      network: { is: "routes", neighbours: { "routeRules[].networkEntityId": "nat" } },
    },
    "oci:Core/defaultSecurityList:DefaultSecurityList": {
      ids: ["manageDefaultResourceId"],
      network: { is: "firewall", rules: [listRule("in"), listRule("out")], closed: () => true },
    },
    "oci:Core/instance:Instance": {
      addresses: ["publicIp"],
      network: {
        is: "host",
        neighbours: {
          subnetId: "subnet",
          "createVnicDetails[].subnetId": "subnet",
          "createVnicDetails[].nsgIds": "firewall",
        },
      },
    },
    "oci:Core/ipv6:Ipv6": { addresses: ["ipAddress"] },
    "oci:Core/natGateway:NatGateway": {
      addresses: ["natIp"],
      network: {
        is: "nat",
        neighbours: { publicIpId: "address" },
        serves: ({ properties }) => properties.blockTraffic !== true,
      },
    },
    "oci:Core/networkSecurityGroup:NetworkSecurityGroup": { network: { is: "firewall", closed: () => true } },
    "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule": {
      network: {
        is: "firewall",
        neighbours: { networkSecurityGroupId: "firewall" },
        rules: [
          {
            direction: "direction",
            ports: {
              from: "tcpOptions[].destinationPortRange[].min",
              to: "tcpOptions[].destinationPortRange[].max",
            },
            protocol: "protocol",
            peers: { in: ["source"], out: ["destination"] },
          },
        ],
      },
    },
    "oci:Core/publicIp:PublicIp": { addresses: ["ipAddress"], network: { is: "address" } },
    "oci:Core/routeTable:RouteTable": {
      network: { is: "routes", neighbours: { "routeRules[].networkEntityId": "nat" } },
    },
    "oci:Core/routeTableAttachment:RouteTableAttachment": {
      network: { is: "association", neighbours: { subnetId: "subnet", routeTableId: "routes" } },
    },
    "oci:Core/securityList:SecurityList": {
      network: { is: "firewall", rules: [listRule("in"), listRule("out")], closed: () => true },
    },
    "oci:Core/subnet:Subnet": {
      network: { is: "subnet", neighbours: { routeTableId: "routes", securityListIds: "firewall" } },
    },
    "oci:Dns/record:Record": {
      records: { fqdn: "domain", name: null, zone: "zoneNameOrId", type: "rtype", values: ["rdata"] },
    },
    "oci:Dns/rrset:Rrset": {
      records: {
        fqdn: "domain",
        name: null,
        zone: "zoneNameOrId",
        type: "rtype",
        values: ["items[].rdata"],
        // A view holds private zones; a public record set has none.
        isPrivate: ({ scope, viewId }) => scope === "PRIVATE" || (typeof viewId === "string" && viewId !== ""),
      },
    },
    "oci:Dns/zone:Zone": {
      ids: ["name"],
      zone: { isPrivate: ({ properties }) => textAt(properties, "scope")?.toUpperCase() === "PRIVATE" },
    },
  },
  sources: [{ source: "@pulumi/oci (npm)", date: "2026-11-21" }],
};

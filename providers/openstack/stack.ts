/** What OpenStack resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "openstack:compute/floatingIp:FloatingIp": {
      addresses: ["address"],
      network: { is: "address", neighbours: { instanceId: "host" } },
      terraform: "openstack_compute_floatingip_v2",
    },
    "openstack:compute/floatingIpAssociate:FloatingIpAssociate": {
      addresses: ["floatingIp"],
      network: { is: "association", neighbours: { instanceId: "host" } },
      terraform: "openstack_compute_floatingip_associate_v2",
    },
    "openstack:compute/instance:Instance": {
      // An IPv6 address stands in brackets there.
      addresses: ["accessIpV4", "accessIpV6", "floatingIp", "networks[].fixedIpV4", "networks[].fixedIpV6"],
      network: {
        is: "host",
        neighbours: { "networks[].port": "interface", "networks[].uuid": "network", securityGroups: "firewall" },
      },
      terraform: "openstack_compute_instance_v2",
    },
    "openstack:compute/secGroup:SecGroup": {
      ids: ["name"],
      network: {
        is: "firewall",
        rules: [
          {
            list: "rules[]",
            direction: "in",
            ports: { from: "fromPort", to: "toPort" },
            protocol: "ipProtocol",
            peers: ["cidr"],
            otherPeers: ["fromGroupId", "self"],
          },
        ],
      },
      terraform: "openstack_compute_secgroup_v2",
    },
    "openstack:dns/recordSet:RecordSet": {
      records: { zone: "zoneId", values: ["records"] },
      terraform: "openstack_dns_recordset_v2",
    },
    "openstack:dns/zone:Zone": { ids: ["name"], zone: {}, terraform: "openstack_dns_zone_v2" },
    "openstack:networking/floatingIp:FloatingIp": {
      addresses: ["address"],
      network: { is: "address", neighbours: { portId: "interface" } },
      terraform: "openstack_networking_floatingip_v2",
    },
    "openstack:networking/floatingIpAssociate:FloatingIpAssociate": {
      addresses: ["floatingIp"],
      network: { is: "association", neighbours: { portId: "interface" } },
      terraform: "openstack_networking_floatingip_associate_v2",
    },
    "openstack:networking/network:Network": {
      network: { is: "network" },
      terraform: "openstack_networking_network_v2",
    },
    "openstack:networking/port:Port": {
      addresses: ["allFixedIps", "fixedIps[].ipAddress"],
      network: {
        is: "interface",
        neighbours: {
          deviceId: "host",
          networkId: "network",
          "fixedIps[].subnetId": "subnet",
          securityGroupIds: "firewall",
        },
      },
      terraform: "openstack_networking_port_v2",
    },
    "openstack:networking/router:Router": {
      addresses: ["externalFixedIps[].ipAddress"],
      network: { is: "nat", serves: ({ properties }) => properties.enableSnat !== false },
      terraform: "openstack_networking_router_v2",
    },
    "openstack:networking/routerInterface:RouterInterface": {
      network: { is: "association", neighbours: { routerId: "nat", subnetId: "subnet", portId: "interface" } },
      terraform: "openstack_networking_router_interface_v2",
    },
    "openstack:networking/secGroup:SecGroup": {
      ids: ["name"],
      network: { is: "firewall" },
      terraform: "openstack_networking_secgroup_v2",
    },
    "openstack:networking/secGroupRule:SecGroupRule": {
      network: {
        is: "firewall",
        neighbours: { securityGroupId: "firewall" },
        rules: [
          {
            direction: "direction",
            ports: { from: "portRangeMin", to: "portRangeMax" },
            protocol: "protocol",
            peers: ["remoteIpPrefix"],
            otherPeers: ["remoteGroupId"],
            peerGroups: ["remoteGroupId"],
          },
        ],
      },
      terraform: "openstack_networking_secgroup_rule_v2",
    },
    "openstack:networking/subnet:Subnet": {
      network: { is: "subnet", neighbours: { networkId: "network" } },
      terraform: "openstack_networking_subnet_v2",
    },
  },
  sources: [{ source: "@pulumi/openstack (npm)", date: "2026-11-21" }],
};

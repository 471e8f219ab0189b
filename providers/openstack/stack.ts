/** What OpenStack resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "openstack:compute/floatingIp:FloatingIp": {
      addresses: ["address"],
      terraform: "openstack_compute_floatingip_v2",
    },
    "openstack:compute/floatingIpAssociate:FloatingIpAssociate": {
      addresses: ["floatingIp"],
      terraform: "openstack_compute_floatingip_associate_v2",
    },
    "openstack:compute/instance:Instance": {
      // An IPv6 address stands in brackets there.
      addresses: ["accessIpV4", "accessIpV6", "floatingIp", "networks[].fixedIpV4", "networks[].fixedIpV6"],
      terraform: "openstack_compute_instance_v2",
    },
    "openstack:dns/recordSet:RecordSet": {
      records: { zone: "zoneId", values: ["records"] },
      terraform: "openstack_dns_recordset_v2",
    },
    "openstack:dns/zone:Zone": { ids: ["name"], zone: {}, terraform: "openstack_dns_zone_v2" },
    "openstack:networking/floatingIp:FloatingIp": {
      addresses: ["address"],
      terraform: "openstack_networking_floatingip_v2",
    },
    "openstack:networking/floatingIpAssociate:FloatingIpAssociate": {
      addresses: ["floatingIp"],
      terraform: "openstack_networking_floatingip_associate_v2",
    },
    "openstack:networking/port:Port": {
      addresses: ["allFixedIps", "fixedIps[].ipAddress"],
      terraform: "openstack_networking_port_v2",
    },
  },
  sources: [{ source: "@pulumi/openstack (npm)", date: "2026-11-21" }],
};

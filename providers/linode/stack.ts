/** What Linode resources mean in anybody's stack. */
import type { PtrFacts, StackFacts } from "../stack-facts";

const ofAddress: PtrFacts = {
  hostname: "rdns",
  address: "address",
  optional: true,
  unset: /\.(ip\.linodeusercontent|members\.linode)\.com$/,
  mirrors: true,
};

export const stack: StackFacts = {
  resources: {
    "linode:index/domain:Domain": { ids: ["domain"], zone: { name: ["domain"] } },
    "linode:index/domainRecord:DomainRecord": {
      records: { zone: "domainId", type: "recordType", values: ["target"] },
    },
    "linode:index/instance:Instance": { addresses: ["ipAddress", "ipv4s", "ipv6"] },
    "linode:index/instanceIp:InstanceIp": { addresses: ["address"], ptr: ofAddress },
    "linode:index/networkingIp:NetworkingIp": { addresses: ["address"], ptr: ofAddress },
    "linode:index/rdns:Rdns": { ptr: { hostname: "rdns", address: "address" } },
    "linode:index/reservedIpAssignment:ReservedIpAssignment": { ptr: ofAddress },
  },
  sources: [{ source: "@pulumi/linode (npm)", date: "2026-11-21" }],
};

/** What Linode resources mean in anybody's stack. */
import { isUnknownAt, textAt } from "../internal/stack/stack-resource";
import type { PortRuleFacts, PtrFacts, StackFacts } from "../stack-facts";

const ofAddress: PtrFacts = {
  hostname: "rdns",
  address: "address",
  optional: true,
  unset: /\.(ip\.linodeusercontent|members\.linode)\.com$/,
  mirrors: true,
};

const firewallRule: Omit<PortRuleFacts, "direction"> = {
  ports: ["ports"],
  protocol: "protocol",
  denies: "action",
  peers: ["ipv4s", "ipv6s"],
};

export const stack: StackFacts<"fcrdns-linode-wait"> = {
  resources: {
    "linode:index/domain:Domain": { ids: ["domain"], zone: { name: ["domain"] } },
    "linode:index/domainRecord:DomainRecord": {
      records: { zone: "domainId", type: "recordType", values: ["target"] },
    },
    "linode:index/firewall:Firewall": {
      network: {
        is: "firewall",
        neighbours: { linodes: "host" },
        rules: [
          { ...firewallRule, list: "inbounds[]", direction: "in" },
          { ...firewallRule, list: "outbounds[]", direction: "out" },
        ],
        closed: ({ properties }) => textAt(properties, "outboundPolicy") === "DROP",
      },
    },
    "linode:index/firewallDevice:FirewallDevice": {
      network: { is: "association", neighbours: { firewallId: "firewall", entityId: "host" } },
    },
    "linode:index/instance:Instance": {
      addresses: ["ipAddress", "ipv4s", "ipv6"],
      network: { is: "host", neighbours: { firewallId: "firewall" } },
      machine: {
        instead: "a reserved address (linode.NetworkingIp with reserved: true)",
        source: "https://techdocs.akamai.com/cloud-computing/docs/reserved-ip-addresses",
      },
    },
    "linode:index/instanceIp:InstanceIp": { addresses: ["address"], ptr: ofAddress },
    "linode:index/networkingIp:NetworkingIp": {
      addresses: ["address"],
      ptr: ofAddress,
      outlivesMachine: ({ properties }) => properties.reserved === true,
    },
    "linode:index/rdns:Rdns": { ptr: { hostname: "rdns", address: "address" } },
    "linode:index/reservedIpAssignment:ReservedIpAssignment": { ptr: ofAddress },
  },
  rules: [
    {
      name: "fcrdns-linode-wait",
      requirement: "A Linode PTR waits for its forward record.",
      severity: "low",
      level: "advisory",
      cause: "linode.Rdns lacks `waitForAvailable: true`.",
      explanation:
        "Linode looks up the name when the PTR is set. Without waiting, a first deployment that creates both fails; a later one may succeed.",
      fix: "Set `waitForAvailable: true` and make the resource depend on the A or AAAA record.",
      source: "https://www.pulumi.com/registry/packages/linode/api-docs/rdns/",
      types: ["linode:index/rdns:Rdns"],
      find: (rdns) =>
        rdns.properties.waitForAvailable === true || isUnknownAt(rdns, "waitForAvailable")
          ? null
          : "does not wait until its name can be looked up",
    },
  ],
  sources: [{ source: "@pulumi/linode (npm)", date: "2026-11-21" }],
};

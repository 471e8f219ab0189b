/** What Vultr resources mean in anybody's stack. */
import { forTerminal } from "../../fcrdns/report/escape";
import { textAt } from "../internal/stack/stack-resource";
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts<"fcrdns-vultr-expanded-ipv6"> = {
  resources: {
    "vultr:index/bareMetalServer:BareMetalServer": { addresses: ["mainIp", "v6MainIp"] },
    "vultr:index/dnsDomain:DnsDomain": { records: { name: null, zone: "domain", type: "A", values: ["ip"] } },
    "vultr:index/dnsRecord:DnsRecord": { records: { zone: "domain", values: ["data"] } },
    "vultr:index/firewallGroup:FirewallGroup": { network: { is: "firewall" } },
    "vultr:index/firewallRule:FirewallRule": {
      network: {
        is: "firewall",
        neighbours: { firewallGroupId: "firewall" },
        rules: [{ direction: "in", ports: ["port"], protocol: "protocol", peers: ["subnet"], otherPeers: ["source"] }],
      },
    },
    "vultr:index/instance:Instance": {
      addresses: ["mainIp", "v6MainIp"],
      network: { is: "host", neighbours: { firewallGroupId: "firewall" } },
      machine: {
        instead: "a vultr.ReservedIp",
        source: "https://docs.vultr.com/reference/terraform/resources/reserved_ip",
      },
    },
    "vultr:index/instanceIpv4:InstanceIpv4": { addresses: ["ip"] },
    "vultr:index/reservedIp:ReservedIp": { addresses: ["subnet"], outlivesMachine: () => true },
    "vultr:index/reverseIpv4:ReverseIpv4": {
      ptr: { hostname: "reverse", address: "ip" },
      lateDelete: "resets the PTR of the address to the default",
    },
    "vultr:index/reverseIpv6:ReverseIpv6": {
      ptr: { hostname: "reverse", address: "ip", family: 6 },
      lateDelete: "removes the PTR of the address",
    },
  },
  rules: [
    {
      name: "fcrdns-vultr-expanded-ipv6",
      requirement: "A Vultr IPv6 PTR has its address in full.",
      severity: "low",
      level: "advisory",
      cause: "vultr.ReverseIpv6 has an abbreviated address (2001:db8::1).",
      explanation:
        "The provider compares the text with the API's, which is in full, and recreates the PTR at every update; meanwhile there is none.",
      fix: "Write all eight groups of four digits: 2001:0db8:0000:0000:0000:0000:0000:0001.",
      source: "https://github.com/vultr/terraform-provider-vultr/pull/729",
      types: ["vultr:index/reverseIpv6:ReverseIpv6"],
      find({ properties }) {
        const ip = textAt(properties, "ip");
        return ip === undefined || /^([0-9a-f]{4}:){7}[0-9a-f]{4}$/i.test(ip)
          ? null
          : `abbreviates its address (${forTerminal(ip.slice(0, 80))})`;
      },
    },
  ],
  sources: [{ source: "@ediri/vultr (npm)", date: "2026-11-21" }],
};

/** What Vultr resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "vultr:index/bareMetalServer:BareMetalServer": { addresses: ["mainIp", "v6MainIp"] },
    "vultr:index/dnsDomain:DnsDomain": { records: { name: null, zone: "domain", type: "A", values: ["ip"] } },
    "vultr:index/dnsRecord:DnsRecord": { records: { zone: "domain", values: ["data"] } },
    "vultr:index/instance:Instance": { addresses: ["mainIp", "v6MainIp"] },
    "vultr:index/instanceIpv4:InstanceIpv4": { addresses: ["ip"] },
    "vultr:index/reservedIp:ReservedIp": { addresses: ["subnet"] },
    "vultr:index/reverseIpv4:ReverseIpv4": { ptr: { hostname: "reverse", address: "ip" } },
    "vultr:index/reverseIpv6:ReverseIpv6": { ptr: { hostname: "reverse", address: "ip", family: 6 } },
  },
  sources: [{ source: "@ediri/vultr (npm)", date: "2026-11-21" }],
};

/** What DigitalOcean resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

const dropletName = { hostname: "name", optional: true, isMachineName: true } as const;

export const stack: StackFacts = {
  resources: {
    "digitalocean:index/dnsRecord:DnsRecord": {
      records: { fqdn: "fqdn", zone: "domain", values: ["value"] },
      terraform: "digitalocean_record",
    },
    "digitalocean:index/domain:Domain": { records: { name: null, zone: "name", type: "A", values: ["ipAddress"] } },
    // The name of a droplet is its PTR where it is a full name; nothing else has one.
    "digitalocean:index/droplet:Droplet": {
      addresses: ["ipv4Address", "ipv6Address"],
      ptr: [
        { ...dropletName, address: "ipv4Address" },
        { ...dropletName, address: "ipv6Address", family: 6, onlyWithForward: true },
      ],
    },
    "digitalocean:index/floatingIp:FloatingIp": { addresses: ["ipAddress"] },
    "digitalocean:index/floatingIpAssignment:FloatingIpAssignment": { addresses: ["ipAddress"] },
    "digitalocean:index/reservedIp:ReservedIp": { addresses: ["ipAddress"] },
    "digitalocean:index/reservedIpAssignment:ReservedIpAssignment": { addresses: ["ipAddress"] },
    "digitalocean:index/reservedIpv6:ReservedIpv6": { addresses: ["ip"] },
    "digitalocean:index/reservedIpv6Assignment:ReservedIpv6Assignment": { addresses: ["ip"] },
  },
  sources: [{ source: "@pulumi/digitalocean (npm)", date: "2026-11-21" }],
};

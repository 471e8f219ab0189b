/** What Hetzner resources mean in anybody's stack; `hetznerdns` is the provider for the older DNS console. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "hcloud:index/floatingIp:FloatingIp": { addresses: ["ipAddress"] },
    "hcloud:index/primaryIp:PrimaryIp": { addresses: ["ipAddress"] },
    "hcloud:index/rdns:Rdns": { ptr: { hostname: "dnsPtr", address: "ipAddress" } },
    "hcloud:index/server:Server": { addresses: ["ipv4Address", "ipv6Address"] },
    "hcloud:index/zone:Zone": { ids: ["name"], zone: {} },
    "hcloud:index/zoneRecord:ZoneRecord": { records: { values: ["value"] } },
    "hcloud:index/zoneRrset:ZoneRrset": { records: { values: ["records[].value"] } },
    "hetznerdns:index/record:Record": { records: { zone: "zoneId", values: ["value"] } },
    "hetznerdns:index/zone:Zone": { ids: ["name"], zone: {} },
  },
  sources: [{ source: "@pulumi/hcloud (npm), terraform-provider-hetznerdns", date: "2026-11-21" }],
};

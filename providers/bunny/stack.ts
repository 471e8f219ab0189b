/** What bunny.net DNS resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "bunnynet:index/dnsRecord:DnsRecord": { records: { values: ["value"] } },
    "bunnynet:index/dnsZone:DnsZone": { ids: ["domain"], zone: { name: ["domain"] } },
  },
  sources: [
    {
      source: "github.com/BunnyWay/terraform-provider-bunnynet docs/resources/dns_record.md, dns_zone.md",
      date: "2026-11-21",
    },
  ],
};

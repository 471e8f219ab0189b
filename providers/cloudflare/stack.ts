/** What Cloudflare resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

const proxied = {
  property: "proxied",
  source: "https://developers.cloudflare.com/dns/troubleshooting/email-issues/",
};

export const stack: StackFacts = {
  resources: {
    "cloudflare:index/dnsRecord:DnsRecord": {
      records: { zone: "zoneId", values: ["content"], fullNames: true, proxied },
    },
    "cloudflare:index/record:Record": {
      records: { fqdn: "hostname", zone: "zoneId", values: ["content", "value"], fullNames: true, proxied },
    },
    "cloudflare:index/zone:Zone": { ids: ["zoneId"], zone: { name: ["name", "zone"] } },
  },
  sources: [{ source: "@pulumi/cloudflare (npm)", date: "2026-11-21" }],
};

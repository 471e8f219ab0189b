import type { PluginFacts } from "../provider";

export const plugin: PluginFacts = {
  source: "github.com/cloudflare/terraform-provider-cloudflare a2efdc5",
  date: "2026-11-22",
  resources: {
    "cloudflare:index/dnsRecord:DnsRecord": {
      files: [
        "internal/services/dns_record/schema.go:47, 58-98, 339-412",
        "internal/services/dns_record/resource.go:58 (Create), 159 (Read), 212 (Delete), 237 (ImportState)",
        "internal/services/dns_record/custom.go (ModifyPlan)",
      ],
      preview: "An unknown type; a priority outside of 0 to 65535; no `ttl`; `content` beside `data`.",
      replacedBy: ["zoneId", "type"],
      refresh:
        "A 404 alone drops it. Values changed elsewhere are seen. The API answers with the full name; a relative one is compared with it by the zone's name.",
      errors:
        "One that exists is refused (81057, 81058). A proxied record with another TTL than 1 is refused on creation. A 404 on deletion is an error: `pulumi destroy --refresh`.",
      importId: "ZONE_ID/RECORD_ID",
    },
  },
};

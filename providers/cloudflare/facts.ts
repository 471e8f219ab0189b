import type { ConfigSchema } from "../config-schema";
import type { ProviderFacts } from "../provider";
import { describeDnsHost } from "../provider";
import { stack } from "./stack";

export const dnsCapabilities = describeDnsHost({
  title: "Cloudflare",
  minimumTtlSeconds: 60,
  expectedLagMinutes: 1,
  records: {
    unit: "value",
    replacedBy: ["zoneId", "type"],
    sameRecord: "refused",
    // 81057 "Record already exists.", 81058 "An identical record already exists.", 81054 "A CNAME record with that host
    // already exists."
    refusedWith: /\b8105[78]\b|already exists/i,
    sources: [
      {
        source:
          "github.com/cloudflare/terraform-provider-cloudflare a2efdc5 internal/services/dns_record/schema.go (RequiresReplace, validators), resource.go (a 404 alone leaves the state)",
        date: "2026-11-21",
      },
      { source: "https://github.com/kubernetes-sigs/external-dns/issues/2409", date: "2026-11-21" },
      { source: "https://github.com/favonia/cloudflare-ddns/issues/990", date: "2026-11-21" },
    ],
  },
  advice: "The name of a mail server must not be proxied: its A record must have the sending address.",
  sources: [
    {
      source: "https://developers.cloudflare.com/dns/manage-dns-records/reference/proxied-dns-records/",
      date: "2026-11-21",
    },
    {
      source: "github.com/cloudflare/terraform-provider-cloudflare a2efdc5 internal/services/zone/list_data_source.go",
      date: "2026-11-21",
    },
    { source: "@pulumi/cloudflare 6.22.1 dnsRecord.d.ts", date: "2026-11-21" },
  ],
});

/** Keys of stack config that the DNS host reads. */
export const dnsConfigKeys = {
  zoneId: { type: "text", description: "id of the zone, if its name is ambiguous", input: true },
} as const satisfies ConfigSchema;

export const facts: ProviderFacts = {
  name: "cloudflare",
  sdk: "@pulumi/cloudflare",
  dns: { capabilities: dnsCapabilities, configKeys: dnsConfigKeys },
  credentials: {
    title: "Cloudflare",
    needs: "an API token",
    commands: ["pulumi config set cloudflare:apiToken --secret"],
    anyOf: [
      ["cloudflare:apiToken|CLOUDFLARE_API_TOKEN"],
      // The API takes a key only with its owner's address (X-Auth-Email).
      ["cloudflare:apiKey|CLOUDFLARE_API_KEY", "cloudflare:email|CLOUDFLARE_EMAIL"],
      ["cloudflare:apiUserServiceKey|CLOUDFLARE_API_USER_SERVICE_KEY"],
    ],
    source: "github.com/cloudflare/terraform-provider-cloudflare a2efdc5 internal/provider.go (Configure)",
    date: "2026-11-21",
  },
  stack,
};

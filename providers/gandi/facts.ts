import { relativeName } from "../internal/records/zone";
import type { ProviderFacts } from "../provider";
import { describeDnsHost } from "../provider";
import { stack } from "./stack";

export const dnsCapabilities = describeDnsHost({
  title: "Gandi LiveDNS",
  minimumTtlSeconds: 300,
  expectedLagMinutes: 5,
  records: {
    unit: "set",
    replacedBy: ["zone", "name", "type"],
    sameRecord: "refused",
    // "StatusCode: 409 ; Err: 409: This record already exists", also "A DNS Record already exists with same value".
    refusedWith: /record already exists/i,
    importing: {
      type: "gandi:livedns/record:Record",
      id: ({ zone, owner, type }) => `${zone}/${relativeName(owner, zone)}/${type}`,
    },
    sources: [
      { source: "github.com/go-gandi/terraform-provider-gandi gandi/resource_livedns_record.go", date: "2026-11-21" },
      { source: "https://github.com/go-gandi/terraform-provider-gandi/issues/126", date: "2026-11-21" },
    ],
  },
  advice: "Set `gandi:personalAccessToken` as a secret of the stack. No npm package is needed.",
  sources: [
    { source: "github.com/go-gandi/terraform-provider-gandi gandi/resource_livedns_record.go", date: "2026-11-21" },
    { source: "https://api.gandi.net/docs/livedns/", date: "2026-08-21" },
  ],
});

export const facts: ProviderFacts = {
  name: "gandi",
  dns: { capabilities: dnsCapabilities },
  credentials: {
    title: "Gandi",
    needs: "a personal access token",
    commands: ["pulumi config set gandi:personalAccessToken --secret"],
    anyOf: [["gandi:personalAccessToken"], ["gandi:key"], ["GANDI_PERSONAL_ACCESS_TOKEN"], ["GANDI_KEY"]],
    source: "github.com/go-gandi/terraform-provider-gandi gandi/provider.go",
    date: "2026-11-21",
  },
  stack,
  defaultNames: {
    title: "Gandi",
    names: [{ domain: "ghst.net", source: "seen in reverse DNS" }],
  },
};

/** What Porkbun resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    // Three Terraform providers have a type of this name; one calls the name "subdomain".
    "porkbun:index/dnsRecord:DnsRecord": {
      records: { name: ["name", "subdomain"], zone: "domain", values: ["content"] },
    },
  },
  sources: [
    "github.com/cullenmcdermott/terraform-provider-porkbun",
    "github.com/kyswtn/terraform-provider-porkbun",
    "github.com/marcfrederick/terraform-provider-porkbun",
  ].map((repository) => ({ source: `${repository} docs/resources/dns_record.md`, date: "2026-11-21" })),
};

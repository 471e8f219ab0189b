/** What Akamai Edge DNS resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    // An MX target is "10 mail.example.com.".
    "akamai:index/dnsRecord:DnsRecord": {
      records: { type: "recordtype", values: ["targets", "target"], fullNames: true },
      formerly: ["akamai:edgedns/dnsRecord:DnsRecord"],
    },
  },
  sources: [{ source: "@pulumi/akamai (npm)", date: "2026-11-21" }],
};

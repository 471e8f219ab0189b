/** What NS1 resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    // An answer of type MX is "10 mail.example.com".
    "ns1:index/record:Record": { records: { fqdn: "domain", name: null, values: ["answers[].answer"] } },
  },
  sources: [{ source: "@pulumi/ns1 (npm)", date: "2026-11-21" }],
};

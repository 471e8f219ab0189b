/** What PowerDNS resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: { "powerdns:index/record:Record": { records: { values: ["records"], fullNames: true } } },
  sources: [{ source: "terraform-provider-powerdns, resource record", date: "2026-11-21" }],
};

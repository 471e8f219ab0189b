/** What Namecheap resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "namecheap:index/domainHostRecord:DomainHostRecord": {
      records: { name: "hostname", zone: "domain", values: ["address"] },
    },
    "namecheap:index/domainRecords:DomainRecords": {
      // The list is called "records" where the provider was bridged with plurals.
      records: ["records", "record"].map((list) => ({
        name: `${list}[].hostname`,
        zone: "domain",
        type: `${list}[].type`,
        values: [`${list}[].address`],
      })),
    },
  },
  sources: [{ source: "terraform-provider-namecheap", date: "2026-11-21" }],
};

/** What GoDaddy resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "godaddy:index/domainRecord:DomainRecord": {
      // The list is called "records" where the provider was bridged with plurals.
      records: ["records", "record"].map((list) => ({
        name: `${list}[].name`,
        zone: "domain",
        type: `${list}[].type`,
        values: [`${list}[].data`],
      })),
    },
  },
  sources: [{ source: "terraform-provider-godaddy, resource domain_record", date: "2026-11-21" }],
};

/** What deSEC resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "desec:index/rrset:Rrset": { records: { name: "subname", zone: "domain", values: ["records", "rdata"] } },
  },
  sources: [{ source: "terraform-provider-desec, resource rrset", date: "2026-11-21" }],
};

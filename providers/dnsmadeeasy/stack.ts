/** What DNS Made Easy resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "dme:index/dnsRecord:DnsRecord": {
      records: { zone: ["domainId", "domainid"], values: ["value"] },
      formerly: ["dme:index/record:Record"],
    },
    "dme:index/domain:Domain": { ids: ["name"], zone: {} },
  },
  sources: [{ source: "terraform-provider-dme, resources dns_record and domain", date: "2026-11-21" }],
};

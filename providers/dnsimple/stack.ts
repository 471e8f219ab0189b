/** What DNSimple resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "dnsimple:index/zoneRecord:ZoneRecord": {
      records: { fqdn: "qualifiedName", zone: "zoneName", values: ["value"] },
    },
  },
  sources: [{ source: "@pulumi/dnsimple (npm)", date: "2026-11-21" }],
};

/** What Gandi LiveDNS resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: { "gandi:livedns/record:Record": { records: { values: ["values"] } } },
  sources: [{ source: "@pulumiverse/gandi (npm)", date: "2026-11-21" }],
};

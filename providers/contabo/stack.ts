/** What Contabo resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "contabo:index/instance:Instance": {
      // The lists within have a plural name where the provider was bridged with plurals.
      addresses: ["v4", "v4s", "v6", "v6s"].map((list) => `ipConfigs[].${list}[].ip`),
      formerly: ["contabo:index/instance:instance"],
    },
  },
  sources: [
    { source: "github.com/contabo/terraform-provider-contabo docs/resources/contabo_instance.md", date: "2026-11-21" },
  ],
};

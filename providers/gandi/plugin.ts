import type { PluginFacts } from "../provider";

export const plugin: PluginFacts = {
  source: "github.com/go-gandi/terraform-provider-gandi c38a15f",
  date: "2026-11-22",
  resources: {
    "gandi:livedns/record:Record": {
      files: ["gandi/resource_livedns_record.go:15-65, 84, 125-178, 180, 218-270"],
      preview: "No `ttl`.",
      replacedBy: ["zone", "name", "type"],
      refresh: "A 404 alone drops it. Values changed elsewhere are seen.",
      errors: "One that exists is refused (409). A 404 on deletion is an error: `pulumi destroy --refresh`.",
      importId: "ZONE/NAME/TYPE",
    },
  },
};

import type { PluginFacts } from "../provider";

export const plugin: PluginFacts = {
  source: "github.com/ovh/terraform-provider-ovh a1ae5bc",
  date: "2026-11-22",
  resources: {
    "ovh:Ip/reverse:Reverse": {
      files: [
        "ovh/resource_ip_reverse.go:17-66, 69 (import), 114 (retries), 147 (read), 170 (delete)",
        "ovh/helpers/helpers.go:374",
      ],
      preview: "An `ip` that is no block, a `ReverseIp` that is no address.",
      replacedBy: "*",
      replacement: "Its deletion resets the PTR, so this library has it deleted first.",
      refresh: "A 404 alone drops it. The PTR is read, with its final dot.",
      errors:
        "Every 400 is tried again each 5 s until `readinessTimeoutDuration` (1 minute by default), then fails; other errors fail at once. A POST replaces the PTR that is there. A 404 on deletion is done.",
      importId: "BLOCK|ADDRESS",
    },
    "ovh:Domain/zoneRecord:ZoneRecord": {
      files: [
        "ovh/resource_domain_zone_record.go:39 (import), 54-103, 106 (create), 202 (update), 236 (delete), 273 (read)",
      ],
      preview: "A TTL between 1 and 59.",
      replacedBy: ["zone", "fieldtype"],
      refresh: "A 404 alone drops it. Values are read; quotes around text are no change.",
      errors:
        "One that exists is added again. An empty `subdomain` is not sent in an update, so a record cannot be moved to the apex. A new record is read for up to a minute. A failed zone refresh is logged only. A 404 on deletion is done.",
      importId: "RECORD_ID.ZONE",
    },
  },
};

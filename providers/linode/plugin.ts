import type { PluginFacts } from "../provider";

export const plugin: PluginFacts = {
  source: "github.com/linode/terraform-provider-linode v3.9.0",
  date: "2026-11-22",
  retries:
    "408, 429, 503, a busy Linode (400) and closed connections, up to 1000 times (linodego 1.65.0 retries.go:18-95); look-ups of a preview too.",
  resources: {
    "linode:index/networkingIp:NetworkingIp": {
      files: [
        "linode/networkingip/framework_resource.go:32 (ModifyPlan), 75, 122, 216",
        "linode/networkingip/framework_resource_schema.go",
      ],
      replacedBy: [],
      replacement: "By another `linodeId` where it is not reserved. A changed `region` or `type` changes nothing.",
      refresh: "Dropped if the list of addresses does not have it; any error of that list fails the refresh.",
      errors: "A 404 on deletion is an error for a reserved address, and done for another.",
      importId: "ADDRESS",
    },
    "linode:index/ipv6Range:Ipv6Range": {
      files: [
        "linode/ipv6range/framework_schema_resource.go:15-75",
        "linode/ipv6range/framework_resource.go:134, 157, 256, 275",
      ],
      preview: "A prefix length other than 56 and 64; `linodeId` beside `routeTarget`.",
      replacedBy: ["prefixLength", "routeTarget"],
      replacement:
        "Also by another `linodeId`, which makes `routeTarget` unknown (run with this plugin): it is another network then.",
      refresh: "A 404 or 405 drops it.",
      errors: "A 404 or 405 on deletion is done.",
      importId: "RANGE",
    },
    "linode:index/rdns:Rdns": {
      files: [
        "linode/rdns/framework_resource.go:42, 79-90, 111, 135, 214, 239",
        "linode/rdns/framework_helper.go:36-68",
        "linode/rdns/framework_resource_schema.go",
      ],
      preview: "A name shorter than 3 or longer than 254 characters.",
      replacedBy: ["address"],
      refresh: "A 404 drops it. The PTR is read.",
      errors:
        "With `waitForAvailable`, every 400 is tried again each 5 s for 15 minutes; otherwise it fails at once. A PUT replaces the PTR that is there, with a warning unless it is Linode's own. A 404 on deletion is done.",
      importId: "ADDRESS",
    },
    "linode:index/domainRecord:DomainRecord": {
      files: [
        "linode/domainrecord/schema_resource.go:14-56",
        "linode/domainrecord/resource.go:30, 64-102, 138, 211, 233, 240",
      ],
      preview: "An unknown type; a priority above 255; a name longer than 100 characters.",
      replacedBy: ["domainId", "recordType"],
      refresh:
        "A 404 drops it. Values are read. An empty `name` means none was given, so a record cannot be moved to the apex; a TTL is compared after rounding.",
      errors:
        "One that exists is added again. A refused update is sent again by the next run. A 404 on deletion is an error: `pulumi destroy --refresh` (both run with this plugin).",
      importId: "DOMAIN_ID,RECORD_ID",
    },
  },
};

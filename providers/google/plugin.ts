import type { PluginFacts } from "../provider";

export const plugin: PluginFacts = {
  source: "github.com/hashicorp/terraform-provider-google-beta 93c65b2",
  date: "2026-11-22",
  retries:
    "Lost connections, 429, 500, 502, 503, operations in progress (409) and quotas per minute (403) (google-beta/transport/error_retry_predicates.go:39-82, 550).",
  resources: {
    "gcp:compute/address:Address": {
      files: ["google-beta/services/compute/resource_compute_address.go:142-362, 656, 864, 881"],
      preview: "No project or region; a name that is no label; a tier, type or version that does not exist.",
      replacedBy: [
        "address",
        "addressType",
        "description",
        "ipCollection",
        "ipVersion",
        "ipv6EndpointType",
        "name",
        "network",
        "networkTier",
        "prefixLength",
        "project",
        "purpose",
        "region",
        "subnetwork",
      ],
      refresh: "A 404 drops it.",
      errors: "One that exists is refused (409). A 404 on deletion is done. One in use is not deleted (400).",
      importId: "projects/PROJECT/regions/REGION/addresses/NAME",
    },
    "gcp:compute/instance:Instance": {
      files: [
        "google-beta/services/compute/resource_compute_instance.go:654-870 (schema), 1762 (CustomizeDiff), 2693 (Read), 3043-3145 (update), 4539 (import)",
        "google-beta/services/compute/compute_instance_helpers.go:570-640, 835-890",
      ],
      preview: "No project or zone. Network interfaces are compared, not checked; PTR names are Google's to refuse.",
      replacedBy: ["bootDisk", "hostname", "name", "zone"],
      replacement:
        "Also by another number of interfaces, and by another `externalIpv6`, its prefix length or name. This library has the old machine deleted first.",
      refresh: "A 404 drops it. PTRs of both families are read: that of IPv4 only where `setPublicPtr` is set.",
      errors:
        "A changed IPv4 access config is deleted and then added (lines 3114 to 3145): what is refused in between, such as a domain that is not verified, leaves the machine without its IPv4 address. The machine must be running. A changed IPv6 access config is not applied.",
      importId: "projects/PROJECT/zones/ZONE/instances/NAME",
    },
    "gcp:dns/recordSet:RecordSet": {
      files: ["google-beta/services/dns/resource_dns_record_set.go:54-81, 148-296, 384-770, 1035"],
      preview: "No project; a name without final dot; both or none of `rrdatas` and `routingPolicy`.",
      replacedBy: ["managedZone", "name", "project"],
      refresh: "A 404 and an empty list drop it. Order, and the letter case of text, are no change.",
      errors:
        "One that exists is deleted in the same change. Changing and deleting name the old values as the state has them: where somebody changed them it is refused (412) until a refresh. A 404 on deletion is done. Waits ten minutes for `done`.",
      importId: "projects/PROJECT/managedZones/ZONE/rrsets/NAME./TYPE",
    },
  },
};

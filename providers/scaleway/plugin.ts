import type { PluginFacts } from "../provider";

export const plugin: PluginFacts = {
  source: "github.com/scaleway/terraform-provider-scaleway v2.79.0, github.com/pulumi/pulumi-terraform-bridge 59de6c6",
  date: "2026-11-22",
  resources: {
    "scaleway:instance/ip:Ip": {
      files: ["internal/services/instance/ip.go:36-78, 183-200, 212-228"],
      preview: "A `type` that does not exist.",
      replacedBy: ["type", "zone", "projectId"],
      refresh:
        "A 404 and a 403 drop it: with a key that lost its permission, the next `pulumi up` creates another address.",
      errors: "A 404 or 403 on deletion is done.",
      importId: "ZONE/ID",
    },
    "scaleway:instance/ipReverseDns:IpReverseDns": {
      files: [
        "internal/services/instance/ip_reverse_dns.go:36-53, 56, 98-119, 135, 164",
        "internal/services/instance/helpers_instance.go:436",
      ],
      preview: "An `ipId` of another zone, once it is known (`LocalityCheck`).",
      replacedBy: ["zone"],
      replacement: "Not by another `ipId`: the PTR of the old address is changed. This library replaces it then.",
      refresh: "A 404 and a 403 drop it. The PTR is read.",
      errors:
        "A name that does not resolve yet is tried again for ten minutes. What is refused stays in the state with the wanted name, and the next update sends nothing (run with this plugin); a refresh shows the real one. A 404 on deletion is an error.",
      importId: "ZONE/IP_ID",
    },
    "scaleway:ipam/ipReverseDns:IpReverseDns": {
      files: ["internal/services/ipam/ip_reverse_dns.go:18-55, 59, 96-131, 133, 160"],
      preview: "An `address` that is none.",
      replacedBy: ["region"],
      replacement: "Not by another `ipamIpId`. This library replaces it then.",
      refresh: "A 404 of the block drops it. A PTR that was changed or lost is not seen (lines 117 to 127).",
      errors:
        "Nothing is tried again. What is refused stays in the state with the wanted name, and neither the next update nor a refresh changes that (run with this plugin). The whole list of the block's PTRs is replaced each time. A 404 on deletion is an error.",
      importId: "REGION/IPAM_IP_ID",
    },
    "scaleway:domain/record:Record": {
      files: [
        "internal/services/domain/record.go:72-146, 288-358, 360-480, 534",
        "internal/services/domain/types.go:19",
      ],
      preview: "An unknown type; a TTL outside of 60 to 2592000; a negative priority.",
      replacedBy: ["dnsZone", "name", "type"],
      replacement: "The old one is deleted first (`nameRequiresDeleteBeforeReplace` in the bridge).",
      refresh: "A 404 and a 403 drop it. Values are read; text without its quotes, which the comparison does not know.",
      errors:
        "After an addition it takes the id of the first record with this name, type and data, so it shares one that exists. Waits five minutes for the record to show.",
      importId: "ZONE/RECORD_ID",
    },
  },
};

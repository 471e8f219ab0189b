import type { PluginFacts } from "../provider";

export const plugin: PluginFacts = {
  source: "github.com/vultr/terraform-provider-vultr e0047a3 (in dirien/pulumi-vultr 5d8be2e, provider/go.mod)",
  date: "2026-11-22",
  retries:
    "`retryLimit` times, 3 by default (govultr v3 govultr.go:26, 117), what go-retryablehttp takes for transient.",
  resources: {
    "vultr:index/reservedIp:ReservedIp": {
      files: ["vultr/resource_vultr_reserved_ip.go:22-58, 61, 87, 128, 163"],
      preview: "An `ipType` that is neither `v4` nor `v6`.",
      replacedBy: ["region", "ipType"],
      refresh: "`Invalid reserved-ip ID` drops it; every other error fails the refresh.",
      errors: "Created with `instanceId` and then attached once more (line 78). A 404 on deletion is an error.",
      importId: "UUID",
    },
    "vultr:index/reverseIpv4:ReverseIpv4": {
      files: ["vultr/resource_vultr_reverse_ipv4.go:12-32, 46, 71-117, 119"],
      replacedBy: "*",
      replacement: "Its deletion resets the PTR, so this library has it deleted first.",
      refresh: "Nothing drops it: an address that is gone fails the refresh (line 97). The PTR is read.",
      errors: "A POST replaces the PTR that is there. A 404 on deletion is an error.",
      importId: null,
    },
    "vultr:index/reverseIpv6:ReverseIpv6": {
      files: ["vultr/resource_vultr_reverse_ipv6.go:12-32, 38, 57-90, 92"],
      replacedBy: "*",
      replacement: "Its deletion removes the PTR, so this library has it deleted first.",
      refresh:
        "Dropped unless the list has the address in just these characters: written out in full. The PTR is read.",
      errors: "A POST replaces the PTR that is there. A 404 on deletion is an error.",
      importId: null,
    },
    "vultr:index/dnsRecord:DnsRecord": {
      files: ["vultr/resource_vultr_dns_records.go:21-58, 61, 81-110, 131, 142"],
      preview: "A type other than A, AAAA, CNAME, NS, MX, SRV, TXT, CAA, SSHFP.",
      replacedBy: ["domain", "type"],
      replacement: "The old one is deleted first (`nameRequiresDeleteBeforeReplace` in the bridge).",
      refresh:
        "Every error drops it, a 403 or 500 too (line 86). Values are read; `priority` is -1 where there is none.",
      errors:
        "One that exists is added again. A refused update is sent again by the next run. A 404 on deletion is an error: `pulumi destroy --refresh`.",
      importId: "ZONE,RECORD_ID",
    },
  },
};

import type { PluginFacts } from "../provider";

export const plugin: PluginFacts = {
  source:
    "github.com/hashicorp/terraform-provider-aws 11ab4cf (ec2_eip_domain_name.go), 0160692 (ec2_eip.go), 00655c1 (route53/record.go)",
  date: "2026-11-22",
  resources: {
    "aws:ec2/eip:Eip": {
      files: ["internal/service/ec2/ec2_eip.go (resourceEIP, resourceEIPRead, resourceEIPDelete)"],
      preview: "A `domain` that is neither `vpc` nor `standard`.",
      replacedBy: ["address", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool", "region"],
      refresh: "NotFound drops it; an error on reading its domain name fails the refresh.",
      errors:
        "A released one is done. One whose domain name is still set (InvalidAddress.PtrSet, .Locked) is not tried again.",
      importId: "eipalloc-ID",
    },
    "aws:ec2/eipDomainName:EipDomainName": {
      files: [
        "internal/service/ec2/ec2_eip_domain_name.go (Create, Read, Update, Delete)",
        "internal/service/ec2/find.go (findEIPDomainNameAttributeByAllocationID), wait.go",
        "https://github.com/hashicorp/terraform-provider-aws/pull/46582 (import, newer than the file that was read)",
      ],
      replacedBy: ["allocationId", "region"],
      refresh:
        "An answer without the address drops it; a released Elastic IP is an error of EC2's, and fails the refresh. `domainName` is not read: a PTR that was changed elsewhere is not seen.",
      errors:
        "Waits up to ten minutes for `PENDING` to clear; a refusal may come then, and after a creation nothing is in the state. Deletion of a released one is done.",
      importId: "eipalloc-ID",
    },
    "aws:route53/record:Record": {
      files: [
        "internal/service/route53/record.go (resourceRecord, resourceRecordCreate, resourceRecordUpdate, resourceRecordDelete, createRecordImportID)",
      ],
      preview: "An unknown type; both or none of `records` and `aliases`; `ttl` without `records`.",
      replacedBy: ["name", "zoneId"],
      refresh: "NotFound, also of the zone, drops it. Values changed elsewhere are seen; names are not read.",
      errors:
        "Created with CREATE: one that exists is refused (InvalidChangeBatch, `already exists`). Deletion reads the set first, so it deletes what is there; InvalidChangeBatch then counts as done. Waits 30 minutes for INSYNC.",
      importId: "ZONE_ID_NAME_TYPE",
    },
  },
};

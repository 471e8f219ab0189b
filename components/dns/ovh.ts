/** DNS zones at OVHcloud. */
import "../sdk/ovh";

import { ZoneRecord, type ZoneRecordArgs } from "@ovhcloud/pulumi-ovh/domain/zoneRecord";
import type { ConfigReader } from "../config-reader";
import { type Transform, transformed } from "../transform";
import type { DnsHost, DnsHostCapabilities, RecordType } from "./dns-host";
import { presentation } from "./mail-exchanger";
import { oneRecordEach } from "./one-record-each";
import { canonicalZone, refuseRecord, relativeName } from "./zone";

export const capabilities: DnsHostCapabilities = {
  title: "OVHcloud DNS",
  types: ["A", "AAAA", "CNAME", "MX", "PTR", "TXT"],
  minimumTtlSeconds: 60,
  expectedLagMinutes: 10,
  records: {
    unit: "value",
    replacedBy: ["zone", "fieldtype"],
    sameRecord: "added",
    sources: [
      { source: "github.com/ovh/terraform-provider-ovh ovh/resource_domain_zone_record.go", date: "2026-11-21" },
    ],
  },
  advice: "A change is served after a refresh of the zone, which the provider asks for with every record.",
  sources: [
    { source: "github.com/ovh/terraform-provider-ovh ovh/resource_domain_zone_record.go", date: "2026-11-21" },
    { source: "https://github.com/ovh/terraform-provider-ovh/issues/1290", date: "2026-08-21" },
  ],
};

export interface OvhDnsArgs {
  /** The zone as it is called at OVHcloud, for example `example.com`. It must exist. */
  readonly zone: string;
  /** Changes the record just before it is made. */
  readonly transform?: { readonly record?: Transform<ZoneRecordArgs> };
}

/**
 * Publishes records in a zone at OVHcloud.
 * @example
 * ovhDns({ zone: "example.com" });
 */
export function ovhDns(args: OvhDnsArgs): DnsHost {
  const zone = canonicalZone(args.zone);
  return {
    name: "ovh",
    zone,
    capabilities,
    refuse: (record) => refuseRecord(zone, capabilities, record),
    publish: (name, record, options) =>
      oneRecordEach(name, record, options, (ownName, value, ownOptions) => {
        const made = transformed<ZoneRecordArgs>(
          args.transform?.record,
          ownName,
          {
            zone,
            subdomain: relativeName(record.owner, zone, ""),
            fieldtype: record.type,
            target: presentation(record, value).apply((text) => inZoneFile(record.type, text)),
            ...(record.ttl !== undefined && { ttl: record.ttl }),
          },
          ownOptions,
        );
        return new ZoneRecord(ownName, made.args, made.options);
      }),
  } satisfies DnsHost;
}

/** A name without its final dot would be taken as one inside the zone. Quotes around text are OVHcloud's own doing. */
function inZoneFile(type: RecordType, value: string): string {
  return type === "MX" || type === "PTR" || type === "CNAME" ? `${value}.` : value;
}

/** The DNS host as the stack's config describes it. */
export function fromConfig(config: ConfigReader): DnsHost {
  return ovhDns({ zone: config.text("zone") ?? "" });
}

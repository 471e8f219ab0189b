/** DNS zones in Hetzner Cloud. */
import { getZoneOutput } from "@pulumi/hcloud/getZone";
import { ZoneRrset, type ZoneRrsetArgs } from "@pulumi/hcloud/zoneRrset";
import type { ConfigReader } from "../config-reader";
import { type Transform, transformed } from "../transform";
import type { DnsHost, DnsHostCapabilities, RecordSet } from "./dns-host";
import { presentation } from "./mail-exchanger";
import { canonicalZone, refuseRecord, relativeName } from "./zone";

export const capabilities: DnsHostCapabilities = {
  title: "Hetzner DNS",
  types: ["A", "AAAA", "CNAME", "MX", "PTR", "TXT"],
  minimumTtlSeconds: 60,
  expectedLagMinutes: 1,
  sources: [{ source: "https://docs.hetzner.cloud/reference/cloud#zone-rrsets", date: "2026-08-18" }],
};

export interface HetznerDnsArgs {
  /** The zone as it is called in the project, for example `example.com`. It must exist. */
  readonly zone: string;
  /** Changes the record set just before it is made. */
  readonly transform?: { readonly record?: Transform<ZoneRrsetArgs> };
}

/**
 * Publishes records in a zone of Hetzner Cloud.
 * @example
 * hetznerDns({ zone: "example.com" });
 */
export function hetznerDns(args: HetznerDnsArgs): DnsHost {
  const zone = canonicalZone(args.zone);
  return {
    name: "hetzner",
    zone,
    capabilities,
    refuse: (record) => refuseRecord(zone, capabilities, record),
    publish: (name, record, options) => {
      // Looked up so that a zone of another project is an error before the first record.
      const found = getZoneOutput({ name: zone }, options.parent ? { parent: options.parent } : {});
      const made = transformed<ZoneRrsetArgs>(
        args.transform?.record,
        name,
        {
          zone: found.apply((known) => known.name ?? zone),
          name: relativeName(record.owner, zone),
          type: record.type,
          records: record.values.map((value) => ({
            value: presentation(record, value).apply((text) => inZoneFile(record, text)),
          })),
          ...(record.ttl !== undefined && { ttl: record.ttl }),
        },
        options,
      );
      return { published: "resource", resource: new ZoneRrset(name, made.args, made.options) };
    },
  } satisfies DnsHost;
}

/** Hetzner takes values as in a zone file: names absolute, text quoted. */
function inZoneFile({ type }: RecordSet, value: string): string {
  switch (type) {
    case "TXT":
      return JSON.stringify(value);
    case "MX":
    case "PTR":
    case "CNAME":
      return `${value}.`;
    default:
      return value;
  }
}

/** The DNS host as the stack's config describes it. */
export function fromConfig(config: ConfigReader): DnsHost {
  return hetznerDns({ zone: config.text("zone") ?? "" });
}

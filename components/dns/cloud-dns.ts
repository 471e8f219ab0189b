/** Public managed zones in Google Cloud DNS. */
import "../sdk/gcp";

import { getManagedZones } from "@pulumi/gcp/dns/getManagedZones";
import { RecordSet as CloudDnsRecordSet, type RecordSetArgs } from "@pulumi/gcp/dns/recordSet";
import type * as pulumi from "@pulumi/pulumi";
import type { ConfigReader } from "../config-reader";
import { lookedUp, oncePerRun } from "../look-up";
import { PlainError } from "../plain-error";
import { type Transform, transformed } from "../transform";
import { quotedCharacterStrings } from "./character-strings";
import type { DnsHost, DnsHostCapabilities, RecordSet } from "./dns-host";
import { mailExchanger, presentation } from "./mail-exchanger";
import { canonicalZone, refuseRecord, zoneMissing } from "./zone";

export const capabilities: DnsHostCapabilities = {
  title: "Google Cloud DNS",
  types: ["A", "AAAA", "CNAME", "MX", "PTR", "TXT"],
  minimumTtlSeconds: 0,
  expectedLagMinutes: 2,
  records: {
    unit: "set",
    replacedBy: ["managedZone", "name", "type", "project"],
    sameRecord: "refused",
    sources: [
      {
        source:
          "github.com/hashicorp/terraform-provider-google google/services/dns/resource_dns_record_set.go (additions alone)",
        date: "2026-11-21",
      },
    ],
  },
  sources: [
    { source: "https://cloud.google.com/dns/docs/records", date: "2026-11-21" },
    { source: "@pulumi/gcp 9.37.0 dns/recordSet.d.ts", date: "2026-11-21" },
  ],
};

export interface CloudDnsArgs {
  /** The DNS name of the zone, for example `example.com`. A public managed zone for it must exist. */
  readonly zone: string;
  /** Name of the managed zone, as Google calls the resource. @default the public zone with this DNS name, looked up */
  readonly managedZone?: pulumi.Input<string>;
  /** Changes the record set just before it is made. */
  readonly transform?: { readonly record?: Transform<RecordSetArgs> };
}

/**
 * Publishes records in a public managed zone of Cloud DNS.
 * @example
 * cloudDns({ zone: "example.com" });
 */
export function cloudDns(args: CloudDnsArgs): DnsHost {
  const zone = canonicalZone(args.zone);
  const lookUp = oncePerRun("gcp", (options) =>
    lookedUp(
      {
        title: capabilities.title,
        package: "gcp",
        what: `the zone ${zone}`,
        ifMissing: zoneMissing("the managed zone's name (stack config: managedZone)"),
      },
      getManagedZones({}, options),
    ).managedZones.apply((zones) => publicZone(zones, zone)),
  );
  return {
    name: "cloud-dns",
    zone,
    capabilities,
    refuse: (record) => refuseRecord(zone, capabilities, record),
    ...(args.managedZone === undefined && { lookUp }),
    publish: (name, record, options) => {
      const made = transformed<RecordSetArgs>(
        args.transform?.record,
        name,
        {
          managedZone: args.managedZone ?? lookUp(options),
          name: `${record.owner}.`,
          type: record.type,
          ttl: record.ttl ?? 300,
          rrdatas: record.values.map((value) =>
            presentation(record, value).apply((text) => inZoneFile(record.type, text)),
          ),
        },
        options,
      );
      return { published: "resource", resource: new CloudDnsRecordSet(name, made.args, made.options) };
    },
  } satisfies DnsHost;
}

interface ManagedZone {
  readonly name?: string;
  readonly dnsName: string;
  readonly visibility: string;
}

/**
 * The managed zone for a DNS name among those of the project.
 * @throws PlainError when there is no public one, or more than one
 */
export function publicZone(zones: readonly ManagedZone[], zone: string): string {
  const found = zones.filter(
    ({ dnsName, visibility }) => dnsName.toLowerCase() === `${zone}.` && visibility === "public",
  );
  const [first] = found;
  if (first?.name !== undefined && found.length === 1) {
    return first.name;
  }
  const seen =
    found.length === 0
      ? `no public managed zone for ${zone}`
      : `${found.length} public managed zones for ${zone}: ${found.map(({ name }) => name).join(", ")}`;
  const fix =
    found.length === 0
      ? `gcloud dns managed-zones create NAME --dns-name=${zone}. --description="", and delegate ${zone} to its name servers`
      : "say which one as dns.managedZone";
  throw new PlainError(`This project has ${seen}.\n  Fix: ${fix}.`);
}

/** Cloud DNS takes values as in a zone file: names absolute, text quoted. */
function inZoneFile(type: RecordSet["type"], value: string): string {
  switch (type) {
    case "TXT":
      return quotedCharacterStrings(value);
    case "MX": {
      const { preference, exchange } = mailExchanger(value);
      return `${preference} ${exchange}.`;
    }
    case "PTR":
    case "CNAME":
      return `${value}.`;
    default:
      return value;
  }
}

/** The DNS host as the stack's config describes it: `zone`, and `managedZone` where the name alone does not find it. */
export function fromConfig(config: ConfigReader): DnsHost {
  const managedZone = config.text("managedZone");
  return cloudDns({ zone: config.text("zone") ?? "", ...(managedZone !== undefined && { managedZone }) });
}

/** DNS zones in Hetzner Cloud. */
import "./sdk";

import { getZones } from "@pulumi/hcloud/getZones";
import { ZoneRecord, type ZoneRecordArgs } from "@pulumi/hcloud/zoneRecord";
import { ZoneRrset, type ZoneRrsetArgs } from "@pulumi/hcloud/zoneRrset";
import * as pulumi from "@pulumi/pulumi";
import type { DnsHostConfigOf } from "../config-schema";
import type { DnsHost, RecordSet } from "../dns-host";
import { lookedUp, oncePerRun } from "../internal/look-up";
import { presentation } from "../internal/records/mail-exchanger";
import { oneRecordEach } from "../internal/records/one-record-each";
import { canonicalZone, relativeName, validateRecord, zoneMissing } from "../internal/records/zone";
import { inZoneFile } from "../internal/records/zone-file";
import { type Transform, transform } from "../internal/transform";
import { dnsCapabilities } from "./facts";

export interface HetznerDnsArgs {
  /** The zone's name in the project, for example `example.com`. It must exist. */
  readonly zone: string;
  /** Changes a record set (`record`), or one text in a TXT record set (`text`), just before it is made. */
  readonly transform?: { readonly record?: Transform<ZoneRrsetArgs>; readonly text?: Transform<ZoneRecordArgs> };
}

/**
 * Publishes records in a zone of Hetzner Cloud.
 * @example
 * hetznerDns({ zone: "example.com" });
 */
export function hetznerDns(args: HetznerDnsArgs): DnsHost {
  const zone = canonicalZone(args.zone);
  const lookUp = oncePerRun("hcloud", (options) =>
    lookedUp(
      {
        title: dnsCapabilities.title,
        package: "hcloud",
        what: `the zone ${zone}`,
        ifMissing: zoneMissing(),
      },
      zoneOfProject(zone, options),
    ),
  );
  return {
    name: "hetzner",
    zone,
    capabilities: dnsCapabilities,
    validate: (record) => validateRecord(zone, dnsCapabilities, record),
    lookUp,
    publish: (name, record, options) => {
      // Looked up so that a zone of another project is an error before the first record.
      const zoneName = lookUp(options).apply(() => zone);
      return record.type === "TXT"
        ? oneRecordEach(name, record, options, (each, value, ownOptions) =>
            textRecord(args, zoneName, each, record, value, ownOptions),
          )
        : { published: "resource", resource: recordSet(args, zoneName, name, record, options) };
    },
  } satisfies DnsHost;
}

/**
 * Looked for in the list of zones: asked for one that is not there, `getZone` has the engine print an error of its own above
 * ours (`processDiagnostics` in pulumi-terraform-bridge `pkg/pf/tfbridge/provider_diagnostics.go`).
 */
async function zoneOfProject(zone: string, options: pulumi.InvokeOptions): Promise<string> {
  // Nothing under a user's mocks.
  const { zones }: { zones?: readonly { readonly name: string }[] } = await getZones({}, options);
  if (zones?.every(({ name }) => name !== zone)) {
    throw new Error("no such zone found in this project");
  }
  return zone;
}

function recordSet(
  args: HetznerDnsArgs,
  zone: pulumi.Output<string>,
  name: string,
  record: RecordSet,
  options: pulumi.CustomResourceOptions,
): ZoneRrset {
  return new ZoneRrset(
    ...transform(
      args.transform?.record,
      name,
      {
        zone,
        name: relativeName(record.owner, canonicalZone(args.zone)),
        type: record.type,
        records: record.values.map((value) => ({
          value: presentation(record, value).apply((text) => inZoneFile(record.type, text)),
        })),
        ...(record.ttl !== undefined && { ttl: record.ttl }),
      },
      options,
    ),
  );
}

/**
 * One text in the record set, beside whatever is there: the apex of most zones has text of other people. A record set of our
 * own would be refused (or, once made, would erase what is added by hand). The TTL is the set's.
 */
function textRecord(
  args: HetznerDnsArgs,
  zone: pulumi.Output<string>,
  name: string,
  record: RecordSet,
  value: pulumi.Input<string>,
  options: pulumi.CustomResourceOptions,
): ZoneRecord {
  return new ZoneRecord(
    ...transform(
      args.transform?.text,
      name,
      {
        zone,
        name: relativeName(record.owner, canonicalZone(args.zone)),
        type: record.type,
        value: pulumi.output(value).apply((text) => inZoneFile(record.type, text)),
      },
      // Another value is another record. Made first, there would be two of them for a moment, and two SPF records are an error
      // (RFC 7208 section 4.5).
      { ...options, deleteBeforeReplace: true },
    ),
  );
}

/** The DNS host as the stack's config describes it. */
export function fromConfig(config: DnsHostConfigOf): DnsHost {
  return hetznerDns({ zone: config.text("zone") ?? "" });
}

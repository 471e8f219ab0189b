/** DNS zones in Hetzner Cloud. */
import "./sdk";

import { getZones } from "@pulumi/hcloud/getZones";
import { ZoneRecord, type ZoneRecordArgs } from "@pulumi/hcloud/zoneRecord";
import { ZoneRrset, type ZoneRrsetArgs } from "@pulumi/hcloud/zoneRrset";
import type * as pulumi from "@pulumi/pulumi";
import type { DnsHostConfigOf } from "../config-schema";
import type { DnsHost, RecordSet } from "../dns-host";
import { lookedUp } from "../internal/look-up";
import { sdkDnsHost, setPublisher, valuePublisher } from "../internal/records/sdk-dns-host";
import { canonicalZone, relativeName } from "../internal/records/zone";
import { zoneFileValue, zoneFileValues } from "../internal/records/zone-file";
import type { Transform } from "../internal/transform";
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
  const key = (record: RecordSet) => ({ name: relativeName(record.owner, zone), type: record.type });
  const publishSet = setPublisher(ZoneRrset, args.transform?.record, (record, found) => ({
    zone: found,
    ...key(record),
    records: zoneFileValues(record).map((value) => ({ value })),
    ...(record.ttl !== undefined && { ttl: record.ttl }),
  }));
  // One text in the record set, beside whatever is there: the apex of most zones has text of other people. A record set of our
  // own would be refused (or, once made, would erase what is added by hand). The TTL is the set's.
  const publishText = valuePublisher(
    ZoneRecord,
    args.transform?.text,
    (record, value, found) => ({
      zone: found,
      ...key(record),
      value: zoneFileValue(record, value),
    }),
    // Another value is another record. Made first, there would be two of them for a moment, and two SPF records are an error
    // (RFC 7208 section 4.5).
    () => ({ deleteBeforeReplace: true }),
  );
  return sdkDnsHost({
    name: "hetzner",
    package: "hcloud",
    zone,
    capabilities: dnsCapabilities,
    lookUp: (wanted, options) => lookedUp(wanted, zoneOfProject(zone, options)),
    publish: (name, record, ...rest) => (record.type === "TXT" ? publishText : publishSet)(name, record, ...rest),
  });
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

/** The DNS host as the stack's config describes it. */
export function fromConfig(config: DnsHostConfigOf): DnsHost {
  return hetznerDns({ zone: config.text("zone") ?? "" });
}

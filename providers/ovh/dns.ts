/** DNS zones at OVHcloud. */
import "./sdk";

import { getZone } from "@ovhcloud/pulumi-ovh/domain/getZone";
import { ZoneRecord, type ZoneRecordArgs } from "@ovhcloud/pulumi-ovh/domain/zoneRecord";
import type { DnsHostConfigOf } from "../config-schema";
import type { DnsHost } from "../dns-host";
import { lookedUp, oncePerRun } from "../internal/look-up";
import { presentation } from "../internal/records/mail-exchanger";
import { oneRecordEach } from "../internal/records/one-record-each";
import { canonicalZone, relativeName, validateRecord, zoneMissing } from "../internal/records/zone";
import { withFinalDot } from "../internal/records/zone-file";
import { type Transform, transform } from "../internal/transform";
import { dnsCapabilities } from "./facts";

export interface OvhDnsArgs {
  /** The zone's name at OVHcloud, for example `example.com`. It must exist. */
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
  const lookUp = oncePerRun("ovh", (options) =>
    lookedUp(
      {
        title: dnsCapabilities.title,
        package: "ovh",
        what: `the zone ${zone}`,
        ifMissing: zoneMissing(),
      },
      getZone({ name: zone }, options),
    ),
  );
  return {
    name: "ovh",
    zone,
    capabilities: dnsCapabilities,
    validate: (record) => validateRecord(zone, dnsCapabilities, record),
    lookUp,
    publish: (name, record, options) => {
      // Looked up so that a zone of another account is an error before the first record.
      const found = lookUp(options).apply(() => zone);
      return oneRecordEach(name, record, options, (ownName, value, ownOptions) => {
        return new ZoneRecord(
          ...transform(
            args.transform?.record,
            ownName,
            {
              zone: found,
              subdomain: relativeName(record.owner, zone, ""),
              fieldtype: record.type,
              // Quotes around text are OVHcloud's own doing.
              target: presentation(record, value).apply((text) => withFinalDot(record.type, text)),
              ...(record.ttl !== undefined && { ttl: record.ttl }),
            },
            ownOptions,
          ),
        );
      });
    },
  } satisfies DnsHost;
}

/** The DNS host as the stack's config describes it. */
export function fromConfig(config: DnsHostConfigOf): DnsHost {
  return ovhDns({ zone: config.text("zone") ?? "" });
}

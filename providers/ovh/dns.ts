/** DNS zones at OVHcloud. */
import "./sdk";

import { getZone } from "@ovhcloud/pulumi-ovh/domain/getZone";
import { ZoneRecord, type ZoneRecordArgs } from "@ovhcloud/pulumi-ovh/domain/zoneRecord";
import type { DnsHostConfigOf } from "../config-schema";
import type { DnsHost } from "../dns-host";
import { lookedUp } from "../internal/look-up";
import { presentation } from "../internal/records/mail-exchanger";
import { type SdkDnsHostArgs, sdkDnsHost, valuePublisher } from "../internal/records/sdk-dns-host";
import { canonicalZone, relativeName } from "../internal/records/zone";
import { withFinalDot } from "../internal/records/zone-file";
import { dnsCapabilities } from "./facts";

export type OvhDnsArgs = SdkDnsHostArgs<ZoneRecordArgs>;

/**
 * Publishes records in a zone at OVHcloud.
 * @example
 * ovhDns({ zone: "example.com" });
 */
export function ovhDns(args: OvhDnsArgs): DnsHost {
  const zone = canonicalZone(args.zone);
  return sdkDnsHost({
    name: "ovh",
    zone,
    capabilities: dnsCapabilities,
    lookUp: (wanted, options) => lookedUp(wanted, getZone({ name: zone }, options)).apply(() => zone),
    publish: valuePublisher(ZoneRecord, args.transform?.record, (record, value, found) => ({
      zone: found,
      subdomain: relativeName(record.owner, zone, ""),
      fieldtype: record.type,
      // Quotes around text are OVHcloud's own doing.
      target: presentation(record, value).apply((text) => withFinalDot(record.type, text)),
      ...(record.ttl !== undefined && { ttl: record.ttl }),
    })),
  });
}

/** The DNS host as the stack's config describes it. */
export function fromConfig(config: DnsHostConfigOf): DnsHost {
  return ovhDns({ zone: config.text("zone") ?? "" });
}

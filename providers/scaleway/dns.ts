/** DNS zones at Scaleway Domains and DNS. */
import "./sdk";

import * as pulumi from "@pulumi/pulumi";
import { getZone } from "@pulumiverse/scaleway/domain/getZone";
import { Record as DomainRecord, type RecordArgs } from "@pulumiverse/scaleway/domain/record";
import type { DnsHostConfigOf } from "../config-schema";
import type { DnsHost, RecordSet } from "../dns-host";
import { lookedUp } from "../internal/look-up";
import { characterStrings, quotedCharacterStrings } from "../internal/records/character-strings";
import { mailExchangerInputs } from "../internal/records/mail-exchanger";
import { type SdkDnsHostArgs, sdkDnsHost, valuePublisher } from "../internal/records/sdk-dns-host";
import { canonicalZone, relativeName } from "../internal/records/zone";
import { dnsCapabilities } from "./facts";

export type ScalewayDnsArgs = SdkDnsHostArgs<RecordArgs>;

/**
 * Publishes records in a zone at Scaleway.
 * @example
 * scalewayDns({ zone: "example.com" });
 */
export function scalewayDns(args: ScalewayDnsArgs): DnsHost {
  const zone = canonicalZone(args.zone);
  return sdkDnsHost({
    name: "scaleway",
    zone,
    capabilities: dnsCapabilities,
    // The plugin asks for the zone SUBDOMAIN.DOMAIN, or DOMAIN alone (`BuildZoneName` in `internal/services/domain/helpers.go`).
    lookUp: (wanted, options) => lookedUp(wanted, getZone({ domain: zone, subdomain: "" }, options)).apply(() => zone),
    publish: valuePublisher(DomainRecord, args.transform?.record, (record, value, dnsZone) => ({
      dnsZone,
      name: relativeName(record.owner, zone, ""),
      type: record.type,
      ...data(record, value),
      ...(record.ttl !== undefined && { ttl: record.ttl }),
    })),
  });
}

/** Scaleway takes names absolute, and the preference of an MX apart. */
function data(record: RecordSet, value: pulumi.Input<string>): Pick<RecordArgs, "data" | "priority"> {
  switch (record.type) {
    case "MX": {
      const { exchange, preference } = mailExchangerInputs(record, value);
      return { data: pulumi.interpolate`${exchange}.`, priority: preference };
    }
    case "PTR":
    case "CNAME":
      return { data: pulumi.interpolate`${value}.` };
    case "TXT":
      return { data: pulumi.output(value).apply(text) };
    default:
      return { data: value };
  }
}

/**
 * The API puts text in quotes, and the plugin takes the outer ones off when it reads (`FlattenDomainData` in
 * `internal/services/domain/types.go` of v2.79.0) but not when it compares: text that is sent in quotes is a change at every
 * `up`. Only text of several character-strings, or with characters that need escaping, cannot go without them.
 */
function text(value: string): string {
  return characterStrings(value).length === 1 && !/["\\]/.test(value) ? value : quotedCharacterStrings(value);
}

/** The DNS host as the stack's config describes it. */
export function fromConfig(config: DnsHostConfigOf): DnsHost {
  return scalewayDns({ zone: config.text("zone") ?? "" });
}

/** Domains at DigitalOcean. It has no PTR records, so no reverse zone can live there. */
import "./sdk";

import { DnsRecord, type DnsRecordArgs } from "@pulumi/digitalocean/dnsRecord";
import { getDomain } from "@pulumi/digitalocean/getDomain";
import * as pulumi from "@pulumi/pulumi";
import type { DnsHostConfigOf } from "../config-schema";
import type { DnsHost, RecordSet } from "../dns-host";
import { lookedUp } from "../internal/look-up";
import { mailExchangerInputs } from "../internal/records/mail-exchanger";
import { type SdkDnsHostArgs, sdkDnsHost, valuePublisher } from "../internal/records/sdk-dns-host";
import { canonicalZone, relativeName } from "../internal/records/zone";
import { dnsCapabilities } from "./facts";

export type DigitalOceanDnsArgs = SdkDnsHostArgs<DnsRecordArgs>;

/**
 * Publishes records in a domain at DigitalOcean.
 * @example
 * digitaloceanDns({ zone: "example.com" });
 */
export function digitaloceanDns(args: DigitalOceanDnsArgs): DnsHost {
  const zone = canonicalZone(args.zone);
  return sdkDnsHost({
    name: "digitalocean",
    zone,
    capabilities: dnsCapabilities,
    lookUp: (wanted, options) => lookedUp(wanted, getDomain({ name: zone }, options)).name,
    publish: valuePublisher(DnsRecord, args.transform?.record, (record, value, domain) => ({
      domain,
      type: record.type,
      name: relativeName(record.owner, zone),
      ...apiValue(record, value),
      ...(record.ttl !== undefined && { ttl: record.ttl }),
    })),
  });
}

/** DigitalOcean refuses a host name as value unless it ends with a dot. */
function apiValue(record: RecordSet, value: pulumi.Input<string>): Pick<DnsRecordArgs, "value" | "priority"> {
  switch (record.type) {
    case "MX": {
      const { exchange, preference } = mailExchangerInputs(record, value);
      return { value: pulumi.interpolate`${exchange}.`, priority: preference };
    }
    case "CNAME":
      return { value: pulumi.interpolate`${value}.` };
    default:
      return { value };
  }
}

/** The DNS host as the stack's config describes it. */
export function fromConfig(config: DnsHostConfigOf): DnsHost {
  return digitaloceanDns({ zone: config.text("zone") ?? "" });
}

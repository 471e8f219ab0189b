/** Domains at DigitalOcean. It has no PTR records, so no reverse zone can live there. */
import "./sdk";

import { DnsRecord, type DnsRecordArgs } from "@pulumi/digitalocean/dnsRecord";
import { getDomain } from "@pulumi/digitalocean/getDomain";
import * as pulumi from "@pulumi/pulumi";
import type { DnsHostConfigOf } from "../config-schema";
import type { DnsHost, RecordSet } from "../dns-host";
import { lookedUp, oncePerRun } from "../internal/look-up";
import { mailExchangerInputs } from "../internal/records/mail-exchanger";
import { oneRecordEach } from "../internal/records/one-record-each";
import { canonicalZone, relativeName, validateRecord, zoneMissing } from "../internal/records/zone";
import { type Transform, transform } from "../internal/transform";
import { dnsCapabilities } from "./facts";

export interface DigitalOceanDnsArgs {
  /** Name of the domain at DigitalOcean, for example `example.com`. It must exist. */
  readonly zone: string;
  /** Changes each record just before it is made. */
  readonly transform?: { readonly record?: Transform<DnsRecordArgs> };
}

/**
 * Publishes records in a domain at DigitalOcean.
 * @example
 * digitaloceanDns({ zone: "example.com" });
 */
export function digitaloceanDns(args: DigitalOceanDnsArgs): DnsHost {
  const zone = canonicalZone(args.zone);
  const lookUp = oncePerRun("digitalocean", (options) =>
    lookedUp(
      {
        title: dnsCapabilities.title,
        package: "digitalocean",
        what: `the zone ${zone}`,
        ifMissing: zoneMissing(),
      },
      getDomain({ name: zone }, options),
    ),
  );
  return {
    name: "digitalocean",
    zone,
    capabilities: dnsCapabilities,
    validate: (record) => validateRecord(zone, dnsCapabilities, record),
    lookUp,
    publish: (name, record, options) => {
      // Looked up so that a domain of another account is an error before the first record.
      const domain = lookUp(options).name;
      return oneRecordEach(name, record, options, (each, value, ownOptions) => {
        return new DnsRecord(
          ...transform(
            args.transform?.record,
            each,
            {
              domain,
              type: record.type,
              name: relativeName(record.owner, zone),
              ...apiValue(record, value),
              ...(record.ttl !== undefined && { ttl: record.ttl }),
            },
            ownOptions,
          ),
        );
      });
    },
  } satisfies DnsHost;
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

/** DNS zones at Scaleway Domains and DNS. */
import "../sdk/scaleway";

import * as pulumi from "@pulumi/pulumi";
import { Record as DomainRecord, type RecordArgs } from "@pulumiverse/scaleway/domain/record";
import type { ConfigReader } from "../config-reader";
import { type Transform, transformed } from "../transform";
import { characterStrings, quotedCharacterStrings } from "./character-strings";
import type { DnsHost, DnsHostCapabilities, RecordSet } from "./dns-host";
import { mailExchangerInputs } from "./mail-exchanger";
import { oneRecordEach } from "./one-record-each";
import { canonicalZone, refuseRecord, relativeName } from "./zone";

export const capabilities: DnsHostCapabilities = {
  title: "Scaleway Domains and DNS",
  types: ["A", "AAAA", "CNAME", "MX", "PTR", "TXT"],
  minimumTtlSeconds: 60,
  expectedLagMinutes: 5,
  records: {
    unit: "value",
    replacedBy: ["dnsZone", "name", "type"],
    // After adding, the provider takes the id of the first record with that name, type and data.
    sameRecord: "shared",
    sources: [
      {
        source: "github.com/scaleway/terraform-provider-scaleway internal/services/domain/record.go",
        date: "2026-11-21",
      },
    ],
  },
  advice: "A zone that does not exist is created with the first record in it.",
  sources: [
    {
      source: "github.com/scaleway/terraform-provider-scaleway internal/services/domain/record.go",
      date: "2026-11-21",
    },
    {
      source: "github.com/scaleway/terraform-provider-scaleway internal/services/domain/types.go",
      date: "2026-11-21",
    },
  ],
};

export interface ScalewayDnsArgs {
  /** The DNS zone as it is called at Scaleway, for example `example.com`. */
  readonly zone: string;
  /** Changes the record just before it is made. */
  readonly transform?: { readonly record?: Transform<RecordArgs> };
}

/**
 * Publishes records in a zone at Scaleway.
 * @example
 * scalewayDns({ zone: "example.com" });
 */
export function scalewayDns(args: ScalewayDnsArgs): DnsHost {
  const zone = canonicalZone(args.zone);
  return {
    name: "scaleway",
    zone,
    capabilities,
    refuse: (record) => refuseRecord(zone, capabilities, record),
    publish: (name, record, options) =>
      oneRecordEach(name, record, options, (ownName, value, ownOptions) => {
        const made = transformed<RecordArgs>(
          args.transform?.record,
          ownName,
          {
            dnsZone: zone,
            name: relativeName(record.owner, zone, ""),
            type: record.type,
            ...data(record, value),
            ...(record.ttl !== undefined && { ttl: record.ttl }),
          },
          ownOptions,
        );
        return new DomainRecord(ownName, made.args, made.options);
      }),
  } satisfies DnsHost;
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
export function fromConfig(config: ConfigReader): DnsHost {
  return scalewayDns({ zone: config.text("zone") ?? "" });
}

/** Domains in Vultr DNS. */
import "./sdk";

import { DnsRecord, type DnsRecordArgs } from "@ediri/vultr/dnsRecord";
import { getDnsDomain } from "@ediri/vultr/getDnsDomain";
import * as pulumi from "@pulumi/pulumi";
import type { DnsHostConfigOf } from "../config-schema";
import type { DnsHost, RecordSet } from "../dns-host";
import { lookedUp } from "../internal/look-up";
import { quotedCharacterStrings } from "../internal/records/character-strings";
import { mailExchangerInputs } from "../internal/records/mail-exchanger";
import { type SdkDnsHostArgs, sdkDnsHost, valuePublisher } from "../internal/records/sdk-dns-host";
import { canonicalZone, relativeName } from "../internal/records/zone";
import { dnsCapabilities } from "./facts";

export type VultrDnsArgs = SdkDnsHostArgs<DnsRecordArgs>;

/**
 * Publishes records in a domain of Vultr DNS.
 * @example
 * vultrDns({ zone: "example.com" });
 */
export function vultrDns(args: VultrDnsArgs): DnsHost {
  const zone = canonicalZone(args.zone);
  return sdkDnsHost({
    name: "vultr",
    zone,
    capabilities: dnsCapabilities,
    lookUp: (wanted, options) => lookedUp(wanted, getDnsDomain({ domain: zone }, options)).apply(() => zone),
    publish: valuePublisher(
      DnsRecord,
      args.transform?.record,
      (record, value, domain) => ({
        domain,
        name: relativeName(record.owner, zone, ""),
        type: record.type,
        ...data(record, value),
        ...(record.ttl !== undefined && { ttl: record.ttl }),
      }),
      (record, options) => ({ ignoreChanges: ignored(record, options) }),
    ),
  });
}

/**
 * The API answers `priority: -1` for a record that has none (vultr/terraform-provider-vultr#295), and the plugin takes that
 * for a change at every `up`.
 */
function ignored({ type }: RecordSet, { ignoreChanges = [] }: pulumi.CustomResourceOptions): string[] {
  return type === "MX" ? ignoreChanges : [...ignoreChanges, "priority"];
}

function data(record: RecordSet, value: pulumi.Input<string>): Pick<DnsRecordArgs, "data" | "priority"> {
  switch (record.type) {
    case "MX": {
      const { exchange, preference } = mailExchangerInputs(record, value);
      return { data: exchange, priority: preference };
    }
    case "TXT":
      return { data: pulumi.output(value).apply(quotedCharacterStrings) };
    default:
      return { data: value };
  }
}

/** The DNS host as the stack's config describes it. */
export function fromConfig(config: DnsHostConfigOf): DnsHost {
  return vultrDns({ zone: config.text("zone") ?? "" });
}

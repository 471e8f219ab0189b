/**
 * Domains in Linode's DNS Manager. The apex is written as the domain itself: the plugin takes an empty name for "not given"
 * (`name` is Optional and Computed), so a record that is renamed to the apex would keep its old name. The API cuts the
 * domain off, which the plugin knows (`reconcileName` in `linode/domainrecord/resource.go` of v3.9.0).
 */
import "./sdk";
import { DomainRecord, type DomainRecordArgs } from "@pulumi/linode/domainRecord";
import { getDomains } from "@pulumi/linode/getDomains";
import * as pulumi from "@pulumi/pulumi";
import type { DnsHostConfigOf } from "../config-schema";
import type { DnsHost, RecordSet } from "../dns-host";
import { lookedUp } from "../internal/look-up";
import { mailExchangerInputs } from "../internal/records/mail-exchanger";
import { type SdkDnsHostArgs, sdkDnsHost, valuePublisher } from "../internal/records/sdk-dns-host";
import { canonicalZone, relativeName } from "../internal/records/zone";
import { dnsCapabilities } from "./facts";

export type LinodeDnsArgs = SdkDnsHostArgs<DomainRecordArgs>;

/**
 * Publishes records in a domain of Linode's DNS Manager.
 * @example
 * linodeDns({ zone: "example.com" });
 */
export function linodeDns(args: LinodeDnsArgs): DnsHost {
  const zone = canonicalZone(args.zone);
  return sdkDnsHost({
    name: "linode",
    zone,
    capabilities: dnsCapabilities,
    lookUp: (wanted, options) => lookedUp(wanted, domainIdOf(zone, options)).apply(String),
    publish: valuePublisher(DomainRecord, args.transform?.record, (record, value, domainId) => ({
      domainId: pulumi.output(domainId).apply(Number),
      name: relativeName(record.owner, zone, zone),
      recordType: record.type,
      ...target(record, value),
      ...(record.ttl !== undefined && { ttlSec: record.ttl }),
    })),
  });
}

/**
 * Looked for in the list of domains: asked for one that is not there, `getDomain` has the engine print an error of its own
 * above ours (`processDiagnostics` in pulumi-terraform-bridge `pkg/pf/tfbridge/provider_diagnostics.go`).
 */
async function domainIdOf(zone: string, options: pulumi.InvokeOptions): Promise<number> {
  const { domains } = await getDomains({ filters: [{ name: "domain", values: [zone] }] }, options);
  // No list under a user's mocks.
  if (domains !== undefined && domains[0] === undefined) {
    throw new Error("no such domain found in this account");
  }
  return domains?.[0]?.id ?? 0;
}

function target(record: RecordSet, value: pulumi.Input<string>): Pick<DomainRecordArgs, "target" | "priority"> {
  if (record.type !== "MX") {
    return { target: value };
  }
  const { exchange, preference } = mailExchangerInputs(record, value);
  return { target: exchange, priority: preference };
}

/** The DNS host as the stack's config describes it. */
export function fromConfig(config: DnsHostConfigOf): DnsHost {
  return linodeDns({ zone: config.text("zone") ?? "" });
}

/** Public managed zones in Google Cloud DNS. */
import "./sdk";

import { getManagedZone } from "@pulumi/gcp/dns/getManagedZone";
import { getManagedZones } from "@pulumi/gcp/dns/getManagedZones";
import { RecordSet as CloudDnsRecordSet, type RecordSetArgs } from "@pulumi/gcp/dns/recordSet";
import type * as pulumi from "@pulumi/pulumi";
import type { DnsHostConfigOf } from "../config-schema";
import type { DnsHost } from "../dns-host";
import { given } from "../internal/given";
import { knownId, lookedUp } from "../internal/look-up";
import { type SdkDnsHostArgs, sdkDnsHost, setPublisher } from "../internal/records/sdk-dns-host";
import { canonicalZone, zoneMissing } from "../internal/records/zone";
import { zoneFileValues } from "../internal/records/zone-file";
import { UserError } from "../internal/user-error";
import { dnsCapabilities, type dnsConfigKeys } from "./facts";

export interface CloudDnsArgs extends SdkDnsHostArgs<RecordSetArgs> {
  /** Name of the managed zone, as Google calls the resource. @default the public zone with this DNS name, looked up */
  readonly managedZone?: pulumi.Input<string>;
}

/**
 * Publishes records in a public managed zone of Cloud DNS.
 * @example
 * cloudDns({ zone: "example.com" });
 */
export function cloudDns(args: CloudDnsArgs): DnsHost {
  const zone = canonicalZone(args.zone);
  const { managedZone } = args;
  // An output is a zone that the program itself makes or found; a path, or a transform, may name another project.
  const isKnown = typeof managedZone !== "string" || managedZone.includes("/") || args.transform?.record !== undefined;
  return sdkDnsHost({
    name: "cloud-dns",
    package: "gcp",
    zone,
    capabilities: dnsCapabilities,
    known: isKnown ? managedZone : undefined,
    lookUp: (wanted, options) => {
      if (typeof managedZone === "string") {
        const ifMissing =
          "give the name of a managed zone of this project (stack config: managedZone), or leave it out";
        const found = getManagedZone({ name: managedZone }, options);
        return knownId({ ...wanted, what: `the managed zone ${managedZone}`, ifMissing }, managedZone, found);
      }
      return lookedUp(
        { ...wanted, ifMissing: zoneMissing("the managed zone's name (stack config: managedZone)") },
        getManagedZones({}, options),
      ).managedZones.apply((zones) => publicZone(zones, zone));
    },
    publish: setPublisher(CloudDnsRecordSet, args.transform?.record, (record, found) => ({
      managedZone: found,
      name: `${record.owner}.`,
      type: record.type,
      ttl: record.ttl ?? 300,
      rrdatas: zoneFileValues(record),
    })),
  });
}

interface ManagedZone {
  readonly name?: string;
  readonly dnsName: string;
  readonly visibility: string;
}

/**
 * The managed zone for a DNS name among those of the project.
 * @throws UserError when there is no public one, or more than one
 */
export function publicZone(zones: readonly ManagedZone[], zone: string): string {
  const found = zones.filter(
    ({ dnsName, visibility }) => dnsName.toLowerCase() === `${zone}.` && visibility === "public",
  );
  const [first] = found;
  if (first?.name !== undefined && found.length === 1) {
    return first.name;
  }
  const seen =
    found.length === 0
      ? `no public managed zone for ${zone}`
      : `${found.length} public managed zones for ${zone}: ${found.map(({ name }) => name).join(", ")}`;
  const fix =
    found.length === 0
      ? `gcloud dns managed-zones create NAME --dns-name=${zone}. --description="", and delegate ${zone} to its name servers`
      : "say which one as dns.managedZone";
  throw new UserError(`This project has ${seen}.\n  Fix: ${fix}.`);
}

/** The DNS host as the stack's config describes it: `zone`, and `managedZone` where the name alone does not find it. */
export function fromConfig(config: DnsHostConfigOf<typeof dnsConfigKeys>): DnsHost {
  return cloudDns({ zone: config.text("zone") ?? "", ...given({ managedZone: config.textInput("managedZone") }) });
}

/** Public DNS zones in Azure. */
import "./sdk";

import { getZone } from "@pulumi/azure-native/dns/getZone";
import { RecordSet as AzureRecordSet, type RecordSetArgs } from "@pulumi/azure-native/dns/recordSet";
import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../cloud";
import type { DnsHostConfigOf } from "../config-schema";
import type { DnsHost, RecordSet } from "../dns-host";
import { lookedUpWith } from "../internal/look-up";
import { characterStrings } from "../internal/records/character-strings";
import { mailExchangerInputs } from "../internal/records/mail-exchanger";
import { type SdkDnsHostArgs, sdkDnsHost, setPublisher } from "../internal/records/sdk-dns-host";
import { canonicalZone, relativeName, zoneMissing } from "../internal/records/zone";
import { dnsCapabilities, type dnsConfigKeys } from "./facts";

export interface AzureDnsArgs extends SdkDnsHostArgs<RecordSetArgs> {
  /** The resource group that holds it: Azure finds no zone without. */
  readonly resourceGroupName: pulumi.Input<string>;
}

/**
 * Publishes records in a public DNS zone at Azure.
 * @example
 * azureDns({ zone: "example.com", resourceGroupName: "dns" });
 */
export function azureDns(args: AzureDnsArgs): DnsHost {
  const zone = canonicalZone(args.zone);
  const { resourceGroupName } = args;
  return sdkDnsHost({
    name: "azure-dns",
    package: "azure-native",
    zone,
    capabilities: dnsCapabilities,
    problems: validateResourceGroup(args),
    lookUp: (wanted, options) =>
      lookedUpWith(
        () => ({ ...wanted, ifMissing: zoneMissing("its resource group (stack config: dnsResourceGroup)") }),
        resourceGroupName,
        (known) => getZone({ resourceGroupName: known, zoneName: zone }, options),
      ).name,
    publish: setPublisher(AzureRecordSet, args.transform?.record, (record, zoneName) => ({
      resourceGroupName,
      zoneName,
      relativeRecordSetName: relativeName(record.owner, zone),
      recordType: record.type,
      ttl: record.ttl ?? 300,
      ...records(record),
    })),
  });
}

function validateResourceGroup({ resourceGroupName }: AzureDnsArgs): Problem[] {
  if (resourceGroupName !== "" && resourceGroupName !== undefined) {
    return [];
  }
  return [
    {
      argument: "dns.resourceGroupName",
      message: "Azure finds a DNS zone by its name in its resource group, and no resource group was given",
      fix: "give the resource group that holds the zone (stack config: dnsResourceGroup)",
    },
  ];
}

/** Each type has a property of its own. */
function records(record: RecordSet): Partial<RecordSetArgs> {
  const { type, values } = record;
  const outputs = values.map((value) => pulumi.output(value));
  switch (type) {
    case "A":
      return { aRecords: outputs.map((ipv4Address) => ({ ipv4Address })) };
    case "AAAA":
      return { aaaaRecords: outputs.map((ipv6Address) => ({ ipv6Address })) };
    case "PTR":
      return { ptrRecords: outputs.map((ptrdname) => ({ ptrdname })) };
    case "MX":
      return { mxRecords: values.map((value) => mailExchangerInputs(record, value)) };
    case "TXT":
      return { txtRecords: outputs.map((value) => ({ value: value.apply(characterStrings) })) };
    case "CNAME": {
      const [cname] = outputs;
      return cname ? { cnameRecord: { cname } } : {};
    }
  }
}

/** The DNS host as the stack's config describes it: `zone` in `dnsResourceGroup`, or else in `resourceGroup`. */
export function fromConfig(config: DnsHostConfigOf<typeof dnsConfigKeys>): DnsHost {
  const resourceGroupName = config.textInput("dnsResourceGroup") ?? config.textInput("resourceGroup") ?? "";
  return azureDns({ zone: config.text("zone") ?? "", resourceGroupName });
}

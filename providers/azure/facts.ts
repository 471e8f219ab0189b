import { type ConfigSchema, sharedConfigKeys } from "../config-schema";
import type { ProviderFacts } from "../provider";
import { describeCloud, describeDnsHost } from "../provider";
import { stack } from "./stack";
import { azure as ticket } from "./ticket";

const guide = "https://learn.microsoft.com/en-us/azure/dns/dns-reverse-dns-for-azure-services";

export const cloudCapabilities = describeCloud({
  title: "Azure",
  reverse: {
    4: {
      how: "field",
      checksForward: "yes",
      afterDelete: "nothing-happens",
      // The PTR is set by a deployment, and a refresh reads the deployment's record, not the address that it changed.
      afterLoss: "replace",
      expectedLagMinutes: 10,
      nameRules: { finalDot: "required", lowerCase: false, maxLength: 253 },
      stableObject: "azure_native.network.PublicIPAddress, static",
      advice:
        'Azure checks the A record only when the PTR is set, so it does not notice later changes of the record. The address needs a domain name label. The PTR stays until the address is deleted or `az network public-ip update --reverse-fqdn ""` clears it.',
      sources: [
        { source: guide, date: "2026-11-21" },
        {
          source:
            "https://learn.microsoft.com/en-us/rest/api/resources/deployments/get (what `azure-native.resources.Deployment` reads)",
          date: "2026-11-21",
        },
        { source: "https://github.com/Azure/azure-cli/issues/6232", date: "2026-11-21" },
        { source: "https://github.com/MicrosoftDocs/azure-docs/issues/89139", date: "2026-11-21" },
      ],
    },
    6: {
      how: "none",
      checksForward: "no",
      afterDelete: "nothing-happens",
      expectedLagMinutes: 0,
      nameRules: { finalDot: "required", lowerCase: false, maxLength: 253 },
      stableObject: "none",
      advice: "leave ipv6 out and let the MTA send over IPv4 only; Azure sets a reverse FQDN only for IPv4 addresses",
      sources: [{ source: "https://github.com/MicrosoftDocs/azure-docs/issues/49316", date: "2026-11-21" }],
    },
  },
  port25: {
    policy: "by-subscription",
    advice:
      "Outgoing port 25 is open in Enterprise Agreement subscriptions and blocked in most others, where Azure recommends a relay through port 587.",
    sources: [
      {
        source: "https://learn.microsoft.com/en-us/azure/virtual-network/troubleshoot-outbound-smtp-connectivity",
        date: "2026-11-21",
      },
    ],
  },
  smtpOverIpv6: false,
  nat: {
    privateAddress: "networkInterface.ipConfigurations[0].privateIPAddress",
    sources: [
      {
        source:
          "https://github.com/ow2-proactive/connector-iaas/issues/51 (a machine does not know its public address)",
        date: "2026-11-22",
      },
    ],
  },
});

/** Keys of stack config that the cloud reads. */
export const configKeys = {
  location: { ...sharedConfigKeys.location, description: "region of a new address" },
  resourceGroup: { type: "text", description: "the resource group of the address", input: true },
  publicIp: { type: "text", description: "name of an existing public IP address in that resource group", input: true },
  label: { type: "text", description: "domain name label of a new address, unique in the region" },
} as const satisfies ConfigSchema;

export const dnsCapabilities = describeDnsHost({
  title: "Azure DNS",
  minimumTtlSeconds: 1,
  expectedLagMinutes: 1,
  records: {
    unit: "set",
    replacedBy: ["resourceGroupName", "zoneName", "relativeRecordSetName", "recordType"],
    // The plugin looks before it writes.
    sameRecord: "refused",
    refusedWith: /cannot create already existing (?:sub)?resource/,
    sources: [
      {
        source: "github.com/pulumi/pulumi-azure-native provider/pkg/azure/client_azcore.go (CanCreate)",
        date: "2026-11-21",
      },
    ],
  },
  sources: [
    { source: "https://learn.microsoft.com/en-us/azure/dns/dns-zones-records", date: "2026-11-21" },
    { source: "@pulumi/azure-native 3.28.0 dns/recordSet.d.ts", date: "2026-11-21" },
  ],
});

/** Keys of stack config that the DNS host reads. */
export const dnsConfigKeys = {
  dnsResourceGroup: {
    type: "text",
    description: "the resource group of the zone; empty means resourceGroup",
    input: true,
  },
  resourceGroup: { type: "text", description: "the resource group of the address", input: true },
} as const satisfies ConfigSchema;

export const facts: ProviderFacts<"fcrdns-azure-reverse-fqdn"> = {
  name: "azure",
  sdk: "@pulumi/azure-native",
  cloud: { capabilities: cloudCapabilities, configKeys },
  dns: { word: "azure-dns", capabilities: dnsCapabilities, configKeys: dnsConfigKeys },
  ticket,
  credentials: {
    title: "Azure",
    needs: "credentials",
    commands: ["az login", "pulumi config set azure-native:subscriptionId ID"],
    source: "https://www.pulumi.com/registry/packages/azure-native/installation-configuration/",
    date: "2026-11-21",
  },
  stack,
  defaultNames: {
    title: "Microsoft Azure",
    names: [
      { domain: "cloudapp.azure.com", source: "Azure documentation: public IP address DNS name label" },
      { domain: "cloudapp.net", source: "Azure documentation: cloud services" },
    ],
  },
};

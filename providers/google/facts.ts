import { type ConfigSchema, sharedConfigKeys } from "../config-schema";
import type { ProviderFacts } from "../provider";
import { describeCloud, describeDnsHost } from "../provider";
import { stack } from "./stack";
import { google as ticket } from "./ticket";

const ptrGuide = "https://cloud.google.com/compute/docs/instances/create-ptr-record";

const ownershipThread = "https://github.com/hashicorp/terraform-provider-google/issues/12204";

export const ownership =
  "Google sets a PTR only for a domain that the calling identity has proved to own (Google Search Console, https://search.google.com/search-console): for a service account, add its e-mail address there as an owner of the domain.";

export const cloudCapabilities = describeCloud({
  title: "Google Cloud",
  reverse: {
    4: {
      how: "field",
      checksForward: "no",
      domainOwnership: true,
      afterDelete: "generic-default",
      expectedLagMinutes: 10,
      genericDefault: "d.c.b.a.bc.googleusercontent.com",
      stableObject: "gcp.compute.Address as natIp of the machine's access config",
      advice: `${ownership} The PTR is a field of the primary network interface of a machine; load balancers and Cloud NAT have none. Changing it deletes and recreates the access config, which causes a short outage.`,
      sources: [
        { source: ptrGuide, date: "2026-11-21" },
        { source: ownershipThread, date: "2026-11-21" },
        {
          source:
            "github.com/hashicorp/terraform-provider-google-beta 93c65b2 google-beta/services/compute/compute_instance_helpers.go (flattenAccessConfigs), resource_compute_instance.go (update)",
          date: "2026-11-21",
        },
      ],
    },
    6: {
      how: "field",
      checksForward: "no",
      domainOwnership: true,
      afterDelete: "removed",
      // Of IPv6 access configs the update applies the security policy alone.
      afterLoss: "by-hand",
      expectedLagMinutes: 10,
      stableObject: "gcp.compute.Address (IPv6, for a VM) of the machine's IPv6 access config",
      advice: `${ownership} The subnetwork must be dual-stack with external IPv6, in the premium tier. The plugin sets the PTR when it makes the machine and never changes it: \`gcloud compute instances update-access-config MACHINE --ipv6-public-ptr-domain=mail.example.com.\` does. A run with a new host name publishes its records and stops with this command; after it, \`pulumi up --refresh\` does the rest.`,
      sources: [
        { source: ptrGuide, date: "2026-11-21" },
        {
          source:
            "github.com/hashicorp/terraform-provider-google-beta 93c65b2 google-beta/services/compute/resource_compute_instance.go (update has no step for ipv6_access_config), compute_instance_helpers.go (flattenIpv6AccessConfigs)",
          date: "2026-11-21",
        },
        {
          source: "https://cloud.google.com/sdk/gcloud/reference/compute/instances/update-access-config",
          date: "2026-11-21",
        },
        { source: "@pulumi/gcp 9.37.0 compute/instance.d.ts, ipv6AccessConfigs", date: "2026-11-21" },
      ],
    },
  },
  port25: {
    policy: "blocked",
    advice:
      "Outgoing port 25 is blocked for machines on Google Cloud: mail cannot be sent to port 25 of other hosts. Relay through a host elsewhere on port 587 or 465, or send from another cloud.",
    sources: [{ source: "https://cloud.google.com/compute/docs/tutorials/sending-mail", date: "2026-11-21" }],
  },
  smtpOverIpv6: false,
  nat: {
    privateAddress: "instance.networkInterfaces[0].networkIp",
    sources: [
      { source: "https://cloud.google.com/compute/docs/ip-addresses", date: "2026-11-22" },
      { source: "@pulumi/gcp 9.37.0 types/output.d.ts (an access config is ONE_TO_ONE_NAT)", date: "2026-11-22" },
    ],
  },
});

/** Keys of stack config that the cloud reads. */
export const configKeys = {
  location: { ...sharedConfigKeys.location, description: "region of the address" },
  subnetwork: {
    type: "text",
    description: "subnetwork of the machine; for IPv6 it must be dual-stack with external IPv6",
    input: true,
  },
  machineType: { type: "text", description: "type of the machine whose interface carries the PTR" },
  machineZone: { type: "text", description: "zone of that machine" },
} as const satisfies ConfigSchema;

export const dnsCapabilities = describeDnsHost({
  title: "Google Cloud DNS",
  minimumTtlSeconds: 0,
  expectedLagMinutes: 2,
  records: {
    unit: "set",
    replacedBy: ["managedZone", "name", "project"],
    sameRecord: "overwritten",
    // The API's own answer, where somebody else creates the set at the same moment.
    refusedWith: /alreadyExists|already exists/,
    sources: [
      {
        source:
          "github.com/hashicorp/terraform-provider-google-beta 93c65b2 google-beta/services/dns/resource_dns_record_set.go (Create deletes the set that is there; a 404 or an empty list leaves the state); @pulumi/gcp 9.37.0 dns/recordSet.d.ts says the same",
        date: "2026-11-21",
      },
      { source: "https://github.com/hashicorp/terraform-provider-google/issues/9112", date: "2026-11-21" },
    ],
  },
  advice:
    "Its Pulumi provider overwrites an existing record set with the same name and type when it creates the stack's record set.",
  sources: [
    { source: "https://cloud.google.com/dns/docs/records", date: "2026-11-21" },
    { source: "@pulumi/gcp 9.37.0 dns/recordSet.d.ts", date: "2026-11-21" },
  ],
});

/** Keys of stack config that the DNS host reads. */
export const dnsConfigKeys = {
  managedZone: { type: "text", description: "name of the managed zone, if its DNS name is ambiguous", input: true },
} as const satisfies ConfigSchema;

export const facts: ProviderFacts = {
  name: "google",
  sdk: "@pulumi/gcp",
  cloud: { capabilities: cloudCapabilities, configKeys },
  dns: { word: "cloud-dns", capabilities: dnsCapabilities, configKeys: dnsConfigKeys },
  ticket,
  credentials: {
    title: "Google Cloud",
    needs: "credentials",
    commands: ["gcloud auth application-default login", "pulumi config set gcp:project PROJECT"],
    source: "https://www.pulumi.com/registry/packages/gcp/installation-configuration/",
    date: "2026-11-21",
  },
  stack,
  defaultNames: {
    title: "Google Cloud",
    names: [
      { domain: "bc.googleusercontent.com", source: "Google Cloud documentation: PTR records" },
      { domain: "googleusercontent.com", source: "seen in reverse DNS" },
    ],
  },
};

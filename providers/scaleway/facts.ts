import { type ConfigSchema, sharedConfigKeys } from "../config-schema";
import type { ProviderFacts } from "../provider";
import { describeCloud, describeDnsHost, type ReverseFacts } from "../provider";
import { stack } from "./stack";
import { scaleway as ticket } from "./ticket";

const reverse: ReverseFacts = {
  how: "resource",
  checksForward: "yes",
  afterDelete: "generic-default",
  expectedLagMinutes: 60,
  genericDefault: "<uuid>.pub.instances.scw.cloud",
  stableObject: "scaleway.instance.Ip",
  advice:
    "If the PTR moves to another address, Scaleway's Pulumi provider leaves it on the old one; this library replaces it. A PTR that was refused is in the state as if it was set, and another `pulumi up` does not send it. A refresh takes a 403 for deleted: with a key that lost its permission, the next `pulumi up` creates another address.",
  sources: [
    { source: "https://www.pulumi.com/registry/packages/scaleway/api-docs/instance/ipreversedns/", date: "2026-11-21" },
    {
      source:
        "github.com/scaleway/terraform-provider-scaleway 0fa15ed internal/services/instance/ip_reverse_dns.go (Read sets `reverse`)",
      date: "2026-11-21",
    },
  ],
};

export const cloudCapabilities = describeCloud({
  title: "Scaleway",
  reverse: {
    4: reverse,
    6: {
      ...reverse,
      afterDelete: "removed",
      // `Read` keeps host name and address in the state when the block's list does not hold them (lines 120 to 130).
      afterLoss: "replace",
      lateDeleteErases: true,
      genericDefault: null,
      stableObject: "scaleway.instance.Ip of type routed_ipv6",
      advice:
        "Use only one PTR per IPv6 block: the provider sends the whole list of the block each time, so a second PTR erases the first. Give every sending address its own block.",
      sources: [
        {
          source:
            "github.com/scaleway/terraform-provider-scaleway 2ec0a9a internal/services/ipam/ip_reverse_dns.go (Read)",
          date: "2026-11-21",
        },
      ],
    },
  },
  port25: {
    policy: "blocked-by-default",
    advice:
      "Ports 25, 465 and 587 are blocked; after identity verification set `enableDefaultSecurity: false` on the security group.",
    sources: [
      {
        source: "github.com/scaleway/docs-content pages/instances/how-to/send-emails-from-your-instance.mdx",
        date: "2026-11-21",
      },
    ],
  },
  smtpOverIpv6: true,
});

/** Keys of stack config that the cloud reads. */
export const configKeys = {
  location: { ...sharedConfigKeys.location, description: "zone of new addresses, for example fr-par-1" },
  ipId: { type: "text", description: "id of an existing flexible IPv4 address, instead of a new one", input: true },
  ipamIpId: { type: "text", description: "id in IPAM of the IPv6 address", input: true },
} as const satisfies ConfigSchema;

export const dnsCapabilities = describeDnsHost({
  title: "Scaleway Domains and DNS",
  minimumTtlSeconds: 60,
  expectedLagMinutes: 5,
  records: {
    unit: "value",
    replacedBy: ["dnsZone", "name", "type"],
    // After adding, the provider takes the id of the first record with that name, type and data. `resourceDomainRecordRead`
    // drops a record on 404 and on 403 alike (seen with the plugin of 2.79.0).
    sameRecord: "shared",
    sources: [
      {
        source: "github.com/scaleway/terraform-provider-scaleway internal/services/domain/record.go",
        date: "2026-11-21",
      },
    ],
  },
  advice:
    "Its plugin drops a record from the state when a refresh answers 403 (a key that lost its permission is enough), and the next `up` publishes it again; the first one stays, even after a destroy.",
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
});

export const facts: ProviderFacts = {
  name: "scaleway",
  sdk: "@pulumiverse/scaleway",
  cloud: { capabilities: cloudCapabilities, configKeys },
  dns: { capabilities: dnsCapabilities },
  ticket,
  credentials: {
    title: "Scaleway",
    needs: "an access key and its secret key",
    commands: ["pulumi config set scaleway:accessKey KEY", "pulumi config set scaleway:secretKey --secret"],
    anyOf: [
      ["scaleway:accessKey|SCW_ACCESS_KEY", "scaleway:secretKey|SCW_SECRET_KEY"],
      ["scaleway:profile"],
      ["SCW_PROFILE"],
      ["SCW_CONFIG_PATH"],
    ],
    files: ["$XDG_CONFIG_HOME/scw/config.yaml", "~/.config/scw/config.yaml"],
    source: "@pulumiverse/scaleway 1.54.0 provider.js; github.com/scaleway/scaleway-sdk-go scw/env.go, scw/path.go",
    date: "2026-11-21",
  },
  stack,
  defaultNames: {
    title: "Scaleway",
    names: [
      {
        domain: "scw.cloud",
        // Its web hosting sends from hosts of its own there, such as pf-012.whm.fr-par.scw.cloud.
        labels: /(?:^|\.)(?:instances|baremetal)(?:\.|$)/,
        source: "Scaleway documentation: default reverse of Instances",
      },
      { domain: "poneytelecom.eu", source: "seen in reverse DNS" },
      { domain: "dedibox.fr", labels: /^sd-\d+$/, source: "seen in reverse DNS" },
    ],
  },
};

import { type ConfigSchema, sharedConfigKeys } from "../config-schema";
import type { ProviderFacts } from "../provider";
import { describeCloud, describeDnsHost, type ReverseFacts } from "../provider";
import { stack } from "./stack";
import { linode as ticket } from "./ticket";

const reverse: ReverseFacts = {
  how: "resource",
  checksForward: "yes",
  afterDelete: "generic-default",
  expectedLagMinutes: 60,
  nameRules: { finalDot: "forbidden", lowerCase: false, maxLength: 254 },
  genericDefault: "a-b-c-d.ip.linodeusercontent.com",
  stableObject: "linode.NetworkingIp with reserved: true",
  advice:
    "`Rdns` without `waitForAvailable` fails at once if Linode's resolver does not see the forward record; with it, every refusal is retried for 15 minutes, even a permanent one.",
  sources: [
    { source: "https://www.pulumi.com/registry/packages/linode/api-docs/rdns/", date: "2026-11-21" },
    {
      source:
        "github.com/linode/terraform-provider-linode 6aef35f linode/rdns/framework_resource.go, framework_models.go (Read takes `rdns` from the API)",
      date: "2026-11-21",
    },
  ],
};

export const cloudCapabilities = describeCloud({
  title: "Linode (Akamai)",
  reverse: {
    4: reverse,
    6: {
      ...reverse,
      genericDefault: null,
      stableObject: "a host of linode.Ipv6Range; the SLAAC address lives as long as its Linode",
      advice:
        "An IPv6 address belongs to a Linode: its own SLAAC address, or a host of a /64 or /56 range that is routed to it. Configure the host address of a range on the machine. Another `linode` replaces the range: it is another network then.",
    },
  },
  port25: {
    policy: "blocked-by-default",
    advice:
      "Ports 25, 465 and 587 are blocked on new accounts; ask support to open them once the A record and rDNS are set.",
    sources: [{ source: "https://github.com/postalserver/docs/issues/46", date: "2026-11-21" }],
  },
  smtpOverIpv6: true,
});

/** Keys of stack config that the cloud reads. */
export const configKeys = {
  location: { ...sharedConfigKeys.location, description: "region of a new reserved address" },
  linode: { type: "number", description: "number of the Linode that has the addresses or gets new ones", input: true },
  address: { ...sharedConfigKeys.address, description: "an existing IPv4 address, instead of a new one", input: true },
  ipv6Address: { ...sharedConfigKeys.ipv6Address, description: "an existing IPv6 address", input: true },
} as const satisfies ConfigSchema;

export const dnsCapabilities = describeDnsHost({
  title: "Linode DNS Manager",
  minimumTtlSeconds: 30,
  expectedLagMinutes: 15,
  records: {
    unit: "value",
    replacedBy: ["domainId", "recordType"],
    sameRecord: "added",
    sources: [
      {
        source: "github.com/linode/terraform-provider-linode linode/domainrecord/schema_resource.go",
        date: "2026-11-21",
      },
    ],
  },
  advice:
    "TTLs are rounded to 30, 120, 300, 3600, 7200 ... seconds. Zone files are rebuilt every few minutes, so a change becomes visible late.",
  sources: [
    {
      source: "github.com/linode/terraform-provider-linode linode/domainrecord/schema_resource.go",
      date: "2026-11-21",
    },
    { source: "github.com/linode/terraform-provider-linode linode/domainrecord/resource.go", date: "2026-11-21" },
  ],
});

export const facts: ProviderFacts<"fcrdns-linode-wait"> = {
  name: "linode",
  sdk: "@pulumi/linode",
  cloud: { capabilities: cloudCapabilities, configKeys },
  dns: { capabilities: dnsCapabilities },
  ticket,
  credentials: {
    title: "Linode",
    needs: "an API token",
    commands: ["pulumi config set linode:token --secret"],
    anyOf: [["linode:token"], ["linode:configPath"], ["LINODE_TOKEN"]],
    files: ["~/.config/linode"],
    source: "github.com/linode/terraform-provider-linode 3.9.0 linode/provider.go (handleDefault)",
    date: "2026-11-21",
  },
  stack,
  defaultNames: {
    title: "Akamai (Linode)",
    names: [
      { domain: "ip.linodeusercontent.com", source: "Linode documentation: rDNS" },
      { domain: "members.linode.com", source: "seen in reverse DNS" },
    ],
  },
};

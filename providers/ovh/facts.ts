import { type ConfigSchema, sharedConfigKeys } from "../config-schema";
import type { ProviderFacts } from "../provider";
import { describeCloud, describeDnsHost, type ReverseFacts } from "../provider";
import { stack } from "./stack";
import { ovh as ticket } from "./ticket";

export const reverse: ReverseFacts = {
  how: "resource",
  checksForward: "yes",
  afterDelete: "generic-default",
  lateDeleteErases: true,
  expectedLagMinutes: 30,
  nameRules: { finalDot: "required", lowerCase: true, maxLength: 63 },
  genericDefault: "vps-xxxxxxxx.vps.ovh.net, nsN.ip-a-b-c.eu",
  stableObject: "an Additional IP; ovh.ip.Move moves it between services",
  advice:
    "OVHcloud sets the PTR only if A and AAAA of the name have the address. Every change of `ip.Reverse` replaces it, and deleting the old one resets the PTR: it must be deleted before the new one is created.",
  sources: [
    { source: "github.com/ovh/docs, guide on configuring reverse DNS", date: "2026-08-21" },
    {
      source:
        "github.com/ovh/terraform-provider-ovh a1ae5bc ovh/resource_ip_reverse.go (Read sets `reverse`, a 404 leaves the state)",
      date: "2026-11-21",
    },
    { source: "https://github.com/ovh/terraform-provider-ovh/issues/1020", date: "2026-11-21" },
  ],
};

export const cloudCapabilities = describeCloud({
  title: "OVHcloud",
  reverse: {
    4: reverse,
    6: {
      ...reverse,
      afterDelete: "removed",
      genericDefault: null,
      stableObject: "the server's own block",
      advice: "Give the block that OVHcloud lists for the server (`/64`, on a VPS `/128`), not the address alone.",
    },
  },
  port25: {
    policy: "unknown",
    advice:
      "Usually open, monitored by an anti-spam system that blocks it after complaints; ask support about your service.",
    sources: [],
  },
  smtpOverIpv6: true,
});

/** Keys of stack config that the cloud reads. */
export const configKeys = {
  address: { ...sharedConfigKeys.address, required: true, input: true },
  block: {
    type: "text",
    description: "the block that the IPv4 address belongs to, for example 203.0.113.7/32",
    input: true,
  },
  ipv6Address: { ...sharedConfigKeys.ipv6Address, input: true },
  ipv6Block: {
    type: "text",
    description: "the block that the IPv6 address belongs to, if it is not a /64",
    input: true,
  },
} as const satisfies ConfigSchema;

export const dnsCapabilities = describeDnsHost({
  title: "OVHcloud DNS",
  minimumTtlSeconds: 60,
  expectedLagMinutes: 10,
  records: {
    unit: "value",
    replacedBy: ["zone", "fieldtype"],
    sameRecord: "added",
    sources: [
      { source: "github.com/ovh/terraform-provider-ovh ovh/resource_domain_zone_record.go", date: "2026-11-21" },
    ],
  },
  advice: "A change is served after a refresh of the zone, which the provider requests with every record.",
  sources: [
    { source: "github.com/ovh/terraform-provider-ovh ovh/resource_domain_zone_record.go", date: "2026-11-21" },
    { source: "https://github.com/ovh/terraform-provider-ovh/issues/1290", date: "2026-08-21" },
  ],
});

export const facts: ProviderFacts<"fcrdns-ovh-reverse-value"> = {
  name: "ovh",
  sdk: "@ovhcloud/pulumi-ovh",
  cloud: { capabilities: cloudCapabilities, configKeys },
  dns: { capabilities: dnsCapabilities },
  ticket,
  credentials: {
    title: "OVHcloud",
    needs: "API credentials",
    commands: [
      "pulumi config set ovh:endpoint ovh-eu",
      "pulumi config set ovh:applicationKey --secret",
      "pulumi config set ovh:applicationSecret --secret",
      "pulumi config set ovh:consumerKey --secret",
    ],
    anyOf: [
      ["ovh:applicationKey|OVH_APPLICATION_KEY", "ovh:applicationSecret|OVH_APPLICATION_SECRET"],
      ["ovh:clientId|OVH_CLIENT_ID", "ovh:clientSecret|OVH_CLIENT_SECRET"],
      ["ovh:accessToken|OVH_ACCESS_TOKEN"],
    ],
    files: ["ovh.conf", "~/.ovh.conf", "/etc/ovh.conf"],
    source: "github.com/ovh/go-ovh ovh/configuration.go",
    date: "2026-11-21",
  },
  stack,
  defaultNames: {
    title: "OVHcloud",
    names: [
      { domain: "vps.ovh.net", source: "OVHcloud documentation: reverse" },
      { domain: "vps.ovh.ca", source: "seen in reverse DNS" },
      { domain: "vps.ovh.us", source: "seen in reverse DNS" },
      { domain: "ovh.net", labels: /^(?:vps|ns|ks|ip)[\d-]+$/, source: "seen in reverse DNS" },
      { domain: "kimsufi.com", labels: /^(?:ns|ks)\d+$/, source: "seen in reverse DNS" },
    ],
  },
};

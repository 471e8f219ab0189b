import { type ConfigSchema, sharedConfigKeys } from "../config-schema";
import type { ProviderFacts } from "../provider";
import { describeCloud, describeDnsHost, type ReverseFacts } from "../provider";
import { stack } from "./stack";
import { vultr as ticket } from "./ticket";

const reverse: ReverseFacts = {
  how: "resource",
  checksForward: "unknown",
  afterDelete: "generic-default",
  lateDeleteErases: true,
  expectedLagMinutes: 720,
  nameRules: { finalDot: "forbidden", lowerCase: false, maxLength: 253 },
  genericDefault: "a.b.c.d.vultrusercontent.com",
  stableObject: "vultr.ReservedIp",
  advice:
    "Every change of `ReverseIpv4` replaces it, and deleting the old one resets the PTR: it must be deleted before the new one is created. A new PTR takes 6 to 12 hours to become visible, so set a long deadline.",
  sources: [
    { source: "https://docs.vultr.com/reference/terraform/resources/reverse_ipv4", date: "2026-11-21" },
    {
      source:
        "github.com/vultr/terraform-provider-vultr f670e5b vultr/resource_vultr_reverse_ipv4.go (Read sets `reverse`)",
      date: "2026-11-21",
    },
  ],
};

export const cloudCapabilities = describeCloud({
  title: "Vultr",
  reverse: {
    4: reverse,
    6: {
      ...reverse,
      afterDelete: "removed",
      genericDefault: null,
      advice:
        "The provider compares IPv6 addresses as text, so the address is passed in full. Every change replaces the PTR, and deleting the old one removes it.",
      sources: [
        {
          source:
            "github.com/vultr/terraform-provider-vultr f670e5b vultr/resource_vultr_reverse_ipv6.go (one that is gone leaves the state)",
          date: "2026-11-21",
        },
        { source: "https://github.com/vultr/terraform-provider-vultr/pull/729", date: "2026-11-21" },
      ],
    },
  },
  port25: {
    policy: "blocked-by-default",
    advice: "Port 25 is blocked; ask support to open it with the purpose of the mail. Some requests are rejected.",
    sources: [{ source: "https://github.com/LukeSmithxyz/emailwiz/issues/172", date: "2026-11-21" }],
  },
  smtpOverIpv6: true,
});

/** Keys of stack config that the cloud reads. */
export const configKeys = {
  instance: { type: "text", description: "id of the instance that sends mail", required: true, input: true },
  location: {
    ...sharedConfigKeys.location,
    description: "region of the instance, to create new reserved addresses there instead of using the instance's own",
  },
} as const satisfies ConfigSchema;

export const dnsCapabilities = describeDnsHost({
  title: "Vultr DNS",
  types: ["A", "AAAA", "CNAME", "MX", "TXT"],
  minimumTtlSeconds: 120,
  expectedLagMinutes: 5,
  records: {
    unit: "value",
    replacedBy: ["domain", "type"],
    sameRecord: "added",
    sources: [
      { source: "github.com/vultr/terraform-provider-vultr vultr/resource_vultr_dns_records.go", date: "2026-11-21" },
    ],
  },
  advice:
    "It does not support PTR records, so it cannot host your own reverse zone. Its plugin drops a record from the state when a refresh cannot read it (an API error is enough), and the next `up` would publish it again: a second SPF record is refused before anything is made.",
  sources: [
    { source: "github.com/vultr/terraform-provider-vultr vultr/resource_vultr_dns_records.go", date: "2026-11-21" },
    { source: "github.com/go-acme/lego providers/dns/vultr (TTL, quoting)", date: "2026-08-21" },
  ],
});

export const facts: ProviderFacts<"fcrdns-vultr-expanded-ipv6"> = {
  name: "vultr",
  sdk: "@ediri/vultr",
  cloud: { capabilities: cloudCapabilities, configKeys },
  dns: { capabilities: dnsCapabilities },
  ticket,
  credentials: {
    title: "Vultr",
    needs: "an API key",
    commands: ["pulumi config set vultr:apiKey --secret"],
    anyOf: [["vultr:apiKey"], ["VULTR_API_KEY"]],
    source: "github.com/vultr/terraform-provider-vultr e0047a3 vultr/provider.go",
    date: "2026-11-21",
  },
  stack,
  defaultNames: {
    title: "Vultr",
    names: [
      { domain: "vultrusercontent.com", source: "Vultr documentation: reverse DNS" },
      { domain: "vultr.com", labels: /^\d+\.\d+\.\d+\.\d+$/, source: "seen in reverse DNS" },
    ],
  },
};

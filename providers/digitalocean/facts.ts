import { type ConfigSchema, sharedConfigKeys } from "../config-schema";
import type { ProviderFacts } from "../provider";
import { describeCloud, describeDnsHost } from "../provider";
import { stack } from "./stack";
import { digitalocean as ticket } from "./ticket";

const glossary = "https://docs.digitalocean.com/glossary/ptr-record/";

const reverse = {
  how: "field",
  checksForward: "unknown",
  afterDelete: "removed",
  // The API answers no PTR, only the droplet's name.
  afterLoss: "rename",
  expectedLagMinutes: 10,
  nameRules: { finalDot: "forbidden", lowerCase: false, maxLength: 253 },
  stableObject: "digitalocean.Droplet, for as long as it lives",
} as const;

export const cloudCapabilities = describeCloud({
  title: "DigitalOcean",
  reverse: {
    4: {
      ...reverse,
      advice:
        "The PTR is the droplet's name, so give the droplet the full host name. A reserved IP has no PTR, and mail is sent from the droplet's own address anyway. Changing image, region, SSH keys or user data creates a new droplet with a new address. If you switch IPv6 off here, it stays on at the droplet, because switching it off would also create a new droplet.",
      sources: [
        { source: glossary, date: "2026-11-21" },
        { source: "github.com/digitalocean/openapi specification/resources/droplets", date: "2026-11-21" },
        {
          source:
            "github.com/digitalocean/terraform-provider-digitalocean 401992a digitalocean/droplet/resource_droplet.go (Read knows no PTR)",
          date: "2026-11-21",
        },
      ],
    },
    6: {
      ...reverse,
      advice:
        "Only the first of a droplet's 16 addresses gets a PTR, and SMTP over IPv6 is blocked: publish no AAAA for a mail server.",
      sources: [
        { source: glossary, date: "2026-11-21" },
        { source: "https://docs.digitalocean.com/support/why-is-smtp-blocked/", date: "2026-11-21" },
      ],
    },
  },
  port25: {
    policy: "blocked-by-default",
    advice: "Ports 25, 465 and 587 are blocked on new accounts, also through a reserved IP; ask support to open them.",
    sources: [{ source: "https://docs.digitalocean.com/support/why-is-smtp-blocked/", date: "2026-11-21" }],
  },
  smtpOverIpv6: false,
});

/** Keys of stack config that the cloud reads. */
export const configKeys = {
  droplet: { type: "text", description: "number of an existing droplet; its name must be the host name", input: true },
  location: { ...sharedConfigKeys.location, description: "region of a new droplet" },
  size: { type: "text", description: "size of a new droplet" },
  image: { type: "text", description: "image of a new droplet" },
} as const satisfies ConfigSchema;

export const dnsCapabilities = describeDnsHost({
  title: "DigitalOcean DNS",
  types: ["A", "AAAA", "CNAME", "MX", "TXT"],
  minimumTtlSeconds: 30,
  expectedLagMinutes: 1,
  records: {
    unit: "value",
    replacedBy: ["domain", "type"],
    // The API refuses some duplicates and takes others; delete first is right for both.
    sameRecord: "refused",
    sources: [
      {
        source: "github.com/digitalocean/terraform-provider-digitalocean digitalocean/domain/resource_record.go",
        date: "2026-11-21",
      },
    ],
  },
  sources: [
    { source: "https://docs.digitalocean.com/products/networking/dns/how-to/manage-records/", date: "2026-11-21" },
    { source: "@pulumi/digitalocean 4.80.1 dnsRecord.d.ts", date: "2026-11-21" },
  ],
});

export const facts: ProviderFacts<"fcrdns-droplet-name"> = {
  name: "digitalocean",
  sdk: "@pulumi/digitalocean",
  cloud: { capabilities: cloudCapabilities, configKeys },
  dns: { capabilities: dnsCapabilities },
  ticket,
  credentials: {
    title: "DigitalOcean",
    needs: "an API token",
    commands: ["pulumi config set digitalocean:token --secret"],
    anyOf: [["digitalocean:token"], ["DIGITALOCEAN_TOKEN"], ["DIGITALOCEAN_ACCESS_TOKEN"]],
    source: "github.com/digitalocean/terraform-provider-digitalocean 2.96.0 digitalocean/provider.go",
    date: "2026-11-21",
  },
  stack,
};

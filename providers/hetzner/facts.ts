import { type ConfigSchema, sharedConfigKeys } from "../config-schema";
import { relativeName } from "../internal/records/zone";
import type { ProviderFacts } from "../provider";
import { describeCloud, describeDnsHost } from "../provider";
import { stack } from "./stack";
import { hetzner as ticket } from "./ticket";

export const cloudCapabilities = describeCloud({
  title: "Hetzner Cloud",
  reverse: {
    4: {
      how: "resource",
      checksForward: "no",
      afterDelete: "generic-default",
      lateDeleteErases: true,
      expectedLagMinutes: 5,
      genericDefault: "static.d.c.b.a.clients.your-server.de",
      stableObject: "hcloud.PrimaryIp with autoDelete: false",
      advice: "Set the PTR on the primary IP, not on the server, so that it outlives the server.",
      sources: [
        {
          source: "https://docs.hetzner.cloud/reference/cloud#primary-ip-actions-change-reverse-dns",
          date: "2026-08-18",
        },
        {
          source: "github.com/hetznercloud/terraform-provider-hcloud f81c9af internal/rdns/resource.go (Read, Update)",
          date: "2026-11-21",
        },
      ],
    },
    6: {
      how: "resource",
      checksForward: "no",
      afterDelete: "removed",
      lateDeleteErases: true,
      expectedLagMinutes: 5,
      stableObject: "hcloud.PrimaryIp with autoDelete: false",
      advice:
        "`PrimaryIp.ipAddress` is the network of an IPv6 address (`2001:db8::`); set the PTR for the host address that sends mail (`2001:db8::1`).",
      sources: [
        { source: "github.com/hetznercloud/terraform-provider-hcloud internal/primaryip/model.go", date: "2026-08-17" },
      ],
    },
  },
  port25: {
    policy: "blocked-by-default",
    advice: "Ports 25 and 465 are blocked on new accounts; ask for them in the console after the first paid invoice.",
    sources: [{ source: "https://docs.hetzner.com/cloud/servers/faq/", date: "2026-08-18" }],
  },
  smtpOverIpv6: true,
});

const eachFamily = {
  v4: { type: "number", description: "number of the IPv4 address", input: true },
  v6: { type: "number", description: "number of the IPv6 address", input: true },
} as const satisfies ConfigSchema;

/** Keys of stack config that the cloud reads. */
export const configKeys = {
  location: { ...sharedConfigKeys.location, description: "where a new address is created", default: "fsn1" },
  server: {
    type: "number",
    description: "number of an existing server; the PTRs are set on its own addresses",
    input: true,
  },
  primaryIps: {
    type: "object",
    description: "numbers of existing primary IPs, instead of new ones: pulumi config set --path 'primaryIps.v4' 4711",
    fields: eachFamily,
  },
  floatingIps: {
    type: "object",
    description:
      "numbers of existing floating IPs, instead of new ones: pulumi config set --path 'floatingIps.v4' 4711",
    fields: eachFamily,
  },
} as const satisfies ConfigSchema;

export const dnsCapabilities = describeDnsHost({
  title: "Hetzner DNS",
  minimumTtlSeconds: 60,
  expectedLagMinutes: 1,
  // TXT alone is held value by value, so that SPF joins whatever text is there.
  records: {
    unit: "set",
    textJoins: true,
    replacedBy: ["zone", "name", "type"],
    sameRecord: "refused",
    // The error's code, in brackets behind its message.
    refusedWith: /uniqueness_error/,
    importing: {
      type: "hcloud:index/zoneRrset:ZoneRrset",
      // Text is a `ZoneRecord`: "Import with ID not supported." (internal/zonerecord/resource.go, ImportState).
      id: ({ zone, owner, type }) => (type === "TXT" ? undefined : `${zone}/${relativeName(owner, zone)}/${type}`),
    },
    sources: [
      {
        source:
          "github.com/hetznercloud/terraform-provider-hcloud internal/zonerrset/resource.go (RequiresReplace, ImportState), internal/zonerecord/resource.go",
        date: "2026-11-21",
      },
      { source: "https://docs.hetzner.cloud/reference/cloud#errors", date: "2026-11-21" },
    ],
  },
  sources: [{ source: "https://docs.hetzner.cloud/reference/cloud#zone-rrsets", date: "2026-08-18" }],
});

export const facts: ProviderFacts = {
  name: "hetzner",
  sdk: "@pulumi/hcloud",
  isDefault: true,
  cloud: { capabilities: cloudCapabilities, configKeys },
  dns: { capabilities: dnsCapabilities },
  ticket,
  credentials: {
    title: "Hetzner Cloud",
    needs: "an API token",
    commands: ["pulumi config set hcloud:token --secret"],
    anyOf: [["hcloud:token"], ["HCLOUD_TOKEN"]],
    source: "github.com/hetznercloud/terraform-provider-hcloud 1.66.1 internal/provider/provider.go",
    date: "2026-11-21",
  },
  stack,
  defaultNames: {
    title: "Hetzner",
    names: [{ domain: "clients.your-server.de", source: "Hetzner documentation: reverse DNS" }],
  },
};

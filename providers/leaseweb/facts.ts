import type { ConfigSchema } from "../config-schema";
import { restConfigKeys } from "../internal/rest/config-keys";
import type { ProviderFacts } from "../provider";
import { describeCloud } from "../provider";
import { leaseweb as rest } from "./api";
import { stack } from "./stack";
import { leaseweb as ticket } from "./ticket";

const sources = [{ source: "github.com/leaseweb/leaseweb-go-sdk ipmgmt/api/openapi.yaml", date: "2026-11-21" }];

export const cloudCapabilities = describeCloud({
  title: "Leaseweb",
  reverse: {
    4: {
      how: "rest",
      checksForward: "unknown",
      afterDelete: "nothing-happens",
      expectedLagMinutes: 60,
      genericDefault: "hosted-by.leaseweb.com",
      stableObject: "a floating IP",
      advice: "An IPv4 PTR cannot be deleted by the API: the previous one is restored.",
      sources,
    },
    6: {
      how: "rest",
      checksForward: "unknown",
      afterDelete: "removed",
      expectedLagMinutes: 60,
      stableObject: "the range",
      advice: "IPv6 PTRs are listed under the assigned range: give it as ipv6Range.",
      sources,
    },
  },
  port25: { policy: "unknown", advice: "Not known; ask support.", sources },
  smtpOverIpv6: true,
});

/** Keys of stack config that the cloud reads. */
export const configKeys = {
  ...restConfigKeys,
  ipv6Range: { type: "text", description: "the range that the IPv6 address belongs to, for example 2001:db8::/112" },
} as const satisfies ConfigSchema;

export const facts = {
  name: "leaseweb",
  cloud: { capabilities: cloudCapabilities, configKeys },
  rest,
  ticket,
  stack,
  defaultNames: {
    title: "Leaseweb",
    names: [{ domain: "leaseweb.com", labels: /^hosted-by$/, source: "seen in reverse DNS" }],
  },
} as const satisfies ProviderFacts;

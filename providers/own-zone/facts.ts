import { type ConfigSchema, sharedConfigKeys } from "../config-schema";
import type { ProviderFacts } from "../provider";
import { describeCloud, type ReverseFacts } from "../provider";

const reverse: ReverseFacts = {
  how: "zone",
  checksForward: "no",
  afterDelete: "removed",
  lateDeleteErases: true,
  expectedLagMinutes: 5,
  stableObject: "the record in your zone",
  advice:
    "The parent must delegate the zone to your DNS host. For a part of a /24 (RFC 2317) it also needs one CNAME per address, `42 CNAME 42.40/29.113.0.203.in-addr.arpa.`, with the label that the parent chose.",
  sources: [
    { source: "https://www.rfc-editor.org/rfc/rfc2317", date: "2026-11-21" },
    { source: "https://www.rfc-editor.org/rfc/rfc4183", date: "2026-11-21" },
    { source: "https://www.rfc-editor.org/rfc/rfc3596#section-2.5", date: "2026-11-21" },
  ],
};

export const cloudCapabilities = describeCloud({
  title: "Your own reverse zone",
  reverse: {
    4: reverse,
    6: {
      ...reverse,
      advice:
        "The parent must delegate the zone to your DNS host, at a nibble boundary: one zone for a /48, eight for a /45.",
    },
  },
  port25: { policy: "unknown", advice: "Ask whoever routes the addresses.", sources: [] },
  smtpOverIpv6: true,
});

/** Keys of stack config that the cloud reads. */
export const configKeys = {
  address: { ...sharedConfigKeys.address, required: true },
  reverseDns: { type: "dnsHost", description: "the DNS host of the reverse zone", default: "manual" },
  reverseZone: {
    type: "text",
    description: "your reverse zone, for example 0/25.2.0.192.in-addr.arpa",
    required: true,
    example: "0/25.2.0.192.in-addr.arpa",
  },
  ipv6Address: sharedConfigKeys.ipv6Address,
  ipv6ReverseZone: { type: "text", description: "the reverse zone of the IPv6 address, at the same DNS host" },
} as const satisfies ConfigSchema;

export const facts: ProviderFacts = {
  name: "own-zone",
  cloud: { capabilities: cloudCapabilities, configKeys },
};

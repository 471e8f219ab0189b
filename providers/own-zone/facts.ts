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
    "The parent must delegate the zone to your DNS host. For a part of a /24 (RFC 2317) it also needs one CNAME an address, `42 CNAME 42.40/29.113.0.203.in-addr.arpa.`, with the label that the parent chose.",
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

/** What `pulumi config set` takes for this cloud. */
export const configKeys = {
  address: "the IPv4 address; required",
  reverseDns: "DNS host that holds the reverse zone, one word of the table of DNS hosts; required",
  reverseZone: "the reverse zone, for example 40/29.113.0.203.in-addr.arpa; required",
  ipv6Address: "the IPv6 address",
  ipv6ReverseZone: "its reverse zone, at the same DNS host",
} as const;

export const facts: ProviderFacts = {
  name: "own-zone",
  cloud: { capabilities: cloudCapabilities, configKeys },
};

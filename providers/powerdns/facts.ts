import type { ConfigSchema } from "../config-schema";
import { restConfigKeys } from "../internal/rest/config-keys";
import { describeCloud, type ProviderFacts, type ReverseFacts } from "../provider";
import { powerdns as rest } from "./api";
import { stack } from "./stack";

const reverse: ReverseFacts = {
  how: "rest",
  checksForward: "no",
  afterDelete: "removed",
  expectedLagMinutes: 1,
  stableObject: "the record in your zone",
  advice:
    "Addresses of your own, whose reverse zone a PowerDNS server of yours serves. Its secondaries follow by NOTIFY.",
  sources: [{ source: "https://doc.powerdns.com/authoritative/http-api/zone.html", date: "2026-11-21" }],
};

export const cloudCapabilities = describeCloud({
  title: "PowerDNS",
  reverse: { 4: reverse, 6: reverse },
  port25: { policy: "unknown", advice: "Ask whoever routes the addresses.", sources: [] },
  smtpOverIpv6: true,
});

/** Keys of stack config that the cloud reads. */
export const configKeys = {
  ...restConfigKeys,
  reverseZone: {
    type: "text",
    description: "the reverse zone, where it is part of a /24 (RFC 2317); found by the address otherwise",
    example: "0/25.2.0.192.in-addr.arpa",
  },
} as const satisfies ConfigSchema;

export const facts = {
  name: "powerdns",
  cloud: { capabilities: cloudCapabilities, configKeys },
  rest,
  stack,
} as const satisfies ProviderFacts;

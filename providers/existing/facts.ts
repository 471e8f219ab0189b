import type { ProviderFacts } from "../provider";
import { describeCloud, type ReverseFacts } from "../provider";

const reverse: ReverseFacts = {
  how: "ticket",
  checksForward: "unknown",
  afterDelete: "nothing-happens",
  expectedLagMinutes: 60,
  stableObject: "the address, for as long as whoever gave it to you leaves it with you",
  advice:
    "The PTR is set by whoever gave you the address: in its panel, by its API, or by ticket (`fcrdns ticket`). What to set is printed, and the program goes on as soon as it is there.",
  sources: [],
};

export const cloudCapabilities = describeCloud({
  title: "An address you already have",
  reverse: { 4: reverse, 6: reverse },
  port25: { policy: "unknown", advice: "Ask whoever gave you the address.", sources: [] },
  smtpOverIpv6: true,
});

/** What `pulumi config set` takes for this cloud. */
export const configKeys = {
  address: "the IPv4 address; required",
  ipv6Address: "the IPv6 address",
  provider: "who gave you the address",
} as const;

export const facts: ProviderFacts = {
  name: "existing",
  cloud: { capabilities: cloudCapabilities, configKeys },
};

import { type ConfigSchema, sharedConfigKeys } from "../config-schema";
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

/** Keys of stack config that the cloud reads. */
export const configKeys = {
  address: { ...sharedConfigKeys.address, required: true },
  ipv6Address: sharedConfigKeys.ipv6Address,
  provider: { type: "text", description: "who gave you the address, for the instructions" },
} as const satisfies ConfigSchema;

export const facts: ProviderFacts = {
  name: "existing",
  cloud: { capabilities: cloudCapabilities, configKeys },
};

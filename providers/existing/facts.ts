import { type ConfigSchema, sharedConfigKeys } from "../config-schema";
import type { ProviderFacts } from "../provider";
import { describeCloud, type ReverseFacts } from "../provider";

const reverse: ReverseFacts = {
  how: "ticket",
  checksForward: "unknown",
  afterDelete: "nothing-happens",
  expectedLagMinutes: 60,
  stableObject: "the address, for as long as its provider assigns it to you",
  advice:
    "The provider of the address sets the PTR: in its panel, by its API, or by ticket (`fcrdns ticket`). The program prints what to set and continues as soon as the PTR is set.",
  sources: [],
};

export const cloudCapabilities = describeCloud({
  title: "An address you already have",
  reverse: { 4: reverse, 6: reverse },
  port25: { policy: "unknown", advice: "Ask the provider of the address.", sources: [] },
  smtpOverIpv6: true,
});

/** Keys of stack config that the cloud reads. */
export const configKeys = {
  address: { ...sharedConfigKeys.address, required: true, input: true },
  ipv6Address: { ...sharedConfigKeys.ipv6Address, input: true },
  provider: { type: "text", description: "the provider of the address, for the instructions" },
} as const satisfies ConfigSchema;

export const facts: ProviderFacts = {
  name: "existing",
  cloud: { capabilities: cloudCapabilities, configKeys },
};

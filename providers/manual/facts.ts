import type { ConfigSchema } from "../config-schema";
import type { ProviderFacts } from "../provider";
import { describeDnsHost } from "../provider";

export const dnsCapabilities = describeDnsHost({
  title: "By hand",
  minimumTtlSeconds: 1,
  expectedLagMinutes: 30,
  advice:
    "For Namecheap, GoDaddy and any panel without a provider here: prints what to enter, with the panel's field names, then waits until every name server has it.",
  sources: [],
});

/** Keys of stack config that the DNS host reads. */
export const dnsConfigKeys = {
  panel: {
    type: "text",
    description: "the panel for the record, for its field names: namecheap, godaddy ...",
  },
} as const satisfies ConfigSchema;

export const facts: ProviderFacts = {
  name: "manual",
  dns: { byHand: true, capabilities: dnsCapabilities, configKeys: dnsConfigKeys },
};

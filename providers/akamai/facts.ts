import type { ProviderFacts } from "../provider";
import { stack } from "./stack";

export const facts: ProviderFacts = {
  name: "akamai",
  stack,
  defaultNames: {
    title: "Akamai",
    names: [{ domain: "static.akamaitechnologies.com", source: "seen in reverse DNS" }],
  },
};

import type { ProviderFacts } from "../provider";
import { hostwinds as ticket } from "./ticket";

export const facts: ProviderFacts = {
  name: "hostwinds",
  ticket,
  defaultNames: {
    title: "Hostwinds",
    names: [{ domain: "hostwindsdns.com", source: "seen in reverse DNS" }],
  },
};

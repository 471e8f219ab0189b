import type { ProviderFacts } from "../provider";
import { stack } from "./stack";

export const facts: ProviderFacts = {
  name: "godaddy",
  stack,
  defaultNames: {
    title: "GoDaddy",
    names: [
      { domain: "startdedicated.com", source: "seen in reverse DNS" },
      { domain: "server4you.com", source: "seen in reverse DNS" },
      { domain: "serverloft.com", source: "seen in reverse DNS" },
      { domain: "dedicatedpanel.com", source: "seen in reverse DNS" },
      { domain: "ip.secureserver.net", source: "seen in reverse DNS" },
      { domain: "host.secureserver.net", source: "seen in reverse DNS" },
    ],
  },
};

import { ticketCapabilities } from "../internal/tickets/capabilities";
import { ticketConfigKeys } from "../internal/tickets/config-keys";
import type { ProviderFacts } from "../provider";
import { racknerd as ticket } from "./ticket";

export const facts: ProviderFacts = {
  name: "racknerd",
  cloud: { capabilities: ticketCapabilities(ticket), configKeys: ticketConfigKeys },
  ticket,
  defaultNames: {
    title: "ColoCrossing",
    names: [{ domain: "colocrossing.com", labels: /-host$/, source: "seen in reverse DNS" }],
  },
};

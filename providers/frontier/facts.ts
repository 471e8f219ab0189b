import { ticketCapabilities } from "../internal/tickets/capabilities";
import { ticketConfigKeys } from "../internal/tickets/config-keys";
import type { ProviderFacts } from "../provider";
import { frontier as ticket } from "./ticket";

export const facts: ProviderFacts = {
  name: "frontier",
  cloud: { capabilities: ticketCapabilities(ticket), configKeys: ticketConfigKeys },
  ticket,
};

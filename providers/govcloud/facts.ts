import { ticketCapabilities } from "../internal/tickets/capabilities";
import { ticketConfigKeys } from "../internal/tickets/config-keys";
import type { ProviderFacts } from "../provider";
import { govcloud as ticket } from "./ticket";

export const facts: ProviderFacts = {
  name: "govcloud",
  cloud: { capabilities: ticketCapabilities(ticket), configKeys: ticketConfigKeys },
  ticket,
};

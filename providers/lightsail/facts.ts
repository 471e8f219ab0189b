import { ticketCapabilities } from "../internal/tickets/capabilities";
import { ticketConfigKeys } from "../internal/tickets/config-keys";
import type { ProviderFacts } from "../provider";
import { stack } from "./stack";
import { lightsail as ticket } from "./ticket";

export const facts: ProviderFacts = {
  name: "lightsail",
  cloud: { capabilities: ticketCapabilities(ticket), configKeys: ticketConfigKeys },
  ticket,
  stack,
};

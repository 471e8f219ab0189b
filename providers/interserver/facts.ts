import { ticketCapabilities } from "../internal/tickets/capabilities";
import { ticketConfigKeys } from "../internal/tickets/config-keys";
import type { ProviderFacts } from "../provider";
import { interserver as ticket } from "./ticket";

export const facts: ProviderFacts = {
  name: "interserver",
  cloud: { capabilities: ticketCapabilities(ticket), configKeys: ticketConfigKeys },
  ticket,
  defaultNames: {
    title: "InterServer",
    names: [{ domain: "trouble-free.net", labels: /^vps\d+$/, source: "vps3695717.trouble-free.net, 66.23.224.55" }],
  },
};

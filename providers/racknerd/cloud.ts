/** RackNerd: PTRs by support ticket. */
import type { Cloud } from "../cloud";
import type { ConfigOf } from "../config-schema";
import type { ticketConfigKeys } from "../internal/tickets/config-keys";
import { type TicketCloudArgs, ticketArgsFromConfig, ticketCloud } from "../internal/tickets/ticket-cloud";
import { racknerd as provider } from "./ticket";

/**
 * An address at RackNerd.
 * @example
 * racknerd({ addresses: ["203.0.113.7"], service: "vps-1234", purpose: "order confirmations to customers" })
 */
export function racknerd(args: TicketCloudArgs): Cloud {
  return ticketCloud(provider, args);
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof ticketConfigKeys>): Cloud {
  return racknerd(ticketArgsFromConfig(config));
}

/** Frontier: PTRs by support ticket. */
import type { Cloud } from "../cloud";
import type { ConfigOf } from "../config-schema";
import type { ticketConfigKeys } from "../internal/tickets/config-keys";
import { type TicketCloudArgs, ticketArgsFromConfig, ticketCloud } from "../internal/tickets/ticket-cloud";
import { frontier as provider } from "./ticket";

/**
 * A static IP of a Frontier Business line.
 */
export function frontier(args: TicketCloudArgs): Cloud {
  return ticketCloud(provider, args);
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof ticketConfigKeys>): Cloud {
  return frontier(ticketArgsFromConfig(config));
}

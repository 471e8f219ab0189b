/** Oracle Cloud Infrastructure: PTRs by support ticket. */
import type { Cloud } from "../cloud";
import type { ConfigOf } from "../config-schema";
import type { ticketConfigKeys } from "../internal/tickets/config-keys";
import { type TicketCloudArgs, ticketArgsFromConfig, ticketCloud } from "../internal/tickets/ticket-cloud";
import { oracle as provider } from "./ticket";

/**
 * A reserved public IP at Oracle Cloud Infrastructure.
 */
export function oracle(args: TicketCloudArgs): Cloud {
  return ticketCloud(provider, args);
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof ticketConfigKeys>): Cloud {
  return oracle(ticketArgsFromConfig(config));
}

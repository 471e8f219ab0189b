/** A provider that is not known here: PTRs by support ticket. */
import type { Cloud } from "../cloud";
import type { ConfigOf } from "../config-schema";
import type { ticketConfigKeys } from "../internal/tickets/config-keys";
import { plainLine } from "../internal/tickets/plain-text";
import { type TicketCloudArgs, ticketArgsFromConfig, ticketCloud } from "../internal/tickets/ticket-cloud";
import { generic as provider } from "./ticket";

export interface GenericTicketArgs extends TicketCloudArgs {
  /** The provider as people write it, for the text. */
  readonly title: string;
  /** Where the ticket is opened. */
  readonly url?: string;
}

/** An address at a provider that is not known here. */
export function generic({ title, url, ...args }: GenericTicketArgs): Cloud {
  const route = { ...provider.route, ...(url !== undefined && { url: plainLine(url) }) };
  return ticketCloud({ ...provider, title: plainLine(title), route })(args);
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof ticketConfigKeys>): Cloud {
  return generic({ title: "your provider", ...ticketArgsFromConfig<GenericTicketArgs>(config) });
}

/** InterServer: PTRs by support ticket. */
import { ticketCloud } from "../internal/tickets/ticket-cloud";
import { interserver as provider } from "./ticket";

/** An address at InterServer; wants `service`, `purpose` and `controls`. */
export const interserver = ticketCloud(provider);

/** AWS GovCloud: PTRs by support ticket. */
import { ticketCloud } from "../internal/tickets/ticket-cloud";
import { govcloud as provider } from "./ticket";

/** An Elastic IP in AWS GovCloud; wants `email` and `purpose`. */
export const govcloud = ticketCloud(provider);

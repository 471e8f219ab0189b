/** AWS Lightsail: PTRs by support ticket. */
import { ticketCloud } from "../internal/tickets/ticket-cloud";
import { lightsail as provider } from "./ticket";

/** A static IP at AWS Lightsail; wants `email` and `purpose`. */
export const lightsail = ticketCloud(provider);

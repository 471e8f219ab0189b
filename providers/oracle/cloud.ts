/** Oracle Cloud Infrastructure: PTRs by support ticket. */
import { ticketCloud } from "../internal/tickets/ticket-cloud";
import { oracle as provider } from "./ticket";

/** A reserved public IP at Oracle Cloud Infrastructure. */
export const oracle = ticketCloud(provider);

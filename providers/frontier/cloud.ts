/** Frontier: PTRs by support ticket. */
import { ticketCloud } from "../internal/tickets/ticket-cloud";
import { frontier as provider } from "./ticket";

/** A static IP of a Frontier Business line. */
export const frontier = ticketCloud(provider);

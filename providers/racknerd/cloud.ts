/** RackNerd: PTRs by support ticket. */
import { ticketCloud } from "../internal/tickets/ticket-cloud";
import { racknerd as provider } from "./ticket";

/**
 * An address at RackNerd.
 * @example
 * racknerd({ addresses: ["203.0.113.7"], service: "vps-1234", purpose: "order confirmations to customers" })
 */
export const racknerd = ticketCloud(provider);

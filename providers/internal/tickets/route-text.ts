import type { TicketRoute } from "./ticket";

/**
 * Where a ticket goes, in one line for people; empty: nobody said.
 * @example
 * routeText({ by: "support ticket", url: "https://my.racknerd.com", account: "the account that owns the server" });
 * // "support ticket, https://my.racknerd.com, from the account that owns the server"
 */
export function routeText({ by, department, url, account }: Partial<TicketRoute>): string {
  return [by, department && `department ${department}`, url, account && `from ${account}`].filter(Boolean).join(", ");
}

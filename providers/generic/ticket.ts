import type { TicketProvider } from "../internal/tickets/ticket-provider";

/** For every provider that has no folder here. */
export const generic: TicketProvider = {
  name: "generic",
  title: "your provider",
  aliases: ["other", "any"],
  role: "only-way",
  fitsAnybody: true,
  route: { by: "support ticket", account: "the account that holds the address" },
  prerequisites: [],
  families: [4, 6],
  requires: ["purpose"],
  nameRules: { finalDot: "either", maxLength: 253 },
  turnaround: "hours to days",
  release: "ask for the PTR's removal before you release the address",
  standing: "unconfirmed",
  sources: [{ source: "what the published request forms of a dozen providers have in common", date: "2026-11-21" }],
};

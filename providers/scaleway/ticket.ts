import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const scaleway: TicketProvider = {
  name: "scaleway",
  title: "Scaleway",
  aliases: ["onlinenet"],
  role: "fallback",
  route: {
    by: "support ticket",
    url: "https://console.scaleway.com/support/tickets",
    account: "the project that holds the address",
  },
  prerequisites: ["Port 25, 465 and 587 open after identity verification, without a ticket."],
  families: [4, 6],
  requires: ["tried"],
  nameRules: { finalDot: "either", maxLength: 253 },
  turnaround: "up to 24 hours",
  release: "clearing the entry restores the default name",
  standing: "third-party",
  sources: [{ source: "Scaleway documentation on reverse DNS; a public repository on port 25", date: "2026-11-21" }],
};

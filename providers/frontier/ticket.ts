import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const frontier: TicketProvider = {
  name: "frontier",
  title: "Frontier Business",
  aliases: ["frontierbusiness"],
  role: "only-way",
  route: {
    by: "support ticket",
    url: "https://business.frontier.com",
    account: "the business account that holds the static addresses",
  },
  prerequisites: ["The addresses are static ones of a business line."],
  families: [4],
  requires: [],
  nameRules: { finalDot: "either", maxLength: 253 },
  subject: "Reverse DNS (PTR) record request for static IP {addresses}",
  turnaround: "not known",
  release: "ask for the PTR's removal before the line is cancelled",
  standing: "third-party",
  sources: [
    {
      source: "a public repository's tickets to Frontier: one for a PTR, one for RFC 2317 delegation",
      date: "2026-11-21",
    },
    { source: "where the request is opened: general knowledge, not read on a page", date: "2026-11-21" },
  ],
};

import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const leaseweb: TicketProvider = {
  name: "leaseweb",
  title: "Leaseweb",
  role: "fallback",
  route: {
    by: "support ticket",
    url: "https://customerportal.leaseweb.com",
    account: "the customer account that holds the address",
  },
  prerequisites: [],
  families: [4, 6],
  requires: ["tried"],
  nameRules: { finalDot: "either", maxLength: 253 },
  turnaround: "not known",
  release: "the PTR stays until somebody overwrites it",
  standing: "unconfirmed",
  sources: [{ source: "leaseweb-go-sdk; the ticket's route is not confirmed", date: "2026-11-21" }],
};

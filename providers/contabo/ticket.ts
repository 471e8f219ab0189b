import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const contabo: TicketProvider = {
  name: "contabo",
  title: "Contabo",
  role: "fallback",
  route: { by: "support ticket", url: "https://my.contabo.com", account: "the customer account that holds the VPS" },
  prerequisites: [],
  families: [4, 6],
  requires: ["service"],
  nameRules: { finalDot: "either", maxLength: 253 },
  subject: "Reverse DNS change request for {addresses}",
  turnaround: "one day in the known case; 30 to 60 minutes more until other resolvers see it",
  release: "an IPv4 PTR cannot be cleared; ask for the default name if you need it",
  standing: "third-party",
  sources: [{ source: "a public repository's ticket to Contabo of 2026-05", date: "2026-11-21" }],
};

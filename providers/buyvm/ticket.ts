import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const buyvm: TicketProvider = {
  name: "buyvm",
  title: "BuyVM (Frantech)",
  aliases: ["frantech", "stallion"],
  role: "fallback",
  route: { by: "support ticket", url: "https://my.frantech.ca", account: "the account that holds the VPS" },
  prerequisites: ["Try rDNS in the Stallion panel first; port 25 needs a ticket."],
  families: [4, 6],
  requires: ["service", "purpose"],
  nameRules: { finalDot: "either", maxLength: 253 },
  turnaround: "not known",
  release: "not known",
  standing: "unconfirmed",
  sources: [{ source: "not read on a page of the vendor", date: "2026-11-21" }],
};

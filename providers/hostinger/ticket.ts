import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const hostinger: TicketProvider = {
  name: "hostinger",
  title: "Hostinger",
  aliases: ["hstgr"],
  role: "fallback",
  route: { by: "support chat", url: "https://hpanel.hostinger.com", account: "the account that holds the VPS" },
  prerequisites: [],
  families: [4, 6],
  requires: ["service", "tried"],
  nameRules: { finalDot: "either", maxLength: 253 },
  turnaround: "not known",
  release: "the PTR record is deleted with the VPS",
  standing: "unconfirmed",
  sources: [{ source: "hostinger/api OpenAPI; the ticket's route is not confirmed", date: "2026-11-21" }],
};

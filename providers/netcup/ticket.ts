import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const netcup: TicketProvider = {
  name: "netcup",
  title: "netcup",
  aliases: ["scp"],
  role: "fallback",
  route: {
    by: "support request",
    url: "https://www.customercontrolpanel.de",
    account: "the customer account that holds the server",
  },
  prerequisites: [],
  families: [4, 6],
  requires: ["service", "tried"],
  nameRules: { finalDot: "either", maxLength: 253 },
  turnaround: "not known",
  release: "deleting the entry restores the default name",
  standing: "unconfirmed",
  sources: [
    {
      source: "netcup SCP OpenAPI 2026.0624 (third-party copy); the ticket's route is not confirmed",
      date: "2026-11-21",
    },
  ],
};

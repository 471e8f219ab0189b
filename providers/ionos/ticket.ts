import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const ionos: TicketProvider = {
  name: "ionos",
  title: "IONOS",
  aliases: ["ionoscloud", "1and1", "einsundeins"],
  role: "fallback",
  route: { by: "support request", url: "https://my.ionos.com", account: "the contract that holds the address" },
  prerequisites: ["The host name is fully qualified, and SPF is published."],
  families: [4, 6],
  requires: ["tried"],
  nameRules: { finalDot: "either", maxLength: 253 },
  turnaround: "not known",
  release: "deleting the reverse record restores the default name",
  standing: "third-party",
  sources: [
    { source: "a public repository's notes on IONOS: panel for rDNS, support for port 25", date: "2026-11-21" },
  ],
};

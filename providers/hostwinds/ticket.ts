import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const hostwinds: TicketProvider = {
  name: "hostwinds",
  title: "Hostwinds",
  aliases: ["hwsrv"],
  role: "fallback",
  route: { by: "support ticket", url: "https://clients.hostwinds.com", account: "the account that holds the server" },
  prerequisites: ["Try the cloud portal's rDNS setting first."],
  families: [4, 6],
  requires: ["service"],
  nameRules: { finalDot: "either", maxLength: 253 },
  turnaround: "not known",
  release: "the default name is restored",
  standing: "unconfirmed",
  sources: [{ source: "not read on a page of the vendor", date: "2026-11-21" }],
};

import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const linode: TicketProvider = {
  name: "linode",
  title: "Linode (Akamai)",
  aliases: ["akamai"],
  role: "fallback",
  route: {
    by: "support ticket",
    url: "https://cloud.linode.com/support/tickets",
    account: "the account that holds the Linode",
  },
  prerequisites: [
    "Port 25, 465 and 587 are closed on new accounts: A record and rDNS must be set before you ask for them.",
  ],
  families: [4, 6],
  requires: ["purpose"],
  nameRules: { finalDot: "either", maxLength: 253 },
  turnaround: "not known",
  release: "the default name is restored",
  standing: "vendor-page",
  sources: [{ source: "linode.com guide on sending mail, 2019", date: "2026-11-21" }],
};

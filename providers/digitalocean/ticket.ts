import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const digitalocean: TicketProvider = {
  name: "digitalocean",
  title: "DigitalOcean",
  aliases: ["do"],
  role: "fallback",
  route: {
    by: "support ticket",
    url: "https://cloudsupport.digitalocean.com",
    account: "the team that holds the droplet",
  },
  prerequisites: [
    "The address is the droplet's own: reserved IPs have no PTR. Renaming the droplet to the host name sets the PTR without a ticket.",
  ],
  families: [4, 6],
  requires: ["tried"],
  nameRules: { finalDot: "forbidden", maxLength: 253 },
  turnaround: "not known",
  release: "the PTR is deleted with the droplet",
  standing: "unconfirmed",
  sources: [
    {
      source: "glossary and API text of DigitalOcean on droplet names; the ticket's route is not confirmed",
      date: "2026-11-21",
    },
  ],
};

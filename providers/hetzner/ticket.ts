import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const hetzner: TicketProvider = {
  name: "hetzner",
  title: "Hetzner (Cloud and Robot)",
  aliases: ["hcloud", "hetznercloud", "hetznerrobot", "robot"],
  role: "fallback",
  route: {
    by: "support ticket",
    url: "https://console.hetzner.com/support",
    account: "the account that holds the address",
  },
  prerequisites: [],
  families: [4, 6],
  requires: ["tried"],
  nameRules: { finalDot: "either", maxLength: 253 },
  turnaround: "not known",
  release: "deleting the entry restores the default name",
  standing: "unconfirmed",
  sources: [
    { source: "API documentation of Hetzner Cloud and Robot; the ticket's route is not confirmed", date: "2026-11-21" },
  ],
};

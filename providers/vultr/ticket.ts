import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const vultr: TicketProvider = {
  name: "vultr",
  title: "Vultr",
  aliases: ["vultrusercontent"],
  role: "fallback",
  route: { by: "support ticket", url: "https://my.vultr.com/support", account: "the account that holds the instance" },
  prerequisites: ["Port 25 is closed and opened case by case; some requests are rejected."],
  families: [4, 6],
  requires: ["purpose"],
  nameRules: { finalDot: "either", maxLength: 253 },
  turnaround: "6 to 12 hours until a changed PTR is live",
  release: "v4 falls back to the default name, v6 is removed",
  standing: "third-party",
  sources: [{ source: "vultr documentation on rDNS; emailwiz#172 on port 25", date: "2026-11-21" }],
};

import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const upcloud: TicketProvider = {
  name: "upcloud",
  title: "UpCloud",
  role: "fallback",
  route: { by: "support ticket", url: "https://hub.upcloud.com", account: "the account that holds the address" },
  prerequisites: ["Port 25 is closed on new accounts: it opens after proof of identity and use case."],
  families: [4, 6],
  requires: ["purpose"],
  nameRules: { finalDot: "either", maxLength: 253 },
  turnaround: "not known",
  release: "not known",
  standing: "vendor-page",
  sources: [{ source: "UpCloud API documentation; UpCloud on SMTP for new accounts", date: "2026-11-21" }],
};

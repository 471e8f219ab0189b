import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const interserver: TicketProvider = {
  name: "interserver",
  title: "InterServer",
  role: "only-way",
  route: {
    by: "support ticket",
    url: "https://my.interserver.net",
    account: "the account that holds the server",
  },
  prerequisites: [
    "The server has been running for at least one month (needed for port 25).",
    "No invoice is unpaid.",
    "The server is not there for mailings alone; those are refused.",
  ],
  families: [4, 6],
  requires: ["service", "purpose", "controls"],
  nameRules: { finalDot: "either", maxLength: 253 },
  port25: { policy: "blocked-by-default", advice: "Opened by ticket; the PTR must be set first." },
  turnaround: "not known",
  release: "ask for the PTR's removal before you cancel the server",
  standing: "third-party",
  sources: [
    {
      source: "a public repository's notes on InterServer of 2026-07 (the vendor's pages were not read)",
      date: "2026-11-21",
    },
    { source: "where the request is opened: general knowledge, not read on a page", date: "2026-11-21" },
  ],
};

import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const racknerd: TicketProvider = {
  name: "racknerd",
  title: "RackNerd",
  aliases: ["nerdvm", "colocrossing"],
  role: "only-way",
  route: {
    by: "support ticket",
    url: "https://my.racknerd.com",
    department: "Support",
    account: "the client account that holds the VPS",
  },
  prerequisites: [],
  families: [4, 6],
  requires: ["service", "purpose"],
  text: "short",
  nameRules: { finalDot: "either", maxLength: 253 },
  genericDefault: "a-b-c-d-host.colocrossing.com",
  port25: {
    policy: "unknown",
    advice: "Ask in the same ticket; one customer reports that inbound port 25 was closed.",
  },
  turnaround: "same day in the one known case; no commitment by the vendor",
  release: "ask for the PTR's removal before you cancel the VPS, otherwise it stays until somebody overwrites it",
  standing: "third-party",
  sources: [
    {
      source: "tickets for RackNerd in several public repositories (no page of the vendor was found)",
      date: "2026-11-21",
    },
  ],
};

import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const ovh: TicketProvider = {
  name: "ovh",
  title: "OVHcloud",
  aliases: ["ovhcloud", "kimsufi", "soyoustart"],
  role: "fallback",
  route: { by: "help centre request", url: "https://help.ovhcloud.com", account: "the account that holds the address" },
  prerequisites: [
    'A and AAAA of the name must already match; the API checks at once and says "Cannot check if ... resolves".',
  ],
  families: [4, 6],
  requires: ["tried"],
  nameRules: { finalDot: "required", maxLength: 63 },
  turnaround: "an edit of the record may need up to 24 hours",
  release: "deleting the entry restores the default name",
  standing: "vendor-page",
  sources: [{ source: "ovh/docs, configuring reverse DNS (2025-12)", date: "2026-11-21" }],
};

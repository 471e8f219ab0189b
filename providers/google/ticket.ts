import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const google: TicketProvider = {
  name: "google",
  title: "Google Cloud",
  aliases: ["gcp", "googlecloud", "gce"],
  role: "fallback",
  route: {
    by: "support case",
    url: "https://console.cloud.google.com/support",
    account: "the project that holds the address",
  },
  prerequisites: ["The domain is verified in Search Console for the identity that sets the PTR."],
  families: [4, 6],
  requires: ["tried"],
  nameRules: { finalDot: "either", maxLength: 253 },
  turnaround: "not known",
  release: "the PTR is deleted with the access config",
  standing: "unconfirmed",
  sources: [
    {
      source: "terraform-provider-google#12204, #14626 (ownership); the ticket's route is not confirmed",
      date: "2026-11-21",
    },
  ],
};

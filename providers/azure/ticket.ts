import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const azure: TicketProvider = {
  name: "azure",
  title: "Microsoft Azure",
  aliases: ["microsoftazure", "microsoft"],
  role: "fallback",
  route: {
    by: "support request",
    url: "https://portal.azure.com",
    account: "the subscription that holds the public IP address",
  },
  prerequisites: ["The address is static; IPv6 has no PTR there."],
  families: [4],
  requires: ["tried"],
  nameRules: { finalDot: "required", maxLength: 253 },
  turnaround: "not known",
  release: "the PTR is deleted with the public IP address",
  standing: "third-party",
  sources: [
    { source: "MicrosoftDocs azure-docs, reverse DNS for Azure services (text of 2023-01)", date: "2026-11-21" },
  ],
};

import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const govcloud: TicketProvider = {
  name: "govcloud",
  title: "AWS GovCloud",
  aliases: ["awsgovcloud", "awsusgov", "usgov"],
  role: "only-way",
  route: {
    by: "web form",
    url: "https://console.aws.amazon.com/support/contacts#/rdns-limits",
    department: "Request to remove email sending limitations",
    account: "the standard AWS account that the GovCloud account is linked to",
  },
  prerequisites: ["The address is an Elastic IP; say in the use case that it is in a GovCloud region."],
  families: [4],
  requires: ["email", "purpose"],
  nameRules: { finalDot: "either", maxLength: 253 },
  form: {
    "Email address": "{email}",
    "Use case description": "{useCase}",
    "Elastic IP address": "{addresses}",
    "Reverse DNS record": "{hostnames}",
  },
  checksForward: "yes",
  stableObject: "an Elastic IP",
  port25: { policy: "blocked-by-default", advice: "Use the same form." },
  turnaround: "about a day; a weak use case gets a refusal that points to SES",
  release: "an Elastic IP cannot be released while its PTR is set: ask for the removal first",
  standing: "vendor-page",
  sources: [
    {
      source: "docs.aws.amazon.com EC2 user guide, reverse DNS for email applications (GovCloud: form only)",
      date: "2026-11-21",
    },
  ],
};

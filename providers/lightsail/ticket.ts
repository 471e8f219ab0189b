import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const lightsail: TicketProvider = {
  name: "lightsail",
  title: "AWS Lightsail",
  aliases: ["awslightsail", "amazonlightsail"],
  role: "only-way",
  route: {
    by: "web form",
    url: "https://console.aws.amazon.com/support/contacts#/rdns-limits",
    department: "Request to remove email sending limitations",
    account: "the root user of the AWS account",
  },
  prerequisites: [
    "The address is a static IP attached to the instance, not the instance's default address.",
    "You are signed in as the root user of the account.",
  ],
  families: [4],
  maxAddresses: 2,
  requires: ["email", "purpose"],
  nameRules: { finalDot: "either", maxLength: 253 },
  form: {
    "Email address": "{email}",
    "Use case description": "{useCase}",
    "Elastic IP address": "{addresses}",
    "Reverse DNS record": "{hostnames}",
  },
  checksForward: "yes",
  genericDefault: "ec2-a-b-c-d.compute-1.amazonaws.com",
  stableObject: "a static IP",
  port25: { policy: "blocked-by-default", advice: "Use the same form." },
  turnaround: "about a day; a weak use case gets a refusal that points to SES",
  release: "before you delete the static IP, ask in another ticket for the removal of its reverse DNS",
  standing: "vendor-page",
  sources: [{ source: "awsdocs/amazon-lightsail-developer-guide, reverse DNS (text of 2018)", date: "2026-11-21" }],
};

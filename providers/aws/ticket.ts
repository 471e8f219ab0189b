import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const aws: TicketProvider = {
  name: "aws",
  title: "AWS EC2",
  aliases: ["ec2", "amazon", "amazonec2"],
  role: "fallback",
  route: {
    by: "web form",
    url: "https://console.aws.amazon.com/support/contacts#/rdns-limits",
    department: "Request to remove email sending limitations",
    account: "the AWS account that holds the Elastic IP",
  },
  prerequisites: ["The address is an Elastic IP."],
  families: [4],
  requires: ["email", "purpose"],
  nameRules: { finalDot: "either", maxLength: 253 },
  form: {
    "Email address": "{email}",
    "Use case description": "{useCase}",
    "Elastic IP address": "{addresses}",
    "Reverse DNS record": "{hostnames}",
  },
  turnaround: "about a day; a weak use case gets a refusal that points to SES",
  release: "an Elastic IP cannot be released while its PTR is set: reset it first",
  standing: "vendor-page",
  sources: [{ source: "docs.aws.amazon.com EC2 user guide, reverse DNS for email applications", date: "2026-11-21" }],
};

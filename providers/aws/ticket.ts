import type { TicketProvider } from "../internal/tickets/ticket-provider";

/** AWS's form for PTRs, which GovCloud and Lightsail share. */
export const rdnsForm = {
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
  standing: "vendor-page",
} as const satisfies Partial<TicketProvider>;

/** Where the form is. */
export const rdnsFormRoute = {
  by: "web form",
  url: "https://console.aws.amazon.com/support/contacts#/rdns-limits",
  department: "Request to remove email sending limitations",
} as const;

export const aws: TicketProvider = {
  ...rdnsForm,
  name: "aws",
  title: "AWS EC2",
  aliases: ["ec2", "amazon", "amazonec2"],
  role: "fallback",
  route: { ...rdnsFormRoute, account: "the AWS account that holds the Elastic IP" },
  prerequisites: ["The address is an Elastic IP."],
  release: "an Elastic IP cannot be released while its PTR is set: reset it first",
  sources: [{ source: "docs.aws.amazon.com EC2 user guide, reverse DNS for email applications", date: "2026-11-21" }],
};

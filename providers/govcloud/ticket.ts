import { rdnsForm, rdnsFormRoute } from "../aws/ticket";
import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const govcloud: TicketProvider = {
  ...rdnsForm,
  name: "govcloud",
  title: "AWS GovCloud",
  aliases: ["awsgovcloud", "awsusgov", "usgov"],
  role: "only-way",
  route: { ...rdnsFormRoute, account: "the standard AWS account that the GovCloud account is linked to" },
  prerequisites: ["The address is an Elastic IP; say in the use case that it is in a GovCloud region."],
  checksForward: "yes",
  stableObject: "an Elastic IP",
  port25: { policy: "blocked-by-default", advice: "Use the same form." },
  nat: {
    privateAddress: "instance.privateIp",
    sources: [
      {
        source:
          "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Address.html (an Elastic IP has a private address of the network interface)",
        date: "2026-11-22",
      },
    ],
  },
  release: "an Elastic IP cannot be released while its PTR is set: ask for the removal first",
  sources: [
    {
      source: "docs.aws.amazon.com EC2 user guide, reverse DNS for email applications (GovCloud: form only)",
      date: "2026-11-21",
    },
  ],
};

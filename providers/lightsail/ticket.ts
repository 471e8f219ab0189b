import { rdnsForm, rdnsFormRoute } from "../aws/ticket";
import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const lightsail: TicketProvider = {
  ...rdnsForm,
  name: "lightsail",
  title: "AWS Lightsail",
  aliases: ["awslightsail", "amazonlightsail"],
  role: "only-way",
  route: { ...rdnsFormRoute, account: "the root user of the AWS account" },
  prerequisites: [
    "The address is a static IP attached to the instance, not the instance's default address.",
    "You are signed in as the root user of the account.",
  ],
  maxAddresses: 2,
  checksForward: "yes",
  genericDefault: "ec2-a-b-c-d.compute-1.amazonaws.com",
  stableObject: "a static IP",
  port25: { policy: "blocked-by-default", advice: "Use the same form." },
  nat: {
    privateAddress: "instance.privateIpAddress",
    sources: [
      {
        source: "@pulumi/aws 7.48.0 lightsail/instance.d.ts (publicIpAddress beside privateIpAddress)",
        date: "2026-11-22",
      },
    ],
  },
  release: "before you delete the static IP, ask in another ticket for the removal of its reverse DNS",
  sources: [{ source: "awsdocs/amazon-lightsail-developer-guide, reverse DNS (text of 2018)", date: "2026-11-21" }],
};

import type { TicketProvider } from "../internal/tickets/ticket-provider";

export const oracle: TicketProvider = {
  name: "oracle",
  title: "Oracle Cloud Infrastructure",
  aliases: ["oci", "oraclecloud"],
  role: "only-way",
  route: {
    by: "service request",
    url: "https://cloud.oracle.com/support",
    account: "an account of the tenancy that may open service requests",
  },
  prerequisites: [
    "The public IP address is reserved, not ephemeral, so that it outlives the instance.",
    "The tenancy may open service requests; free ones are often refused.",
  ],
  families: [4, 6],
  requires: [],
  nameRules: { finalDot: "either", maxLength: 253 },
  subject: "Reverse DNS (PTR) record for {addresses}",
  form: {
    "IP address": "{addresses}",
    "Fully qualified domain name (FQDN) for the PTR record": "{hostnames}",
    "FQDN of the forward (A or AAAA) record": "{hostnames}",
  },
  checksForward: "yes",
  stableObject: "a reserved public IP",
  port25: { policy: "blocked-by-default", advice: "A paid tenancy can ask for it in another service request." },
  nat: {
    privateAddress: "instance.privateIp",
    sources: [
      {
        source:
          "https://docs.cloud.oracle.com/iaas/Content/Network/Tasks/reserved-public-ip-assign.htm (a public IP is assigned to a private one)",
        date: "2026-11-22",
      },
    ],
  },
  turnaround: "not stated by the vendor",
  release: "ask for the PTR's removal in a second service request before you release the address",
  standing: "vendor-page",
  sources: [
    {
      source: "docs.oracle.com reverse_dns.htm (forward record first, must equal the address, one name an address)",
      date: "2026-11-21",
    },
    { source: "where the request is opened: general knowledge, not read on a page", date: "2026-11-21" },
  ],
};

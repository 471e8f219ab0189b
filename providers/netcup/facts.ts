import { restConfigKeys } from "../internal/rest/config-keys";
import type { ProviderFacts } from "../provider";
import { describeCloud } from "../provider";
import { netcup as rest } from "./api";
import { stack } from "./stack";
import { netcup as ticket } from "./ticket";

const sources = [
  {
    source:
      "netcup server control panel OpenAPI 2026.0624 (rDNS), as github.com/rixlhq/terraform-provider-netcup uses it",
    date: "2026-11-21",
  },
];

const reverse = {
  how: "rest",
  checksForward: "unknown",
  afterDelete: "generic-default",
  expectedLagMinutes: 60,
  sources,
} as const;

export const cloudCapabilities = describeCloud({
  title: "netcup",
  reverse: {
    4: { ...reverse, genericDefault: "vN.quicksrv.de", stableObject: "the server, or a failover IP" },
    6: { ...reverse, stableObject: "the server" },
  },
  port25: {
    policy: "blocked-by-default",
    advice:
      'Ports 25, 465 and 587 are closed by the firewall policy "netcup Mail block", which you can remove yourself.',
    sources,
  },
  smtpOverIpv6: true,
});

export const facts = {
  name: "netcup",
  cloud: { capabilities: cloudCapabilities, configKeys: restConfigKeys },
  rest,
  ticket,
  stack,
  defaultNames: {
    title: "netcup",
    names: ["quicksrv.de", "hotsrv.de", "goodsrv.de", "happysrv.de", "nicesrv.de"].map((domain) => ({
      domain,
      // The month of the order and a customer's number.
      labels: /^v\d+$/,
      source: "IP tables of github.com/vuldb/cyber_threat_intelligence, 2026-11; Received lines",
    })),
  },
} as const satisfies ProviderFacts;

import { restConfigKeys } from "../internal/rest/config-keys";
import type { ProviderFacts } from "../provider";
import { describeCloud } from "../provider";
import { upcloud as rest } from "./api";
import { stack } from "./stack";
import { upcloud as ticket } from "./ticket";

const sources = [
  {
    source: "https://developers.upcloud.com/1.3/10-ip-addresses/; github.com/UpCloudLtd/upcloud-go-api",
    date: "2026-11-21",
  },
];

const reverse = {
  how: "rest",
  checksForward: "unknown",
  afterDelete: "nothing-happens",
  expectedLagMinutes: 5,
  advice: "The API is not documented to clear a PTR: the previous one is restored.",
  sources,
} as const;

export const cloudCapabilities = describeCloud({
  title: "UpCloud",
  reverse: {
    4: { ...reverse, genericDefault: "a-b-c-d.ZONE.upcloud.host", stableObject: "a floating IP address" },
    6: { ...reverse, genericDefault: "x-x-x-x.v6.ZONE.upcloud.host", stableObject: "the server" },
  },
  port25: {
    policy: "blocked-by-default",
    advice: "Closed on new accounts; opened after proof of identity and use case.",
    sources,
  },
  smtpOverIpv6: true,
});

export const facts = {
  name: "upcloud",
  cloud: { capabilities: cloudCapabilities, configKeys: restConfigKeys },
  rest,
  ticket,
  stack,
  defaultNames: {
    title: "UpCloud",
    names: [{ domain: "upcloud.host", source: "UpCloud API documentation: ptr_record" }],
  },
} as const satisfies ProviderFacts;

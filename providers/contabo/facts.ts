import { restConfigKeys } from "../internal/rest/config-keys";
import type { ProviderFacts } from "../provider";
import { describeCloud } from "../provider";
import { contabo as rest } from "./api";
import { stack } from "./stack";
import { contabo as ticket } from "./ticket";

const sources = [
  { source: "github.com/contabo/cntb openapi, DNS: PTR records (POST and DELETE for IPv6 only)", date: "2026-11-21" },
];

const reverse = {
  how: "rest",
  checksForward: "unknown",
  expectedLagMinutes: 60,
  stableObject: "the VPS",
  sources,
} as const;

export const cloudCapabilities = describeCloud({
  title: "Contabo",
  reverse: {
    4: {
      ...reverse,
      afterDelete: "nothing-happens",
      genericDefault: "vmiN.contaboserver.net",
      advice: "An IPv4 PTR cannot be deleted by the API: the previous one is restored.",
    },
    6: { ...reverse, afterDelete: "removed" },
  },
  port25: { policy: "open", advice: "Outgoing port 25 is open, according to customers.", sources },
  smtpOverIpv6: true,
});

export const facts = {
  name: "contabo",
  cloud: { capabilities: cloudCapabilities, configKeys: restConfigKeys },
  rest,
  ticket,
  defaultNames: {
    title: "Contabo",
    names: [{ domain: "contaboserver.net", source: "seen in reverse DNS" }],
  },
  stack,
} as const satisfies ProviderFacts;

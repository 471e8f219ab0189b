import { restConfigKeys } from "../internal/rest/config-keys";
import type { ProviderFacts } from "../provider";
import { describeCloud } from "../provider";
import { contabo as rest } from "./api";
import { stack } from "./stack";
import { contabo as ticket } from "./ticket";

const sources = [
  { source: "github.com/contabo/cntb openapi, DNS: PTR records (POST and DELETE for IPv6 only)", date: "2026-11-21" },
];

export const cloudCapabilities = describeCloud({
  title: "Contabo",
  reverse: {
    4: {
      how: "rest",
      checksForward: "unknown",
      afterDelete: "nothing-happens",
      expectedLagMinutes: 60,
      genericDefault: "vmiN.contaboserver.net",
      stableObject: "the VPS",
      advice: "An IPv4 PTR cannot be deleted by the API: the previous one is restored.",
      sources,
    },
    6: {
      how: "rest",
      checksForward: "unknown",
      afterDelete: "removed",
      expectedLagMinutes: 60,
      stableObject: "the VPS",
      sources,
    },
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

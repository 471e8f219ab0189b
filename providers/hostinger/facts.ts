import type { ConfigSchema } from "../config-schema";
import { restConfigKeys } from "../internal/rest/config-keys";
import type { ProviderFacts } from "../provider";
import { describeCloud } from "../provider";
import { hostinger as rest } from "./api";
import { hostinger as ticket } from "./ticket";

const sources = [{ source: "github.com/hostinger/api openapi.json, VPS: PTR records", date: "2026-11-21" }];

const reverse = {
  how: "rest",
  checksForward: "unknown",
  afterDelete: "removed",
  expectedLagMinutes: 60,
  stableObject: "the VPS",
  sources,
} as const;

export const cloudCapabilities = describeCloud({
  title: "Hostinger",
  reverse: {
    4: { ...reverse, genericDefault: "srvN.hstgr.cloud" },
    6: reverse,
  },
  port25: { policy: "unknown", advice: "Not known; ask support.", sources },
  smtpOverIpv6: true,
});

/** Keys of stack config that the cloud reads. */
export const configKeys = {
  ...restConfigKeys,
  virtualMachine: { type: "text", description: "number of the virtual machine" },
} as const satisfies ConfigSchema;

export const facts = {
  name: "hostinger",
  cloud: { capabilities: cloudCapabilities, configKeys },
  rest,
  ticket,
  defaultNames: {
    title: "Hostinger",
    names: [{ domain: "hstgr.cloud", source: "seen in reverse DNS" }],
  },
} as const satisfies ProviderFacts;

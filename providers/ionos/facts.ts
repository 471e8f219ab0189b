import { restConfigKeys } from "../internal/rest/config-keys";
import type { ProviderFacts } from "../provider";
import { describeCloud } from "../provider";
import { ionos as rest } from "./api";
import { stack } from "./stack";
import { ionos as ticket } from "./ticket";

const sources = [{ source: "github.com/ionos-cloud/sdk-go-bundle products/dns (reverse records)", date: "2026-11-21" }];

const reverse = {
  how: "rest",
  checksForward: "unknown",
  afterDelete: "generic-default",
  expectedLagMinutes: 10,
  stableObject: "an IP block",
  sources,
} as const;

export const cloudCapabilities = describeCloud({
  title: "IONOS Cloud",
  reverse: {
    4: { ...reverse, genericDefault: "ipA-B-C-D.pbiaas.com" },
    6: reverse,
  },
  port25: { policy: "unknown", advice: "Opened by support after host name, PTR and SPF are set.", sources },
  smtpOverIpv6: true,
});

export const facts = {
  name: "ionos",
  cloud: { capabilities: cloudCapabilities, configKeys: restConfigKeys },
  rest,
  ticket,
  stack,
  defaultNames: {
    title: "IONOS",
    names: [
      { domain: "pbiaas.com", source: "seen in reverse DNS" },
      { domain: "onlinehome-server.info", source: "seen in reverse DNS" },
      { domain: "onlinehome-server.com", source: "seen in reverse DNS" },
      { domain: "online.de", labels: /^s\d{6,}$/, source: "s214856783.online.de in Received lines" },
      {
        domain: "pureserver.info",
        labels: /^p\d{8}$/,
        source: "github.com/stevejenkins/hardwarefreak.com-fqrdns.pcre",
      },
    ],
  },
} as const satisfies ProviderFacts<"fcrdns-ionos-name">;

import { restConfigKeys } from "../internal/rest/config-keys";
import type { ProviderFacts } from "../provider";
import { describeCloud } from "../provider";
import { hetznerRobot as rest } from "./api";

const sources = [
  {
    source:
      "https://robot.hetzner.com/doc/webservice/en.html#reverse-dns; ansible-collections/community.hrobot reverse_dns",
    date: "2026-11-21",
  },
];

export const cloudCapabilities = describeCloud({
  title: "Hetzner Robot",
  reverse: {
    4: {
      how: "rest",
      checksForward: "unknown",
      afterDelete: "generic-default",
      expectedLagMinutes: 5,
      genericDefault: "static.d.c.b.a.clients.your-server.de",
      stableObject: "the server, or a failover IP",
      sources,
    },
    6: {
      how: "rest",
      checksForward: "unknown",
      afterDelete: "removed",
      expectedLagMinutes: 5,
      stableObject: "the server, or a failover subnet",
      sources,
    },
  },
  port25: { policy: "unknown", advice: "Open on dedicated servers, as far as known.", sources },
  smtpOverIpv6: true,
});

export const facts = {
  name: "hetzner-robot",
  cloud: { capabilities: cloudCapabilities, configKeys: restConfigKeys },
  rest,
} as const satisfies ProviderFacts;

/** Hetzner Robot (dedicated servers): PTRs by its webservice. */
import type { ConfigReader } from "../config-reader";
import type { Cloud, CloudCapabilities } from "./cloud";
import { type RestCloudArgs, restArgsFromConfig, restCloud, restConfigKeys } from "./rest-cloud";

const sources = [
  {
    source:
      "https://robot.hetzner.com/doc/webservice/en.html#reverse-dns; ansible-collections/community.hrobot reverse_dns",
    date: "2026-11-21",
  },
];

export const capabilities: CloudCapabilities = {
  title: "Hetzner Robot",
  reverse: {
    4: {
      how: "rest",
      checksForward: "unknown",
      domainOwnership: false,
      afterDelete: "generic-default",
      expectedLagMinutes: 5,
      nameRules: { finalDot: "either", lowerCase: false, maxLength: 253 },
      genericDefault: "static.d.c.b.a.clients.your-server.de",
      locksAddress: false,
      stableObject: "the server, or a failover IP",
      sources,
    },
    6: {
      how: "rest",
      checksForward: "unknown",
      domainOwnership: false,
      afterDelete: "removed",
      expectedLagMinutes: 5,
      nameRules: { finalDot: "either", lowerCase: false, maxLength: 253 },
      genericDefault: null,
      locksAddress: false,
      stableObject: "the server, or a failover subnet",
      sources,
    },
  },
  port25: { policy: "unknown", advice: "Open on dedicated servers, as far as is known.", sources },
  smtpOverIpv6: true,
};

/** What `pulumi config set` takes for this cloud. */
export const configKeys = {
  ...restConfigKeys,
} as const;

/**
 * An address of a dedicated server at Hetzner. Secrets: `hetzner-robot:user` and `hetzner-robot:password`, those of the webservice.
 * @example
 * hetznerRobot({ addresses: ["203.0.113.7"] })
 */
export function hetznerRobot(args: RestCloudArgs): Cloud {
  return restCloud("hetzner-robot", capabilities, args);
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigReader): Cloud {
  return hetznerRobot(restArgsFromConfig(config));
}

/** netcup: PTRs by the API of its server control panel. */
import type { ConfigReader } from "../config-reader";
import type { Cloud, CloudCapabilities } from "./cloud";
import { type RestCloudArgs, restArgsFromConfig, restCloud, restConfigKeys } from "./rest-cloud";

const sources = [
  {
    source:
      "netcup server control panel OpenAPI 2026.0624 (rDNS), as github.com/rixlhq/terraform-provider-netcup uses it",
    date: "2026-11-21",
  },
];

export const capabilities: CloudCapabilities = {
  title: "netcup",
  reverse: {
    4: {
      how: "rest",
      checksForward: "unknown",
      domainOwnership: false,
      afterDelete: "generic-default",
      expectedLagMinutes: 60,
      nameRules: { finalDot: "either", lowerCase: false, maxLength: 253 },
      genericDefault: "vN.quicksrv.de",
      locksAddress: false,
      stableObject: "the server, or a failover IP",
      sources,
    },
    6: {
      how: "rest",
      checksForward: "unknown",
      domainOwnership: false,
      afterDelete: "generic-default",
      expectedLagMinutes: 60,
      nameRules: { finalDot: "either", lowerCase: false, maxLength: 253 },
      genericDefault: null,
      locksAddress: false,
      stableObject: "the server",
      sources,
    },
  },
  port25: {
    policy: "blocked-by-default",
    advice:
      'Ports 25, 465 and 587 are closed by the firewall policy "netcup Mail block", which you can remove yourself.',
    sources,
  },
  smtpOverIpv6: true,
};

/** What `pulumi config set` takes for this cloud. */
export const configKeys = {
  ...restConfigKeys,
} as const;

/**
 * An address of a server at netcup. Secret: `netcup:refreshToken`, or `netcup:accessToken`.
 * @example
 * netcup({ addresses: ["203.0.113.7"] })
 */
export function netcup(args: RestCloudArgs): Cloud {
  return restCloud("netcup", capabilities, args);
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigReader): Cloud {
  return netcup(restArgsFromConfig(config));
}

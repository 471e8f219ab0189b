/** IONOS Cloud: PTRs as reverse records of its DNS API. */
import type { ConfigReader } from "../config-reader";
import type { Cloud, CloudCapabilities } from "./cloud";
import { type RestCloudArgs, restArgsFromConfig, restCloud, restConfigKeys } from "./rest-cloud";

const sources = [{ source: "github.com/ionos-cloud/sdk-go-bundle products/dns (reverse records)", date: "2026-11-21" }];

export const capabilities: CloudCapabilities = {
  title: "IONOS Cloud",
  reverse: {
    4: {
      how: "rest",
      checksForward: "unknown",
      domainOwnership: false,
      afterDelete: "generic-default",
      expectedLagMinutes: 10,
      nameRules: { finalDot: "either", lowerCase: false, maxLength: 253 },
      genericDefault: "ipA-B-C-D.pbiaas.com",
      locksAddress: false,
      stableObject: "an IP block",
      sources,
    },
    6: {
      how: "rest",
      checksForward: "unknown",
      domainOwnership: false,
      afterDelete: "generic-default",
      expectedLagMinutes: 10,
      nameRules: { finalDot: "either", lowerCase: false, maxLength: 253 },
      genericDefault: null,
      locksAddress: false,
      stableObject: "an IP block",
      sources,
    },
  },
  port25: { policy: "unknown", advice: "Support opens it; host name, PTR and SPF come first.", sources },
  smtpOverIpv6: true,
};

/** What `pulumi config set` takes for this cloud. */
export const configKeys = {
  ...restConfigKeys,
} as const;

/**
 * An address at IONOS Cloud. Secret: `ionoscloud:token`.
 * @example
 * ionos({ addresses: ["203.0.113.7"] })
 */
export function ionos(args: RestCloudArgs): Cloud {
  return restCloud("ionos", capabilities, args);
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigReader): Cloud {
  return ionos(restArgsFromConfig(config));
}

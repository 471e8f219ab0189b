/** Contabo: PTRs by its API. */
import type { ConfigReader } from "../config-reader";
import type { Cloud, CloudCapabilities } from "./cloud";
import { type RestCloudArgs, restArgsFromConfig, restCloud, restConfigKeys } from "./rest-cloud";

const sources = [
  { source: "github.com/contabo/cntb openapi, DNS: PTR records (POST and DELETE for IPv6 only)", date: "2026-11-21" },
];

export const capabilities: CloudCapabilities = {
  title: "Contabo",
  reverse: {
    4: {
      how: "rest",
      checksForward: "unknown",
      domainOwnership: false,
      afterDelete: "nothing-happens",
      expectedLagMinutes: 60,
      nameRules: { finalDot: "either", lowerCase: false, maxLength: 253 },
      genericDefault: "vmiN.contaboserver.net",
      locksAddress: false,
      stableObject: "the VPS",
      advice: "An IPv4 PTR cannot be deleted by the API: the one that was there before is put back.",
      sources,
    },
    6: {
      how: "rest",
      checksForward: "unknown",
      domainOwnership: false,
      afterDelete: "removed",
      expectedLagMinutes: 60,
      nameRules: { finalDot: "either", lowerCase: false, maxLength: 253 },
      genericDefault: null,
      locksAddress: false,
      stableObject: "the VPS",
      sources,
    },
  },
  port25: { policy: "open", advice: "Outgoing port 25 is open, say customers.", sources },
  smtpOverIpv6: true,
};

/** What `pulumi config set` takes for this cloud. */
export const configKeys = {
  ...restConfigKeys,
} as const;

/**
 * An address of a VPS at Contabo. Secrets: `contabo:clientId`, `contabo:clientSecret`, `contabo:user`, `contabo:password`.
 * @example
 * contabo({ addresses: ["203.0.113.7"] })
 */
export function contabo(args: RestCloudArgs): Cloud {
  return restCloud("contabo", capabilities, args);
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigReader): Cloud {
  return contabo(restArgsFromConfig(config));
}

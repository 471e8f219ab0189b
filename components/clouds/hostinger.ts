/** Hostinger VPS: PTRs by its API. */
import type { ConfigReader } from "../config-reader";
import type { Cloud, CloudCapabilities } from "./cloud";
import { type RestCloudArgs, restArgsFromConfig, restCloud, restConfigKeys } from "./rest-cloud";

const sources = [{ source: "github.com/hostinger/api openapi.json, VPS: PTR records", date: "2026-11-21" }];

export const capabilities: CloudCapabilities = {
  title: "Hostinger",
  reverse: {
    4: {
      how: "rest",
      checksForward: "unknown",
      domainOwnership: false,
      afterDelete: "removed",
      expectedLagMinutes: 60,
      nameRules: { finalDot: "either", lowerCase: false, maxLength: 253 },
      genericDefault: "srvN.hstgr.cloud",
      locksAddress: false,
      stableObject: "the VPS",
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
  port25: { policy: "unknown", advice: "Not known; ask support.", sources },
  smtpOverIpv6: true,
};

export interface HostingerArgs extends RestCloudArgs {
  /** Number of the VPS. @default found by the address */
  readonly virtualMachine?: string;
}

/** What `pulumi config set` takes for this cloud. */
export const configKeys = {
  ...restConfigKeys,
  virtualMachine: "number of the VPS",
} as const;

/**
 * An address of a VPS at Hostinger. Secret: `hostinger:token`.
 * @example
 * hostinger({ addresses: ["203.0.113.7"] })
 */
export function hostinger(args: HostingerArgs): Cloud {
  return restCloud("hostinger", capabilities, args, { virtualMachine: args.virtualMachine });
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigReader): Cloud {
  const virtualMachine = config.text("virtualMachine");
  return hostinger({ ...restArgsFromConfig(config), ...(virtualMachine !== undefined && { virtualMachine }) });
}

/** Leaseweb: PTRs by its IP management API. */
import type { ConfigReader } from "../config-reader";
import type { Cloud, CloudCapabilities } from "./cloud";
import { type RestCloudArgs, restArgsFromConfig, restCloud, restConfigKeys } from "./rest-cloud";

const sources = [{ source: "github.com/leaseweb/leaseweb-go-sdk ipmgmt/api/openapi.yaml", date: "2026-11-21" }];

export const capabilities: CloudCapabilities = {
  title: "Leaseweb",
  reverse: {
    4: {
      how: "rest",
      checksForward: "unknown",
      domainOwnership: false,
      afterDelete: "nothing-happens",
      expectedLagMinutes: 60,
      nameRules: { finalDot: "either", lowerCase: false, maxLength: 253 },
      genericDefault: "hosted-by.leaseweb.com",
      locksAddress: false,
      stableObject: "a floating IP",
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
      stableObject: "the range",
      advice: "IPv6 PTRs lie in a list below the range that was assigned: give it as ipv6Range.",
      sources,
    },
  },
  port25: { policy: "unknown", advice: "Not known; ask support.", sources },
  smtpOverIpv6: true,
};

export interface LeasewebArgs extends RestCloudArgs {
  /** The IPv6 range that was assigned to you, `2001:db8::/112`. @default the address alone */
  readonly ipv6Range?: string;
}

/** What `pulumi config set` takes for this cloud. */
export const configKeys = {
  ...restConfigKeys,
  ipv6Range: "the IPv6 range that was assigned, 2001:db8::/112",
} as const;

/**
 * An address at Leaseweb. Secret: `leaseweb:token`.
 * @example
 * leaseweb({ addresses: ["203.0.113.7"] })
 */
export function leaseweb(args: LeasewebArgs): Cloud {
  return restCloud("leaseweb", capabilities, args, { ipv6Range: args.ipv6Range });
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigReader): Cloud {
  const ipv6Range = config.text("ipv6Range");
  return leaseweb({ ...restArgsFromConfig(config), ...(ipv6Range !== undefined && { ipv6Range }) });
}

/** UpCloud: PTRs by its API. */
import type { ConfigReader } from "../config-reader";
import type { Cloud, CloudCapabilities } from "./cloud";
import { type RestCloudArgs, restArgsFromConfig, restCloud, restConfigKeys } from "./rest-cloud";

const sources = [
  {
    source: "https://developers.upcloud.com/1.3/10-ip-addresses/; github.com/UpCloudLtd/upcloud-go-api",
    date: "2026-11-21",
  },
];

export const capabilities: CloudCapabilities = {
  title: "UpCloud",
  reverse: {
    4: {
      how: "rest",
      checksForward: "unknown",
      domainOwnership: false,
      afterDelete: "nothing-happens",
      expectedLagMinutes: 5,
      nameRules: { finalDot: "either", lowerCase: false, maxLength: 253 },
      genericDefault: "a-b-c-d.ZONE.upcloud.host",
      locksAddress: false,
      stableObject: "a floating IP address",
      advice: "Nothing says that the API can empty a PTR: the one that was there before is put back.",
      sources,
    },
    6: {
      how: "rest",
      checksForward: "unknown",
      domainOwnership: false,
      afterDelete: "nothing-happens",
      expectedLagMinutes: 5,
      nameRules: { finalDot: "either", lowerCase: false, maxLength: 253 },
      genericDefault: "x-x-x-x.v6.ZONE.upcloud.host",
      locksAddress: false,
      stableObject: "the server",
      advice: "Nothing says that the API can empty a PTR: the one that was there before is put back.",
      sources,
    },
  },
  port25: {
    policy: "blocked-by-default",
    advice: "Closed on new accounts; opens after proof of identity and use case.",
    sources,
  },
  smtpOverIpv6: true,
};

/** What `pulumi config set` takes for this cloud. */
export const configKeys = {
  ...restConfigKeys,
} as const;

/**
 * An address at UpCloud. Secret: `upcloud:token`, or `upcloud:username` and `upcloud:password`.
 * @example
 * upcloud({ addresses: ["203.0.113.7"] })
 */
export function upcloud(args: RestCloudArgs): Cloud {
  return restCloud("upcloud", capabilities, args);
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigReader): Cloud {
  return upcloud(restArgsFromConfig(config));
}

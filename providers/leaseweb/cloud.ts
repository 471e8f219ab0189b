/** Leaseweb: PTRs by its IP management API. */

import type { Cloud } from "../cloud";
import type { ConfigOf } from "../config-schema";
import { type RestCloudArgs, restArgsFromConfig, restCloud } from "../internal/rest/rest-cloud";
import { cloudCapabilities, type configKeys } from "./facts";

export interface LeasewebArgs extends RestCloudArgs {
  /** The IPv6 range that was assigned to you, `2001:db8::/112`. @default the address alone */
  readonly ipv6Range?: string;
}

/**
 * An address at Leaseweb. Secret: `leaseweb:token`.
 * @example
 * leaseweb({ addresses: ["203.0.113.7"] })
 */
export function leaseweb(args: LeasewebArgs): Cloud {
  return restCloud("leaseweb", cloudCapabilities, args, { ipv6Range: args.ipv6Range });
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof configKeys>): Cloud {
  const ipv6Range = config.text("ipv6Range");
  return leaseweb({ ...restArgsFromConfig(config), ...(ipv6Range !== undefined && { ipv6Range }) });
}

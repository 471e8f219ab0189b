/** Hostinger VPS: PTRs by its API. */

import type { Cloud } from "../cloud";
import type { ConfigOf } from "../config-schema";
import { type RestCloudArgs, restArgsFromConfig, restCloud } from "../internal/rest/rest-cloud";
import { cloudCapabilities, type configKeys } from "./facts";

export interface HostingerArgs extends RestCloudArgs {
  /** Number of the VPS. @default found by the address */
  readonly virtualMachine?: string;
}

/**
 * An address of a VPS at Hostinger. Secret: `hostinger:token`.
 * @example
 * hostinger({ addresses: ["203.0.113.7"] })
 */
export function hostinger(args: HostingerArgs): Cloud {
  return restCloud("hostinger", cloudCapabilities, args, { virtualMachine: args.virtualMachine });
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof configKeys>): Cloud {
  const virtualMachine = config.text("virtualMachine");
  return hostinger({ ...restArgsFromConfig(config), ...(virtualMachine !== undefined && { virtualMachine }) });
}

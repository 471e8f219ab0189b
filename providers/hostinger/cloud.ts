/** Hostinger VPS: PTRs by its API. */
import { type RestCloudArgs, restCloud } from "../internal/rest/rest-cloud";
import { cloudCapabilities } from "./facts";

export interface HostingerArgs extends RestCloudArgs {
  /** Number of the VPS. @default found by the address */
  readonly virtualMachine?: string;
}

/**
 * An address of a VPS at Hostinger. Secret: `hostinger:token`.
 * @example
 * hostinger({ addresses: ["203.0.113.7"] })
 */
export const hostinger = restCloud<HostingerArgs>("hostinger", cloudCapabilities);

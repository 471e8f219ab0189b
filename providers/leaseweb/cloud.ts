/** Leaseweb: PTRs by its IP management API. */
import { type RestCloudArgs, restCloud } from "../internal/rest/rest-cloud";
import { cloudCapabilities } from "./facts";

export interface LeasewebArgs extends RestCloudArgs {
  /** The IPv6 range that was assigned to you, `2001:db8::/112`. @default the address alone */
  readonly ipv6Range?: string;
}

/**
 * An address at Leaseweb. Secret: `leaseweb:token`.
 * @example
 * leaseweb({ addresses: ["203.0.113.7"] })
 */
export const leaseweb = restCloud<LeasewebArgs>("leaseweb", cloudCapabilities);

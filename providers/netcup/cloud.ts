/** netcup: PTRs by the API of its server control panel. */

import type { Cloud } from "../cloud";
import type { ConfigOf } from "../config-schema";
import type { restConfigKeys } from "../internal/rest/config-keys";
import { type RestCloudArgs, restArgsFromConfig, restCloud } from "../internal/rest/rest-cloud";
import { cloudCapabilities } from "./facts";

/**
 * An address of a server at netcup. Secret: `netcup:refreshToken`, or `netcup:accessToken`.
 * @example
 * netcup({ addresses: ["203.0.113.7"] })
 */
export function netcup(args: RestCloudArgs): Cloud {
  return restCloud("netcup", cloudCapabilities, args);
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof restConfigKeys>): Cloud {
  return netcup(restArgsFromConfig(config));
}

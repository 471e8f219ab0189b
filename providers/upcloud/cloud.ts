/** UpCloud: PTRs by its API. */

import type { Cloud } from "../cloud";
import type { ConfigOf } from "../config-schema";
import type { restConfigKeys } from "../internal/rest/config-keys";
import { type RestCloudArgs, restArgsFromConfig, restCloud } from "../internal/rest/rest-cloud";
import { cloudCapabilities } from "./facts";

/**
 * An address at UpCloud. Secret: `upcloud:token`, or `upcloud:username` and `upcloud:password`.
 * @example
 * upcloud({ addresses: ["203.0.113.7"] })
 */
export function upcloud(args: RestCloudArgs): Cloud {
  return restCloud("upcloud", cloudCapabilities, args);
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof restConfigKeys>): Cloud {
  return upcloud(restArgsFromConfig(config));
}

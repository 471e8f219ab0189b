/** IONOS Cloud: PTRs as reverse records of its DNS API. */

import type { Cloud } from "../cloud";
import type { ConfigOf } from "../config-schema";
import type { restConfigKeys } from "../internal/rest/config-keys";
import { type RestCloudArgs, restArgsFromConfig, restCloud } from "../internal/rest/rest-cloud";
import { cloudCapabilities } from "./facts";

/**
 * An address at IONOS Cloud. Secret: `ionoscloud:token`.
 * @example
 * ionos({ addresses: ["203.0.113.7"] })
 */
export function ionos(args: RestCloudArgs): Cloud {
  return restCloud("ionos", cloudCapabilities, args);
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof restConfigKeys>): Cloud {
  return ionos(restArgsFromConfig(config));
}

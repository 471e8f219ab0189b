/** IONOS Cloud: PTRs as reverse records of its DNS API. */

import type { Cloud } from "../cloud";
import type { ConfigReader } from "../internal/config-reader";
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
export function fromConfig(config: ConfigReader): Cloud {
  return ionos(restArgsFromConfig(config));
}

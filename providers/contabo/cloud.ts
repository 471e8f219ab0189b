/** Contabo: PTRs by its API. */

import type { Cloud } from "../cloud";
import type { ConfigOf } from "../config-schema";
import type { restConfigKeys } from "../internal/rest/config-keys";
import { type RestCloudArgs, restArgsFromConfig, restCloud } from "../internal/rest/rest-cloud";
import { cloudCapabilities } from "./facts";

/**
 * An address of a VPS at Contabo. Secrets: `contabo:clientId`, `contabo:clientSecret`, `contabo:user`, `contabo:password`.
 * @example
 * contabo({ addresses: ["203.0.113.7"] })
 */
export function contabo(args: RestCloudArgs): Cloud {
  return restCloud("contabo", cloudCapabilities, args);
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof restConfigKeys>): Cloud {
  return contabo(restArgsFromConfig(config));
}

/** Hetzner Robot (dedicated servers): PTRs by its webservice. */

import type { Cloud } from "../cloud";
import type { ConfigOf } from "../config-schema";
import type { restConfigKeys } from "../internal/rest/config-keys";
import { type RestCloudArgs, restArgsFromConfig, restCloud } from "../internal/rest/rest-cloud";
import { cloudCapabilities } from "./facts";

/**
 * An address of a dedicated server at Hetzner. Secrets: `hetzner-robot:user` and `hetzner-robot:password`, those of the webservice.
 * @example
 * hetznerRobot({ addresses: ["203.0.113.7"] })
 */
export function hetznerRobot(args: RestCloudArgs): Cloud {
  return restCloud("hetzner-robot", cloudCapabilities, args);
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof restConfigKeys>): Cloud {
  return hetznerRobot(restArgsFromConfig(config));
}

/** Hetzner Robot (dedicated servers): PTRs by its webservice. */
import { restCloud } from "../internal/rest/rest-cloud";
import { cloudCapabilities } from "./facts";

/**
 * An address of a dedicated server at Hetzner. Secrets: `hetzner-robot:user` and `hetzner-robot:password`, those of the webservice.
 * @example
 * hetznerRobot({ addresses: ["203.0.113.7"] })
 */
export const hetznerRobot = restCloud("hetzner-robot", cloudCapabilities);

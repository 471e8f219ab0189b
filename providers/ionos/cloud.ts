/** IONOS Cloud: PTRs as reverse records of its DNS API. */
import { restCloud } from "../internal/rest/rest-cloud";
import { cloudCapabilities } from "./facts";

/**
 * An address at IONOS Cloud. Secret: `ionoscloud:token`.
 * @example
 * ionos({ addresses: ["203.0.113.7"] })
 */
export const ionos = restCloud("ionos", cloudCapabilities);

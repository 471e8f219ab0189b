/** UpCloud: PTRs by its API. */
import { restCloud } from "../internal/rest/rest-cloud";
import { cloudCapabilities } from "./facts";

/**
 * An address at UpCloud. Secret: `upcloud:token`, or `upcloud:username` and `upcloud:password`.
 * @example
 * upcloud({ addresses: ["203.0.113.7"] })
 */
export const upcloud = restCloud("upcloud", cloudCapabilities);

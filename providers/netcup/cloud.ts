/** netcup: PTRs by the API of its server control panel. */
import { restCloud } from "../internal/rest/rest-cloud";
import { cloudCapabilities } from "./facts";

/**
 * An address of a server at netcup. Secret: `netcup:refreshToken`, or `netcup:accessToken`.
 * @example
 * netcup({ addresses: ["203.0.113.7"] })
 */
export const netcup = restCloud("netcup", cloudCapabilities);

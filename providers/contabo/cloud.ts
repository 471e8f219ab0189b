/** Contabo: PTRs by its API. */
import { restCloud } from "../internal/rest/rest-cloud";
import { cloudCapabilities } from "./facts";

/**
 * An address of a VPS at Contabo. Secrets: `contabo:clientId`, `contabo:clientSecret`, `contabo:user`, `contabo:password`.
 * @example
 * contabo({ addresses: ["203.0.113.7"] })
 */
export const contabo = restCloud("contabo", cloudCapabilities);

/** PowerDNS: PTRs in reverse zones of your own, by its HTTP API. */
import { type RestCloudArgs, restCloud } from "../internal/rest/rest-cloud";
import { cloudCapabilities } from "./facts";

export interface PowerdnsArgs extends RestCloudArgs {
  /**
   * The reverse zone, where the parent delegated a part of a /24 (RFC 2317): `0/25.2.0.192.in-addr.arpa`.
   * @default the deepest zone on the server that holds the address's reverse name
   */
  readonly reverseZone?: string;
}

/**
 * Addresses of your own, whose reverse zone is on your PowerDNS server. Secret: `powerdns:apiKey`.
 * @example
 * powerdns({ addresses: ["203.0.113.7"], endpoint: "https://dns.example.com:8081" })
 */
export const powerdns = restCloud<PowerdnsArgs>("powerdns", cloudCapabilities);

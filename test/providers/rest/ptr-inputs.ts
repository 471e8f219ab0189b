import type { RestApiName } from "../../../providers/internal/rest/apis";
import type { ServedApi } from "../../../sandbox/rest/serve";
import { simulatedApis } from "../../../sandbox/simulations";

/** The inputs of a PTR at a simulated API. */
export function ptrInputs(provider: RestApiName, served: ServedApi, address: string, hostname = "mail.example.com") {
  const { endpoint, tokenEndpoint } = served;
  const { settings } = simulatedApis[provider];
  return {
    provider,
    address,
    hostname,
    endpoint,
    ...(tokenEndpoint !== undefined && { tokenEndpoint }),
    ...(settings !== undefined && { settings }),
  };
}

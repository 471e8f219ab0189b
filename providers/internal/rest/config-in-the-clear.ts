/**
 * The engine hands a stack's config to the host of dynamic providers and keeps it with that provider in the state,
 * secrets encrypted. A token that was set without `--secret` would be stored there in the clear.
 */
import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../../cloud";
import { type RestApiName, restApis } from "./apis";
import type { RestApi } from "./rest-api";

/** In every version of the SDK that is supported, but not among its types; without it nothing is said. */
const { isConfigSecret: isSecret } = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };

/** One problem for each secret of an API that stands in the config in the clear. */
export function configInTheClear(name: RestApiName): Problem[] {
  const api: RestApi = restApis[name];
  return api.credentials.flat().flatMap(({ config, open }) => {
    const inTheClear = open !== true && pulumi.runtime.getConfig(config) !== undefined && isSecret?.(config) === false;
    return inTheClear
      ? [
          {
            argument: `config ${config}`,
            message: "is not set as a secret, so it would be stored in the state in the clear",
            fix: `run \`pulumi config set --secret ${config}\``,
          },
        ]
      : [];
  });
}

/** Clouds whose PTRs are set by an API that Pulumi has no resource for: what their files have in common. */

import type { Cloud, CloudCapabilities } from "../../cloud";
import type { ConfigOf } from "../../config-schema";
import { givenAddresses } from "../addresses/given-addresses";
import { type Transform, transform } from "../transform";
import type { RestApiName } from "./apis";
import { configInTheClear } from "./config-in-the-clear";
import type { restConfigKeys } from "./config-keys";
import { RestPtr, type RestPtrArgs } from "./rest-ptr";

export interface RestCloudArgs {
  /** The addresses that the provider assigned, at most one a family: `["203.0.113.7", "2001:db8::25"]`. */
  readonly addresses: readonly string[];
  /** Address of the API, without final slash. @default the vendor's */
  readonly endpoint?: string;
  /** Address that hands out tokens, for the APIs that have one. @default the vendor's */
  readonly tokenEndpoint?: string;
  /** Changes the PTR just before it is made. */
  readonly transform?: { readonly restPtr?: Transform<RestPtrArgs> };
}

/**
 * @param name whose API
 * @param settings what the API wants to know besides, as {@link RestPtrArgs.settings}; undefined values are left out
 */
export function restCloud(
  name: RestApiName,
  capabilities: CloudCapabilities,
  args: RestCloudArgs,
  settings: Readonly<Record<string, string | undefined>> = {},
): Cloud {
  const addresses = givenAddresses(args.addresses);
  const given = Object.entries(settings).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return {
    name,
    capabilities,
    families: ([4, 6] as const).filter((family) => addresses.of(family) !== undefined),
    validate: (request) => [...addresses.validate(request, capabilities.title), ...configInTheClear(name)],
    addresses: (context) =>
      addresses.hostAddresses(context.families).map(({ family, address }) => ({
        family,
        address,
        reverse: ({ hostname, options }) => {
          const resource = new RestPtr(
            ...transform(
              args.transform?.restPtr,
              `${context.name}-ptr-v${family}`,
              {
                provider: name,
                address,
                hostname,
                ...(args.endpoint !== undefined && { endpoint: args.endpoint }),
                ...(args.tokenEndpoint !== undefined && { tokenEndpoint: args.tokenEndpoint }),
                ...(given.length > 0 && { settings: Object.fromEntries(given) }),
              },
              options,
            ),
          );
          return { reverse: "set", resource, done: resource.hostname };
        },
      })),
  } satisfies Cloud;
}

/** The arguments as the stack's config describes them. */
export function restArgsFromConfig(config: ConfigOf<typeof restConfigKeys>): RestCloudArgs {
  const endpoint = config.text("endpoint");
  const tokenEndpoint = config.text("tokenEndpoint");
  return {
    addresses: [config.text("address"), config.text("ipv6Address")].filter((text) => text !== undefined),
    ...(endpoint !== undefined && { endpoint }),
    ...(tokenEndpoint !== undefined && { tokenEndpoint }),
  };
}

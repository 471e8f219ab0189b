/** Clouds whose PTRs are set by an API that Pulumi has no resource for, made of the API and what is known of the cloud. */
import type { Cloud, CloudCapabilities } from "../../cloud";
import type { ConfigOf, ConfigReader } from "../../config-schema";
import { givenAddresses } from "../addresses/given-addresses";
import { type Transform, transform } from "../transform";
import { type RestApiName, restApis } from "./apis";
import { configInTheClear } from "./config-in-the-clear";
import type { restConfigKeys } from "./config-keys";
import type { RestApi } from "./rest-api";
import { RestPtr, type RestPtrArgs } from "./rest-ptr";

export interface RestCloudArgs {
  /** The addresses that the provider assigned, at most one per family: `["203.0.113.7", "2001:db8::25"]`. */
  readonly addresses: readonly string[];
  /** Address of the API, without final slash. @default the vendor's */
  readonly endpoint?: string;
  /** Address that hands out tokens, for the APIs that have one. @default the vendor's */
  readonly tokenEndpoint?: string;
  /** Changes the PTR just before it is made. */
  readonly transform?: { readonly restPtr?: Transform<RestPtrArgs> };
}

/**
 * The function that makes the cloud.
 * @param name whose API
 * @typeParam Args with what the API wants to know besides ({@link RestApi.settings}), under the same names
 */
export function restCloud<Args extends RestCloudArgs = RestCloudArgs>(
  name: RestApiName,
  capabilities: CloudCapabilities,
): (args: Args) => Cloud {
  return (args) => cloudOf(name, capabilities, args, settingsOf(restApis[name], args));
}

/** The cloud as the stack's config describes it. */
export function restCloudFromConfig(name: RestApiName, capabilities: CloudCapabilities, config: ConfigReader): Cloud {
  const settings = restApis[name].settings.map((key) => [key, config.text(key)]);
  return restCloud(name, capabilities)({ ...restArgsFromConfig(config), ...Object.fromEntries(settings) });
}

function settingsOf({ settings }: RestApi, args: object): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(args).filter(([key, value]) => settings.includes(key) && value !== undefined),
  );
}

function cloudOf(
  name: RestApiName,
  capabilities: CloudCapabilities,
  args: RestCloudArgs,
  settings: Readonly<Record<string, string>>,
): Cloud {
  const addresses = givenAddresses(args.addresses);
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
                ...(Object.keys(settings).length > 0 && { settings }),
              },
              options,
            ),
          );
          return { reverse: "set", resource, done: resource.hostname };
        },
      })),
  } satisfies Cloud;
}

function restArgsFromConfig(config: ConfigOf<typeof restConfigKeys>): RestCloudArgs {
  const endpoint = config.text("endpoint");
  const tokenEndpoint = config.text("tokenEndpoint");
  return {
    addresses: [config.text("address"), config.text("ipv6Address")].filter((text) => text !== undefined),
    ...(endpoint !== undefined && { endpoint }),
    ...(tokenEndpoint !== undefined && { tokenEndpoint }),
  };
}

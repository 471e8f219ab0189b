import { type ConfigSchema, sharedConfigKeys } from "../../config-schema";

/** Keys of stack config that every REST cloud reads; their secrets have keys of their own. */
export const restConfigKeys = {
  address: { ...sharedConfigKeys.address, required: true },
  ipv6Address: sharedConfigKeys.ipv6Address,
  endpoint: sharedConfigKeys.endpoint,
  tokenEndpoint: sharedConfigKeys.tokenEndpoint,
} as const satisfies ConfigSchema;

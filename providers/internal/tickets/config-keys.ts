import { type ConfigSchema, sharedConfigKeys } from "../../config-schema";

/** Keys of stack config that every cloud whose PTRs people set reads. */
export const ticketConfigKeys = {
  address: { ...sharedConfigKeys.address, required: true },
  ipv6Address: sharedConfigKeys.ipv6Address,
  ticket: sharedConfigKeys.ticket,
} as const satisfies ConfigSchema;

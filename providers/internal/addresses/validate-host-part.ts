/** The host part of an IPv6 address that the user chooses. */
import type { Problem } from "../../cloud";
import { hostInNetwork } from "./ipv6-host";

/** Refuses what cannot be the last 64 bits of an IPv6 address. */
export function validateHostPart(argument: string, hostPart: string | undefined): readonly Problem[] {
  try {
    hostInNetwork("2001:db8::/64", hostPart);
    return [];
  } catch (error) {
    return [
      {
        argument,
        message: error instanceof Error ? error.message : String(error),
        fix: 'give the last 64 bits alone, for example "::1" or "::25"',
      },
    ];
  }
}

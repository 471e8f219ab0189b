/** Refusals that several clouds share. */
import type { AddressRequest, CloudCapabilities, Family, Problem } from "../../cloud";
import { hostInNetwork } from "./ipv6-host";

/** IPv6 asked of a cloud that cannot set its PTR. */
export function validateIpv6({ title, reverse }: CloudCapabilities, request: AddressRequest): Problem[] {
  if (!request.families.includes(6) || reverse[6].how !== "none") {
    return [];
  }
  return [
    {
      argument: "ipv6",
      message: `${title} cannot set the PTR of an IPv6 address, so receivers would reject mail over IPv6`,
      fix: reverse[6].advice ?? "leave ipv6 out and let the MTA send over IPv4 only",
    },
  ];
}

/** An address is either there already or made here. */
export function validateExistingAndCreate(args: { readonly existing?: unknown; readonly create?: unknown }): Problem[] {
  if (args.existing === undefined || args.create === undefined) {
    return [];
  }
  return [
    {
      argument: "cloud.create",
      message: "create describes a new address and existing selects one that exists already; both were given",
      fix: "remove create to use the existing one, or existing to create a new one",
    },
  ];
}

/** A family that mail leaves over, without an address. @param give the next step */
export function missingAddress(argument: string, family: Family, give = `give ${argument}`): Problem {
  return {
    argument,
    message: `mail is sent over IPv${family}, but no IPv${family} address was given`,
    fix: family === 6 ? `${give}, or set ipv6: false` : give,
  };
}

/**
 * Where existing addresses are used, one is needed for each family that mail leaves over.
 * @param argument `cloud.existing`
 * @param instead another argument that addresses can come from
 */
export function validateExistingFamilies(
  argument: string,
  existing: { readonly v4?: unknown; readonly v6?: unknown } | undefined,
  { families }: AddressRequest,
  instead?: string,
): Problem[] {
  const missing = existing === undefined ? [] : families.filter((family) => existing[`v${family}`] === undefined);
  return missing.map((family) => {
    const own = `${argument}.v${family}`;
    return missingAddress(own, family, instead === undefined ? `give ${own}` : `give ${own} or ${instead}`);
  });
}

/** What cannot be the last 64 bits of an IPv6 address. */
export function validateHostPart(argument: string, hostPart: string | undefined): Problem[] {
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

/** A number of seconds that is none. */
export function validateSeconds(argument: string, seconds: number | undefined): Problem[] {
  if (seconds === undefined || (Number.isFinite(seconds) && seconds >= 0)) {
    return [];
  }
  return [
    { argument, message: `${seconds} is not a number of seconds`, fix: "give a number of seconds, 0 for a single try" },
  ];
}

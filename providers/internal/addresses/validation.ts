/** Refusals that several clouds share. */
import type { AddressRequest, CloudCapabilities, Problem } from "../../cloud";

/** IPv6 asked of a cloud that cannot set its PTR. */
export function validateIpv6({ title, reverse }: CloudCapabilities, request: AddressRequest): Problem[] {
  if (!request.families.includes(6) || reverse[6].how !== "none") {
    return [];
  }
  return [
    {
      argument: "ipv6",
      message: `${title} cannot set the PTR of an IPv6 address, so mail over IPv6 would be refused`,
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
      message: "create says how a new address is made, existing that one is used which is there already",
      fix: "remove create to use the existing one, or existing to make a new one",
    },
  ];
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

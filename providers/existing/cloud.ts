/** An address that you already have, from anybody: nothing is made, and its PTR is set where it came from. */
import type * as pulumi from "@pulumi/pulumi";
import { reverseName } from "../../fcrdns/names/address";
import type { AddressRequest, Cloud, CloudContext, Family, Problem, ReverseResult } from "../cloud";
import type { ConfigOf } from "../config-schema";
import { givenAddress, validateAddress } from "../internal/addresses/given-address";
import { missingAddress } from "../internal/addresses/validation";
import { printUnlessThere, ptrIsThere } from "../internal/entered-by-hand";
import { given } from "../internal/given";
import { cloudCapabilities, type configKeys } from "./facts";

export interface ExistingArgs {
  /** The IPv4 address that mail leaves from. */
  readonly address: pulumi.Input<string>;
  /** The IPv6 address that mail leaves from too. @default none: mail leaves over IPv4 only */
  readonly ipv6Address?: pulumi.Input<string>;
  /** Who gave you the address, for the instructions. @default "whoever gave you the address" */
  readonly provider?: string;
}

/**
 * An address that exists outside this stack. Its PTR is set already, or somebody sets it: what to enter is printed, and
 * whatever takes its value from `verified` waits until it is there.
 * @param args the address
 * @example
 * const cloud = existing({ address: "192.0.2.10", provider: "RackNerd" });
 * new SendingIp("mail", { hostname: "mail.example.com", cloud, dns: route53({ zone: "example.com" }) });
 */
export function existing(args: ExistingArgs): Cloud {
  return {
    name: "existing",
    capabilities: cloudCapabilities,
    families: args.ipv6Address === undefined ? [4] : [4, 6],
    validate: (request) => validate(args, request),
    addresses: (context) =>
      context.families.map((family) => {
        const [argument, given] = givenFor(args, family);
        const address = givenAddress(argument, given ?? "", family);
        return { family, address, reverse: () => enteredByHand(args, context, address) };
      }),
  } satisfies Cloud;
}

/** With the host name as it is known from the start: PTR and A may be entered while somebody is at it. */
function enteredByHand(
  { provider }: ExistingArgs,
  { hostname, addressOptions }: CloudContext,
  address: pulumi.Output<string>,
): ReverseResult {
  const instructions = address.apply((text) => ptrInstructions(text, hostname, provider));
  const look = address.apply((text) => () => ptrIsThere(text, hostname));
  printUnlessThere(addressOptions.parent, instructions, look);
  return { reverse: "manual", instructions };
}

/** What to set where, one line per field, with the names that panels use for it. */
export function ptrInstructions(address: string, hostname: string, provider?: string): string {
  const where = provider === undefined ? "whoever gave you the address" : provider;
  const rows = [
    ["IP address", address],
    ["Reverse DNS (PTR, rDNS)", hostname],
    ["In a reverse zone", `${reverseName(address)}. PTR ${hostname}.`],
  ] as const;
  const width = Math.max(...rows.map(([label]) => label.length));
  return [
    `Set the reverse DNS of ${address} at ${where}, unless it is set already:`,
    ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`),
    `Many providers look up ${hostname} first and refuse the PTR until it has the address ${address}.`,
  ].join("\n");
}

function givenFor(args: ExistingArgs, family: Family): readonly [string, pulumi.Input<string> | undefined] {
  return family === 4 ? ["cloud.address", args.address] : ["cloud.ipv6Address", args.ipv6Address];
}

function validate(args: ExistingArgs, request: AddressRequest): Problem[] {
  return request.families.flatMap((family) => {
    const [argument, given] = givenFor(args, family);
    const isMissing = given === undefined || given === "";
    return isMissing ? [missingAddress(argument, family)] : validateAddress(argument, given, family);
  });
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof configKeys>): Cloud {
  const optional = { ipv6Address: config.textInput("ipv6Address"), provider: config.text("provider") };
  return existing({ address: config.textInput("address") ?? "", ...given(optional) });
}

/** Addresses that the user gives: checked at once where they are plain text, as soon as they are known where not. */
import * as pulumi from "@pulumi/pulumi";
import * as ipaddr from "ipaddr.js";
import { type IpAddress, parseAddress } from "../../../fcrdns/names/address";
import type { Family, Problem } from "../../cloud";
import { UserError } from "../user-error";

/**
 * Refuses what is no address of the family; nothing for a value that is not known yet.
 * @param argument as people write it, for example `cloud.existing.v6`
 */
export function validateAddress(
  argument: string,
  given: pulumi.Input<string> | undefined,
  family: Family,
): readonly Problem[] {
  const why = typeof given === "string" ? whyNot(given, family) : undefined;
  return why === undefined
    ? []
    : [{ argument, message: why, fix: `give the IPv${family} address that mail is sent from` }];
}

/** Refuses a block that is none, or that does not hold the address; nothing for values that are not known yet. */
export function validateBlock(
  argument: string,
  block: pulumi.Input<string> | undefined,
  address: pulumi.Input<string> | undefined,
): readonly Problem[] {
  if (typeof block !== "string") {
    return [];
  }
  const range = parsedBlock(block);
  if (range === undefined) {
    return [{ argument, message: `${JSON.stringify(block)} is not a block`, fix: "write it as 2001:db8:1:2::/64" }];
  }
  const read = typeof address === "string" ? parseAddress(address) : undefined;
  if (read?.ok !== true || holds(range, read.address)) {
    return [];
  }
  return [
    {
      argument,
      message: `${read.address.text} is not in ${block}`,
      fix: "give the block that the address belongs to",
    },
  ];
}

/** True when the block (`2001:db8::/64`) holds the address; false for text that is neither. */
export function isInBlock(address: string, block: string): boolean {
  const range = parsedBlock(block);
  const read = parseAddress(address);
  return range !== undefined && read.ok && holds(range, read.address);
}

/**
 * The address in canonical text.
 * @returns rejects with a UserError when it turns out to be no address of the family
 */
export function givenAddress(argument: string, given: pulumi.Input<string>, family: Family): pulumi.Output<string> {
  return pulumi.output(given).apply((text) => {
    const why = whyNot(text, family);
    const read = parseAddress(text);
    if (why !== undefined || !read.ok) {
      throw new UserError(`${argument}: ${why}`);
    }
    return read.address.text;
  });
}

function whyNot(text: string, family: Family): string | undefined {
  const read = parseAddress(text);
  if (!read.ok) {
    return read.reason;
  }
  return read.address.family === family ? undefined : `${read.address.text} is not an IPv${family} address`;
}

function parsedBlock(block: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  return ipaddr.isValidCIDR(block) ? ipaddr.parseCIDR(block) : undefined;
}

function holds([first, length]: [ipaddr.IPv4 | ipaddr.IPv6, number], address: IpAddress): boolean {
  const own = ipaddr.fromByteArray([...address.bytes]);
  return own.kind() === first.kind() && own.match([first, length] as [typeof own, number]);
}

/** Addresses that exist outside the stack and are given by the user: at most one per family. */
import * as pulumi from "@pulumi/pulumi";
import { type IpAddress, parseAddress } from "../../../fcrdns/names/address";
import type { AddressRequest, Family, HostAddress, Problem } from "../../cloud";
import { missingAddress } from "./validation";

export interface GivenAddresses {
  /** The address of a family, canonical text; undefined: none was given. */
  of(family: Family): string | undefined;
  /** What is wrong with them for this use; `title` is whose addresses they are. */
  validate(request: AddressRequest, title: string): Problem[];
  /** In the order of `families`. */
  hostAddresses(families: readonly Family[]): HostAddress[];
}

/** Reads the addresses; nothing is refused before {@link GivenAddresses.validate}. */
export function givenAddresses(texts: readonly string[]): GivenAddresses {
  const results = texts.map((text) => parseAddress(text.trim()));
  const parsed = results.flatMap((result) => (result.ok ? [result.address] : []));
  const of = (family: Family): string | undefined => first(parsed, family)?.text;
  return {
    of,
    validate: ({ families }, title) => [
      ...results.flatMap((result) => (result.ok ? [] : [wrong(result.reason)])),
      ...([4, 6] as const).flatMap((family) => tooMany(parsed, family)),
      ...families.flatMap((family) => (of(family) === undefined ? [missing(family, title)] : [])),
    ],
    hostAddresses: (families) =>
      families.flatMap((family) => {
        const address = of(family);
        return address === undefined ? [] : [{ family, address: pulumi.output(address) }];
      }),
  };
}

function first(addresses: readonly IpAddress[], family: Family): IpAddress | undefined {
  return addresses.find((address) => address.family === family);
}

function wrong(reason: string): Problem {
  return { argument: "cloud.addresses", message: reason, fix: "give the addresses that mail is sent from" };
}

function tooMany(addresses: readonly IpAddress[], family: Family): Problem[] {
  const texts = [...new Set(addresses.filter((address) => address.family === family).map(({ text }) => text))];
  if (texts.length < 2) return [];
  return [
    {
      argument: "cloud.addresses",
      message: `${texts.join(" and ")} are ${texts.length} IPv${family} addresses, but one SendingIp has one of each family`,
      fix: "create one SendingIp for each, with its own host name",
    },
  ];
}

function missing(family: Family, title: string): Problem {
  const give =
    family === 6
      ? "give the host address as well (2001:db8::25)"
      : `give the address that ${title} assigned to your server, addresses: ["203.0.113.7"]`;
  return missingAddress("cloud.addresses", family, give);
}

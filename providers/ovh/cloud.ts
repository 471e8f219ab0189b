/** OVHcloud: the PTR of an address that you have there. OVHcloud hands addresses out by order, not here. */
import "./sdk";

import { Reverse, type ReverseArgs } from "@ovhcloud/pulumi-ovh/ip/reverse";
import type * as pulumi from "@pulumi/pulumi";
import * as ipaddr from "ipaddr.js";
import type { AddressRequest, Cloud, Family, Problem } from "../cloud";
import type { ConfigOf } from "../config-schema";
import { givenAddress, validateAddress, validateBlock } from "../internal/addresses/given-address";
import { addressPerFamily, ptrResource } from "../internal/addresses/ptr-resource";
import { given } from "../internal/given";
import type { Transform } from "../internal/transform";
import { cloudCapabilities, type configKeys } from "./facts";

export interface OvhArgs {
  /** The addresses that mail leaves from, as OVHcloud assigned them. */
  readonly existing: {
    readonly v4: pulumi.Input<string>;
    readonly v6?: pulumi.Input<string>;
  };
  /** The blocks that OVHcloud lists them under. */
  readonly blocks?: {
    /** @default the address alone, `/32` */
    readonly v4?: pulumi.Input<string>;
    /** @default the `/64` around the address */
    readonly v6?: pulumi.Input<string>;
  };
  /** How long the provider asks again while OVHcloud's own resolver does not see the forward record. @default "15m" */
  readonly readinessTimeout?: string;
  /** Changes an underlying resource just before it is made. */
  readonly transform?: { readonly reverse?: Transform<ReverseArgs> };
}

/**
 * An address at OVHcloud.
 * @param args the addresses
 * @example
 * const cloud = ovh({ existing: { v4: "192.0.2.10", v6: "2001:db8:1:2::10" } });
 * new SendingIp("mail", { hostname: "mail.example.com", cloud, dns: ovhDns({ zone: "example.com" }) });
 */
export function ovh(args: OvhArgs): Cloud {
  return {
    name: "ovh",
    capabilities: cloudCapabilities,
    families: args.existing?.v6 === undefined ? [4] : [4, 6],
    validate: (request) => validate(args, request),
    addresses: addressPerFamily(
      (_context, family) => ({
        family,
        address: givenAddress(`cloud.existing.v${family}`, args.existing[`v${family}`] ?? "", family),
      }),
      ptrResource(
        Reverse,
        args.transform?.reverse,
        ({ family, address }, hostname) => ({
          ip: args.blocks?.[`v${family}`] ?? address.apply(usualBlock),
          ReverseIp: address,
          // Without the final dot OVHcloud answers with it, which the provider takes for a change: a replacement.
          ReverseValue: hostname.apply((known) => `${known}.`),
          readinessTimeoutDuration: args.readinessTimeout ?? "15m",
        }),
        ({ ReverseValue }) => ReverseValue,
      ),
    ),
  } satisfies Cloud;
}

/** `192.0.2.10/32`, or the /64 around an IPv6 address. */
export function usualBlock(address: string): string {
  return address.includes(":")
    ? `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toRFC5952String()}/64`
    : `${address}/32`;
}

function validate({ existing, blocks, readinessTimeout }: OvhArgs, request: AddressRequest): Problem[] {
  const problems: Problem[] = [];
  for (const family of request.families) {
    const given = existing?.[`v${family}` as const];
    if (given === undefined || given === "") {
      problems.push(missing(family));
      continue;
    }
    problems.push(
      ...validateAddress(`cloud.existing.v${family}`, given, family),
      ...validateBlock(`cloud.blocks.v${family}`, blocks?.[`v${family}`], given),
    );
  }
  if (request.hostname.startsWith("-")) {
    problems.push({
      argument: "hostname",
      message: `${request.hostname} begins with a hyphen, which OVHcloud refuses in a PTR`,
      fix: "give a host name that begins with a letter or digit",
    });
  }
  if (readinessTimeout !== undefined && !/^(?:\d+(?:\.\d+)?(?:h|m|s|ms))+$/.test(readinessTimeout)) {
    problems.push({
      argument: "cloud.readinessTimeout",
      message: `${JSON.stringify(readinessTimeout)} is not a Go duration`,
      fix: 'write it as "90s" or "15m"',
    });
  }
  return problems;
}

function missing(family: Family): Problem {
  return {
    argument: `cloud.existing.v${family}`,
    message: `OVHcloud assigns addresses by order, so none is created here, and no IPv${family} address was given`,
    fix: `give cloud.existing.v${family}, the address that sends mail${family === 6 ? ", or set ipv6: false" : ""}`,
  };
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof configKeys>): Cloud {
  return ovh({
    existing: { v4: config.textInput("address") ?? "", ...given({ v6: config.textInput("ipv6Address") }) },
    blocks: given({ v4: config.textInput("block"), v6: config.textInput("ipv6Block") }),
  });
}

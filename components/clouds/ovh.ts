/** OVHcloud: the PTR of an address that you have there. OVHcloud hands addresses out by order, not here. */
import "../sdk/ovh";

import { Reverse, type ReverseArgs } from "@ovhcloud/pulumi-ovh/ip/reverse";
import type * as pulumi from "@pulumi/pulumi";
import * as ipaddr from "ipaddr.js";
import type { ConfigReader } from "../config-reader";
import { type Transform, transformed } from "../transform";
import type { AddressRequest, Cloud, CloudCapabilities, Family, Problem, ReverseCapability } from "./cloud";
import { givenAddress, refuseAddress, refuseBlock } from "./given-address";
import { setPtr } from "./set-ptr";

const reverse: ReverseCapability = {
  how: "resource",
  checksForward: "yes",
  domainOwnership: false,
  afterDelete: "generic-default",
  lateDeleteErases: true,
  expectedLagMinutes: 30,
  nameRules: { finalDot: "required", lowerCase: true, maxLength: 63 },
  genericDefault: "vps-xxxxxxxx.vps.ovh.net, nsN.ip-a-b-c.eu",
  locksAddress: false,
  stableObject: "an Additional IP; ovh.ip.Move moves it between services",
  advice:
    "OVHcloud wants A and AAAA of the name to lead back before it takes the PTR. Every change of `ip.Reverse` replaces it, and deleting the old one resets the PTR: it must be deleted before the new one is made.",
  sources: [
    { source: "github.com/ovh/docs, guide on configuring reverse DNS", date: "2026-08-21" },
    { source: "github.com/ovh/terraform-provider-ovh ovh/resource_ip_reverse.go", date: "2026-11-21" },
    { source: "https://github.com/ovh/terraform-provider-ovh/issues/1020", date: "2026-11-21" },
  ],
};

export const capabilities: CloudCapabilities = {
  title: "OVHcloud",
  reverse: {
    4: reverse,
    6: {
      ...reverse,
      afterDelete: "removed",
      genericDefault: null,
      stableObject: "the server's own block",
      advice: "Give the block that OVHcloud lists for the server (`/64`, on a VPS `/128`), not the address alone.",
    },
  },
  port25: {
    policy: "unknown",
    advice:
      "Usually open, watched by an anti-spam system that blocks it after complaints; ask support about your service.",
    sources: [],
  },
  smtpOverIpv6: true,
};

/** What `pulumi config set` takes for this cloud. */
export const configKeys = {
  address: "the IPv4 address; required",
  block: "the IPv4 block that it belongs to, if it is not alone",
  ipv6Address: "the IPv6 address",
  ipv6Block: "the IPv6 block that it belongs to, if it is not a /64",
} as const;

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
    capabilities,
    families: args.existing?.v6 === undefined ? [4] : [4, 6],
    refuse: (request) => refuse(args, request),
    addresses: (context) =>
      context.families.map((family) => ({
        family,
        address: givenAddress(`cloud.existing.v${family}`, args.existing[`v${family}`] ?? "", family),
      })),
    reverse: (context, { address, hostname, forward }) => {
      const name = `${context.name}-ptr-v${address.family}`;
      const made = transformed<ReverseArgs>(
        args.transform?.reverse,
        name,
        {
          ip: args.blocks?.[`v${address.family}`] ?? address.address.apply(usualBlock),
          ReverseIp: address.address,
          // Without the final dot OVHcloud answers with it, which the provider takes for a change: a replacement.
          ReverseValue: hostname.apply((known) => `${known}.`),
          readinessTimeoutDuration: args.readinessTimeout ?? "15m",
        },
        { ...context.reverseOptions, dependsOn: [...forward] },
      );
      const resource = new Reverse(name, made.args, made.options);
      return setPtr({ hostname }, resource, resource.ReverseValue);
    },
  } satisfies Cloud;
}

/** `192.0.2.10/32`, or the /64 around an IPv6 address. */
export function usualBlock(address: string): string {
  return address.includes(":")
    ? `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toRFC5952String()}/64`
    : `${address}/32`;
}

function refuse({ existing, blocks, readinessTimeout }: OvhArgs, request: AddressRequest): Problem[] {
  const problems: Problem[] = [];
  for (const family of request.families) {
    const given = existing?.[`v${family}` as const];
    if (given === undefined || given === "") {
      problems.push(missing(family));
      continue;
    }
    problems.push(
      ...refuseAddress(`cloud.existing.v${family}`, given, family),
      ...refuseBlock(`cloud.blocks.v${family}`, blocks?.[`v${family}`], given),
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
      message: `${JSON.stringify(readinessTimeout)} is not a duration as Go writes it`,
      fix: 'write it as "90s" or "15m"',
    });
  }
  return problems;
}

function missing(family: Family): Problem {
  return {
    argument: `cloud.existing.v${family}`,
    message: `OVHcloud hands addresses out by order, so none is made here, and no IPv${family} address was given`,
    fix: `give cloud.existing.v${family}, the address that mail leaves from${family === 6 ? ", or set ipv6: false" : ""}`,
  };
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigReader): Cloud {
  const v6 = config.text("ipv6Address");
  const block = config.text("block");
  const ipv6Block = config.text("ipv6Block");
  return ovh({
    existing: { v4: config.text("address") ?? "", ...(v6 !== undefined && { v6 }) },
    blocks: { ...(block !== undefined && { v4: block }), ...(ipv6Block !== undefined && { v6: ipv6Block }) },
  });
}

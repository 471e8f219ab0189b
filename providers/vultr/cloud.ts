/** Vultr: reserved addresses and those of an instance. Every PTR is set through the instance that has the address. */
import "./sdk";

import { getInstance } from "@ediri/vultr/getInstance";
import { ReservedIp, type ReservedIpArgs } from "@ediri/vultr/reservedIp";
import { ReverseIpv4, type ReverseIpv4Args } from "@ediri/vultr/reverseIpv4";
import { ReverseIpv6, type ReverseIpv6Args } from "@ediri/vultr/reverseIpv6";
import type * as pulumi from "@pulumi/pulumi";
import * as ipaddr from "ipaddr.js";
import type { AddressRequest, Cloud, CloudContext, Family, HostAddress, Problem } from "../cloud";
import type { ConfigOf } from "../config-schema";
import { givenAddress, validateAddress } from "../internal/addresses/given-address";
import { hostInNetwork } from "../internal/addresses/ipv6-host";
import { addressPerFamily, ptrResource } from "../internal/addresses/ptr-resource";
import {
  validateExistingAndCreate,
  validateExistingFamilies,
  validateHostPart,
} from "../internal/addresses/validation";
import { invokeOptions, lookedUpWith } from "../internal/look-up";
import { type Transform, transform } from "../internal/transform";
import { UserError } from "../internal/user-error";
import { cloudCapabilities, type configKeys } from "./facts";

export interface VultrArgs {
  /** Id of the instance that has the addresses, or that new ones go to: Vultr sets PTRs through it. */
  readonly instance: pulumi.Input<string>;
  /** Other addresses of the instance than its main ones. @default the instance's main addresses */
  readonly existing?: {
    /** An IPv4 address of the instance, a reserved one that is attached to it included. */
    readonly v4?: pulumi.Input<string>;
    /** An IPv6 address in a network of the instance. */
    readonly v6?: pulumi.Input<string>;
  };
  /** Makes new reserved addresses and attaches them to the instance; they outlive it. */
  readonly create?: NewReservedIps;
  /** Changes an underlying resource just before it is made. */
  readonly transform?: {
    readonly reservedIp?: Transform<ReservedIpArgs>;
    readonly reverseIpv4?: Transform<ReverseIpv4Args>;
    readonly reverseIpv6?: Transform<ReverseIpv6Args>;
  };
}

export interface NewReservedIps {
  /** Region of the instance, for example `ewr`. */
  readonly region: string;
  /** Label of the reserved addresses. @default the name of the component */
  readonly label?: pulumi.Input<string>;
  /** Host part in the reserved IPv6 network of the address that mail leaves from. @default "::1" */
  readonly ipv6Host?: string;
}

/**
 * Addresses of an instance at Vultr.
 * @param args the instance, and what to make or to use
 * @example
 * const cloud = vultr({ instance: server.id, create: { region: "ewr" } });
 * new SendingIp("mail", { hostname: "mail.example.com", cloud, dns: vultrDns({ zone: "example.com" }) });
 */
export function vultr(args: VultrArgs): Cloud {
  return {
    name: "vultr",
    capabilities: cloudCapabilities,
    families: args.existing !== undefined && args.existing.v6 === undefined ? [4] : [4, 6],
    validate: (request) => validate(args, request),
    addresses: addressPerFamily((context, family) => address(args, context, family), setPtr(args)),
  } satisfies Cloud;
}

function validate(args: VultrArgs, request: AddressRequest): Problem[] {
  const problems = [
    ...validateExistingAndCreate(args),
    ...validateAddress("cloud.existing.v4", args.existing?.v4, 4),
    ...validateAddress("cloud.existing.v6", args.existing?.v6, 6),
    ...validateHostPart("cloud.create.ipv6Host", args.create?.ipv6Host),
    ...validateExistingFamilies("cloud.existing", args.existing, request),
  ];
  if (args.instance === undefined || args.instance === "") {
    problems.push({
      argument: "cloud.instance",
      message: "Vultr sets a PTR through the instance that has the address, and no instance was given",
      fix: "give cloud.instance, the id of the instance that sends mail",
    });
  }
  return problems;
}

function address(args: VultrArgs, context: CloudContext, family: Family): HostAddress {
  const given = args.existing?.[`v${family}`];
  if (given !== undefined) {
    return { family, address: givenAddress(`cloud.existing.v${family}`, given, family) };
  }
  return args.create === undefined
    ? mainAddress(args, context, family)
    : newReservedIp(args, args.create, context, family);
}

function mainAddress(args: VultrArgs, context: CloudContext, family: Family): HostAddress {
  const found = lookedUpWith(
    (id) => ({
      title: cloudCapabilities.title,
      package: "vultr",
      what: `the instance ${id}`,
      ifMissing: "give the id of an instance of this account (stack config: instance)",
    }),
    args.instance,
    (id) => getInstance({ filters: [{ name: "id", values: [id] }] }, invokeOptions(context.addressOptions)),
  );
  const own = found.apply(({ mainIp, v6MainIp }) => {
    const text = family === 4 ? mainIp : v6MainIp;
    if (!text) {
      throw new UserError(
        `the Vultr instance has no IPv${family} address: ${family === 6 ? "enable IPv6 on it, or set ipv6: false" : "give it one"}`,
      );
    }
    return text;
  });
  return { family, address: givenAddress("cloud.instance", own, family) };
}

function newReservedIp(args: VultrArgs, create: NewReservedIps, context: CloudContext, family: Family): HostAddress {
  const resource = new ReservedIp(
    ...transform(
      args.transform?.reservedIp,
      `${context.name}-address-v${family}`,
      { region: create.region, ipType: `v${family}`, instanceId: args.instance, label: create.label ?? context.name },
      context.addressOptions,
    ),
  );
  const own = resource.subnet.apply((subnet) => (family === 4 ? subnet : hostInNetwork(subnet, create.ipv6Host)));
  return { family, address: own, resource };
}

function setPtr({ instance: instanceId, transform: change }: VultrArgs): ReturnType<typeof ptrResource> {
  const v4 = ptrResource(
    ReverseIpv4,
    change?.reverseIpv4,
    ({ address: ip }, reverse) => ({ instanceId, ip, reverse }),
    ({ reverse }) => reverse,
  );
  const v6 = ptrResource(
    ReverseIpv6,
    change?.reverseIpv6,
    ({ address }, reverse) => ({ instanceId, ip: address.apply(writtenOut), reverse }),
    ({ reverse }) => reverse,
  );
  return (own, ...rest) => (own.family === 4 ? v4 : v6)(own, ...rest);
}

/** All 32 digits, as Vultr's API answers: any other spelling looks gone at the next refresh. */
export function writtenOut(address: string): string {
  return ipaddr.IPv6.parse(address)
    .parts.map((part) => part.toString(16).padStart(4, "0"))
    .join(":");
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof configKeys>): Cloud {
  const region = config.text("location");
  return vultr({ instance: config.textInput("instance") ?? "", ...(region !== undefined && { create: { region } }) });
}

/** Hetzner Cloud: primary and floating addresses, or those of a server that exists. */
import "./sdk";

import { FloatingIp, type FloatingIpArgs } from "@pulumi/hcloud/floatingIp";
import { getFloatingIp } from "@pulumi/hcloud/getFloatingIp";
import { getPrimaryIp } from "@pulumi/hcloud/getPrimaryIp";
import { getServer } from "@pulumi/hcloud/getServer";
import { PrimaryIp, type PrimaryIpArgs } from "@pulumi/hcloud/primaryIp";
import { Rdns, type RdnsArgs } from "@pulumi/hcloud/rdns";
import type * as pulumi from "@pulumi/pulumi";
import type { AddressRequest, Cloud, CloudContext, Family, HostAddress, Problem } from "../cloud";
import type { ConfigOf } from "../config-schema";
import { hostInNetwork } from "../internal/addresses/ipv6-host";
import { addressPerFamily, ptrResource } from "../internal/addresses/ptr-resource";
import { validateExistingFamilies, validateHostPart } from "../internal/addresses/validation";
import { given } from "../internal/given";
import { invokeOptions, lookedUpWith, type Wanted } from "../internal/look-up";
import { type Transform, transform } from "../internal/transform";
import { cloudCapabilities, configKeys } from "./facts";

export interface HetznerArgs {
  /**
   * Where a new address is made.
   * @default "fsn1", unless `assignTo` decides it
   */
  readonly location?: string;
  /** Number of the server that a new address is assigned to. @default none: assign it later, the address stays */
  readonly assignTo?: pulumi.Input<number>;
  /**
   * What is made: a primary IP, or a floating IP that can move between servers while they run.
   * @default "primary-ip"
   */
  readonly create?: "primary-ip" | "floating-ip";
  /** Primary IPs that exist, by their numbers in Hetzner's API, instead of new ones. */
  readonly primaryIps?: ExistingAddresses;
  /** Floating IPs that exist, by their numbers, instead of new ones. */
  readonly floatingIps?: ExistingAddresses;
  /** Number of a server that exists: the PTRs are set on its own addresses, instead of new ones. */
  readonly server?: pulumi.Input<number>;
  /**
   * Host part of the IPv6 address that mail leaves from.
   * @default "::1"
   */
  readonly ipv6Host?: string;
  /** Changes an underlying resource just before it is made. */
  readonly transform?: {
    readonly primaryIp?: Transform<PrimaryIpArgs>;
    readonly floatingIp?: Transform<FloatingIpArgs>;
    readonly rdns?: Transform<RdnsArgs>;
  };
}

export interface ExistingAddresses {
  readonly v4?: pulumi.Input<number>;
  readonly v6?: pulumi.Input<number>;
}

type Owner = Pick<RdnsArgs, "primaryIpId" | "floatingIpId" | "serverId">;

interface OwnedAddress extends HostAddress {
  readonly owner: Owner;
}

/**
 * Addresses from Hetzner Cloud.
 * @param args what to make or to use; without arguments: one new primary IP a family
 * @example
 * new SendingIp("mail", { hostname: "mail.example.com", cloud: hetzner(), dns: hetznerDns({ zone: "example.com" }) });
 */
export function hetzner(args: HetznerArgs = {}): Cloud {
  return {
    name: "hetzner",
    capabilities: cloudCapabilities,
    validate: (request) => validate(args, request),
    addresses: addressPerFamily(
      (context, family) => address(args, context, family),
      ptrResource(
        Rdns,
        args.transform?.rdns,
        ({ owner, address }: OwnedAddress, hostname) => ({ ...owner, ipAddress: address, dnsPtr: hostname }),
        (rdns) => rdns.dnsPtr,
      ),
    ),
  } satisfies Cloud;
}

function validate(args: HetznerArgs, request: AddressRequest): Problem[] {
  const problems: Problem[] = [];
  const existing = (["primaryIps", "floatingIps", "server"] as const).filter((key) => args[key] !== undefined);
  if (existing.length > 1) {
    problems.push({
      argument: `cloud.${existing.join(", cloud.")}`,
      message: "an address is either a primary IP, a floating IP or a server's own; several were given",
      fix: "keep the one that sends mail",
    });
  }
  const creating = (["create", "location", "assignTo"] as const).filter((key) => args[key] !== undefined);
  if (existing.length > 0 && creating.length > 0) {
    problems.push({
      argument: `cloud.${creating[0]}`,
      message: `${creating.join(" and ")} describe a new address, and ${existing.join(" and ")} select an existing one`,
      fix: `remove ${creating.join(", ")} to use the existing one, or ${existing.join(", ")} to create a new one`,
    });
  }
  return [
    ...problems,
    ...validateExistingFamilies("cloud.primaryIps", args.primaryIps, request),
    ...validateExistingFamilies("cloud.floatingIps", args.floatingIps, request),
    ...validateHostPart("cloud.ipv6Host", args.ipv6Host),
  ];
}

function address(args: HetznerArgs, context: CloudContext, family: Family): OwnedAddress {
  const options = invokeOptions(context.addressOptions);
  const host = (ipAddress: pulumi.Output<string>) =>
    family === 4 ? ipAddress : ipAddress.apply((network) => hostInNetwork(network, args.ipv6Host));

  if (args.server !== undefined) {
    const server = lookedUpWith(wanted("server"), args.server, (id) => getServer({ id }, options));
    const own = family === 4 ? server.ipv4Address : host(server.ipv6Network);
    return { family, address: own, owner: { serverId: args.server } };
  }
  const existingPrimary = args.primaryIps?.[`v${family}`];
  if (existingPrimary !== undefined) {
    const found = lookedUpWith(wanted("primary IP"), existingPrimary, (id) => getPrimaryIp({ id }, options));
    const ipAddress = found.apply((known) => known.ipAddress ?? "");
    return { family, address: host(ipAddress), owner: { primaryIpId: existingPrimary } };
  }
  const existingFloating = args.floatingIps?.[`v${family}`];
  if (existingFloating !== undefined) {
    const found = lookedUpWith(wanted("floating IP"), existingFloating, (id) => getFloatingIp({ id }, options));
    const ipAddress = found.apply((known) => known.ipAddress ?? "");
    return { family, address: host(ipAddress), owner: { floatingIpId: existingFloating } };
  }
  return args.create === "floating-ip"
    ? newFloatingIp(args, context, family, host)
    : newPrimaryIp(args, context, family, host);
}

function wanted(kind: string): (id: number) => Wanted {
  return (id) => ({
    title: cloudCapabilities.title,
    package: "hcloud",
    what: `the ${kind} ${id}`,
    ifMissing: `give the number of a ${kind} of this project (the token decides on the project)`,
  });
}

type Host = (ipAddress: pulumi.Output<string>) => pulumi.Output<string>;

function newPrimaryIp(args: HetznerArgs, context: CloudContext, family: Family, host: Host): OwnedAddress {
  // An unassigned address takes no assigneeType: Hetzner's API warns that it will go.
  const assigned = args.assignTo === undefined ? {} : { assigneeType: "server", assigneeId: args.assignTo };
  const location = args.location ?? (args.assignTo === undefined ? configKeys.location.default : undefined);
  const resource = new PrimaryIp(
    ...transform(
      args.transform?.primaryIp,
      `${context.name}-address-v${family}`,
      { type: `ipv${family}`, autoDelete: false, ...(location !== undefined && { location }), ...assigned },
      context.addressOptions,
    ),
  );
  return { family, address: host(resource.ipAddress), resource, owner: { primaryIpId: resource.id.apply(Number) } };
}

function newFloatingIp(args: HetznerArgs, context: CloudContext, family: Family, host: Host): OwnedAddress {
  const resource = new FloatingIp(
    ...transform(
      args.transform?.floatingIp,
      `${context.name}-address-v${family}`,
      {
        type: `ipv${family}`,
        ...(args.assignTo === undefined
          ? { homeLocation: args.location ?? configKeys.location.default }
          : { serverId: args.assignTo }),
      },
      context.addressOptions,
    ),
  );
  return { family, address: host(resource.ipAddress), resource, owner: { floatingIpId: resource.id.apply(Number) } };
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof configKeys>): Cloud {
  return hetzner(
    given({
      location: config.text("location"),
      server: config.numberInput("server"),
      primaryIps: config.structure<ExistingAddresses>("primaryIps"),
      floatingIps: config.structure<ExistingAddresses>("floatingIps"),
    }),
  );
}

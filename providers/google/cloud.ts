/** Google Cloud: a static address, and the machine whose network interface carries its PTR. */
import "./sdk";

import { Address, type AddressArgs } from "@pulumi/gcp/compute/address";
import { getAddress } from "@pulumi/gcp/compute/getAddress";
import { Instance, type InstanceArgs } from "@pulumi/gcp/compute/instance";
import type { compute } from "@pulumi/gcp/types/input";
import * as pulumi from "@pulumi/pulumi";
import * as ipaddr from "ipaddr.js";
import type { AddressRequest, Cloud, CloudContext, Family, HostAddress, Problem, ReverseRequest } from "../cloud";
import type { ConfigOf } from "../config-schema";
import { validateExistingAndCreate, validateExistingFamilies } from "../internal/addresses/validation";
import { given } from "../internal/given";
import { invokeOptions, lookedUpWith } from "../internal/look-up";
import { once } from "../internal/once";
import { type Transform, transform } from "../internal/transform";
import { UserError } from "../internal/user-error";
import { cloudCapabilities, type configKeys, ownership } from "./facts";
import { refusingIpv6Rename, unlessOtherIpv6Ptr } from "./ipv6-ptr";

export interface GoogleArgs {
  /** Region of the addresses and of the machine. @default "europe-west1" */
  readonly region?: string;
  /** Static addresses that exist, by their names, instead of new ones. */
  readonly existing?: { readonly v4?: pulumi.Input<string>; readonly v6?: pulumi.Input<string> };
  /** How new static addresses are made. @default in the premium tier, without labels */
  readonly create?: Pick<AddressArgs, "networkTier" | "labels" | "description">;
  /**
   * The machine, for the PTR is a field of its network interface: how it is made, or `"mine"` for one that your program
   * makes with {@link accessConfig} in its interface.
   * @default `e2-small` with Debian 12 in zone b of the region
   */
  readonly instance?: GoogleInstance | "mine";
  /** Subnetwork of the machine; for IPv6 it must be dual-stack with external IPv6. @default the default network's */
  readonly subnetwork?: pulumi.Input<string>;
  /** Changes an underlying resource just before it is made. */
  readonly transform?: {
    readonly address?: Transform<AddressArgs>;
    readonly instance?: Transform<InstanceArgs>;
  };
}

/** A machine as in `gcp.compute.Instance`, without its network interface, which carries the PTR. */
export type GoogleInstance = Partial<Omit<InstanceArgs, "networkInterfaces">>;

/**
 * Static addresses at Google Cloud and the machine that carries their PTRs.
 * @param args what to make or to use; without arguments: one new address a family and a small machine
 * @example
 * new SendingIp("mail", { hostname: "mail.example.com", cloud: google(), dns: cloudDns({ zone: "example.com" }) });
 */
export function google(args: GoogleArgs = {}): Cloud {
  return {
    name: "google",
    capabilities: cloudCapabilities,
    validate: (request) => validate(args, request),
    addresses: (context) => {
      const addresses = context.families.map((family) => address(args, context, family));
      logOwnership(context);
      const { instance } = args;
      if (instance === "mine") {
        return addresses.map((own) => ({
          ...own,
          reverse: ({ hostname }) => ({
            reverse: "set",
            done: own.family === 6 ? unlessOtherIpv6Ptr(own.address, hostname, context.settings) : hostname,
          }),
        }));
      }
      // One machine carries the PTRs of both addresses.
      const machine = once((request: ReverseRequest) =>
        newInstance(args, instance, context, addresses, request, visible),
      );
      // The machine itself waits for the name of its first address.
      let hostname6: ReverseRequest["hostname"] | undefined;
      const visible = () => hostname6;
      return addresses.map((own) => ({
        ...own,
        reverse: (request) => {
          if (own.family === 6) hostname6 = request.hostname;
          const resource = machine(request);
          const done = pulumi.all([resource.id, request.hostname]).apply(([, ptr]) => ptr);
          return { reverse: "set", resource, done };
        },
      }));
    },
  } satisfies Cloud;
}

/** What a {@link SendingIp} tells about itself, as far as a network interface needs it. */
export interface SendingAddress {
  readonly hostname: pulumi.Input<string>;
  readonly endpoints: pulumi.Input<readonly { readonly address: string; readonly family: Family }[]>;
}

/**
 * The IPv4 access config for a machine of your own: goes into `networkInterfaces[0].accessConfigs` of your
 * `gcp.compute.Instance`, made in the same program as the {@link SendingIp} with `google({ instance: "mine" })`.
 * @param mail the SendingIp
 * @example
 * new gcp.compute.Instance("mta", { networkInterfaces: [{ network: "default", accessConfigs: [accessConfig(mail)] }], ... });
 */
export function accessConfig(mail: SendingAddress): compute.InstanceNetworkInterfaceAccessConfig {
  return v4Config(addressOf(mail, 4), mail.hostname);
}

/**
 * The IPv6 access config for a machine of your own, for `networkInterfaces[0].ipv6AccessConfigs`; its interface also needs
 * `stackType: "IPV4_IPV6"` and a dual-stack subnetwork. Google's plugin sets this PTR when it makes the machine and never
 * changes it: a run with a new host name publishes its records and stops with the `gcloud` command that does.
 * @param mail the SendingIp
 */
export function ipv6AccessConfig(mail: SendingAddress): compute.InstanceNetworkInterfaceIpv6AccessConfig {
  return v6Config(addressOf(mail, 6), mail.hostname);
}

function addressOf(mail: SendingAddress, family: Family): pulumi.Output<string> {
  return pulumi.output(mail.endpoints).apply((endpoints) => addressAmong(endpoints, family));
}

/**
 * The address of one family among a SendingIp's.
 * @throws UserError when there is none
 */
export function addressAmong(
  endpoints: readonly { readonly address: string; readonly family: Family }[],
  family: Family,
): string {
  const found = endpoints.find((endpoint) => endpoint.family === family);
  if (found === undefined) {
    const fix = family === 6 ? "set ipv6: true" : "check its cloud";
    throw new UserError(
      `This SendingIp has no IPv${family} address to put into an access config. Leave this access config out, or ${fix}.`,
    );
  }
  return found.address;
}

function v4Config(
  natIp: pulumi.Input<string>,
  hostname: pulumi.Input<string>,
  networkTier: pulumi.Input<string | undefined> = "PREMIUM",
): compute.InstanceNetworkInterfaceAccessConfig {
  return { natIp, networkTier, publicPtrDomainName: pulumi.interpolate`${hostname}.` };
}

function v6Config(
  externalIpv6: pulumi.Input<string>,
  hostname: pulumi.Input<string>,
): compute.InstanceNetworkInterfaceIpv6AccessConfig {
  return {
    name: "external-ipv6",
    externalIpv6,
    externalIpv6PrefixLength: "96",
    networkTier: "PREMIUM",
    publicPtrDomainName: pulumi.interpolate`${hostname}.`,
  };
}

function validate(args: GoogleArgs, request: AddressRequest): Problem[] {
  const problems = [
    ...validateExistingAndCreate(args),
    ...validateExistingFamilies("cloud.existing", args.existing, request),
  ];
  if (request.families.includes(6) && args.subnetwork === undefined && args.instance !== "mine") {
    problems.push({
      argument: "cloud.subnetwork",
      message:
        "an external IPv6 address needs a dual-stack subnetwork with external IPv6, and the default network has none",
      fix: "give the dual-stack subnetwork as cloud.subnetwork, or set ipv6: false",
    });
  }
  if (args.create?.networkTier === "STANDARD" && request.families.includes(6)) {
    problems.push({
      argument: "cloud.create.networkTier",
      message: "Google Cloud has external IPv6 in the premium tier only",
      fix: "leave networkTier out, or set ipv6: false",
    });
  }
  return problems;
}

/** Two things about Google that are found out late otherwise: an opaque error, and mail that never leaves. */
function logOwnership(context: CloudContext): void {
  if (!pulumi.runtime.isDryRun()) {
    return;
  }
  void pulumi.log.info(
    `Google will refuse the PTR unless the domain of ${context.hostname} is verified. ${ownership}\n${cloudCapabilities.port25.advice}`,
    context.addressOptions.parent,
  );
}

function address(args: GoogleArgs, context: CloudContext, family: Family): HostAddress {
  const region = regionOf(args);
  const existing = args.existing?.[`v${family}`];
  if (existing !== undefined) {
    const found = lookedUpWith(
      (name) => ({
        title: cloudCapabilities.title,
        package: "gcp",
        what: `the address ${name} in ${region}`,
        ifMissing: "give the name of an address of this project and region (gcloud compute addresses list)",
      }),
      existing,
      (name) => getAddress({ name, region }, invokeOptions(context.addressOptions)),
    );
    return { family, address: found.address.apply(canonical) };
  }
  const resource = new Address(
    ...transform(
      args.transform?.address,
      `${context.name}-address-v${family}`,
      {
        region,
        addressType: "EXTERNAL",
        networkTier: "PREMIUM",
        ...args.create,
        ...(family === 6 && {
          ipVersion: "IPV6",
          ipv6EndpointType: "VM",
          ...(args.subnetwork !== undefined && { subnetwork: args.subnetwork }),
        }),
      },
      context.addressOptions,
    ),
  );
  return { family, address: resource.address.apply(canonical), resource };
}

/** Google writes IPv6 in more than one way; a record and a lookup must agree on one. */
function canonical(address: string): string {
  return address.includes(":") ? ipaddr.parse(address.split("/")[0] ?? "").toString() : address;
}

function newInstance(
  args: GoogleArgs,
  instance: GoogleInstance | undefined,
  context: CloudContext,
  addresses: readonly HostAddress[],
  { hostname, options }: ReverseRequest,
  visibleOverIpv6: () => ReverseRequest["hostname"] | undefined,
): Instance {
  const name = `${context.name}-instance`;
  const v4 = addresses.find(({ family }) => family === 4);
  const v6 = addresses.find(({ family }) => family === 6);
  return new Instance(
    ...transform(
      args.transform?.instance,
      name,
      {
        zone: `${regionOf(args)}-b`,
        machineType: "e2-small",
        bootDisk: { initializeParams: { image: "debian-cloud/debian-12" } },
        ...instance,
        networkInterfaces: [
          {
            ...(args.subnetwork === undefined ? { network: "default" } : { subnetwork: args.subnetwork }),
            ...(v4 && { accessConfigs: [v4Config(v4.address, hostname, args.create?.networkTier ?? "PREMIUM")] }),
            ...(v6 && { stackType: "IPV4_IPV6", ipv6AccessConfigs: [v6Config(v6.address, hostname)] }),
          },
        ],
      },
      // The addresses can be on one machine at a time, so the old one goes before its replacement comes.
      refusingIpv6Rename(name, visibleOverIpv6, { ...options, deleteBeforeReplace: true }),
    ),
  );
}

function regionOf(args: GoogleArgs): string {
  return args.region ?? "europe-west1";
}

/** The cloud as the stack's config describes it: `location`, a region; `subnetwork`, `machineType` and `machineZone`. */
export function fromConfig(config: ConfigOf<typeof configKeys>): Cloud {
  return google({
    ...given({ region: config.text("location"), subnetwork: config.textInput("subnetwork") }),
    instance: given({ machineType: config.text("machineType"), zone: config.text("machineZone") }),
  });
}

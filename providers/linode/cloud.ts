/** Linode (Akamai): reserved addresses, those of a Linode, and hosts of its IPv6 range. */
import "./sdk";

import { getInstanceNetworking } from "@pulumi/linode/getInstanceNetworking";
import { Ipv6Range, type Ipv6RangeArgs } from "@pulumi/linode/ipv6Range";
import { NetworkingIp, type NetworkingIpArgs } from "@pulumi/linode/networkingIp";
import { Rdns, type RdnsArgs } from "@pulumi/linode/rdns";
import type * as pulumi from "@pulumi/pulumi";
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
import { given } from "../internal/given";
import { invokeOptions, lookedUpWith } from "../internal/look-up";
import { type Transform, transform } from "../internal/transform";
import { UserError } from "../internal/user-error";
import { cloudCapabilities, type configKeys } from "./facts";

export interface LinodeArgs {
  /** Addresses that exist in the account, or a Linode whose own addresses are used, instead of new ones. */
  readonly existing?: ExistingLinodeAddresses;
  /** How new addresses are made. @default one reserved IPv4 address in `us-east` */
  readonly create?: NewLinodeAddresses;
  /** Changes an underlying resource just before it is made. */
  readonly transform?: {
    readonly networkingIp?: Transform<NetworkingIpArgs>;
    readonly ipv6Range?: Transform<Ipv6RangeArgs>;
    readonly rdns?: Transform<RdnsArgs>;
  };
}

export interface ExistingLinodeAddresses {
  /** Number of a Linode: its first public IPv4 address and its SLAAC address, where `v4` or `v6` do not say otherwise. */
  readonly linode?: pulumi.Input<number>;
  /** A public IPv4 address, reserved or of a Linode. */
  readonly v4?: pulumi.Input<string>;
  /** An IPv6 address: SLAAC, or one host of a range. */
  readonly v6?: pulumi.Input<string>;
}

export interface NewLinodeAddresses {
  /** Region of a reserved address that no Linode has yet. @default "us-east", unless `linode` decides it */
  readonly region?: string;
  /** Number of the Linode that the addresses go to. @default none: assign the reserved address later, it stays */
  readonly linode?: pulumi.Input<number>;
  /**
   * `reserved`: stays when its Linode goes. `instance`: one more address of the Linode, which goes with it.
   * @default "reserved"
   */
  readonly v4?: "reserved" | "instance";
  /**
   * `range`: a host of a new /64 that is routed to the Linode. `slaac`: the address that the Linode has anyway.
   * @default "range"
   */
  readonly v6?: "range" | "slaac";
  /** Host part in the range of the address that mail leaves from. @default "::1" */
  readonly ipv6Host?: string;
}

/**
 * Addresses from Linode. Its PTRs are set only once Linode itself sees the forward record.
 * @param args what to make or to use; without arguments: one new reserved IPv4 address
 * @example
 * new SendingIp("mail", {
 *   hostname: "mail.example.com",
 *   cloud: linode({ create: { linode: server.id.apply(Number) } }),
 *   dns: linodeDns({ zone: "example.com" }),
 * });
 */
export function linode(args: LinodeArgs = {}): Cloud {
  return {
    name: "linode",
    capabilities: cloudCapabilities,
    families: familiesOf(args),
    validate: (request) => validate(args, request),
    addresses: addressPerFamily(
      (context, family) => address(args, context, family),
      ptrResource(
        Rdns,
        args.transform?.rdns,
        ({ address }, hostname) => ({ address, rdns: hostname, waitForAvailable: true }),
        ({ rdns }) => rdns,
      ),
    ),
  } satisfies Cloud;
}

function familiesOf({ existing, create }: LinodeArgs): readonly Family[] {
  const hasIpv6 = existing ? existing.v6 !== undefined || existing.linode !== undefined : create?.linode !== undefined;
  return hasIpv6 ? [4, 6] : [4];
}

function validate(args: LinodeArgs, request: AddressRequest): Problem[] {
  const { existing, create } = args;
  const problems = [
    ...validateExistingAndCreate(args),
    ...validateAddress("cloud.existing.v4", existing?.v4, 4),
    ...validateAddress("cloud.existing.v6", existing?.v6, 6),
    ...validateHostPart("cloud.create.ipv6Host", create?.ipv6Host),
    ...(existing?.linode === undefined
      ? validateExistingFamilies("cloud.existing", existing, request, "cloud.existing.linode")
      : []),
  ];
  if (existing === undefined && create?.linode === undefined && request.families.includes(6)) {
    problems.push({
      argument: "cloud.create.linode",
      message: "an IPv6 address at Linode belongs to a Linode, and none was given",
      fix: "give cloud.create.linode, the number of the Linode that sends mail, or set ipv6: false",
    });
  }
  if (create?.v4 === "instance" && create.linode === undefined) {
    problems.push({
      argument: "cloud.create.linode",
      message: "an address that is not reserved belongs to a Linode, and none was given",
      fix: 'give cloud.create.linode, or leave cloud.create.v4 at "reserved"',
    });
  }
  if (create?.region !== undefined && create.linode !== undefined) {
    problems.push({
      argument: "cloud.create.region",
      message: "the address is created where its Linode is, so a region is ignored",
      fix: "remove cloud.create.region, or cloud.create.linode to reserve an address without a Linode",
    });
  }
  if (request.hostname.length < 3) {
    problems.push({
      argument: "hostname",
      message: `${request.hostname} is shorter than the 3 characters that Linode takes as rDNS`,
      fix: "give a longer host name",
    });
  }
  return problems;
}

function address(args: LinodeArgs, context: CloudContext, family: Family): HostAddress {
  const given = args.existing?.[`v${family}`];
  if (given !== undefined) {
    return { family, address: givenAddress(`cloud.existing.v${family}`, given, family) };
  }
  if (args.existing?.linode !== undefined) {
    return { family, address: ownAddress(args.existing.linode, context, family) };
  }
  if (family === 4) {
    return newIpv4(args, context);
  }
  const { linode, v6 } = args.create ?? {};
  return v6 === "slaac" && linode !== undefined
    ? { family, address: ownAddress(linode, context, 6) }
    : newHostOfRange(args, context);
}

/** The address that a Linode has by itself. */
function ownAddress(linodeId: pulumi.Input<number>, context: CloudContext, family: Family): pulumi.Output<string> {
  const found = lookedUpWith(
    (id) => ({
      title: cloudCapabilities.title,
      package: "linode",
      what: `the Linode ${id}`,
      ifMissing: "give the number of a Linode of this account (stack config: linode)",
    }),
    linodeId,
    (id) => getInstanceNetworking({ linodeId: id }, invokeOptions(context.addressOptions)),
  );
  return found.apply(({ ipv4s, ipv6s }) => {
    const own = family === 4 ? ipv4s[0]?.publics[0]?.address : ipv6s[0]?.slaac.address;
    if (!own) {
      throw new UserError(`the Linode has no public IPv${family} address: give one, or choose another Linode`);
    }
    return own;
  });
}

function newIpv4(args: LinodeArgs, context: CloudContext): HostAddress {
  const { linode, region, v4 } = args.create ?? {};
  const resource = new NetworkingIp(
    ...transform(
      args.transform?.networkingIp,
      `${context.name}-address-v4`,
      {
        type: "ipv4",
        public: true,
        reserved: v4 !== "instance",
        ...(linode === undefined ? { region: region ?? "us-east" } : { linodeId: linode }),
      },
      context.addressOptions,
    ),
  );
  return { family: 4, address: resource.address, resource };
}

function newHostOfRange(args: LinodeArgs, context: CloudContext): HostAddress {
  const { linode, ipv6Host } = args.create ?? {};
  const resource = new Ipv6Range(
    ...transform(
      args.transform?.ipv6Range,
      `${context.name}-address-v6`,
      { prefixLength: 64, ...(linode !== undefined && { linodeId: linode }) },
      context.addressOptions,
    ),
  );
  return { family: 6, address: resource.range.apply((range) => hostInNetwork(range, ipv6Host)), resource };
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof configKeys>): Cloud {
  const ofLinode = { linode: config.numberInput("linode") };
  const existing = given({ v4: config.textInput("address"), v6: config.textInput("ipv6Address") });
  return Object.keys(existing).length > 0
    ? linode({ existing: { ...existing, ...given(ofLinode) } })
    : linode({ create: given({ region: config.text("location"), ...ofLinode }) });
}

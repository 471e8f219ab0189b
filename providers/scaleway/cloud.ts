/** Scaleway: flexible IPv4 addresses of instances, and hosts of routed IPv6 blocks, whose PTRs are set in IPAM. */
import "./sdk";

import * as pulumi from "@pulumi/pulumi";
import { getIp } from "@pulumiverse/scaleway/instance/getIp";
import { Ip, type IpArgs } from "@pulumiverse/scaleway/instance/ip";
import { IpReverseDns, type IpReverseDnsArgs } from "@pulumiverse/scaleway/instance/ipReverseDns";
import { getIp as getIpamIp } from "@pulumiverse/scaleway/ipam/getIp";
import { getIps as getIpamIps } from "@pulumiverse/scaleway/ipam/getIps";
import {
  IpReverseDns as IpamReverseDns,
  type IpReverseDnsArgs as IpamReverseDnsArgs,
} from "@pulumiverse/scaleway/ipam/ipReverseDns";
import type { AddressRequest, Cloud, CloudContext, Family, HostAddress, Problem } from "../cloud";
import type { ConfigOf } from "../config-schema";
import { isInBlock } from "../internal/addresses/given-address";
import { hostInNetwork } from "../internal/addresses/ipv6-host";
import { addressPerFamily, ptrResource } from "../internal/addresses/ptr-resource";
import { retryUntilForwardSeen } from "../internal/addresses/retry-on-refusal";
import {
  validateExistingAndCreate,
  validateExistingFamilies,
  validateHostPart,
  validateSeconds,
} from "../internal/addresses/validation";
import { given } from "../internal/given";
import { ifKnown } from "../internal/if-known";
import { invokeOptions, lookedUpWith, type Wanted } from "../internal/look-up";
import { howToSetAgain } from "../internal/lost-ptr";
import { type Transform, transform } from "../internal/transform";
import { UserError } from "../internal/user-error";
import { cloudCapabilities, type configKeys } from "./facts";

export interface ScalewayArgs {
  /** Addresses that exist, instead of new ones. */
  readonly existing?: {
    /** Id of a flexible IPv4 address, `fr-par-1/11111111-...`. */
    readonly v4?: pulumi.Input<string>;
    /** Id in IPAM of a routed IPv6 block, `fr-par/11111111-...`. */
    readonly v6?: pulumi.Input<string>;
  };
  /** How new addresses are made. @default flexible addresses in the provider's zone */
  readonly create?: {
    /** Zone, for example `fr-par-1`. @default the provider's */
    readonly zone?: string;
    /** Tags of the addresses. @default none */
    readonly tags?: pulumi.Input<pulumi.Input<string>[]>;
  };
  /** Host part in the IPv6 block of the address that mail leaves from. @default "::1" */
  readonly ipv6Host?: string;
  /**
   * How long to keep asking, in seconds, when Scaleway's own resolver does not see the AAAA record yet that every
   * authoritative server shows. For IPv4 the provider itself asks for 10 minutes.
   * @default 600
   */
  readonly patienceSeconds?: number;
  /** Changes an underlying resource just before it is made. */
  readonly transform?: {
    readonly ip?: Transform<IpArgs>;
    readonly ipReverseDns?: Transform<IpReverseDnsArgs>;
    readonly ipamReverseDns?: Transform<IpamReverseDnsArgs>;
  };
}

interface OwnedAddress extends HostAddress {
  /** Id of the flexible address for IPv4, of the block in IPAM for IPv6. */
  readonly owner: pulumi.Input<string>;
}

/**
 * Addresses from Scaleway. Attach them to an instance by `nodes.address`.
 * @param args what to make or to use; without arguments: one new flexible address a family
 * @example
 * new SendingIp("mail", { hostname: "mail.example.com", cloud: scaleway(), dns: scalewayDns({ zone: "example.com" }) });
 */
export function scaleway(args: ScalewayArgs = {}): Cloud {
  return {
    name: "scaleway",
    capabilities: cloudCapabilities,
    families: args.existing !== undefined && args.existing.v6 === undefined ? [4] : [4, 6],
    validate: (request) => validate(args, request),
    addresses: addressPerFamily(
      (context, family) => (family === 4 ? ipv4(args, context) : hostOfBlock(args, context)),
      (own, ...rest) => (own.family === 4 ? instancePtr : ipamPtr)(args)(own, ...rest),
    ),
  } satisfies Cloud;
}

function validate(args: ScalewayArgs, request: AddressRequest): Problem[] {
  return [
    ...validateExistingAndCreate(args),
    ...validateHostPart("cloud.ipv6Host", args.ipv6Host),
    ...validateSeconds("cloud.patienceSeconds", args.patienceSeconds),
    ...validateExistingFamilies("cloud.existing", args.existing, request),
  ];
}

function ipv4(args: ScalewayArgs, context: CloudContext): OwnedAddress {
  const existing = args.existing?.v4;
  if (existing !== undefined) {
    // The data source looks in the provider's own zone, whatever zone the id names, and answers nothing elsewhere.
    const found = lookedUpWith(wantedIp("flexible IP"), existing, async (id) => {
      const { address } = await getIp({ id, zone: localityOfId(id) }, invokeOptions(context.addressOptions));
      if (!address) {
        throw new Error("no address found");
      }
      return { address };
    });
    const { address } = found;
    return { family: 4, address, owner: existing };
  }
  const resource = newIp(args, context, "routed_ipv4");
  return { family: 4, address: resource.address, resource, owner: resource.id };
}

/**
 * The zone or region that an id names: `fr-par-2` of `fr-par-2/11111111-...`. The PTR resources take the provider's own
 * unless they are told (`internal/services/instance/ip_reverse_dns.go`, `ipam/ip_reverse_dns.go`), and then refuse the id
 * with "has different locality than the resource", or look for it in vain.
 * @returns undefined, so that it is the provider's own, for an id without one and for an id that a preview does not know
 *   yet: the plugin reads the raw value as text and panics where it is unknown (`meta/extractors.go`)
 */
function localityOf(id: pulumi.Input<string>): pulumi.Output<string> {
  return ifKnown(pulumi.output(id).apply(localityOfId)) as pulumi.Output<string>;
}

function localityOfId(id: string): string | undefined {
  return /^([^/]+)\//.exec(id)?.[1];
}

function hostOfBlock(args: ScalewayArgs, context: CloudContext): OwnedAddress {
  const existing = args.existing?.v6;
  if (existing !== undefined) {
    const found = lookedUpWith(wantedIp("IPAM address"), existing, (ipamIpId) =>
      getIpamIp({ ipamIpId, region: localityOfId(ipamIpId) }, invokeOptions(context.addressOptions)),
    );
    const own = found.apply(({ addressCidr }) => hostInNetwork(addressCidr, args.ipv6Host));
    return { family: 6, address: own, owner: existing };
  }
  const resource = newIp(args, context, "routed_ipv6");
  const own = resource.prefix.apply((prefix) => hostInNetwork(prefix, args.ipv6Host));
  return { family: 6, address: own, resource, owner: blockInIpam(context, resource, own) };
}

function wantedIp(kind: string): (id: string) => Wanted {
  return (id) => ({
    title: cloudCapabilities.title,
    package: "scaleway",
    what: `the ${kind} ${id}`,
    ifMissing: `give the id of one of this project${id.includes("/") ? "" : `, with its zone or region: fr-par-2/${id}`} (stack config: ipId, ipamIpId)`,
  });
}

function newIp(args: ScalewayArgs, context: CloudContext, type: "routed_ipv4" | "routed_ipv6"): Ip {
  const name = `${context.name}-address-v${type.slice(-1)}`;
  return new Ip(...transform(args.transform?.ip, name, { type, ...args.create }, context.addressOptions));
}

/**
 * The block that a new flexible IPv6 address is in IPAM, found by the address: it is listed there from the start, whether
 * a server has it or not.
 */
function blockInIpam(context: CloudContext, ip: Ip, own: pulumi.Output<string>): pulumi.Output<string> {
  // Zones are named after their region: fr-par-1 lies in fr-par.
  const region = ip.zone.apply((zone) => zone?.replace(/-\d+$/, ""));
  const found = lookedUpWith(
    (known) => wantedIp("list of IPAM addresses in")(known ?? "the default region"),
    region,
    (known) =>
      getIpamIps(
        { type: "ipv6", ...(known !== undefined && { region: known }) },
        invokeOptions(context.addressOptions),
      ),
  );
  return pulumi.all([found.ips, own]).apply(([ips, address]) => {
    const block = ips.find((candidate) => isInBlock(address, candidate.address));
    if (block === undefined) {
      throw new UserError(
        `Scaleway's IPAM lists no block with ${address}. Find its id in the console under IPAM and give it as cloud.existing.v6.`,
      );
    }
    return block.id;
  });
}

/** The plugin keeps the refused name in the state and then sends only what differs from it. */
function keptInState(family: Family): (hostname: string, urn: string) => string {
  const { title, reverse } = cloudCapabilities;
  const { afterLoss = "refresh" } = reverse[family];
  return (hostname, urn) =>
    `${title} did not set the PTR ${hostname}, and its plugin has it in the state as if it was set: another pulumi up does not send it.\n  Fix: once the reason is gone, ${howToSetAgain({ title, afterLoss, hostname, urn })}.`;
}

function instancePtr({ transform: change }: ScalewayArgs) {
  // The plugin itself tries again, for ten minutes.
  const explain = retryUntilForwardSeen({
    who: "Scaleway",
    isTransient: () => false,
    afterFailure: keptInState(4),
  });
  return ptrResource(
    IpReverseDns,
    change?.ipReverseDns,
    ({ owner }: OwnedAddress, reverse) => ({ ipId: owner, zone: localityOf(owner), reverse }),
    ({ reverse }) => reverse,
    // The provider takes a new `ipId` for an update and then changes the old address.
    (...about) => ({ replaceOnChanges: ["ipId"], ...explain(...about) }),
  );
}

function ipamPtr({ transform: change, patienceSeconds }: ScalewayArgs) {
  const retry = retryUntilForwardSeen({
    who: "Scaleway",
    isTransient: (error) => /reverse/i.test(error) && /resolve|dig |invalid argument/i.test(error),
    afterFailure: keptInState(6),
    patienceSeconds,
  });
  return ptrResource(
    IpamReverseDns,
    change?.ipamReverseDns,
    ({ owner, address }: OwnedAddress, hostname) => ({
      ipamIpId: owner,
      region: localityOf(owner),
      address,
      hostname,
    }),
    ({ hostname }) => hostname,
    (...about) => ({ replaceOnChanges: ["ipamIpId"], ...retry(...about) }),
  );
}

/** The cloud as the stack's config describes it. */
export function fromConfig(config: ConfigOf<typeof configKeys>): Cloud {
  const existing = given({ v4: config.textInput("ipId"), v6: config.textInput("ipamIpId") });
  return scaleway(
    Object.keys(existing).length > 0 ? { existing } : { create: given({ zone: config.text("location") }) },
  );
}

import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../providers/cloud";
import { UserError } from "../providers/internal/user-error";
import type { ConfigurationFile, MailServerName } from "../senders/mta/mail-server";
import { type MtaConfigArgs, type MtaHost, mtaConfig, needBindAddress } from "./mta-config";
import { type Endpoint, SendingIp, type SendingIpArgs, type Verified } from "./sending-ip";

export interface SendingIpPoolArgs extends Omit<SendingIpArgs, "hostname" | "helo" | "cloud"> {
  /** Host name of each member, with `{n}` where its number goes: `mta{n}.example.com`. */
  readonly hostnames: string;
  /** What each member says in EHLO, with or without `{n}`. @default its host name */
  readonly helo?: string;
  /** How many members; each is numbered from `first` on. */
  readonly count: number;
  /** Number of the first member. @default 1 */
  readonly first?: number;
  /** Where the addresses come from; a function if each member needs its own (an existing address, another region). */
  readonly cloud: Cloud | ((member: PoolMember) => Cloud);
}

export interface PoolMember {
  readonly number: number;
  readonly hostname: string;
}

/**
 * The `SendingIpPool` component brings up several addresses, each with a host name, a PTR and a verdict of its own. Adding
 * or removing a member does not change the others.
 *
 * @example
 * new SendingIpPool("mta", {
 *   hostnames: "mta{n}.example.com",
 *   count: 5,
 *   cloud: hetzner(),
 *   dns: hetznerDns({ zone: "example.com" }),
 * });
 */
export class SendingIpPool extends pulumi.ComponentResource {
  public readonly members: readonly SendingIp[];
  /** The endpoints of all members. */
  public readonly endpoints: pulumi.Output<Endpoint[]>;

  readonly #sending: readonly { readonly member: PoolMember; readonly mail: SendingIp; readonly cloud: Cloud }[];

  /**
   * @param name prefix of every member, which is named `NAME-NUMBER`
   * @param args invalid arguments throw a UserError before anything is created
   * @param options go down to the members
   */
  public constructor(name: string, args: SendingIpPoolArgs, options: pulumi.ComponentResourceOptions = {}) {
    const numbered = poolMembers(args);
    super("pulumi-fcrdns:index:SendingIpPool", name, { hostnames: args.hostnames, count: args.count }, options);
    const { hostnames: _pattern, count: _count, first: _first, cloud, helo, ...shared } = args;
    this.#sending = numbered.map((member) => {
      const own = typeof cloud === "function" ? cloud(member) : cloud;
      const said = helo?.replaceAll("{n}", String(member.number));
      const wanted = { ...shared, hostname: member.hostname, ...(said !== undefined && { helo: said }), cloud: own };
      return { member, cloud: own, mail: new SendingIp(`${name}-${member.number}`, wanted, { parent: this }) };
    });
    this.members = this.#sending.map(({ mail }) => mail);
    this.endpoints = pulumi.all(this.members.map((member) => member.endpoints)).apply((lists) => lists.flat());
    this.registerOutputs({ hostnames: numbered.map(({ hostname }) => hostname) });
  }

  /** Resolves when the round trip of every member holds; see {@link SendingIp.verified}. */
  public get verified(): pulumi.Output<Verified[]> {
    return pulumi.all(this.members.map((member) => member.verified));
  }

  /**
   * What one mail server with all addresses of the pool must be told: a sender (transport, virtual MTA, source) for each
   * member, which share the mail; see {@link SendingIp.mtaConfig}.
   * @param args of each member, where the cloud translates the public addresses
   * @example
   * pool.mtaConfig("powermta", ({ number }) => ({ bindAddress: `10.0.0.${10 + number}` }));
   */
  public mtaConfig(
    server: MailServerName,
    args: (member: PoolMember) => MtaConfigArgs = () => ({}),
  ): pulumi.Output<ConfigurationFile[]> {
    const hosts = this.#sending.map(({ member, mail, cloud: { capabilities } }) => {
      const { hostname } = member;
      const host = { hostname, capabilities, args: args(member) };
      needBindAddress(server, host);
      return { ...host, mail };
    });
    return mtaConfig(
      server,
      hosts.map(({ mail, ...host }): MtaHost => ({ ...host, verified: mail.verified, endpoints: mail.endpoints })),
    );
  }
}

/**
 * The members' numbers and host names.
 * @throws UserError when the pattern has no `{n}` or the count is not a whole number above 0
 */
export function poolMembers({
  hostnames,
  count,
  first = 1,
}: Pick<SendingIpPoolArgs, "hostnames" | "count" | "first">): PoolMember[] {
  if (!hostnames.includes("{n}")) {
    throw new UserError(
      `hostnames is ${JSON.stringify(hostnames)}: every member would get the same name; nothing was created or changed.\n` +
        "  Fix: put {n} in place of the number, for example mta{n}.example.com.",
    );
  }
  if (!Number.isInteger(count) || count < 1 || !Number.isInteger(first) || first < 0) {
    throw new UserError(
      `a pool cannot have ${count} members numbered from ${first}; nothing was created or changed.\n` +
        "  Fix: give count as a whole number above 0 and first as a whole number from 0.",
    );
  }
  return Array.from({ length: count }, (_, index) => ({
    number: first + index,
    hostname: hostnames.replaceAll("{n}", String(first + index)),
  }));
}

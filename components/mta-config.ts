/** What the mail server must be told; it takes its values from verified addresses, so that no server sends before. */
import * as pulumi from "@pulumi/pulumi";
import { nearest } from "../fcrdns/names/nearest";
import type { CloudCapabilities } from "../providers/cloud";
import { failsRun } from "../providers/internal/fails-run";
import { promiseOf } from "../providers/internal/promise-of";
import { UserError } from "../providers/internal/user-error";
import type { ConfigurationFile, MailServerName } from "../senders/mta/mail-server";
import type { SendingHost } from "../senders/mta/sending-host";
import { writableServers, writeConfiguration } from "../senders/mta/write-configuration";
import type { Endpoint, Verified } from "./sending-ip";

export interface MtaConfigArgs {
  /**
   * The machine's own IPv4 address, which the mail server binds to. Needed where the cloud translates the public address:
   * AWS, Azure, Google Cloud, Oracle Cloud.
   * @default the public address
   */
  readonly bindAddress?: pulumi.Input<string>;
  /** The same for IPv6. @default the public address */
  readonly bindIpv6Address?: pulumi.Input<string>;
}

/** One name that the server says. */
export interface MtaHost {
  readonly hostname: string;
  readonly capabilities: CloudCapabilities;
  readonly verified: pulumi.Output<Verified>;
  readonly endpoints: pulumi.Output<Endpoint[]>;
  readonly args: MtaConfigArgs;
}

/**
 * The files once every host is verified.
 * @throws UserError for a server that is not known
 */
export function mtaConfig(server: MailServerName, hosts: readonly MtaHost[]): pulumi.Output<ConfigurationFile[]> {
  const known: readonly string[] = writableServers;
  if (!known.includes(server)) {
    throw new UserError(
      `mtaConfig(${JSON.stringify(server)}): no such mail server is known.\n  Fix: give one of ${known.join(", ")}${didYouMean(server)}.`,
    );
  }
  const written = pulumi.all(hosts.map(sendingHost)).apply((sending) => {
    const configuration = writeConfiguration(server, sending);
    if (!configuration.ok) {
      const lines = configuration.reasons.map((reason) => `  ${reason}`);
      throw new UserError(
        `mtaConfig(${JSON.stringify(server)}) of ${hosts.map(({ hostname }) => hostname).join(", ")} cannot be written.\n${lines.join("\n")}\n` +
          "  Fix: give each address of the machine as bindAddress or bindIpv6Address, for example 10.0.0.5.",
      );
    }
    return [...configuration.files];
  });
  failsRun(promiseOf(written));
  return written;
}

/** @throws UserError where the public address is not on the machine and nobody said which one is */
export function needBindAddress(
  server: MailServerName,
  { hostname, capabilities: { title, nat }, args }: Pick<MtaHost, "hostname" | "capabilities" | "args">,
): void {
  if (nat === undefined || args.bindAddress !== undefined) return;
  throw new UserError(
    `mtaConfig(${JSON.stringify(server)}) of ${hostname} has no bindAddress. ${title} translates the public address: the machine itself has a private one, and a server that binds to the public one cannot send.\n` +
      `  Fix: give the machine's private address, for example { bindAddress: ${nat.privateAddress} }.`,
  );
}

function sendingHost({ verified, endpoints, args }: MtaHost): pulumi.Output<SendingHost> {
  const { bindAddress, bindIpv6Address } = args;
  return pulumi
    .all([verified, endpoints, bindAddress, bindIpv6Address])
    .apply(([{ hostname, helo = hostname }, sending, bind4, bind6]) => {
      const seen = (family: 4 | 6) => sending.find((each) => each.family === family)?.address;
      const [v4 = "", v6] = [seen(4), seen(6)];
      return {
        helo,
        v4: { public: v4, ...(bind4 !== undefined && { bind: bind4 }) },
        ...(v6 !== undefined && { v6: { public: v6, ...(bind6 !== undefined && { bind: bind6 }) } }),
      };
    });
}

function didYouMean(server: string): string {
  const near = nearest(server, writableServers);
  return near === undefined ? "" : ` (did you mean ${near}?)`;
}

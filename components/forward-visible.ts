/** The wait before a PTR is set: the cloud (or the people behind a ticket) will look the name up themselves. */
import * as pulumi from "@pulumi/pulumi";
import { awaitForward, type ForwardVisibility } from "../fcrdns/await-forward";
import type { DnsSettings } from "../fcrdns/settings";
import { asksDns } from "../providers/internal/asks-dns";
import { UserError } from "../providers/internal/user-error";
import { DEFAULT_DEADLINE_SECONDS } from "./round-trip-holds";

/**
 * The host name, as soon as every name server of its zone shows the address. In a preview, and under mocks, nobody is asked.
 * @param component whose row in Pulumi's display shows the progress
 * @param record the A or AAAA, where it is a resource: it is made first
 * @returns rejects with a {@link UserError} when the deadline passes before
 */
export function forwardVisible(
  component: pulumi.Resource,
  hostname: string,
  address: pulumi.Output<string>,
  record: pulumi.Resource | undefined,
  settings: DnsSettings,
): pulumi.Output<string> {
  const published = record === undefined ? pulumi.output("") : record.urn;
  return pulumi.all([address, published, idOf(record)]).apply(async ([ip]) => {
    if (!asksDns()) {
      return hostname;
    }
    const onWaiting = ({ waitingFor }: ForwardVisibility, nextInSeconds: number) =>
      void pulumi.log.info(
        `waiting for the forward record: ${waitingFor[0]}; next look in ${nextInSeconds} s`,
        component,
        undefined,
        true,
      );
    const { visible, waitingFor } = await awaitForward(hostname, ip, {
      deadlineSeconds: DEFAULT_DEADLINE_SECONDS,
      ...settings,
      onWaiting,
    });
    if (!visible) {
      throw new UserError(notVisible(hostname, ip, waitingFor));
    }
    return hostname;
  });
}

/** A record's id is known once it is made; waiting for it alone makes the order. */
function idOf(record: pulumi.Resource | undefined): pulumi.Output<string> {
  return pulumi.CustomResource.isInstance(record) ? record.id : pulumi.output("");
}

function notVisible(hostname: string, ip: string, waitingFor: readonly string[]): string {
  const type = ip.includes(":") ? "AAAA" : "A";
  return [
    `${hostname} ${type} ${ip} is not there to be seen, so no PTR was set: it would be refused.`,
    ...waitingFor.map((line) => `  seen  ${line}`),
    `  next  see at the DNS host that ${hostname} has this ${type} record and that its zone is published, then run again;`,
    "        `pulumi config set fcrdns:deadlineSeconds SECONDS` waits longer.",
  ].join("\n");
}

/**
 * The wait before a PTR is set: the cloud (or the people behind a ticket) look up the name themselves, or a PTR that
 * confirms the address would be replaced too early.
 */
import * as pulumi from "@pulumi/pulumi";
import { awaitForward, type ForwardVisibility } from "../fcrdns/await-forward";
import { verify } from "../fcrdns/index";
import { inspectName } from "../fcrdns/names/inspect-name";
import { DEFAULT_DEADLINE_SECONDS, type DnsSettings } from "../fcrdns/settings";
import { asksDns } from "../providers/internal/asks-dns";
import { UserError } from "../providers/internal/user-error";

/**
 * The host name, as soon as every name server of its zone has the address. Previews and mocks send no queries.
 * @param component in whose row Pulumi shows the progress
 * @param record the A or AAAA, where it is a resource: it is made first
 * @param when `always`; or `replacing`: only if the address has a PTR with another name that confirms it, which must not be
 *   replaced by one that does not. A provider's default may be replaced at any time: nobody sends mail under it
 * @returns rejects with a {@link UserError} when the deadline passes before
 */
export function forwardVisible(
  component: pulumi.Resource,
  hostname: string,
  address: pulumi.Output<string>,
  record: pulumi.Resource | undefined,
  settings: DnsSettings,
  when: "always" | "replacing",
): pulumi.Output<string> {
  const published = record === undefined ? pulumi.output("") : record.urn;
  return pulumi.all([address, published, idOf(record)]).apply(async ([ip]) => {
    if (!asksDns()) {
      return hostname;
    }
    const onWaiting = ({ waitingFor }: ForwardVisibility, nextInSeconds: number) =>
      void pulumi.log.info(
        `waiting for the forward record: ${waitingFor[0]}; next check in ${nextInSeconds} s`,
        component,
        undefined,
        true,
      );
    if (when === "replacing") {
      const { visible } = await awaitForward(hostname, ip, { ...settings, deadlineSeconds: 0 });
      if (visible || !(await holdsUnderAnotherName(ip, hostname, settings))) {
        return hostname;
      }
    }
    const seen = await awaitForward(hostname, ip, {
      deadlineSeconds: DEFAULT_DEADLINE_SECONDS,
      ...settings,
      onWaiting,
    });
    if (!seen.visible) {
      throw new UserError(notVisible(hostname, ip, seen, when));
    }
    return hostname;
  });
}

/** Whether the address has a PTR with a chosen name that confirms it. Resolvers are not queried: they would cache the answer. */
async function holdsUnderAnotherName(ip: string, hostname: string, settings: DnsSettings): Promise<boolean> {
  const once = { ...settings, deadlineSeconds: 0 };
  const seen = await verify(ip, settings.mode === "recursive" ? once : { ...once, mode: "authoritative" });
  const { confirmed } = seen.status === "unknown" && settings.mode !== "authoritative" ? await verify(ip, once) : seen;
  return confirmed.some((name) => name !== hostname && !inspectName(name, { ip }).generic);
}

/** A record's id is known once it is made; waiting for it alone makes the order. */
function idOf(record: pulumi.Resource | undefined): pulumi.Output<string> {
  return pulumi.CustomResource.isInstance(record) ? record.id : pulumi.output("");
}

function notVisible(
  hostname: string,
  ip: string,
  { unknown, waitingFor }: ForwardVisibility,
  when: "always" | "replacing",
): string {
  const type = ip.includes(":") ? "AAAA" : "A";
  const record = `${hostname} ${type} ${ip}`;
  const consequence =
    when === "always"
      ? "no PTR was set: the provider would refuse it"
      : "the PTR was left as it is: its present name confirms the address";
  return [
    unknown
      ? `No name server could say whether ${record} is published, so ${consequence}.`
      : `${record} is not visible at every name server, so ${consequence}.`,
    ...waitingFor.map((line) => `  found     ${line}`),
    unknown
      ? "  fix       run again later; if no name server answers then either, report it to the DNS host;"
      : `  fix       check at the DNS host that ${hostname} has this ${type} record and that its zone is published, then run again;`,
    "            `pulumi config set fcrdns:deadlineSeconds SECONDS` waits longer.",
  ].join("\n");
}

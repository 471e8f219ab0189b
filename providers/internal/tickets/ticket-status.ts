/** What DNS shows of the addresses of a ticket, looked at once a run. */
import { awaitForward } from "../../../fcrdns/await-forward";
import { verify } from "../../../fcrdns/index";
import { sameName } from "../../../fcrdns/names/name";
import { DEFAULT_DEADLINE_SECONDS, type DnsSettings } from "../../../fcrdns/settings";
import { presentPtr } from "./proof";
import type { TicketInputAddress } from "./ticket-input";

export interface TicketStatus {
  readonly addresses: readonly TicketInputAddress[];
  /** The forward record of every address is there to be seen. */
  readonly visible: boolean;
  /** Every address has the PTR that is asked for: nothing is left to ask. */
  readonly set: boolean;
}

/**
 * Waits until the forward records are visible (or the deadline is over), then looks at the PTRs once.
 * @param addresses what is to point where
 * @param settings DNS servers to query, and how long to wait for the forward records
 * @param progress a line while it waits
 */
export async function look(
  addresses: readonly { readonly address: string; readonly hostname: string }[],
  settings: DnsSettings,
  progress: (line: string) => void,
): Promise<TicketStatus> {
  const seen = await Promise.all(
    addresses.map(({ address, hostname }) => lookAt(address, hostname, settings, progress)),
  );
  return {
    addresses: seen.map(({ request }) => request),
    visible: seen.every(({ request }) => request.proof !== undefined),
    set: seen.every(({ set }) => set),
  };
}

async function lookAt(
  address: string,
  hostname: string,
  settings: DnsSettings,
  progress: (line: string) => void,
): Promise<{ request: TicketInputAddress; set: boolean }> {
  const { visible, seen } = await awaitForward(hostname, address, {
    deadlineSeconds: DEFAULT_DEADLINE_SECONDS,
    ...settings,
    onWaiting: ({ waitingFor }, nextInSeconds) =>
      progress(
        `waiting for the forward record: ${waitingFor[0] ?? "no server answers"}; next check in ${nextInSeconds} s`,
      ),
  });
  // Resolvers would remember that there is no PTR yet, and be wrong for a while once there is one.
  const mode = settings.mode === "recursive" ? "recursive" : "authoritative";
  const verdict = await verify(address, { ...settings, mode, deadlineSeconds: 0, expected: hostname });
  const [first] = visible ? seen : [];
  return {
    request: {
      address,
      hostname,
      ...presentPtr(verdict),
      ...(first && { proof: { server: first.server, hostname, address, at: first.at } }),
    },
    set: verdict.ptr.length === 1 && sameName(verdict.ptr[0] ?? "", hostname),
  };
}

/**
 * The dynamic provider behind `TicketRequest`. It talks to nobody: what it creates is the memory of when the provider was
 * first asked, kept in the stack's state from run to run. Pulumi's host of dynamic providers finds it through
 * `providers/internal/dynamic/loaded-provider.ts`.
 */
import type * as dynamic from "@pulumi/pulumi/dynamic";
import type { TicketStatus } from "./ticket-status";

interface TicketRequestInputs {
  readonly provider: string;
  /** What is asked for which addresses, one line; another text is another request. */
  readonly asked: string;
  /** What DNS showed in this run; null in a preview, which asks nobody. */
  readonly ticketStatus: TicketStatus | null;
}

interface TicketRequestOutputs extends TicketRequestInputs {
  /** When it could first be sent, ISO 8601, UTC; null: not yet. */
  readonly since: string | null;
}

export const provider: dynamic.ResourceProvider<TicketRequestInputs, TicketRequestOutputs> = {
  diff: async (_id, olds, news) => ({
    changes:
      olds.provider !== news.provider ||
      olds.asked !== news.asked ||
      // Times and servers change with every look; only what they mean counts.
      (news.ticketStatus !== null && meaning(news.ticketStatus) !== meaning(olds.ticketStatus)),
  }),
  create: async (inputs) => ({ id: inputs.asked, outs: { ...inputs, since: sinceNow(inputs.ticketStatus) } }),
  update: async (_id, olds, news) => {
    // What was done once and is gone again is asked for anew.
    const sameRequest = olds.provider === news.provider && olds.asked === news.asked && olds.ticketStatus?.set !== true;
    const since = sameRequest && olds.since !== null ? olds.since : sinceNow(news.ticketStatus);
    return { outs: { ...news, since } };
  },
  delete: async (_id, { provider: name, ticketStatus, since }) => {
    if (since === null && ticketStatus?.set !== true) return;
    const pairs = (ticketStatus?.addresses ?? []).map(({ address, hostname }) => `${address}=${hostname}`);
    if (pairs.length > 0) {
      console.log(
        `the PTR has not been removed: before you release the address, send the request that ` +
          `\`fcrdns ticket ${name} ${pairs.join(" ")} --removal\` prints`,
      );
    }
  },
};

function meaning(ticketStatus: TicketStatus | null): string {
  return ticketStatus === null ? "" : `${ticketStatus.visible} ${ticketStatus.set}`;
}

function sinceNow(ticketStatus: TicketStatus | null): string | null {
  return ticketStatus?.visible === true ? new Date().toISOString() : null;
}

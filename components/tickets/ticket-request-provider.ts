/**
 * The dynamic provider behind `TicketRequest`. It talks to nobody: what it creates is the memory of when the provider was
 * first asked, kept in the stack's state from run to run. Pulumi's host of dynamic providers finds it through
 * `components/rest-ptr/loaded-provider.ts`.
 */
import type * as dynamic from "@pulumi/pulumi/dynamic";
import type { Sighting } from "./sighting";

interface TicketRequestInputs {
  readonly provider: string;
  /** What is asked for which addresses, one line; another text is another request. */
  readonly asked: string;
  /** What DNS showed in this run; null in a preview, which asks nobody. */
  readonly sighting: Sighting | null;
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
      (news.sighting !== null && meaning(news.sighting) !== meaning(olds.sighting)),
  }),
  create: async (inputs) => ({ id: inputs.asked, outs: { ...inputs, since: sinceNow(inputs.sighting) } }),
  update: async (_id, olds, news) => {
    // What was done once and is gone again is asked for anew.
    const sameRequest = olds.provider === news.provider && olds.asked === news.asked && olds.sighting?.set !== true;
    const since = sameRequest && olds.since !== null ? olds.since : sinceNow(news.sighting);
    return { outs: { ...news, since } };
  },
  delete: async (_id, { provider: name, sighting, since }) => {
    if (since === null && sighting?.set !== true) return;
    const pairs = (sighting?.addresses ?? []).map(({ address, hostname }) => `${address}=${hostname}`);
    if (pairs.length > 0) {
      console.log(
        `nobody was asked to take the PTR away again: before the address goes back, send what ` +
          `\`fcrdns ticket ${name} ${pairs.join(" ")} --removal\` prints`,
      );
    }
  },
};

function meaning(sighting: Sighting | null): string {
  return sighting === null ? "" : `${sighting.visible} ${sighting.set}`;
}

function sinceNow(sighting: Sighting | null): string | null {
  return sighting?.visible === true ? new Date().toISOString() : null;
}

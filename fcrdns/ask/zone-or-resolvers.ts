/** Queries the servers of a zone, or the resolvers if the settings say so or no name server can be reached. */

import type { Lookup, QuestionType } from "../evidence";
import { InputError } from "../input-error";
import type { Clock } from "../options";
import { type AskingSettings, NO_RESOLVER } from "../settings";
import { AuthoritativeLookups, type Kept, type WalkNotes } from "./ask-authoritative";
import { RecursiveLookups, withoutDenials } from "./ask-recursive";
import { Client, type QueryContext } from "./client";
import { Delegations } from "./delegation";
import { resolversOf } from "./resolvers";
import { endpoint } from "./server-address";
import type { Transport } from "./transport";

export interface ZoneOrResolvers {
  /** @param name canonical */
  ask(name: string, type: QuestionType, context: QueryContext, kept: Kept): Promise<Lookup>;
  /** The same lookup; a resolver's denial that nothing speaks for is `lame` in it. */
  believed(lookup: Lookup, context: QueryContext): Promise<Lookup>;
  /** Finds the servers of the name's zone once more the next time. */
  walkAnew(name: string): void;
}

/** @throws InputError in mode `recursive` where no resolver is known */
export function zoneOrResolvers(
  settings: AskingSettings,
  { transport, clock, random }: { readonly transport: Transport; readonly clock: Clock; readonly random: () => number },
): ZoneOrResolvers {
  const resolvers = settings.mode === "authoritative" ? [] : resolversOf(settings);
  if (settings.mode === "recursive" && resolvers.length === 0) throw new InputError(NO_RESOLVER);
  const client = new Client({ transport, clock, random, timeoutMs: settings.timeoutMs, tries: settings.tries });
  const delegations = new Delegations({ client, clock, random, settings });
  const authoritative = new AuthoritativeLookups(client, delegations);
  const recursive = new RecursiveLookups(
    client,
    resolvers.map((server) => endpoint(server, null)),
    settings.roots === null,
  );
  return {
    ask: async (name, type, context, kept) => {
      const notes: WalkNotes = { withoutAddress: new Map(), tooManyServers: new Set() };
      const asRecursive = () => recursive.lookup(name, type, context, kept);
      if (settings.mode === "recursive") return asRecursive();
      const lookup = await authoritative.lookup(name, type, context, notes, kept);
      // Outgoing port 53 is blocked: only the resolvers can be queried.
      return context.heard || resolvers.length === 0 ? lookup : asRecursive();
    },
    walkAnew: (name) => void delegations.forget(name),
    believed: async (lookup, context) => withoutDenials(lookup, await recursive.withoutBareDenials([lookup], context)),
  };
}

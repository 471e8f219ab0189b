/** The records of a name as the servers of its zone show them, without a cache in between. */

import { Asking } from "./ask/asking";
import { consensusOf, valuesOf } from "./ask/consensus";
import { socketTransport } from "./ask/sockets";
import { zoneOrResolvers } from "./ask/zone-or-resolvers";
import { secureRandom, systemClock } from "./clock";
import type { QuestionType } from "./evidence";
import { isAnswer } from "./outcome";
import { causesText } from "./report/cause-text";
import { forTerminal } from "./report/escape";
import { type DnsSettings, readSettings } from "./settings";

export type RecordLookup =
  | {
      readonly known: true;
      /** What any server shows, each value once: addresses, targets, texts with their character-strings joined. */
      readonly values: readonly string[];
      /** What the servers show where they do not agree, the answer of the most servers first. @default they agree */
      readonly distinct?: readonly (readonly string[])[];
      /** The names that aliases lead to on the way, canonical. @default none */
      readonly aliases?: readonly string[];
      /** Aliases that lead round in a circle: a resolver answers SERVFAIL. @default false */
      readonly loop?: true;
    }
  /** No server gave an answer: that is not "no record". */
  | { readonly known: false; readonly why: string };

/** Several look-ups with one set of sockets and one memory of delegations. */
export interface RecordLookups {
  /**
   * Asks every server of the name's zone once.
   * @param name canonical
   */
  lookUp(name: string, type: QuestionType): Promise<RecordLookup>;
  /** Ends the sockets. */
  close(): void;
}

/**
 * `settings.deadlineSeconds` is not used.
 * @param settings as {@link checkSettings} found them good
 * @param signal ends the queries in flight: what was not answered by then is not known
 */
export function recordLookups(settings: DnsSettings, signal?: AbortSignal): RecordLookups {
  const read = readSettings(settings);
  const [clock, random, transport] = [systemClock, secureRandom(), socketTransport()];
  const zone = zoneOrResolvers(read, { transport, clock, random });
  return {
    async lookUp(name, type) {
      const asking = new Asking({ clock, random, settings: read, deadlineMs: 0, ...(signal && { signal }) });
      const { heard } = await asking.round(async (context) =>
        zone.believed(await zone.ask(name, type, context, new Map()), context),
      );
      const answers = heard?.answers ?? [];
      if (heard !== undefined && answers.some(({ outcome }) => isAnswer(outcome))) {
        const words = consensusOf(heard).words.toSorted((a, b) => b.answers.length - a.answers.length);
        return {
          known: true,
          values: valuesOf(words),
          ...(heard.aliases.length > 0 && { aliases: heard.aliases }),
          ...(words.length > 1 && { distinct: words.map(({ values }) => values) }),
          ...(words.every(({ kind }) => kind === "loop") && { loop: true }),
        };
      }
      const said = answers.map(({ server, outcome, why }) => {
        return `${forTerminal(server)}: ${why === undefined ? outcome : causesText(why)}`;
      });
      return { known: false, why: said.slice(0, 3).join("; ") || "no name server answered in time" };
    },
    close: () => transport.close(),
  };
}

/** One look-up of {@link recordLookups}. */
export async function lookUpRecords(name: string, type: QuestionType, settings: DnsSettings): Promise<RecordLookup> {
  const lookups = recordLookups(settings);
  try {
    return await lookups.lookUp(name, type);
  } finally {
    lookups.close();
  }
}

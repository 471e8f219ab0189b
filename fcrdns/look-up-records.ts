/** The records of a name as the servers of its zone show them, without a cache in between. */

import { Asking } from "./ask/asking";
import { socketTransport } from "./ask/sockets";
import { zoneOrResolvers } from "./ask/zone-or-resolvers";
import { secureRandom, systemClock } from "./clock";
import type { QuestionType } from "./evidence";
import { isAnswer } from "./outcome";
import { causesText } from "./report/cause-text";
import { forTerminal } from "./report/escape";
import { type DnsSettings, readSettings } from "./settings";

export type RecordLookup =
  /** What any server shows, each value once: addresses, targets, texts with their character-strings joined. */
  | { readonly known: true; readonly values: readonly string[] }
  /** No server gave an answer: that is not "no record". */
  | { readonly known: false; readonly why: string };

/**
 * Asks every server of the name's zone once; `settings.deadlineSeconds` is not used.
 * @param name canonical
 * @param settings as {@link checkSettings} found them good
 */
export async function lookUpRecords(name: string, type: QuestionType, settings: DnsSettings): Promise<RecordLookup> {
  const read = readSettings(settings);
  const [clock, random, transport] = [systemClock, secureRandom(), socketTransport()];
  try {
    const zone = zoneOrResolvers(read, { transport, clock, random });
    const asking = new Asking({ clock, random, settings: read, deadlineMs: 0 });
    const { heard } = await asking.round(async (context) =>
      zone.believed(await zone.ask(name, type, context, new Map()), context),
    );
    const answers = heard?.answers ?? [];
    if (answers.some(({ outcome }) => isAnswer(outcome))) {
      return { known: true, values: [...new Set(answers.flatMap(({ values }) => values))] };
    }
    const said = answers.map(({ server, outcome, why }) => {
      return `${forTerminal(server)}: ${why === undefined ? outcome : causesText(why)}`;
    });
    return { known: false, why: said.slice(0, 3).join("; ") || "no name server answered in time" };
  } finally {
    transport.close();
  }
}

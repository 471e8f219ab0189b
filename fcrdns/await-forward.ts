/**
 * The wait between forward and reverse: clouds that look a name up before they take it as a PTR refuse it while one of
 * its name servers is still behind. Asks name servers only, for a resolver that is asked too early remembers "no".
 */

import { checkAskingOptions, checkSurroundings, checkText, optionsObject } from "./arguments";
import { agrees, type Failures } from "./ask/agreement";
import { Asking } from "./ask/asking";
import type { Subject } from "./ask/round";
import { socketTransport } from "./ask/sockets";
import { zoneOrResolvers } from "./ask/zone-or-resolvers";
import { secureRandom, systemClock } from "./clock";
import type { Lookup } from "./evidence";
import { InputError } from "./input-error";
import { parseAddress } from "./names/address";
import { canonicalName } from "./names/name";
import type { Clock, VerifyOptions } from "./options";
import { isAnswer } from "./outcome";
import { type Heard, inSeconds, poll } from "./poll";
import { forTerminal } from "./report/escape";
import { forwardPendingText } from "./report/progress-text";
import { askingSettings } from "./settings";

/** What one server showed. */
export interface ForwardSighting {
  /** Name, address and port. */
  readonly server: string;
  /** The record as the server gave it: `mail.example.com A 192.0.2.10`. */
  readonly answer: string;
  /** UTC, ISO 8601. */
  readonly at: string;
}

export interface ForwardVisibility {
  /** Every server that answers at all shows the address, and one does answer. */
  readonly visible: boolean;
  readonly seen: readonly ForwardSighting[];
  /** No server gave an answer that shows or denies the address: whether the record is there is not known. */
  readonly unknown: boolean;
  /** What is still wrong, one sentence per server; DNS text in it is escaped. */
  readonly waitingFor: readonly string[];
}

export interface AwaitForwardOptions extends Omit<VerifyOptions, "expected" | "helo" | "domain" | "onProgress"> {
  /** News after each round that was not enough. @param nextInSeconds until the next one */
  readonly onWaiting?: (visibility: ForwardVisibility, nextInSeconds: number) => void;
}

/**
 * Waits until every name server of the host name's zone shows the address.
 * @param hostname any case, with or without final dot
 * @param ip the address that the name must have: A or AAAA is asked, as it is IPv4 or IPv6
 * @param given DNS servers to query; `deadlineSeconds` (default 0: ask once) is how long to wait; mode `recursive` asks the
 *   resolvers instead
 * @returns what was seen at the end; rejects with an {@link InputError} for nonsense only
 * @example
 * const { visible, waitingFor } = await awaitForward("mail.example.com", "192.0.2.10", { deadlineSeconds: 300 });
 */
export async function awaitForward(
  hostname: string,
  ip: string,
  given?: AwaitForwardOptions,
): Promise<ForwardVisibility> {
  checkText("the host name", hostname, "mail.example.com");
  checkText("the address", ip, "192.0.2.10");
  const options: AwaitForwardOptions = optionsObject("the options", given);
  checkAskingOptions(options);
  checkSurroundings(options);
  const { signal, onWaiting, transport: own, clock = systemClock, random = secureRandom(), ...rest } = options;
  const name = canonicalName(hostname);
  if (!name.ok) throw new InputError(name.reason);
  const address = parseAddress(ip);
  if (!address.ok) throw new InputError(address.reason);
  const settings = askingSettings(rest);
  const transport = own ?? socketTransport();
  const type = address.address.family === 4 ? "A" : "AAAA";
  const question = { name: name.name, type } as const;
  const subject: Subject = { ip: address.address.text, family: address.address.family, arpa: "", expected: null };
  const asking = new Asking({ clock, random, settings, deadlineMs: settings.deadlineMs, signal });
  try {
    const zone = zoneOrResolvers(settings, { transport, clock, random });
    const { result } = await poll<HeardLookup, ForwardVisibility>({
      asking,
      subject,
      ask: async (kept) => {
        const { heard } = await asking.round((context) => zone.ask(name.name, type, context, kept));
        const lookup = heard ?? { ...question, zone: null, aliases: [], answers: [] };
        return { lookup, lookups: [lookup], isWhole: heard !== undefined };
      },
      judge: ({ lookup }, _round, failures) => {
        const result = judged(lookup, subject, clock, failures);
        return { result, holds: result.visible, next: result.visible ? "done" : "wait" };
      },
      walkAnew: () => void zone.walkAnew(name.name),
      onPause: (_heard, visibility, pauseMs) => onWaiting?.(visibility, inSeconds(pauseMs)),
    });
    return result;
  } finally {
    if (own === undefined) transport.close();
  }
}

interface HeardLookup extends Heard {
  readonly lookup: Lookup;
}

function judged(lookup: Lookup, subject: Subject, clock: Clock, failures: Failures): ForwardVisibility {
  const asked = lookup.answers.filter(({ outcome }) => outcome !== "not-asked");
  const agreeing = asked.filter((answer) => agrees(answer, lookup, subject));
  const missing = asked.filter((answer) => !agrees(answer, lookup, subject));
  const behind = missing.filter(({ server }) => !failures.isDead(server));
  const visible = agreeing.length > 0 && behind.length === 0;
  const at = new Date(clock.utc()).toISOString();
  const question = `${forTerminal(lookup.name)} ${lookup.type}`;
  return {
    visible,
    unknown: !asked.some(({ outcome }) => isAnswer(outcome)),
    seen: agreeing.map(({ server }) => ({ server: forTerminal(server), answer: `${question} ${subject.ip}`, at })),
    waitingFor: visible ? [] : forwardPendingText(behind.length > 0 ? behind : missing, lookup, question, subject.ip),
  };
}

/** From when mail may leave, after a wrong answer was visible. */

import type { Evidence, Memory, WrongAnswer } from "../evidence";
import type { Found } from "./found";
import type { RoundTrip } from "./round-trip";

/** One memory of a wrong answer, and when it has ended; null: it begins with the fix. */
interface Horizon {
  readonly found: Found;
  readonly end: number | null;
}

export interface WhenToSend {
  /** UTC, ISO 8601, to the second, rounded up. @default nothing wrong may be remembered any more, or it is still wrong */
  readonly notBefore?: string;
  readonly found: readonly Found[];
}

const NOTHING: WhenToSend = { found: [] };

/**
 * @param isRight whether the authoritative servers show what is wanted now; only resolvers may still be behind
 * @param failsNow whether the verdict is a definite failure
 */
export function whenToSend(
  { memory, expected, helo, ip }: Evidence,
  trip: RoundTrip,
  isRight: boolean,
  failsNow: boolean,
): WhenToSend {
  if (memory === undefined || !(isRight || failsNow)) return NOTHING;
  const { now } = memory;
  const needed = [...trip.confirmed, expected, helo?.name ?? null];
  const answers = isRight
    ? memory.answers.filter(({ type, name, values }) =>
        // A PTR that confirms now was never the wrong one; what another name has does not matter any more.
        type === "PTR"
          ? values.length === 0 ||
            !values.every((value) => trip.confirmed.includes(value) && (expected ?? value) === value)
          : needed.includes(name),
      )
    : memory.answers;
  const all = [...longestOfEach(answers), ...receiversOf(memory)].map((each): Horizon => {
    const end = isRight ? (each.until ?? now) + each.seconds * 1000 : null;
    const seen = { kind: "remembered", ip, ...each, end } as const;
    const rule = end === null ? "remembered-after-fix" : "not-before";
    return { end, found: { rule, seen, owner: { kind: "mail-server", ip } } };
  });
  const open = all.filter(({ end }) => end === null || end > now);
  const latest = Math.max(...open.map(({ end }) => end ?? 0));
  if (!isRight || open.length === 0) return { found: open.map(({ found }) => found) };
  const notBefore = atSecond(latest);
  const step = { kind: "send-after", ip, at: notBefore } as const;
  return { notBefore, found: open.map(({ found }) => ({ ...found, step })) };
}

/** UTC, ISO 8601, rounded up. */
export function atSecond(ms: number): string {
  return new Date(Math.ceil(ms / 1000) * 1000).toISOString().replace(".000Z", "Z");
}

export type Rememberer =
  | ({ readonly who: "resolvers" } & WrongAnswer)
  | { readonly who: "receiver"; readonly name: string; readonly seconds: number; readonly until: number | null };

/** Of each question, the answer that may be remembered for longest. */
function longestOfEach(answers: readonly WrongAnswer[]): Rememberer[] {
  const longest = new Map<string, WrongAnswer>();
  const end = ({ until, seconds }: WrongAnswer) => (until === null ? Number.MAX_SAFE_INTEGER : until) + seconds * 1000;
  for (const answer of answers) {
    const key = `${answer.type} ${answer.name}`;
    const before = longest.get(key);
    if (before === undefined || end(answer) > end(before)) longest.set(key, answer);
  }
  return [...longest.values()].map((answer) => ({ who: "resolvers", ...answer }));
}

function receiversOf({ receivers }: Memory): Rememberer[] {
  return receivers.map((each) => ({ who: "receiver", ...each }));
}

/**
 * Polling: rounds of questions until there is nothing left to wait for or the deadline has passed. A round asks again only
 * where an answer is not yet what is wanted. The clock is the one of the {@link Asking}.
 */
import { Failures, keptAnswers, pendingAnswers } from "./ask/agreement";
import type { Kept } from "./ask/ask-authoritative";
import type { Asking } from "./ask/asking";
import type { Subject } from "./ask/round";
import type { Lookup } from "./evidence";

/** Rounds after which the delegations of the names are looked up anew. */
const ROUNDS_BEFORE_NEW_WALK = 5;

/** What one round heard. */
export interface Heard {
  readonly lookups: readonly Lookup[];
  /** False where the round was left to itself before it ended. */
  readonly isWhole: boolean;
}

export interface Step<Result> {
  readonly result: Result;
  /** The answers of this round are as wanted, even where something else is still waited for. */
  readonly holds: boolean;
  /**
   * `done`: nothing more to wait for. `wait`: another round after a pause. `anew`: the same round once more at once, with
   * nothing kept, since what it rests on was forgotten.
   */
  readonly next: "done" | "wait" | "anew";
}

export interface Polling<H extends Heard, Result> {
  readonly asking: Asking;
  /** What is wanted: it decides which answers are kept. */
  readonly subject: Subject;
  /** @param kept the answers that need not be asked for again */
  ask(kept: Kept): Promise<H>;
  /** @param round from 1 */
  judge(heard: H, round: number, failures: Failures): Step<Result> | Promise<Step<Result>>;
  /** Forgets the delegations that the questions rest on. */
  walkAnew(): void;
  /** Tells whoever waits what is still missing. */
  onPause(heard: H, result: Result, pauseMs: number): void;
}

export interface Polled<Result> {
  /** Of the last round that was heard in full, or of the only one. */
  readonly result: Result;
  /** Something ended the polling before its time. */
  readonly isCutShort: boolean;
}

export async function poll<H extends Heard, Result>(polling: Polling<H, Result>): Promise<Polled<Result>> {
  const { asking, subject } = polling;
  let failures = new Failures();
  let kept: Kept = new Map();
  let latest: { readonly result: Result } | undefined;
  for (let round = 1; ; round++) {
    const heard = await polling.ask(kept);
    // A round that was ended knows less than the one before it.
    if (latest && (asking.isEnded || !heard.isWhole)) return { ...latest, isCutShort: true };
    failures.count(heard.lookups, subject);
    const { result, holds, next } = await polling.judge(heard, round, failures);
    latest = { result };
    if (next === "anew") {
      failures = new Failures();
      kept = new Map();
      round--;
      continue;
    }
    if (next === "done" || asking.left <= 0 || asking.isEnded) return { result, isCutShort: false };

    kept = answersToKeep(heard.lookups, subject, failures, holds);
    if (round % ROUNDS_BEFORE_NEW_WALK === 0) polling.walkAnew();
    const pauseMs = asking.pauseAfter(round);
    polling.onPause(heard, result, pauseMs);
    await asking.sleep(pauseMs);
    if (asking.isEnded) return { result, isCutShort: true };
  }
}

function answersToKeep(lookups: readonly Lookup[], subject: Subject, failures: Failures, holds: boolean): Kept {
  const isPending = lookups.some(({ answers }) => answers.length === 0) || pendingAnswers(lookups, subject).length > 0;
  // All agree and yet it does not hold: something changed between two questions.
  if (!holds && !isPending) return new Map();
  return new Map([...keptAnswers(lookups, subject), ...failures.deadAnswers(lookups)]);
}

/** Seconds as progress lines show them. */
export function inSeconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}

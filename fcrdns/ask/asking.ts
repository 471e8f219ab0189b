/**
 * The queries of one check, round by round: how long they may take, and what ends them early. A round always ends in time,
 * with or without an answer.
 */

import type { Clock } from "../options";
import type { AskingSettings } from "../settings";
import type { QueryContext } from "./client";
import { onAbort } from "./on-abort";

/** Queries of one round; a normal zone with 13 servers and two addresses each needs about 100. */
export const MAX_QUERIES = 500;
/**
 * A round takes as long as this many silent servers in a row, asked as often as the settings say: the walk to the
 * reverse zone, an alias, the walk to the name, an alias, each with one dead server, and as much again. 28 s by default.
 */
const SILENT_SERVERS = 7;
/** Milliseconds that a round may take however short the time-outs are. */
const MIN_ROUND_MS = 10_000;
/** Share of one query's time-out that the last round may go on after the deadline. */
const OVERTIME = 0.8;
/** The same share, after which a round that has not ended is abandoned. */
const PATIENCE = 0.1;
/** Milliseconds that a round has to end by itself after it was aborted. */
const ENDING_MS = 50;
/** Milliseconds after the first round. */
const FIRST_PAUSE_MS = 1000;
/** Milliseconds between later rounds, at least and at most. */
const MIN_PAUSE_MS = 2000;
const MAX_PAUSE_MS = 10_000;
/** Share of the time waited so far that such a pause lasts: few queries in a long wait, and an answer noticed soon in a short one. */
const PAUSE_SHARE = 1 / 3;
/** Random share that is taken off a pause, so that many waiting checks do not query at the same moment. */
const JITTER = 0.25;

export interface AskingOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly settings: Pick<AskingSettings, "timeoutMs" | "tries">;
  /** Milliseconds to keep querying; 0: one round. */
  readonly deadlineMs: number;
  /** The caller's: ends all rounds and the queries in flight. */
  readonly signal?: AbortSignal;
  /** Other signals that end it. */
  readonly ends?: readonly AbortSignal[];
}

export interface Round<T> {
  readonly context: QueryContext;
  /** Undefined where the round did not end by itself. */
  readonly heard: T | undefined;
}

export class Asking {
  readonly #options: AskingOptions;
  readonly #signals: readonly AbortSignal[];
  readonly #deadline: number;
  readonly #roundMs: number;

  constructor(options: AskingOptions) {
    const { clock, settings, deadlineMs, signal, ends = [] } = options;
    this.#options = options;
    this.#signals = signal ? [signal, ...ends] : ends;
    this.#deadline = clock.now() + deadlineMs;
    this.#roundMs = Math.max(MIN_ROUND_MS, SILENT_SERVERS * settings.tries * settings.timeoutMs);
  }

  /** Whether a signal has ended it. */
  get isEnded(): boolean {
    return this.#signals.some(({ aborted }) => aborted);
  }

  /** Milliseconds until the deadline; not above 0 when it has passed. */
  get left(): number {
    return this.#deadline - this.#options.clock.now();
  }

  /** Seconds that a round may take, or fewer where the deadline comes first. */
  get roundSeconds(): number {
    return Math.round(this.#roundMs / 1000);
  }

  /** Does the work of one round; never waits for it longer than the time for the round. */
  async round<T>(work: (context: QueryContext) => Promise<T>): Promise<Round<T>> {
    const { clock, deadlineMs, settings, signal } = this.#options;
    const now = clock.now();
    const last = deadlineMs > 0 ? this.#deadline + OVERTIME * settings.timeoutMs : Number.POSITIVE_INFINITY;
    const until = Math.min(now + this.#roundMs, last);
    const context: QueryContext = {
      queriesLeft: MAX_QUERIES,
      outOfQueries: false,
      until,
      outOfTime: false,
      ended: this.isEnded,
      heard: false,
      hops: [],
      signal,
    };
    const patience = Math.max(ENDING_MS, PATIENCE * settings.timeoutMs);
    const heard = await this.#bounded(work(context), Math.max(0, until - now) + patience, context);
    return { context, heard };
  }

  /** Milliseconds until the next round. @param round the number of the one before, from 1 */
  pauseAfter(round: number): number {
    const waited = this.#options.deadlineMs - this.left;
    const pause = round === 1 ? FIRST_PAUSE_MS : Math.min(MAX_PAUSE_MS, Math.max(MIN_PAUSE_MS, PAUSE_SHARE * waited));
    return Math.min(this.left, pause * (1 - JITTER * this.#options.random()));
  }

  async sleep(ms: number): Promise<void> {
    const woken = new AbortController();
    if (this.isEnded) woken.abort();
    const releases = this.#signals.map((signal) => onAbort(signal, () => woken.abort()));
    await this.#options.clock.sleep(ms, woken.signal);
    for (const release of releases) release();
  }

  /** Real time, like the time-outs of sockets: an injected clock may stand still. */
  #bounded<T>(work: Promise<T>, ms: number, context: QueryContext): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        release();
        context.ended = true;
        resolve(undefined);
      };
      // The timer keeps the process alive.
      let timer = setTimeout(end, context.ended ? ENDING_MS : ms);
      const hurry = (): void => {
        context.ended = true;
        clearTimeout(timer);
        timer = setTimeout(end, ENDING_MS);
      };
      const releases = context.ended ? [] : this.#signals.map((signal) => onAbort(signal, hurry));
      const release = (): void => {
        clearTimeout(timer);
        for (const each of releases) each();
      };
      work.then(
        (heard) => {
          release();
          resolve(heard);
        },
        (error: unknown) => {
          release();
          reject(error);
        },
      );
    });
  }
}

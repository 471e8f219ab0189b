/**
 * The verdicts of one run. Each address is verified once for all rules, all addresses at the same time, within one
 * deadline, with a progress line from time to time.
 */

import { InputError } from "../fcrdns/input-error";
import { finding } from "../fcrdns/judge/finding-rules";
import { reverseName } from "../fcrdns/names/address";
import type { Clock, Progress } from "../fcrdns/options";
import { forTerminal } from "../fcrdns/report/escape";
import { DEFAULT_DEADLINE_SECONDS, type DnsSettings } from "../fcrdns/settings";
import type { Verdict } from "../fcrdns/verdict";
import type { OneOptions, Verifier } from "../fcrdns/verify";

/** Checks addresses with one set of sockets and one memory of delegations. */
export type AddressVerifier = Pick<Verifier, "verify" | "close">;

export interface VerificationsOptions {
  readonly openVerifier: (settings: DnsSettings, clock: Clock) => AddressVerifier;
  readonly settings: DnsSettings;
  readonly clock: Clock;
  /** Shows one line of progress. */
  readonly progress: (line: string) => void;
}

/** Seconds for addresses that are checked once, without a deadline. */
const GRACE_SECONDS = 30;
const SECONDS_BETWEEN_LINES = 10;

export class Verifications {
  readonly #options: VerificationsOptions;
  readonly #verdicts = new Map<string, Promise<Verdict>>();
  #done = 0;
  readonly #waiting = new Map<string, Progress>();
  readonly #deadlineSeconds: number;
  #began: number | undefined;
  #lastLine: number | undefined;
  #holding = 0;
  #verifier: AddressVerifier | undefined;
  #inWork = 0;

  public constructor(options: VerificationsOptions) {
    this.#options = options;
    this.#deadlineSeconds = options.settings.deadlineSeconds ?? DEFAULT_DEADLINE_SECONDS;
  }

  /**
   * The verdict of one address; never rejects, and comes at the latest one query's time-out (and a second) after the deadline.
   * @param patient false: check once, because nothing will change within minutes
   * @param helo what the mail server says in EHLO; with it, another verdict
   */
  public verdict(ip: string, hostname: string | null, patient = true, helo?: string): Promise<Verdict> {
    const key = helo === undefined ? ip : `${ip} ${helo}`;
    let verdict = this.#verdicts.get(key);
    if (verdict === undefined) {
      verdict = this.#ask(ip, hostname, patient, helo);
      this.#verdicts.set(key, verdict);
    }
    return verdict;
  }

  async #ask(ip: string, hostname: string | null, patient: boolean, helo: string | undefined): Promise<Verdict> {
    const { clock } = this.#options;
    this.#began ??= clock.now();
    const left = this.#deadlineSeconds - (clock.now() - this.#began) / 1000;
    const end = new AbortController();
    const over = new AbortController();
    // The checker keeps to a deadline within one query's time-out; this is for what comes after the deadline.
    const { timeoutSeconds = 2 } = this.#options.settings;
    const grace = this.#deadlineSeconds > 0 ? timeoutSeconds : GRACE_SECONDS;
    const timer = clock.sleep((Math.max(0, left) + grace) * 1000, over.signal).then(async () => {
      if (over.signal.aborted) return null;
      end.abort();
      // An answer so far is better than none; no later answer is waited for.
      await clock.sleep(1000, over.signal);
      return unfinished(
        ip,
        hostname,
        "the check did not finish in time",
        "run the check again; if it happens again, raise timeoutSeconds or report it",
      );
    });
    this.#inWork++;
    const asked = this.#verify(ip, { expected: hostname, helo }, patient ? Math.max(0, left) : 0, end.signal);
    const verdict = (await Promise.race([asked, timer])) ?? (await asked);
    over.abort();
    if (--this.#inWork === 0) {
      this.#verifier?.close();
      this.#verifier = undefined;
    }
    this.#waiting.delete(ip);
    this.#done++;
    if (verdict.status === "pass") this.#holding++;
    return verdict;
  }

  async #verify(
    ip: string,
    subject: Required<Pick<OneOptions, "expected">> & Pick<OneOptions, "helo">,
    deadlineSeconds: number,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const { openVerifier, settings, clock } = this.#options;
    try {
      this.#verifier ??= openVerifier(settings, clock);
      const onProgress = (progress: Progress) => this.#news(progress);
      return await this.#verifier.verify(ip, { ...subject, deadlineSeconds, signal, onProgress });
    } catch (error) {
      return refused(ip, subject.expected ?? null, error);
    }
  }

  #news(progress: Progress): void {
    const { clock, progress: show } = this.#options;
    this.#waiting.set(progress.ip, progress);
    const now = clock.now();
    // Not before each address was checked once: good ones would otherwise be counted as bad.
    if (this.#lastLine === undefined && this.#waiting.size + this.#done < this.#verdicts.size) return;
    if (this.#lastLine !== undefined && now - this.#lastLine < SECONDS_BETWEEN_LINES * 1000) return;
    this.#lastLine = now;
    const seconds = Math.round((now - (this.#began ?? now)) / 1000);
    const of = `${this.#holding} of ${this.#verdicts.size} addresses round-trip after ${seconds} s`;
    const why = progress.waitingFor[0] === undefined ? "" : `: ${progress.waitingFor[0]}`;
    show(`fcrdns: ${of}; waiting for ${progress.ip}${why}`);
  }
}

function refused(ip: string, hostname: string | null, error: unknown): Verdict {
  if (error instanceof InputError || error instanceof RangeError) {
    return unfinished(ip, hostname, forTerminal(error.message), "correct the input that the message names");
  }
  const kind = error instanceof Error ? error.name : typeof error;
  return unfinished(
    ip,
    hostname,
    `the check failed with ${kind}, a bug in the check itself`,
    "report it with the version of pulumi-fcrdns",
  );
}

/** No answer, which is not the same as a wrong one. */
function unfinished(ip: string, hostname: string | null, message: string, fix: string): Verdict {
  return {
    schema: 1,
    ip,
    arpa: reverseName(ip),
    expected: hostname,
    status: "unknown",
    iprev: "temperror",
    reason: "no-answer",
    ptr: [],
    forward: {},
    confirmed: [],
    findings: [finding("check-unfinished", { message, fix, who: "whoever runs this check" })],
    hops: [],
    servers: { asked: 0, agreed: 0 },
    ms: 0,
  };
}

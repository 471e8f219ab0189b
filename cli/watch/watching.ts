/** The passes of `fcrdns watch`: check all, compare, report changes, wait. */

import type { ServerAddress } from "../../fcrdns/ask/transport";
import type { VerifyAllOptions } from "../../fcrdns/options";
import type { Finding, Verdict } from "../../fcrdns/verdict";
import { coloursFor } from "../colours";
import type { Environment, Listening } from "../environment";
import { counted, type ExitStatus, emptyTally, exitStatus, exitStatusOf, type Tally } from "../exit-status";
import { asciiJson, forLog } from "../formats/escape";
import { headline } from "../formats/text";
import { decisiveFindings, nameOf, outcomeOf, totals } from "../formats/wording";
import type { GivenAddress, GivenAddresses } from "../given-addresses";
import { UsageProblem } from "../usage-problem";
import { type Measured, prometheusText } from "./metrics";
import { type Change, observed, unwatched, type Watched } from "./steadiness";
import { Webhook } from "./webhook";

export interface WatchRequest {
  readonly addresses: GivenAddresses;
  readonly options: VerifyAllOptions;
  readonly format: "text" | "ndjson";
  readonly everyMs: number;
  /** How often in a row a change must be seen. */
  readonly times: number;
  readonly exitAtChange: boolean;
  /** @default no end */
  readonly passes?: number;
  readonly webhook?: string;
  readonly listen?: ServerAddress;
}

/** Random share that is added to or taken from the pause, so that several watchers do not query at the same time. */
const JITTER = 0.1;
/** How long the exit waits for the webhook, milliseconds. */
const FINAL_FLUSH_MS = 2_000;

/** @returns when it is stopped, or by `exitAtChange` and `passes` */
export async function watchAddresses(request: WatchRequest, environment: Environment): Promise<ExitStatus> {
  const stopped = new AbortController();
  const forgetStop = environment.onStop(() => stopped.abort());
  const watching = new Watching(request, environment, stopped.signal, () => stopped.abort());
  let listening: Listening | undefined;
  try {
    listening = await listen(request.listen, watching, environment);
    return await watching.run();
  } finally {
    forgetStop();
    await listening?.close();
  }
}

async function listen(
  at: ServerAddress | undefined,
  watching: Watching,
  environment: Environment,
): Promise<Listening | undefined> {
  if (at === undefined) return undefined;
  try {
    const listening = await environment.servePages(at.address, at.port, (path) =>
      path === "/metrics"
        ? {
            status: 200,
            contentType: "text/plain; version=0.0.4; charset=utf-8",
            body: prometheusText(watching.measured()),
          }
        : { status: 404, contentType: "text/plain; charset=utf-8", body: "the metrics are at /metrics\n" },
    );
    await environment.stderr.write(`fcrdns: metrics for Prometheus at ${listening.url}/metrics\n`);
    return listening;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "it cannot be bound";
    const why = code === "EADDRINUSE" ? "another program uses it" : code;
    throw new UsageProblem(
      `--listen ${at.address} port ${at.port} cannot be used (${why}): give another address or port`,
    );
  }
}

class Watching {
  readonly #webhook: Webhook | undefined;
  readonly #watched = new Map<string, Watched>();
  readonly #latest = new Map<string, Verdict>();
  #passes = 0;
  #lastPassAt: number | null = null;
  #lastPassMs = 0;

  public constructor(
    private readonly request: WatchRequest,
    private readonly environment: Environment,
    private readonly stopped: AbortSignal,
    private readonly stop: () => void,
  ) {
    this.#webhook = request.webhook === undefined ? undefined : new Webhook(request.webhook, environment);
  }

  public measured(): Measured {
    return {
      verdicts: [...this.#latest.values()],
      passes: this.#passes,
      lastPassAt: this.#lastPassAt,
      lastPassSeconds: this.#lastPassMs / 1000,
      webhookFailures: this.#webhook?.failures ?? 0,
    };
  }

  public async run(): Promise<ExitStatus> {
    const { everyMs, exitAtChange, passes } = this.request;
    const { clock, random } = this.environment;
    while (!this.stopped.aborted) {
      const began = clock.now();
      const { tally, changes } = await this.#pass();
      if (this.stopped.aborted) break;
      for (const change of changes) await this.#report(change);
      void this.#webhook?.flush();
      const last = this.#passes === passes;
      if (last || (exitAtChange && changes.length > 0)) {
        await this.#finalFlush();
        return exitStatusOf(last ? tally : tallyOf(changes.map(({ to }) => to)));
      }
      const pause = everyMs * (1 + JITTER * (2 * random() - 1)) - (clock.now() - began);
      await clock.sleep(Math.max(0, pause), this.stopped);
    }
    await this.#finalFlush();
    return exitStatus.pass;
  }

  async #pass(): Promise<{ readonly tally: Tally; readonly changes: Change[] }> {
    const { addresses, options, times } = this.request;
    const began = this.environment.clock.now();
    const asked: GivenAddress[] = [];
    const stopped = this.stopped;
    function* taken(): Generator<GivenAddress> {
      for (const address of addresses) {
        if (stopped.aborted) return;
        asked.push(address);
        yield address;
      }
    }
    const changes: Change[] = [];
    let tally = emptyTally;
    const checker = await this.environment.checker();
    for await (const verdict of checker.verifyAll(taken(), { ...options, signal: stopped })) {
      const { ip, expected } = asked.shift() as GivenAddress;
      // A verdict after the stop is incomplete and is no change.
      if (stopped.aborted) break;
      const key = `${ip} ${expected ?? ""}`;
      const { watched, change } = observed(this.#watched.get(key) ?? unwatched, verdict, times);
      this.#watched.set(key, watched);
      this.#latest.set(key, verdict);
      tally = counted(tally, verdict.status);
      if (change !== undefined) changes.push(change);
      if (this.#passes === 0) await this.#first(verdict);
    }
    if (!stopped.aborted) {
      this.#passes++;
      this.#lastPassAt = this.environment.clock.utc();
      this.#lastPassMs = this.environment.clock.now() - began;
      if (this.#passes === 1) await this.#begun(tally);
    }
    return { tally, changes };
  }

  /** The first pass prints every address. */
  async #first(verdict: Verdict): Promise<void> {
    const line =
      this.request.format === "text"
        ? [headline(verdict, coloursFor(this.environment)), ...errorsOfPass(verdict)].join("\n    ")
        : asciiJson({ event: "first", at: this.#now(), verdict });
    await this.#print(line);
  }

  async #begun(tally: Tally): Promise<void> {
    if (this.request.format !== "text") return;
    const minutes = this.request.everyMs / 60_000;
    await this.#print(
      `${this.#now()} watching ${totals(tally, 0)}; every ${minutes} ${minutes === 1 ? "minute" : "minutes"}`,
    );
  }

  async #report(change: Change): Promise<void> {
    const lines = changeText(change);
    this.#webhook?.add(lines.join("\n"));
    if (this.request.format === "ndjson") {
      await this.#print(asciiJson({ event: "change", at: this.#now(), from: change.from, to: change.to }));
      return;
    }
    const [head = "", ...rest] = lines;
    await this.#print(`${this.#now()} ${head}${rest.map((line) => `\n    ${line}`).join("")}`);
  }

  async #print(line: string): Promise<void> {
    const read = await this.environment.stdout.write(`${line}\n`);
    // Without a reader, webhook and metrics still work; without those, the watch would report to nobody.
    if (!read && this.#webhook === undefined && this.request.listen === undefined) this.stop();
  }

  #now(): string {
    return new Date(this.environment.clock.utc()).toISOString();
  }

  /** Messages that are not delivered by now are lost. */
  async #finalFlush(): Promise<void> {
    if (this.#webhook === undefined) return;
    await Promise.race([this.#webhook.flush(), this.environment.clock.sleep(FINAL_FLUSH_MS)]);
  }
}

function tallyOf(verdicts: readonly Verdict[]): Tally {
  return verdicts.reduce((tally, { status }) => counted(tally, status), emptyTally);
}

/** What is wrong beside an address that passes. */
function errorsOfPass({ status, findings }: Verdict): string[] {
  return status === "pass" ? foundLines(findings.filter(({ severity }) => severity === "error")) : [];
}

/** Each line begins with a fixed word. */
function changeText({ from, to }: Change): string[] {
  const was = from === null ? "never passed" : `was ${outcomeOf(from)}`;
  const names = [from, to].map((verdict) => verdict?.ptr.join(", ") ?? "");
  const renamed =
    from !== null && names[0] !== names[1] ? [`PTR was ${names[0] || "none"}, is ${names[1] || "none"}`] : [];
  const gone = from === null ? [] : errorRules(from).filter((rule) => !errorRules(to).includes(rule));
  const fixed = to.status === "pass" && gone.length > 0 ? [`no longer found: ${gone.join(", ")}`] : [];
  return [
    `change: ${to.ip} ${nameOf(to)} is ${outcomeOf(to)} (${was})`,
    ...renamed,
    ...fixed,
    ...(to.status === "pass" ? errorsOfPass(to) : foundLines(decisiveFindings(to, 1))),
  ].map(forLog);
}

function errorRules({ status, findings }: Verdict): string[] {
  if (status !== "pass") return [];
  return [...new Set(findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule))];
}

function foundLines(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ message, fix, who }) => [`found: ${message}`, `fix: ${fix} (${who})`]).map(forLog);
}

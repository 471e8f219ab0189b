/** Progress on stderr: a line that is redrawn on a terminal, a line from time to time in a log. */
import type { Progress } from "../fcrdns/options";
import type { Environment } from "./environment";
import { forLog } from "./formats/escape";

/** Less work than this needs no progress. */
const QUIET_MS = 1000;
const REDRAW_MS = 200;
/** Without a terminal: a line at most this often, and only while it waits. */
const LOG_MS = 10_000;
const BAR_WIDTH = 20;

export class ProgressLine {
  readonly #environment: Pick<Environment, "stderr" | "clock">;
  readonly #total: number;
  readonly #startedAt: number;
  readonly #ended = new AbortController();
  #done = 0;
  #failed = 0;
  #waiting = "";
  #drawn = false;
  #loggedAt: number;

  /** @param total addresses to check */
  public constructor(environment: Pick<Environment, "stderr" | "clock">, total: number) {
    this.#environment = environment;
    this.#total = total;
    this.#startedAt = environment.clock.now();
    this.#loggedAt = this.#startedAt;
    if (environment.stderr.isTerminal) void this.#redraw();
  }

  /** One more address is decided. */
  public decided(passes: boolean): void {
    this.#done++;
    if (!passes) this.#failed++;
  }

  /** Progress of one address that the check waits for. */
  public async waits({ ip, waitingFor, elapsedSeconds, nextInSeconds }: Progress): Promise<void> {
    const [first = "the round trip"] = waitingFor;
    const more = waitingFor.length > 1 ? ` (and ${waitingFor.length - 1} more)` : "";
    this.#waiting = `${ip} waits for ${forLog(first)}${more}`;
    if (this.#environment.stderr.isTerminal) return;
    const now = this.#environment.clock.now();
    if (now - this.#loggedAt < LOG_MS) return;
    this.#loggedAt = now;
    const when = `${Math.round(elapsedSeconds)} s, next check in ${Math.round(nextInSeconds)} s`;
    await this.#environment.stderr.write(`fcrdns: ${this.#waiting}; ${when}\n`);
  }

  /** Makes room for other output on the same terminal. */
  public async hide(): Promise<void> {
    if (!this.#drawn) return;
    this.#drawn = false;
    await this.#environment.stderr.write("\r\u001b[K");
  }

  public async end(): Promise<void> {
    this.#ended.abort();
    await this.hide();
  }

  async #redraw(): Promise<void> {
    const { clock, stderr } = this.#environment;
    await clock.sleep(QUIET_MS, this.#ended.signal);
    while (!this.#ended.signal.aborted) {
      const line = this.#line();
      this.#drawn = true;
      await stderr.write(`\r\u001b[K${line}`);
      await clock.sleep(REDRAW_MS, this.#ended.signal);
    }
  }

  #line(): string {
    const { clock, stderr } = this.#environment;
    const filled = Math.floor((BAR_WIDTH * this.#done) / Math.max(1, this.#total));
    const bar = `[${"#".repeat(filled)}${"-".repeat(BAR_WIDTH - filled)}]`;
    const failed = this.#failed > 0 ? `, ${this.#failed} not passing` : "";
    const seconds = Math.round((clock.now() - this.#startedAt) / 1000);
    const waiting = this.#waiting === "" ? "" : `  ${this.#waiting}`;
    const line = `${bar} ${this.#done}/${this.#total}${failed}  ${seconds} s${waiting}`;
    return line.slice(0, Math.max(20, stderr.columns - 1));
  }
}

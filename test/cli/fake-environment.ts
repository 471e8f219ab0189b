/** An environment in memory: what the command reads, writes, queries and waits for. */

import type { AddressToCheck, Checker, Environment, Output, Page, PostEnd, ProgramEnd } from "../../cli/environment";
import { run } from "../../cli/run";
import type { QuestionType } from "../../fcrdns/evidence";
import type { RecordLookup, RecordLookups } from "../../fcrdns/look-up-records";
import type { Clock, VerifyAllOptions } from "../../fcrdns/options";
import type { Verdict } from "../../fcrdns/verdict";
import { verdictOn } from "./verdicts";

/** Time that passes only on demand. */
export class HeldClock implements Clock {
  #now = 0;
  readonly #sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();

  public constructor(private readonly utcAtStart = Date.UTC(2026, 0, 31, 12)) {}

  public now(): number {
    return this.#now;
  }

  public utc(): number {
    return this.utcAtStart + this.#now;
  }

  public get sleepers(): number {
    return this.#sleepers.size;
  }

  public sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const sleeper = {
        until: this.#now + ms,
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal?.removeEventListener("abort", sleeper.wake);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener("abort", sleeper.wake, { once: true });
    });
  }

  /** Lets time pass and everything that waited for it happen. */
  public async advance(ms: number): Promise<void> {
    this.#now += ms;
    for (const sleeper of [...this.#sleepers]) if (sleeper.until <= this.#now) sleeper.wake();
    await settled();
  }
}

/** Lets all that can happen without time passing happen. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export class MemoryOutput implements Output {
  public text = "";
  public readonly columns = 80;
  /** Pieces after which nobody reads any longer. */
  public closesAfter = Number.POSITIVE_INFINITY;
  /** Why no more can be written then. */
  public closesWith: string | null = null;
  public failure: string | null = null;
  #writes = 0;

  public constructor(public readonly isTerminal: boolean) {}

  public async write(text: string): Promise<boolean> {
    if (this.#writes >= this.closesAfter) {
      this.failure = this.closesWith;
      return false;
    }
    this.#writes++;
    this.text += text;
    return true;
  }
}

export interface FakeWorldOptions {
  readonly stdin?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Standard output and error are a terminal. @default neither is */
  readonly terminal?: boolean;
  /** @default every address passes */
  readonly judge?: (address: AddressToCheck, options: VerifyAllOptions) => Verdict | Promise<Verdict>;
  readonly programs?: Readonly<Record<string, (args: readonly string[]) => ProgramEnd>>;
  /** What DNS has. @default nothing exists */
  readonly records?: (name: string, type: QuestionType) => RecordLookup;
  readonly post?: (url: string, body: string) => PostEnd | Promise<PostEnd>;
}

export class FakeEnvironment implements Environment {
  public readonly clock = new HeldClock();
  public readonly stdout: MemoryOutput;
  public readonly stderr: MemoryOutput;
  public readonly environment: Readonly<Record<string, string>>;
  public readonly appended: Record<string, string> = {};
  public readonly asked: AddressToCheck[] = [];
  public askedWith: VerifyAllOptions | undefined;
  public page: ((path: string) => Page) | undefined;
  public pagesClosed = false;
  readonly #stopListeners = new Set<() => void>();

  public constructor(private readonly options: FakeWorldOptions = {}) {
    this.stdout = new MemoryOutput(options.terminal ?? false);
    this.stderr = new MemoryOutput(options.terminal ?? false);
    this.environment = options.environment ?? {};
  }

  public readonly random = (): number => 0.5;

  public get stdin(): AsyncIterable<string> {
    const text = this.options.stdin ?? "";
    return (async function* () {
      yield text;
    })();
  }

  public async readFile(path: string): Promise<string> {
    const text = this.options.files?.[path];
    if (text === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
    return text;
  }

  public async readFolder(path: string): Promise<string[]> {
    const folder = path.replace(/\/*$/, "/");
    const names = Object.keys(this.options.files ?? {}).filter((name) => name.startsWith(folder));
    if (names.length === 0) throw Object.assign(new Error("no such folder"), { code: "ENOENT" });
    return [...new Set(names.map((name) => name.slice(folder.length).split("/")[0] as string))];
  }

  public async appendFile(path: string, text: string): Promise<void> {
    this.appended[path] = (this.appended[path] ?? "") + text;
  }

  public onStop(listener: () => void): () => void {
    this.#stopListeners.add(listener);
    return () => this.#stopListeners.delete(listener);
  }

  /** Ctrl-C. */
  public stop(): void {
    for (const listener of this.#stopListeners) listener();
  }

  public get stopListeners(): number {
    return this.#stopListeners.size;
  }

  public async runProgram(program: string, args: readonly string[]): Promise<ProgramEnd> {
    return this.options.programs?.[program]?.(args) ?? { kind: "not-found" };
  }

  public async postJson(url: string, body: string): Promise<PostEnd> {
    return (await this.options.post?.(url, body)) ?? { ok: true };
  }

  public async servePages(address: string, port: number, page: (path: string) => Page) {
    this.page = page;
    return {
      url: `http://${address}:${port}`,
      close: async () => {
        this.pagesClosed = true;
      },
    };
  }

  public async recordLookups(): Promise<RecordLookups> {
    const { records = () => ({ known: true, values: [] }) } = this.options;
    return { lookUp: async (name, type) => records(name, type), close: () => {} };
  }

  public async checker(): Promise<Checker> {
    const environment = this;
    const judge = this.options.judge ?? ((address: AddressToCheck) => verdictOn(address));
    return {
      async *verifyAll(addresses, options) {
        environment.askedWith = options;
        for (const address of addresses) {
          environment.asked.push(address);
          yield await judge(address, options);
        }
      },
    };
  }
}

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly environment: FakeEnvironment;
}

/** Runs the command with these arguments to its end. */
export async function ran(args: readonly string[], options: FakeWorldOptions = {}): Promise<Ran> {
  const environment = new FakeEnvironment(options);
  const status = await run(args, environment);
  return { status, stdout: environment.stdout.text, stderr: environment.stderr.text, environment };
}

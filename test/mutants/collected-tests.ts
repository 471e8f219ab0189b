/**
 * Stands in for `node:test` where one process runs the same tests against many mutants: files are loaded, their tests are
 * collected, and then only some of them run, until the first failure.
 */
import { mock } from "node:test";

type Body = (context: Context) => unknown;

interface Options {
  readonly skip?: boolean | string;
  readonly todo?: boolean | string;
}

interface Suite {
  readonly kind: "suite";
  readonly children: (Suite | Case)[];
  readonly name: string;
  readonly skipped: boolean;
  readonly hooks: Readonly<Record<Hook, (() => unknown)[]>>;
}

interface Case {
  readonly kind: "case";
  readonly id: string;
  readonly skipped: boolean;
  readonly body: Body;
}

type Hook = "before" | "after" | "beforeEach" | "afterEach";

/** What a test is given. */
interface Context {
  readonly name: string;
  readonly signal: AbortSignal;
  readonly mock: typeof mock;
  skip(): void;
  todo(): void;
  diagnostic(): void;
  after(hook: () => unknown): void;
  test(name: string, ...rest: unknown[]): Promise<void>;
}

export interface Outcome {
  readonly id: string;
  readonly ok: boolean;
  readonly ms: number;
  readonly error?: unknown;
}

export class CollectedTests {
  #suite: Suite = newSuite("", false);
  readonly #root = this.#suite;
  readonly #ids = new Map<string, number>();
  #path: string[] = [];

  /** What `require("node:test")` gives. */
  public readonly module: unknown;

  public constructor() {
    const test = this.#declaring(false);
    const suite = this.#declaring(true);
    const hook = (name: Hook) => (body: () => unknown) => void this.#suite.hooks[name].push(body);
    this.module = Object.assign(test, {
      ...{ test, it: test, describe: suite, suite, mock, default: test },
      ...{ before: hook("before"), after: hook("after") },
      ...{ beforeEach: hook("beforeEach"), afterEach: hook("afterEach") },
    });
  }

  /** Identifiers of the tests, in their order. */
  public get ids(): readonly string[] {
    const idsOf = (one: Suite | Case): string[] =>
      one.kind === "suite" ? (one.skipped ? [] : one.children.flatMap(idsOf)) : one.skipped ? [] : [one.id];
    return idsOf(this.#root);
  }

  /**
   * Runs the tests that are wanted, with the hooks of their suites.
   * @param told of each test; false ends the run
   */
  public async run(
    isWanted: (id: string) => boolean,
    told: (outcome: Outcome) => boolean,
    timeoutMs: (id: string) => number,
  ): Promise<void> {
    let goesOn = true;
    const holdsWanted = (one: Suite | Case): boolean =>
      !one.skipped && (one.kind === "case" ? isWanted(one.id) : one.children.some(holdsWanted));
    const runSuite = async (suite: Suite, outer: readonly Suite[]): Promise<void> => {
      const chain = [...outer, suite];
      try {
        for (const hook of suite.hooks.before) await inTime(hook, 60_000);
        for (const child of suite.children) {
          if (!goesOn) break;
          if (!holdsWanted(child)) continue;
          if (child.kind === "suite") await runSuite(child, chain);
          else goesOn = told(await runCase(child, chain, timeoutMs(child.id)));
        }
      } catch (error) {
        goesOn = told({ id: `${suite.name} (hook)`, ok: false, ms: 0, error });
      } finally {
        for (const hook of suite.hooks.after) {
          try {
            await inTime(hook, 60_000);
          } catch (error) {
            if (goesOn) goesOn = told({ id: `${suite.name} (hook)`, ok: false, ms: 0, error });
          }
        }
      }
    };
    await runSuite(this.#root, []);
  }

  #declaring(isSuite: boolean) {
    const declare = (given: Options, ...rest: unknown[]): Promise<void> => {
      const name = rest.find((one) => typeof one === "string") ?? "";
      const body = rest.find((one) => typeof one === "function") as Body | undefined;
      const own = rest.find((one) => typeof one === "object" && one !== null) as Options | undefined;
      const options = { ...own, ...given };
      const skipped = Boolean(options.skip) || Boolean(options.todo) || body === undefined;
      if (isSuite) this.#addSuite(String(name), skipped, body);
      else this.#addCase(String(name), skipped, body);
      return Promise.resolve();
    };
    return Object.assign((...rest: unknown[]) => declare({}, ...rest), {
      skip: (...rest: unknown[]) => declare({ skip: true }, ...rest),
      todo: (...rest: unknown[]) => declare({ todo: true }, ...rest),
      only: (...rest: unknown[]) => declare({}, ...rest),
    });
  }

  #addSuite(name: string, skipped: boolean, body: Body | undefined): void {
    const outer = this.#suite;
    const suite = newSuite(name, skipped);
    outer.children.push(suite);
    if (skipped) return;
    this.#suite = suite;
    this.#path.push(name);
    body?.(contextOf(name, []));
    this.#path.pop();
    this.#suite = outer;
  }

  #addCase(name: string, skipped: boolean, body: Body = () => undefined): void {
    const path = [...this.#path, name].join(" > ");
    const count = (this.#ids.get(path) ?? 0) + 1;
    this.#ids.set(path, count);
    this.#suite.children.push({ kind: "case", id: count === 1 ? path : `${path} (${count})`, skipped, body });
  }
}

function newSuite(name: string, skipped: boolean): Suite {
  return {
    kind: "suite",
    name,
    skipped,
    children: [],
    hooks: { before: [], after: [], beforeEach: [], afterEach: [] },
  };
}

function contextOf(name: string, afters: (() => unknown)[]): Context {
  return {
    name,
    signal: new AbortController().signal,
    mock,
    skip: () => undefined,
    todo: () => undefined,
    diagnostic: () => undefined,
    after: (hook) => void afters.push(hook),
    test: async (inner, ...rest) => {
      const body = rest.find((one) => typeof one === "function") as Body | undefined;
      await withAfters(inner, body);
    },
  };
}

async function withAfters(name: string, body: Body | undefined): Promise<void> {
  const afters: (() => unknown)[] = [];
  try {
    await body?.(contextOf(name, afters));
  } finally {
    for (const after of afters) await after();
  }
}

async function runCase(one: Case, chain: readonly Suite[], timeoutMs: number): Promise<Outcome> {
  const start = performance.now();
  const took = () => performance.now() - start;
  try {
    await inTime(async () => {
      for (const { hooks } of chain) for (const hook of hooks.beforeEach) await hook();
      try {
        await withAfters(one.id, one.body);
      } finally {
        for (const { hooks } of chain) for (const hook of hooks.afterEach) await hook();
      }
    }, timeoutMs);
    return { id: one.id, ok: true, ms: took() };
  } catch (error) {
    return { id: one.id, ok: false, ms: took(), error };
  } finally {
    mock.restoreAll();
  }
}

/** The time is up. Whatever still runs then is left behind, so the process should end. */
export class TimeIsUp extends Error {}

async function inTime(body: () => unknown, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeIsUp(`more than ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([body(), late]);
  } finally {
    clearTimeout(timer);
  }
}

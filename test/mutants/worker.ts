/** A process that loads the sources with one mistake in them and runs tests, again and again. */
import * as Module from "node:module";
import { join } from "node:path";
import * as fc from "fast-check";
import { CollectedTests, TimeIsUp } from "./collected-tests";
import { LineCounter } from "./line-counter";
import type { Measured, MeasureJob, MutantJob, Tried } from "./messages";
import { root } from "./rooms";

const register = require("../../register.js") as { strip(source: string, file: string): string };

interface Loader {
  _load(name: string, ...rest: unknown[]): unknown;
  _extensions: Record<string, (module: { _compile(code: string, file: string): void }, file: string) => void>;
}

const loader = Module as unknown as Loader;
const load = loader._load;

/** Cases of a property that are tried; a test may say more, which takes seconds for each mutant. */
const CASES = 50;

// The same cases for each mutant, and no search for a smaller one.
fc.configureGlobal({ seed: 1, endOnFailure: true });
const fewCases: typeof fc.assert = (property, parameters) =>
  fc.assert(property, { ...parameters, numRuns: Math.min(CASES, parameters?.numRuns ?? CASES) }) as never;
const quickProperties = { ...fc, assert: fewCases };

let collected = new CollectedTests();
loader._load = (name, ...rest) => {
  if (name === "node:test") return collected.module;
  return name === "fast-check" ? quickProperties : load(name, ...rest);
};

/** Stripped sources of this process: the same files are loaded for each mutant. */
const codes = new Map<string, string>();
let planted: { readonly file: string; readonly code: string } | undefined;
const fromDisk = loader._extensions[".ts"];
loader._extensions[".ts"] = (module, file) => {
  const known = planted?.file === file ? planted.code : codes.get(file);
  if (known !== undefined) {
    module._compile(known, file);
    return;
  }
  const compile = module._compile;
  module._compile = (code, name) => {
    codes.set(file, code);
    compile.call(module, code, name);
  };
  fromDisk?.(module, file);
};

/** Modules of the runner itself, which stay. */
const own = new Set(Object.keys(require.cache));

function forgetSources(): void {
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(root) && !file.includes("/node_modules/") && !own.has(file)) delete require.cache[file];
  }
  module.children.length = 0;
}

function loadTests(file: string): CollectedTests {
  collected = new CollectedTests();
  // Its quick tests run before those of others and its slow ones after them.
  delete require.cache[join(root, file)];
  require(join(root, file));
  return collected;
}

async function measure({ file, sources }: MeasureJob): Promise<Measured> {
  const counter = await LineCounter.start(
    sources.map((source) => join(root, source)),
    (name) => codes.get(name),
  );
  const fromRoot = (lines: Record<string, number[]>) =>
    Object.fromEntries(Object.entries(lines).map(([name, numbers]) => [name.slice(root.length + 1), numbers]));
  forgetSources();
  const tests = loadTests(file);
  const loaded = fromRoot(await counter.take());
  const measured: Measured["tests"][number][] = [];
  for (const id of tests.ids) {
    // One by one, so that each has its own lines and none needs another.
    await tests.run(
      (one) => one === id,
      ({ ok, ms, error }) => {
        measured.push({ id, ok, ms, lines: {}, ...(ok ? {} : { error: String(error) }) });
        return false;
      },
      () => 60_000,
    );
    const last = measured.at(-1);
    if (last !== undefined) measured.push({ ...last, ...measured.pop(), lines: fromRoot(await counter.take()) });
  }
  await counter.stop();
  return { kind: "measured", tests: measured, loaded };
}

async function tryMutant({ source, text, tests }: MutantJob): Promise<Tried> {
  forgetSources();
  const file = join(root, source);
  try {
    planted = { file, code: register.strip(text, file) };
  } catch (error) {
    return killed("", "does not compile", error);
  }
  for (const { file: testFile, ids } of tests) {
    let result: Tried | undefined;
    const times = new Map(ids.map(({ id, ms }) => [id, ms]));
    try {
      const own = loadTests(testFile);
      await Promise.race([
        own.run(
          (id) => times.has(id),
          ({ ok, id, error }) => {
            if (!ok) result ??= killed(testFile, id, error);
            return ok;
          },
          (id) => 2_000 + 10 * (times.get(id) ?? 0),
        ),
        stray.then(({ error }) => {
          result ??= killed(testFile, "outside of a test", error, true);
        }),
      ]);
    } catch (error) {
      result ??= killed(testFile, "while it is loaded", error);
    }
    if (result !== undefined) return result;
  }
  return { kind: "tried", isSpent: false };
}

function killed(file: string, id: string, error: unknown, isSpent = error instanceof TimeIsUp): Tried {
  return { kind: "tried", killer: { file, id, error: String(error).split("\n")[0] ?? "" }, isSpent };
}

/** The first error that no test catches. */
const stray = new Promise<{ readonly error: unknown }>((resolve) => {
  process.on("uncaughtException", (error) => resolve({ error }));
  process.on("unhandledRejection", (error) => resolve({ error }));
});

process.on("message", (job: MeasureJob | MutantJob) => {
  const work: Promise<Measured | Tried> = job.kind === "measure" ? measure(job) : tryMutant(job);
  void work.then((answer) => process.send?.(answer));
});
process.on("disconnect", () => process.exit(0));
process.send?.({ kind: "ready" });

/**
 * `npm run mutants`: plants mistakes in the sources, one at a time, and says which no test notices.
 *
 *     npm run mutants -- [ROOM]... [--file PART-OF-PATH] [--id PART] [--sample N] [--seed N] [--list] [--jobs N]
 *
 * `--sample N`: N mutants of each room, the same ones each time; another `--seed` takes others. Ends with 1 where a mutant
 * survives that `survivors.md` does not explain.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Coverage, measureCoverage } from "./coverage";
import type { MutantJob } from "./messages";
import { type Mutant, planted } from "./operators";
import { mutantsIn, rooms, root, sourcesOf, testsOf } from "./rooms";
import { explained } from "./survivors";
import { TypeCheck } from "./type-check";
import { WorkerProcess } from "./worker-process";

type Result = { readonly mutant: Mutant } & (
  | { readonly end: "killed"; readonly by: string }
  | { readonly end: "hung" | "refused" | "explained" | "survived" | "not-run" }
);

const types = new TypeCheck();
const sources = new Map<string, string>();

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      file: { type: "string", default: "" },
      id: { type: "string", default: "" },
      sample: { type: "string" },
      seed: { type: "string", default: "1" },
      list: { type: "boolean", default: false },
      jobs: { type: "string", default: "1" },
    },
  });
  const wanted = positionals.length > 0 ? positionals : Object.keys(rooms);
  const unknown = wanted.filter((room) => rooms[room] === undefined);
  if (unknown.length > 0) {
    console.error(`no room ${unknown.join(", ")}; there are ${Object.keys(rooms).join(", ")}`);
    return 2;
  }
  let survivors = 0;
  for (const room of wanted) {
    const all = mutantsIn(room).filter(({ file, id }) => file.includes(values.file) && id.includes(values.id));
    const mutants = values.sample === undefined ? all : sample(all, Number(values.sample), Number(values.seed));
    if (values.list) {
      for (const { id } of mutants) console.log(id);
      continue;
    }
    const start = performance.now();
    const results = await tryAll(room, mutants, Number(values.jobs));
    const count = (end: Result["end"]) => results.filter((result) => result.end === end).length;
    const open = count("survived") + count("not-run");
    survivors += open;
    const noticed = count("killed") + count("hung") + count("refused");
    const seconds = Math.round((performance.now() - start) / 1000);
    console.log(
      `${room}: ${mutants.length} of ${all.length} mutants, ${noticed} noticed (${count("refused")} by the type check, ` +
        `${count("hung")} by time), ` +
        `${count("explained")} explained, ${count("survived")} survived, ${count("not-run")} in lines that no test runs: ` +
        `${((100 * noticed) / Math.max(1, mutants.length)).toFixed(1)} %; ${seconds} s`,
    );
  }
  return survivors > 0 ? 1 : 0;
}

async function tryAll(room: string, mutants: readonly Mutant[], jobs: number): Promise<Result[]> {
  const coverage = await measureCoverage(testsOf(room), sourcesOf(room));
  const results: Result[] = [];
  const queue = [...mutants];
  /** Tests that killed a mutant of the same file lately come first. */
  const killers = new Map<string, string[]>();
  const work = async (): Promise<void> => {
    const worker = new WorkerProcess();
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const result = await tryOne(worker, mutant, coverage, killers);
      results.push(result);
      if (result.end === "survived" || result.end === "not-run") {
        console.log(`${result.end}: ${mutant.file}:${mutant.line} ${mutant.id}`);
      }
      if (results.length % 25 === 0) console.error(`${room}: ${results.length} of ${mutants.length} tried`);
    }
    worker.stop();
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return results;
}

async function tryOne(
  worker: WorkerProcess,
  mutant: Mutant,
  coverage: Coverage,
  killers: Map<string, string[]>,
): Promise<Result> {
  if (explained().has(mutant.id)) return { mutant, end: "explained" };
  const lately = killers.get(mutant.file) ?? [];
  const tests = coverage.testsOf(mutant, lately);
  if (tests.length === 0) return { mutant, end: "not-run" };
  const text = planted(sourceOf(mutant.file), mutant);
  const job: MutantJob = { kind: "mutant", source: mutant.file, text, tests };
  const expectedMs = tests.flatMap(({ ids }) => ids).reduce((sum, { ms }) => sum + ms, 0);
  const tried = await worker.tryMutant(job, 30_000 + 10 * expectedMs);
  if (tried === undefined) return { mutant, end: "hung" };
  if (tried.killer === undefined) return { mutant, end: types.refuses(mutant.file, text) ? "refused" : "survived" };
  const by = `${tried.killer.file} ${tried.killer.id}`;
  killers.set(mutant.file, [by, ...lately.filter((one) => one !== by)].slice(0, 20));
  return { mutant, end: "killed", by };
}

/** The same choice each time: a shuffle by the seed. */
function sample(mutants: readonly Mutant[], count: number, seed: number): Mutant[] {
  let state = seed;
  const next = () => {
    // Numerical Recipes' linear congruential generator.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const chosen = mutants
    .map((mutant) => ({ mutant, order: next() }))
    .sort((a, b) => a.order - b.order)
    .slice(0, count);
  return mutants.filter((mutant) => chosen.some((one) => one.mutant === mutant));
}

/** As it was when its mutants were listed. */
function sourceOf(file: string): string {
  const text = sources.get(file) ?? readFileSync(join(root, file), "utf8");
  sources.set(file, text);
  return text;
}

void main().then((status) => {
  process.exitCode = status;
});

/** Which tests run which lines; measured once, and kept until a source or a test changes. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Measured, MutantJob, TestTime } from "./messages";
import type { Mutant } from "./operators";
import { root } from "./rooms";
import { WorkerProcess } from "./worker-process";

/** Slower tests run after all others, milliseconds. */
const SLOW_MS = 150;

export class Coverage {
  public constructor(private readonly files: ReadonlyMap<string, Measured>) {}

  /**
   * The tests that run the line of a mutant: the quick ones first, then the slow ones.
   * @param likely tests, as `FILE ID`, that come before all others
   */
  public testsOf({ file, line }: Mutant, likely: readonly string[]): MutantJob["tests"] {
    const rounds = new Map<string, { file: string; ids: TestTime[]; order: number }>();
    for (const [testFile, { tests, loaded }] of this.files) {
      const isLoaded = loaded[file]?.includes(line);
      for (const { id, ms, ok, lines } of tests) {
        if (!ok || !(isLoaded || lines[file]?.includes(line))) continue;
        const place = likely.indexOf(`${testFile} ${id}`);
        const order = place >= 0 ? place - 1_000 : ms < SLOW_MS ? 0 : 1;
        const key = order < 0 ? "likely" : order;
        const round = rounds.get(`${testFile} ${key}`) ?? { file: testFile, ids: [], order };
        round.ids.push({ id, ms });
        round.order = Math.min(round.order, order);
        rounds.set(`${testFile} ${key}`, round);
      }
    }
    const time = ({ ids }: { ids: TestTime[] }) => ids.reduce((sum, { ms }) => sum + ms, 0);
    return [...rounds.values()].sort((a, b) => a.order - b.order || time(a) - time(b));
  }
}

export async function measureCoverage(testFiles: readonly string[], sources: readonly string[]): Promise<Coverage> {
  const worker = new WorkerProcess();
  const files = new Map<string, Measured>();
  const salt = sources.map((source) => readFileSync(join(root, source), "utf8")).join();
  for (const file of testFiles) {
    const test = readFileSync(join(root, file), "utf8");
    const key = createHash("sha256").update(`${sources.join()} ${salt} ${file} ${test}`).digest("hex");
    const kept = join(root, "node_modules", ".cache", "mutants", `${key}.json`);
    const measured = read(kept) ?? (await worker.measure({ kind: "measure", file, sources }, 300_000));
    if (measured === undefined) {
      console.error(`${file} hangs or ends where it runs test by test: left out`);
      continue;
    }
    for (const { id, ok, error } of measured.tests) {
      if (!ok) console.error(`left out, it fails where it runs alone: ${file} ${id}: ${error}`);
    }
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(kept, JSON.stringify(measured));
    files.set(file, measured);
  }
  worker.stop();
  return new Coverage(files);
}

function read(file: string): Measured | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Measured;
  } catch {
    return undefined;
  }
}

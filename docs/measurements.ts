/** The figures that `npm run bench -- --save` kept. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Measurement } from "../bench/machine";

const file = join(__dirname, "..", "bench", "results.json");

/** In the order of the benchmarks; none where nothing was kept. */
export function measurements(): readonly Measurement[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Measurement[]) : [];
}

/** What a number was measured on and with; no number is worth much without. Prints it, and keeps it where that is asked for. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, platform, release, totalmem } from "node:os";
import { programPath } from "../test/servers/real-server";

/** One benchmark as `bench/results.json` keeps it. */
export interface Measurement {
  readonly title: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly machine: string;
  /** Of the last 1, 5 and 15 minutes, before the run. */
  readonly load: string;
  readonly versions: string;
  readonly method: string;
  /** The first row has the headings. */
  readonly rows: readonly (readonly string[])[];
}

let current: Omit<Measurement, "rows"> | undefined;

/**
 * Begins a benchmark.
 * @param method how it was measured, in a sentence or two
 */
export function printMachine(title: string, servers: readonly string[], method: string): void {
  const [cpu] = cpus();
  current = {
    title,
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} x ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release()}`,
    load: loadavg()
      .map((load) => load.toFixed(1))
      .join(" "),
    versions: [`node ${process.versions.node} (c-ares ${process.versions.ares})`, ...servers].join(", "),
    method,
  };
  console.log(`\n# ${title}\n`);
  console.log(`machine   ${current.machine}`);
  console.log(`load      ${current.load} (1, 5, 15 minutes, before the run)`);
  console.log(`versions  ${current.versions}`);
  console.log(`method    ${method}\n`);
}

/** `dig 9.18.49`, or null where the program is missing. */
export function versionOf(program: string, ...args: readonly string[]): string | null {
  const path = programPath(program);
  if (path === null) return null;
  const { stdout, stderr } = spawnSync(path, args, { encoding: "utf8" });
  return `${program} ${/\d+\.\d+(\.\d+)?/.exec(`${stdout}${stderr}`)?.[0] ?? "?"}`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}

/** The benchmark's table, with its columns aligned. With FCRDNS_BENCH_RESULTS set it is kept in that file too. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const file = process.env.FCRDNS_BENCH_RESULTS;
  if (file !== undefined && current !== undefined) keep(file, { ...current, rows });
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join("  ")
        .trimEnd(),
    );
}

function keep(file: string, measurement: Measurement): void {
  const kept: readonly Measurement[] = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  const others = kept.filter(({ title }) => title !== measurement.title);
  writeFileSync(file, `${JSON.stringify([...others, measurement], null, 2)}\n`);
}

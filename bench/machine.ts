/** What a number was measured on and with; no number is worth much without. */
import { spawnSync } from "node:child_process";
import { cpus, loadavg, platform, release, totalmem } from "node:os";
import { programPath } from "../test/servers/real-server";

export function printMachine(title: string, servers: readonly string[]): void {
  const [cpu] = cpus();
  console.log(`\n# ${title}\n`);
  console.log(
    `machine   ${cpus().length} x ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release()}`,
  );
  console.log(
    `load      ${loadavg()
      .map((load) => load.toFixed(1))
      .join(" ")} (1, 5, 15 minutes, before the run)`,
  );
  console.log(`versions  node ${process.versions.node} (c-ares ${process.versions.ares}), ${servers.join(", ")}`);
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

/** A table with its columns aligned. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join("  ")
        .trimEnd(),
    );
}

/** How long the engine waits for the policy pack at each preview and update, beside a pack that has no rule. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAnalyzer } from "../test/policies/analyzer";
import { median, printMachine, printTable } from "./machine";

const RUNS = 15;
const root = join(__dirname, "..");

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-bench-"));
  try {
    const packs = { "a pack without a rule": emptyPack(folder), "the fcrdns pack": publishedPack(folder) };
    printMachine(
      "Loading the policy pack",
      [versionIn("@pulumi/policy"), versionIn("@pulumi/pulumi")],
      `${RUNS} starts of each, in turn, after one that does not count: from the start of the process to the port that the engine connects to. The pack is compiled, as published.`,
    );
    const times = new Map(Object.keys(packs).map((name) => [name, [] as number[]]));
    for (let run = -1; run < RUNS; run++) {
      for (const [name, pack] of Object.entries(packs)) {
        const analyzer = await startAnalyzer({ pack });
        if (run >= 0) times.get(name)?.push(analyzer.loadMs);
        await analyzer.close();
      }
    }
    const base = median([...times.values()][0] ?? []);
    printTable([
      ["what", "least", "median", "over the empty pack"],
      ...[...times].map(([name, all]) => [
        name,
        `${Math.min(...all).toFixed(0)} ms`,
        `${median(all).toFixed(0)} ms`,
        `${(median(all) - base).toFixed(0)} ms`,
      ]),
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function emptyPack(folder: string): string {
  const pack = join(folder, "empty");
  mkdirSync(pack);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(pack, "package.json"), '{ "version": "0.0.1" }');
  writeFileSync(join(pack, "index.js"), 'new (require("@pulumi/policy").PolicyPack)("empty", { policies: [] });');
  return pack;
}

/** Compiled as `npm run build` does, in a copy. */
function publishedPack(folder: string): string {
  const copy = join(folder, "package");
  const names = [
    "package.json",
    "tsconfig.json",
    "tsconfig.build.json",
    "build.js",
    "components",
    "providers",
    "fcrdns",
    "policies",
    "cli",
  ];
  for (const name of names) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  for (const args of [["build.js"], ["policies/published-entry.js", "write"]]) {
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  }
  return join(copy, "policies");
}

function versionIn(name: string): string {
  return `${name} ${(require(`${name}/package.json`) as { version: string }).version}`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

/** How long the engine waits for the policy pack at each preview and update, beside a pack that has no rule. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packPackage, unpackInto } from "../test/package/packed";
import { startAnalyzer } from "../test/policies/analyzer";
import { median, printMachine, printTable } from "./machine";

const RUNS = 15;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-bench-"));
  try {
    const project = join(folder, "project");
    const installed = unpackInto(project, packPackage(folder));
    const packs = { "a pack without a rule": emptyPack(project), "the fcrdns pack": join(installed, "policies") };
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

function emptyPack(project: string): string {
  const pack = join(project, "empty");
  mkdirSync(pack);
  writeFileSync(join(pack, "package.json"), '{ "version": "0.0.1" }');
  writeFileSync(join(pack, "index.js"), 'new (require("@pulumi/policy").PolicyPack)("empty", { policies: [] });');
  return pack;
}

function versionIn(name: string): string {
  return `${name} ${(require(`${name}/package.json`) as { version: string }).version}`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

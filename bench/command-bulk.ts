/**
 * The command with 10,000 and with 100,000 addresses from a file: the full round trip against NSD on loopback, start of
 * the program included, beside what people use for it, in one run.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reverseName } from "../fcrdns/names/address";
import { type Nsd, startNsd } from "../test/servers/nsd";
import { programPath } from "../test/servers/real-server";
import { builtCommand } from "./command-built";
import { printMachine, printTable, versionOf } from "./machine";

const COUNTS = [10_000, 100_000];
const MAX_MEGABYTES = 300;

interface Item {
  readonly ip: string;
  readonly name: string;
}

interface Result {
  readonly lost: number;
  readonly seconds: number;
  readonly megabytes: number | null;
}

const items: readonly Item[] = Array.from({ length: Math.max(...COUNTS) }, (_, index) => ({
  ip: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
  name: `mx${index}.bench.test`,
}));

async function main(): Promise<void> {
  if (programPath("nsd") === null) {
    console.log("skipped: NSD is not installed (Debian package nsd)");
    return;
  }
  const nsd = await startNsd({
    "10.in-addr.arpa": `10.in-addr.arpa. IN NS ns.bench.test.\n${items.map(({ ip, name }) => `${reverseName(ip)}. IN PTR ${name}.`).join("\n")}`,
    "bench.test": `bench.test. IN NS ns.bench.test.\n${items.map(({ ip, name }) => `${name}. IN A ${ip}`).join("\n")}`,
  });
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-bench-"));
  const command = builtCommand();
  try {
    for (const count of COUNTS) measure(items.slice(0, count), nsd, folder, command.main);
  } finally {
    command.remove();
    rmSync(folder, { recursive: true });
    await nsd.close();
  }
}

function measure(some: readonly Item[], nsd: Nsd, folder: string, main: string): void {
  const count = some.length.toLocaleString("en");
  printMachine(
    `The command with ${count} addresses from a file`,
    [`NSD ${nsd.version}`, versionOf("dig", "-v") ?? "no dig"],
    "One run of each, start of the program included, the report written to a pipe.",
  );
  const file = join(folder, "addresses");
  writeFileSync(file, some.map(({ ip, name }) => `${ip}=${name}\n`).join(""));
  const stub = ["--stub", `.=${nsd.endpoint}`];
  const runs: [what: string, run: () => Result | null][] = [
    ["fcrdns verify --format ndjson", () => ours(main, ["--format", "ndjson", ...stub], file, folder, some)],
    ["fcrdns verify, text", () => ours(main, stub, file, folder, some)],
    [
      "fcrdns verify --format ndjson --concurrency 500",
      () => ours(main, ["--format", "ndjson", "--concurrency", "500", ...stub], file, folder, some),
    ],
    ["node:dns, PTR then A, 50 at once", () => nodeDns(nsd, file, some)],
    ["dig -f, PTR and A, one after the other", () => dig(nsd, folder, some)],
  ];
  const measured = runs.map(([what, run]) => [what, run()] as const);
  const base = measured[0]?.[1]?.seconds ?? 1;
  const rows = [["what", "seconds", "addresses/s", "speed against ours", "memory", "lost"]];
  for (const [what, result] of measured) {
    if (result === null) {
      rows.push([what, "-", "", "", "", "not installed"]);
      continue;
    }
    const { seconds, megabytes, lost } = result;
    rows.push([
      what,
      seconds.toFixed(1),
      (some.length / seconds).toFixed(0),
      (base / seconds).toFixed(2),
      megabytes === null ? "" : `${megabytes.toFixed(0)} MB`,
      String(lost),
    ]);
  }
  printTable(rows);
  const own = measured.slice(0, 3).flatMap(([, result]) => (result === null ? [] : [result]));
  const lost = own.reduce((sum, each) => sum + each.lost, 0);
  // More at the same time take more, and were asked for.
  const most = Math.max(...own.slice(0, 2).map(({ megabytes }) => megabytes ?? 0));
  console.log(`\n${lost === 0 ? "reached" : "MISSED "}  nothing lost (${lost})`);
  console.log(
    `${most <= MAX_MEGABYTES ? "reached" : "MISSED "}  memory below ${MAX_MEGABYTES} MB (${most.toFixed(0)} MB)`,
  );
}

/** The whole process, its report written to a file as a shell would. */
function ours(main: string, flags: readonly string[], file: string, folder: string, some: readonly Item[]): Result {
  const memory = join(folder, "memory.cjs");
  const used = join(folder, "memory.txt");
  writeFileSync(
    memory,
    `process.on("exit", () => require("fs").writeFileSync(${JSON.stringify(used)}, String(process.resourceUsage().maxRSS / 1024)));`,
  );
  const began = performance.now();
  const args = ["--require", memory, main, "verify", "--file", file, "--mode", "authoritative", ...flags];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 30 });
  const seconds = (performance.now() - began) / 1000;
  if (stdout === "") throw new Error(stderr);
  const passing = stdout.split("\n").filter((line) => line.startsWith("✓ ") || line.includes('"status":"pass"')).length;
  return { lost: some.length - passing, seconds, megabytes: Number(readFileSync(used, "utf8")) };
}

function nodeDns(nsd: Nsd, file: string, some: readonly Item[]): Result {
  const began = performance.now();
  const script = join(__dirname, "bulk-contender.ts");
  const args = [
    "--require",
    join(__dirname, "..", "register.js"),
    script,
    "node:dns",
    nsd.address,
    String(nsd.port),
    file,
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (!stdout) throw new Error(stderr);
  const { good, megabytes } = JSON.parse(stdout) as { good: number; megabytes: number };
  return { lost: some.length - good, seconds: (performance.now() - began) / 1000, megabytes };
}

function dig(nsd: Nsd, folder: string, some: readonly Item[]): Result | null {
  const path = programPath("dig");
  if (path === null) return null;
  const batch = join(folder, "dig");
  writeFileSync(batch, some.map(({ ip, name }) => `-x ${ip}\n${name} A\n`).join(""));
  const began = performance.now();
  const args = [`@${nsd.address}`, "-p", String(nsd.port), "+short", "+norecurse", "-f", batch];
  const { stdout } = spawnSync(path, args, { encoding: "utf8", maxBuffer: 1 << 30 });
  const seconds = (performance.now() - began) / 1000;
  const lines = new Set(stdout.split("\n"));
  const good = some.filter(({ ip, name }) => lines.has(ip) && lines.has(`${name}.`)).length;
  return { lost: some.length - good, seconds, megabytes: null };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

/**
 * 10,000 addresses from a file: how many a second, in how much memory, and whether any is lost, beside the programs that
 * people use for it. All ask the same NSD on loopback in the same run.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reverseName } from "../fcrdns/index";
import { type Nsd, startNsd } from "../test/servers/nsd";
import { programPath } from "../test/servers/real-server";
import { printMachine, printTable, versionOf } from "./machine";
import { type PeerRun, runPeer } from "./peer";

const COUNT = 10_000;
const WANTED_PER_SECOND = 30_000;
const MAX_MEGABYTES = 200;
const ROUNDS = 3;

interface Result {
  readonly good: number;
  readonly lost: number;
  readonly seconds: number;
  /** Of the contender alone; null where it cannot be told. */
  readonly cpuSeconds: number | null;
  readonly megabytes: number | null;
}

const items = Array.from({ length: COUNT }, (_, index) => ({
  ip: `10.0.${index >> 8}.${index & 255}`,
  name: `mx${index}.bench.test`,
}));

async function main(): Promise<void> {
  if (programPath("nsd") === null) {
    console.log("skipped: NSD is not installed (Debian package nsd)");
    return;
  }
  const zones = {
    "0.10.in-addr.arpa": `0.10.in-addr.arpa. IN NS ns.bench.test.\n${items.map(({ ip, name }) => `${reverseName(ip)}. IN PTR ${name}.`).join("\n")}`,
    "bench.test": `bench.test. IN NS ns.bench.test.\n${items.map(({ ip, name }) => `${name}. IN A ${ip}`).join("\n")}`,
  };
  // adnshost asks port 53 only; where that is not ours to take, it is left out.
  const nsd = await startNsd(zones, { port: 53 }).catch(() => startNsd(zones));
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-bench-"));
  try {
    await measure(nsd, folder);
  } finally {
    rmSync(folder, { recursive: true });
    await nsd.close();
  }
}

async function measure(nsd: Nsd, folder: string): Promise<void> {
  const tools = [
    versionOf("dig", "-v"),
    versionOf("adnshost", "--version"),
    versionOf("dnsx", "-version"),
    versionOf("zdns", "--version"),
    versionOf("massdns", "--version"),
  ].filter((it) => it !== null);
  printMachine(
    `${COUNT.toLocaleString("en")} addresses from a file, PTR and forward`,
    [`NSD ${nsd.version}`, ...tools],
    `Best of ${ROUNDS} runs (peers that are programs of their own: one run), each in a process of its own, NSD with one process beside it. Per CPU second: addresses by the contender's own CPU time, one core, start of the program left out.`,
  );
  const file = join(folder, "addresses");
  writeFileSync(file, items.map(({ ip, name }) => `${ip}=${name}\n`).join(""));
  const contender = (kind: string, concurrency: number): Result => {
    const script = join(__dirname, "bulk-contender.ts");
    const args = ["--require", join(__dirname, "..", "register.js"), script, kind, nsd.address, String(nsd.port), file];
    const { stdout, stderr } = spawnSync(process.execPath, [...args, String(concurrency)], { encoding: "utf8" });
    if (!stdout) throw new Error(stderr);
    return JSON.parse(stdout) as Result;
  };
  const measured: [string, Result | string][] = [
    ["fcrdns verifyAll: PTR, A, AAAA and the verdict, 50 at once", best(() => contender("fcrdns", 50))],
    ["node:dns, PTR then A, 50 at once", best(() => contender("node:dns", 50))],
    ["node:dns, PTR then A, 2,000 at once", best(() => contender("node:dns", 2000))],
    ["dig -f, PTR and A, one after the other", dig(nsd, folder)],
    ["adnshost -f, forward-confirming", adnshost(nsd, folder)],
    ["dnsx, PTR and then A, no comparison", await dnsx(nsd, folder)],
    ["zdns, PTR and then A, no comparison", await zdns(nsd)],
    ["massdns, PTR and A at once, no comparison", await massdns(nsd, folder)],
    ["bare sockets of node, PTR and A, answers thrown away", best(() => contender("bare sockets, 2 questions", 50))],
    ["bare sockets of node, PTR, A, AAAA, answers thrown away", best(() => contender("bare sockets, 3 questions", 50))],
  ];
  const ours = measured[0]?.[1] as Result;
  const rows = [["what", "addresses/s", "against ours", "per CPU second", "memory", "lost"]];
  for (const [what, result] of measured) {
    if (typeof result === "string") {
      rows.push([what, "-", "", "", "", result]);
      continue;
    }
    const perSecond = COUNT / result.seconds;
    rows.push([
      what,
      perSecond.toFixed(0),
      (perSecond / (COUNT / ours.seconds)).toFixed(2),
      result.cpuSeconds === null ? "" : (COUNT / result.cpuSeconds).toFixed(0),
      result.megabytes === null ? "" : `${result.megabytes.toFixed(0)} MB`,
      String(result.lost),
    ]);
  }
  printTable(rows);
  conclude(ours, measured.at(-1)?.[1] as Result);
}

function conclude(ours: Result, bare: Result): void {
  const say = (good: boolean, what: string): void => console.log(`${good ? "reached" : "MISSED "}  ${what}`);
  console.log("");
  say(ours.lost === 0, `nothing lost (${ours.lost} of ${COUNT.toLocaleString("en")})`);
  say((ours.megabytes ?? 0) < MAX_MEGABYTES, `memory below ${MAX_MEGABYTES} MB (${ours.megabytes?.toFixed(0)} MB)`);
  const rate = COUNT / Math.min(ours.seconds, ours.cpuSeconds ?? ours.seconds);
  say(
    rate >= WANTED_PER_SECOND,
    `${WANTED_PER_SECOND.toLocaleString("en")} addresses a second on one core (${rate.toFixed(0)})`,
  );
  if (rate >= WANTED_PER_SECOND) return;
  const microseconds = (seconds: number | null) => (((seconds ?? 0) * 1e6) / COUNT).toFixed(0);
  const possible = COUNT / (bare.cpuSeconds ?? bare.seconds);
  console.log(
    `         why: an address costs ${microseconds(ours.cpuSeconds)} us of CPU. node's sockets alone take ${microseconds(bare.cpuSeconds)} us for three questions (${possible.toFixed(0)} addresses/s with\n` +
      "         nothing done at all); the rest is three checked answers, three hops kept for the explanation, and the verdict.\n" +
      "         Those who ask PTR and A only, and judge nothing, ask two questions of the three.",
  );
}

function best(run: () => Result): Result {
  const results = Array.from({ length: ROUNDS }, run);
  return results.reduce((a, b) => (b.lost < a.lost || (b.lost === a.lost && b.seconds < a.seconds) ? b : a));
}

function dig(nsd: Nsd, folder: string): Result | string {
  const path = programPath("dig");
  if (path === null) return "dig is not installed";
  const batch = join(folder, "dig");
  writeFileSync(batch, items.map(({ ip, name }) => `-x ${ip}\n${name} A\n`).join(""));
  const start = performance.now();
  const args = [`@${nsd.address}`, "-p", String(nsd.port), "+short", "+norecurse", "-f", batch];
  const { stdout } = spawnSync(path, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  const seconds = (performance.now() - start) / 1000;
  const lines = new Set(stdout.split("\n"));
  const good = items.filter(({ ip, name }) => lines.has(ip) && lines.has(`${name}.`)).length;
  return { good, lost: COUNT - good, seconds, cpuSeconds: null, megabytes: null };
}

function adnshost(nsd: Nsd, folder: string): Result | string {
  const path = programPath("adnshost");
  if (path === null) return "adnshost is not installed";
  if (nsd.port !== 53) return "asks port 53 only, which is taken";
  const input = items.map(({ ip }) => `${reverseName(ip)}\n`).join("");
  const config = `nameserver ${nsd.address}`;
  const start = performance.now();
  const { stdout } = spawnSync(path, ["+e", "-f", "-a", "--config", config, "-t", "ptr"], {
    encoding: "utf8",
    input,
    cwd: folder,
    maxBuffer: 1 << 28,
    timeout: 120_000,
  });
  const seconds = (performance.now() - start) / 1000;
  const good = items.filter(({ name }) => stdout.includes(` ${name}\n`) || stdout.includes(` ${name}.\n`)).length;
  return { good, lost: COUNT - good, seconds, cpuSeconds: null, megabytes: null };
}

async function dnsx(nsd: Nsd, folder: string): Promise<Result | string> {
  const path = programPath("dnsx");
  if (path === null) return "dnsx is not installed";
  const list = (name: string, lines: readonly string[]): string => {
    const file = join(folder, name);
    writeFileSync(file, `${lines.join("\n")}\n`);
    return file;
  };
  const ask = (flag: string, file: string) =>
    runPeer(path, ["-l", file, flag, "-resp-only", "-silent", "-disable-update-check", "-r", nsd.endpoint]);
  const reverse = await ask(
    "-ptr",
    list(
      "dnsx-addresses",
      items.map(({ ip }) => ip),
    ),
  );
  const forward = await ask(
    "-a",
    list(
      "dnsx-names",
      items.map(({ name }) => name),
    ),
  );
  return inSum(reverse, forward, (line) => line.replace(/\.$/, ""));
}

async function zdns(nsd: Nsd): Promise<Result | string> {
  const path = programPath("zdns");
  if (path === null) return "zdns is not installed";
  const ask = (type: string, lines: readonly string[]) =>
    runPeer(path, [type, "--name-servers", nsd.endpoint, "--verbosity", "1"], `${lines.join("\n")}\n`);
  const reverse = await ask(
    "PTR",
    items.map(({ ip }) => ip),
  );
  const forward = await ask(
    "A",
    items.map(({ name }) => name),
  );
  return inSum(reverse, forward, (line) => /"answer":"([^"]+?)\.?"/.exec(line)?.[1] ?? "");
}

/** Two runs of a peer as one: every name must be among the answers of the first, every address among those of the second. */
function inSum(reverse: PeerRun, forward: PeerRun, answer: (line: string) => string): Result {
  const [names, addresses] = [reverse, forward].map(({ stdout }) => new Set(stdout.split("\n").map(answer)));
  const good = items.filter(({ ip, name }) => names?.has(name) && addresses?.has(ip)).length;
  return {
    good,
    lost: COUNT - good,
    seconds: reverse.seconds + forward.seconds,
    cpuSeconds: null,
    megabytes: Math.max(reverse.megabytes ?? 0, forward.megabytes ?? 0) || null,
  };
}

async function massdns(nsd: Nsd, folder: string): Promise<Result | string> {
  const path = programPath("massdns");
  if (path === null) return "massdns is not installed";
  const resolvers = join(folder, "massdns-resolvers");
  writeFileSync(resolvers, `${nsd.endpoint}\n`);
  const lines = items.flatMap(({ ip, name }) => [`${reverseName(ip)}. PTR`, `${name}. A`]);
  const { stdout, seconds, megabytes } = await runPeer(path, ["-r", resolvers, "-o", "S", "-q"], lines.join("\n"));
  const answers = new Set(stdout.split("\n").map((line) => line.split(" ")[2]?.replace(/\.$/, "")));
  const good = items.filter(({ ip, name }) => answers.has(name) && answers.has(ip)).length;
  return { good, lost: COUNT - good, seconds, cpuSeconds: null, megabytes };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

/**
 * How long one verdict takes, in round trips to the servers, beside what others take for the same question.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { join } from "node:path";
import { writeQuery } from "../fcrdns/ask/wire";
import { Verifier } from "../fcrdns/index";
import { type Nsd, startNsd } from "../test/servers/nsd";
import { programPath, randomLoopback } from "../test/servers/real-server";
import { DigTrace } from "./dig-trace";
import { median, printMachine, printTable, versionOf } from "./machine";

const RTT = 40;
const RUNS = 15;
const COLD_RUNS = 5;

async function main(): Promise<void> {
  if (programPath("nsd") === null) {
    console.log("skipped: NSD is not installed (Debian package nsd)");
    return;
  }
  const far = await farServers();
  const tools = [versionOf("dig", "-v"), versionOf("adnshost", "--version")].filter((it) => it !== null);
  printMachine(
    `One verdict, ${RTT} ms to every server`,
    [`NSD ${far.version}`, ...tools],
    `Median of ${RUNS} runs (cold: ${COLD_RUNS}) in this process; peers: each run anew. The delay is made by a relay process before ` +
      "NSD. dig +trace takes no glue: it has the addresses of the name servers from a hosts file, at no cost.",
  );
  try {
    const rows = [["what", "ms", "round trips", "against ours"]];
    const ours = await ourTimes(far);
    const base = ours.warm;
    // What one exchange takes in truth, with the relay and this machine's scheduler: the unit of the rest.
    const trip = await bareExchange(far);
    const add = (what: string, ms: number | null, note = "") =>
      rows.push([
        what,
        ms === null ? "-" : ms.toFixed(1),
        ms === null ? note : (ms / trip).toFixed(2),
        ms === null ? "" : (ms / base).toFixed(2),
      ]);
    add("one datagram there and back, nothing else", trip);
    add("fcrdns, delegations known, PTR as expected (PTR, A, AAAA)", ours.warm);
    add("fcrdns, delegations known, no name expected", ours.unexpected);
    add("fcrdns, cold: walk from the root", ours.cold);
    add("node:dns resolvePtr, then resolve4 and resolve6", await nodeDns(far));
    add("dig -x, then dig A and dig AAAA", digs(far), "dig is not installed");
    const traced = await traces(far);
    add(
      "dig +trace -x, then dig +trace A and dig +trace AAAA (cold)",
      typeof traced === "number" ? traced : null,
      String(traced),
    );
    add(
      "adnshost, forward-confirming",
      adns(far),
      far.port === 53 ? "adnshost is not installed" : "asks port 53 only, which is taken",
    );
    printTable(rows);
    const trips = base / trip;
    console.log(
      `\n${trips <= 1.1 ? "reached" : "MISSED"}: at most 1.1 round trips when the PTR is the expected one (${trips.toFixed(2)})`,
    );
  } finally {
    await far.close();
  }
}

interface Far {
  readonly root: string;
  readonly address: string;
  readonly port: number;
  /** Address by name. */
  readonly nameServers: Readonly<Record<string, string>>;
  readonly version: string;
  close(): Promise<void>;
}

/** Two NSDs, one for the root and one for the zones, each behind a relay that is half a round trip away. */
async function farServers(): Promise<Far> {
  const rootAddress = randomLoopback();
  const zoneAddress = randomLoopback();
  const hosts = Array.from({ length: RUNS + 1 }, (_, index) => index + 1);
  const zones = await startNsd({
    "example.test": [
      "example.test. IN NS ns.example.test.",
      `ns.example.test. IN A ${zoneAddress}`,
      ...hosts.map((host) => `mx${host}.example.test. IN A 192.0.2.${host}`),
    ].join("\n"),
    "2.0.192.in-addr.arpa": [
      "2.0.192.in-addr.arpa. IN NS ns.example.test.",
      ...hosts.map((host) => `${host}.2.0.192.in-addr.arpa. IN PTR mx${host}.example.test.`),
    ].join("\n"),
  });
  const root = await startNsd({
    ".": [
      ". IN NS a.root.test.",
      `a.root.test. IN A ${rootAddress}`,
      "example.test. IN NS ns.example.test.",
      `ns.example.test. IN A ${zoneAddress}`,
      "2.0.192.in-addr.arpa. IN NS ns.example.test.",
    ].join("\n"),
  });
  let port = 53;
  let relays: ChildProcess[] = [];
  try {
    relays = await Promise.all([relay(rootAddress, port, root), relay(zoneAddress, port, zones)]);
  } catch {
    port = 40_000 + Math.floor(Math.random() * 20_000);
    relays = await Promise.all([relay(rootAddress, port, root), relay(zoneAddress, port, zones)]);
  }
  return {
    root: `${rootAddress}:${port}`,
    address: zoneAddress,
    port,
    nameServers: { "a.root.test": rootAddress, "ns.example.test": zoneAddress },
    version: zones.version,
    async close() {
      for (const child of relays) child.kill();
      await Promise.all([root.close(), zones.close()]);
    },
  };
}

async function relay(address: string, port: number, server: Nsd): Promise<ChildProcess> {
  const args = ["--require", join(__dirname, "..", "register.js"), join(__dirname, "slow-network.ts")];
  const child = spawn(
    process.execPath,
    [...args, address, String(port), server.address, String(server.port), String(RTT)],
    {
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  await new Promise<void>((ready, failed) => {
    child.stdout?.once("data", () => ready());
    child.once("exit", () => failed(new Error("the relay did not start")));
  });
  return child;
}

async function ourTimes(far: Far): Promise<{ cold: number; warm: number; unexpected: number }> {
  const settings = { roots: [far.root], port: far.port, mode: "authoritative" as const };
  const cold: number[] = [];
  for (let run = 0; run < COLD_RUNS; run++) {
    const verifier = new Verifier(settings);
    cold.push(await passed(verifier, "192.0.2.1", "mx1.example.test"));
    verifier.close();
  }
  const verifier = new Verifier(settings);
  await passed(verifier, "192.0.2.1", "mx1.example.test");
  const warm: number[] = [];
  for (let host = 2; host < RUNS + 2; host++)
    warm.push(await passed(verifier, `192.0.2.${host}`, `mx${host}.example.test`));
  const unexpected: number[] = [];
  for (let host = 2; host < RUNS + 2; host++) unexpected.push(await passed(verifier, `192.0.2.${host}`, null));
  verifier.close();
  return { cold: median(cold), warm: median(warm), unexpected: median(unexpected) };
}

async function passed(verifier: Verifier, ip: string, expected: string | null): Promise<number> {
  const start = performance.now();
  const { status, reason } = await verifier.verify(ip, { expected });
  if (status !== "pass") throw new Error(`${ip}: ${status}, ${reason}`);
  return performance.now() - start;
}

async function bareExchange(far: Far): Promise<number> {
  const socket = createSocket("udp4");
  await new Promise<void>((connected) => socket.connect(far.port, far.address, connected));
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    const answered = new Promise<void>((done) => socket.once("message", () => done()));
    socket.send(writeQuery({ name: "mx1.example.test", type: "A" }, { id: run, rd: false, edns: true }) as Uint8Array);
    await answered;
    times.push(performance.now() - start);
  }
  socket.close();
  return median(times);
}

async function nodeDns(far: Far): Promise<number> {
  const times: number[] = [];
  for (let host = 1; host <= RUNS; host++) {
    const resolver = new Resolver();
    resolver.setServers([`${far.address}:${far.port}`]);
    const start = performance.now();
    const [name = ""] = await resolver.resolvePtr(`${host}.2.0.192.in-addr.arpa`);
    await Promise.all([resolver.resolve4(name), resolver.resolve6(name).catch(() => [])]);
    times.push(performance.now() - start);
  }
  return median(times);
}

function digs(far: Far): number | null {
  const dig = programPath("dig");
  if (dig === null) return null;
  const common = [`@${far.address}`, "-p", String(far.port), "+short", "+norecurse"];
  return timed((host) => {
    const name = spawnSync(dig, [...common, "-x", `192.0.2.${host}`], { encoding: "utf8" }).stdout.trim();
    spawnSync(dig, [...common, name, "A", name, "AAAA"]);
  });
}

/** @returns milliseconds; in words why it was left out */
async function traces(far: Far): Promise<number | string> {
  const trace = await DigTrace.start(far.nameServers);
  if (typeof trace === "string") return trace;
  try {
    const times: number[] = [];
    for (let host = 1; host <= COLD_RUNS; host++) times.push(await trace.roundTrip(`192.0.2.${host}`, far.root));
    return median(times);
  } finally {
    trace.close();
  }
}

function adns(far: Far): number | null {
  const adnshost = programPath("adnshost");
  if (adnshost === null || far.port !== 53) return null;
  return timed((host) => {
    const args = ["+e", "--config", `nameserver ${far.address}`, "-t", "ptr", `${host}.2.0.192.in-addr.arpa`];
    spawnSync(adnshost, args);
  });
}

function timed(run: (host: number) => void): number {
  const times: number[] = [];
  for (let host = 1; host <= RUNS; host++) {
    const start = performance.now();
    run(host);
    times.push(performance.now() - start);
  }
  return median(times);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

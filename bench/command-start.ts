/**
 * How fast the command starts: `fcrdns --help` and one verdict over loopback DNS, beside `node -e 0` and `dig -x`, each
 * in turn so that all see the same machine.
 */
import { spawn } from "node:child_process";
import { loopbackDns } from "../test/cli/spawned";
import { programPath } from "../test/servers/real-server";
import { builtCommand } from "./command-built";
import { median, printMachine, printTable, versionOf } from "./machine";

const RUNS = 40;
const MAX_OVER_NODE_MS = 60;

interface Contestant {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

/** Milliseconds from the start of the process to its end. */
async function once({ program, args }: Contestant): Promise<number> {
  const began = performance.now();
  const child = spawn(program, args, { stdio: "ignore" });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", resolve);
  });
  const ms = performance.now() - began;
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}`);
  return ms;
}

async function main(): Promise<void> {
  const dns = await loopbackDns();
  const command = builtCommand();
  try {
    const node = process.execPath;
    const verify = ["verify", "192.0.2.10=mail.example.com", "--stub", `.=${dns.endpoint}`];
    const digArgs = [`@${dns.address}`, "-p", String(dns.port), "+noall", "+answer", "-x", "192.0.2.10"];
    const dig = programPath("dig");
    const contestants: Contestant[] = [
      { name: "node -e 0", program: node, args: ["-e", "0"] },
      { name: "fcrdns --help", program: node, args: [command.main, "--help"] },
      { name: "fcrdns arpa IP", program: node, args: [command.main, "arpa", "192.0.2.10"] },
      { name: "fcrdns verify IP=HOSTNAME, three questions", program: node, args: [command.main, ...verify] },
      ...(dig === null ? [] : [{ name: "dig -x IP, one question", program: dig, args: digArgs }]),
    ];
    printMachine(
      "Start of the command",
      [versionOf("dig", "-v") ?? "no dig"],
      `${RUNS} runs of each, in turn, after two that do not count.`,
    );
    const times = new Map(contestants.map(({ name }) => [name, [] as number[]]));
    for (let run = -2; run < RUNS; run++) {
      for (const contestant of contestants) {
        const ms = await once(contestant);
        if (run >= 0) times.get(contestant.name)?.push(ms);
      }
    }
    report(times);
  } finally {
    command.remove();
    await dns.close();
  }
}

function report(times: ReadonlyMap<string, readonly number[]>): void {
  const bare = times.get("node -e 0") ?? [];
  const rows = [["what", "least", "median", "least over node", "median over node", "median against node"]];
  for (const [name, all] of times) {
    const [least, middle] = [Math.min(...all), median(all)];
    const over = [least - Math.min(...bare), middle - median(bare)];
    rows.push([
      name,
      ...[least, middle, ...over].map((ms) => `${ms.toFixed(0)} ms`),
      (middle / median(bare)).toFixed(2),
    ]);
  }
  printTable(rows);
  console.log("");
  for (const name of [...times.keys()].filter((each) => each.startsWith("fcrdns"))) {
    const over = Math.min(...(times.get(name) ?? [])) - Math.min(...bare);
    const good = over <= MAX_OVER_NODE_MS;
    console.log(
      `${good ? "reached" : "MISSED "}  ${name}: ${over.toFixed(0)} ms over bare node (at most ${MAX_OVER_NODE_MS})`,
    );
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

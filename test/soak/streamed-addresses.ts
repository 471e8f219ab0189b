/** Very many addresses through the command's standard input and out of its standard output, against NSD. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { startNsd } from "../servers/nsd";
import { residentOf } from "./memory";

export interface Streamed {
  readonly asked: number;
  readonly given: number;
  /** Lines that are not the verdict due in their place. */
  readonly wrong: readonly string[];
  readonly status: number | null;
  readonly stderr: string;
  readonly seconds: number;
  /** Bytes, at each twentieth of the way. */
  readonly resident: readonly number[];
  /** Bytes, at any time. */
  readonly mostResident: number | null;
  readonly server: string;
}

const root = join(__dirname, "..", "..");
/** The one address that the wildcard's name has. */
const GOOD = 12_345;

export async function streamedAddresses(count: number): Promise<Streamed> {
  const nsd = await startNsd({
    "10.in-addr.arpa": "@ NS ns.soak.test.\n* PTR mail.soak.test.",
    "soak.test": `@ NS ns\nns A 127.0.0.1\nmail A ${addressOf(GOOD % count)}`,
  });
  const startMs = performance.now();
  const flags = [
    "--mode",
    "authoritative",
    "--stub",
    `.=${nsd.endpoint}`,
    "--timeout",
    "30",
    "--concurrency",
    "200",
    "--format",
    "ndjson",
  ];
  const child = spawn(
    process.execPath,
    ["--require", join(root, "register.js"), join(root, "cli/main.ts"), "verify", "--file", "-", ...flags],
    { cwd: root },
  );
  const ended = once(child, "close") as Promise<[number | null]>;
  try {
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-2_000);
    });
    child.stdin.on("error", () => {});
    void feed(child.stdin, count);
    const wrong: string[] = [];
    const resident: number[] = [];
    let given = 0;
    let most: number | null = null;
    for await (const line of createInterface({ input: child.stdout })) {
      const { ip, status, reason } = JSON.parse(line);
      const due = given === GOOD % count ? "pass ok" : "fail forward-mismatch";
      if (ip !== addressOf(given) || `${status} ${reason}` !== due) {
        wrong.push(`line ${given + 1}: ${ip} ${status} ${reason}, not ${addressOf(given)} ${due}`);
      }
      given++;
      if (given % Math.ceil(count / 20) !== 0 && given !== count) continue;
      const memory = residentOf(child.pid);
      if (memory !== null) resident.push(memory.now);
      most = memory?.most ?? most;
    }
    const [status] = await ended;
    const seconds = (performance.now() - startMs) / 1000;
    return { asked: count, given, wrong, status, stderr, seconds, resident, mostResident: most, server: nsd.version };
  } finally {
    child.kill("SIGKILL");
    await nsd.close();
  }
}

async function feed(input: NodeJS.WritableStream, count: number): Promise<void> {
  for (let from = 0; from < count; from += 1_000) {
    const lines = Array.from({ length: Math.min(1_000, count - from) }, (_, index) => addressOf(from + index));
    if (!input.write(`${lines.join("\n")}\n`)) await once(input, "drain");
  }
  input.end();
}

function addressOf(index: number): string {
  return `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
}

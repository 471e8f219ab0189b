/** Another program, run once: what it printed, how long it took, and the most memory that it had. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

export interface PeerRun {
  readonly stdout: string;
  /** From the start of the process to its end. */
  readonly seconds: number;
  /** The peak of its resident set as Linux shows it; null elsewhere. */
  readonly megabytes: number | null;
}

/** How often a peer's memory is read, in milliseconds: the kernel keeps the peak, so only the last moments can be missed. */
const MEMORY_MS = 20;

/**
 * @param input what it reads from its standard input; nothing where left out
 * @returns rejects when the program cannot be started, or ends with another status than 0
 */
export async function runPeer(program: string, args: readonly string[], input = ""): Promise<PeerRun> {
  const began = performance.now();
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  let complaint = "";
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000);
  });
  // Some peers end without having read everything.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  let megabytes: number | null = null;
  const memory = setInterval(() => {
    megabytes = peak(child.pid) ?? megabytes;
  }, MEMORY_MS);
  try {
    const [status] = (await once(child, "close")) as [number | null];
    if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}: ${complaint}`);
  } finally {
    clearInterval(memory);
  }
  return { stdout: Buffer.concat(chunks).toString(), seconds: (performance.now() - began) / 1000, megabytes };
}

function peak(pid: number | undefined): number | null {
  try {
    const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}

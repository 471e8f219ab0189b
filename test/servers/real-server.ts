/** What every server of Debian that tests start has in common: a folder, a free address and port, an end. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export interface RealServer {
  /** `ADDRESS:PORT` */
  readonly endpoint: string;
  readonly address: string;
  readonly port: number;
  /** Of the program. */
  readonly version: string;
  close(): Promise<void>;
}

/** Where a server is to answer. */
export interface Place {
  /** @default a random one of 127.0.0.0/8 */
  readonly address?: string;
  /** @default a free one */
  readonly port?: number;
}

/** Where a program of Debian is, or null: the reason to skip. */
export function programPath(name: string): string | null {
  const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/usr/bin"];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** Debian packages to name where one of these programs is missing, or undefined when all are there. */
export function missing(...programs: readonly string[]): string | undefined {
  const absent = programs.filter((name) => programPath(name) === null);
  return absent.length === 0 ? undefined : `not installed: ${absent.join(", ")}`;
}

/** How to run a program in its folder. */
export interface Program {
  readonly name: string;
  /** Prints the version. @default "--version" */
  readonly versionFlag?: string;
  /** The address that it answers at. */
  readonly address: string;
  /** @default a free one */
  readonly port?: number | undefined;
  /** File name -> content. */
  files(folder: string, port: number): Readonly<Record<string, string>>;
  arguments(folder: string, port: number): readonly string[];
  /** What must have run before, in the folder: program and arguments. */
  before?(folder: string): readonly (readonly [program: string, ...args: string[]])[];
}

/** A server, and how to reach its process and files. */
export interface Running extends RealServer {
  readonly folder: string;
  readonly child: ChildProcess;
}

/** Starts a program in a temporary folder; resolves when it answers. */
export async function startProgram(program: Program): Promise<Running> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(program, program.port ?? (await freePort(program.address)));
    } catch (error) {
      // Somebody may have taken the port in the meantime.
      if (program.port !== undefined || attempt === 3) throw error;
    }
  }
}

async function start(program: Program, port: number): Promise<Running> {
  const { name, address } = program;
  const folder = await mkdtemp(join(tmpdir(), `fcrdns-${name}-`));
  for (const [file, text] of Object.entries(program.files(folder, port))) await writeFile(join(folder, file), text);
  for (const [tool, ...args] of program.before?.(folder) ?? []) run(tool, args, folder);
  const child = spawn(programPath(name) ?? name, program.arguments(folder, port), {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-2000);
  });
  const close = closer(child, folder);
  if (!(await answers(address, port, child))) {
    await close();
    throw new Error(`${name} at ${address}:${port} did not start: ${said.trim() || "it said nothing"}`);
  }
  const endpoint = `${address}:${port}`;
  return { endpoint, address, port, version: versionOf(name, program.versionFlag), close, folder, child };
}

/** Runs a tool to its end. @returns what it printed; throws with what it complained of */
export function run(tool: string, args: readonly string[], folder: string): string {
  const { status, stdout, stderr, error } = spawnSync(programPath(tool) ?? tool, args, {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${tool} ${args.join(" ")}: ${stderr || error?.message || `exit ${status}`}`);
  return stdout;
}

export function randomLoopback(): string {
  return `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(2, 255)}`;
}

/** A port that is free for UDP and TCP: some servers start without TCP where only that is taken. */
async function freePort(address: string): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const tcp = createServer();
    await new Promise<void>((done) => tcp.listen(0, address, done));
    const { port } = tcp.address() as { port: number };
    const udp = createSocket("udp4");
    const taken = await new Promise<Error | undefined>((done) => {
      udp.once("error", done);
      udp.bind(port, address, () => done(undefined));
    });
    await Promise.all([
      new Promise<void>((done) => tcp.close(() => done())),
      new Promise<void>((done) => udp.close(() => done())),
    ]);
    if (taken === undefined) return port;
    if (attempt === 20) throw taken;
  }
}

/** Resolves as soon as the server answers anything; false: it does not. */
async function answers(address: string, port: number, child: ChildProcess): Promise<boolean> {
  const socket = createSocket("udp4");
  const answered = new Promise<true>((done) => socket.once("message", () => done(true)));
  socket.on("error", () => {});
  // `version.bind CH TXT`, which each of them answers (or refuses) by itself.
  const name = Buffer.from("\u0007version\u0004bind\u0000", "latin1");
  const query = Uint8Array.from([0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...name, 0, 16, 0, 3]);
  try {
    for (let tries = 0; tries < 200 && child.exitCode === null && child.signalCode === null; tries++) {
      socket.send(query, port, address);
      if (await Promise.race([answered, pause(50)])) return true;
    }
    return false;
  } finally {
    socket.close();
  }
}

function closer(child: ChildProcess, folder: string): () => Promise<void> {
  const ended = new Promise<void>((done) => {
    child.once("exit", () => done());
    child.once("error", () => done());
  });
  return async () => {
    child.kill("SIGTERM");
    await Promise.race([ended, pause(3000, undefined, { ref: false }).then(() => child.kill("SIGKILL"))]);
    await rm(folder, { recursive: true, force: true });
  };
}

const versions = new Map<string, string>();

function versionOf(program: string, flag = "--version"): string {
  const known = versions.get(program);
  if (known !== undefined) return known;
  const { stdout, stderr } = spawnSync(programPath(program) ?? program, [flag], { encoding: "utf8" });
  const version = /\d+\.\d+(\.\d+)?/.exec(`${stdout}${stderr}`)?.[0] ?? "unknown";
  versions.set(program, version);
  return version;
}

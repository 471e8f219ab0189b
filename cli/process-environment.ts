/** The environment of a real process. Modules that are rarely needed are loaded on demand. */
import { fstatSync, writeSync } from "node:fs";
import { appendFile, readdir, readFile } from "node:fs/promises";
import { systemClock } from "../fcrdns/clock";
import type { Environment, Listening, Output, Page, PostEnd, ProgramEnd } from "./environment";

/** Exit status of a process that Ctrl-C ended, as shells count it. */
const INTERRUPTED = 130;

export function processEnvironment(): Environment {
  return {
    stdin: process.stdin,
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    environment: process.env,
    clock: systemClock,
    random: Math.random,
    readFile: (path) => readFile(path, "utf8"),
    readFolder: (path) => readdir(path),
    appendFile: (path, text) => appendFile(path, text),
    onStop,
    runProgram,
    postJson,
    servePages,
    checker: () => import("../fcrdns/verify"),
    recordLookups: async (settings, signal) =>
      (await import("../fcrdns/look-up-records")).recordLookups(settings, signal),
  };
}

type Stream = NodeJS.WriteStream & { readonly fd: number };

function outputTo(stream: Stream): Output {
  let closed = false;
  let failure: string | null = null;
  const failed = (error: Error): void => {
    closed = true;
    const code = codeOf(error) ?? "the write failed";
    if (code !== "EPIPE") failure ??= code;
  };
  stream.on("error", failed);
  return {
    get isTerminal() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns ?? 80;
    },
    get failure() {
      return failure;
    },
    write: (text) =>
      new Promise((resolve) => {
        const done = (error?: Error | null): void => {
          if (error) failed(error);
          resolve(!closed);
        };
        if (closed) done();
        else if (isFile(stream)) done(writeWhole(stream.fd, text));
        else stream.write(text, done);
      }),
  };
}

/** Files and devices, other than terminals, pipes and sockets: writes to them never block. */
function isFile({ fd, isTTY }: Stream): boolean {
  if (isTTY) return false;
  const kind = fstatSync(fd);
  return kind.isFile() || kind.isCharacterDevice();
}

/** Node's own stream treats a write that was cut short, as on a full disk, as complete. */
function writeWhole(fd: number, text: string): Error | null {
  const bytes = Buffer.from(text);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The second Ctrl-C exits at once. */
function onStop(listener: () => void): () => void {
  let asked = false;
  const stop = (): void => {
    if (asked) process.exit(INTERRUPTED);
    asked = true;
    listener();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return () => {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  };
}

async function runProgram(program: string, args: readonly string[]): Promise<ProgramEnd> {
  const { spawn } = await import("node:child_process");
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8");
      child[name].on("data", (text: string) => {
        output[name] += text;
      });
    }
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") resolve({ kind: "not-found" });
      else reject(error);
    });
    child.on("close", (status) => resolve({ kind: "ended", status: status ?? INTERRUPTED, ...output }));
  });
}

async function postJson(url: string, body: string, timeoutMs: number): Promise<PostEnd> {
  try {
    const headers = { "content-type": "application/json", "user-agent": "fcrdns" };
    const answer = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(timeoutMs) });
    await answer.body?.cancel();
    return answer.ok ? { ok: true } : { ok: false, why: `HTTP status ${answer.status}` };
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") {
      return { ok: false, why: `no answer within ${timeoutMs / 1000} s` };
    }
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { ok: false, why: codeOf(cause) ?? "the request failed" };
  }
}

/** The code only: a message may hold the URL, and a webhook's URL is its password. */
function codeOf(error: unknown): string | undefined {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : undefined;
}

async function servePages(address: string, port: number, page: (path: string) => Page): Promise<Listening> {
  const { createServer } = await import("node:http");
  const server = createServer((request, response) => {
    const readOnly = request.method === "GET" || request.method === "HEAD";
    const { status, contentType, body } = readOnly
      ? page(request.url?.split("?")[0] ?? "/")
      : { status: 405, contentType: "text/plain", body: "only GET is answered\n" };
    response.writeHead(status, { "content-type": contentType });
    response.end(request.method === "HEAD" ? undefined : body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, resolve);
  });
  const bound = server.address();
  const at = typeof bound === "object" && bound !== null ? bound.port : port;
  return {
    url: `http://${address.includes(":") ? `[${address}]` : address}:${at}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

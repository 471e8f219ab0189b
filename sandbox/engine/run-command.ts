import { spawn } from "node:child_process";

/** How a command ended. */
export type CommandEnd =
  | { readonly kind: "exited"; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: "not-started"; readonly why: string }
  | { readonly kind: "timed-out" }
  | { readonly kind: "interrupted" };

export interface CommandOptions {
  /** @default the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Milliseconds after which the command is ended. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export type RunCommand = (command: string, args: readonly string[], options: CommandOptions) => Promise<CommandEnd>;

/** Runs a command to its end without a terminal, within a time limit. It never rejects: how it ended is the result. */
export const runCommand: RunCommand = (command, args, { env, cwd, timeoutMs, signal }) =>
  new Promise((resolve) => {
    if (signal?.aborted) {
      resolve({ kind: "interrupted" });
      return;
    }
    let ending: "timed-out" | "interrupted" | undefined;
    const child = spawn(command, args, { env, cwd, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output.stderr += text;
    });
    // SIGINT first: it is what lets `go build` and the installer remove their temporary files.
    const end = (why: typeof ending) => {
      ending ??= why;
      child.kill("SIGINT");
      setTimeout(() => child.kill("SIGKILL"), 3_000).unref();
    };
    const limit = setTimeout(() => end("timed-out"), timeoutMs);
    const interrupt = () => end("interrupted");
    signal?.addEventListener("abort", interrupt, { once: true });
    const finish = (result: CommandEnd) => {
      clearTimeout(limit);
      signal?.removeEventListener("abort", interrupt);
      resolve(result);
    };
    child.once("error", (error) => finish({ kind: "not-started", why: error.message }));
    child.once("close", (code) => finish(ending ? { kind: ending } : { kind: "exited", code: code ?? 1, ...output }));
  });

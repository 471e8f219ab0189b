/** The plugin as Pulumi starts it: a process of its own that prints the port where it serves. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface ServedPlugin {
  readonly port: number;
  /** What it printed to standard error. */
  stderr(): string;
  close(): Promise<void>;
}

const root = join(__dirname, "..", "..");

/** @param environment on top of this process's own */
export async function servePlugin(environment: Readonly<Record<string, string>> = {}): Promise<ServedPlugin> {
  const child = spawn(process.execPath, ["--require", join(root, "register.js"), join(root, "plugin", "main.ts")], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
  const ended = once(child, "exit");
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.setEncoding("utf8").once("data", (text: string) => resolve(Number(text.trim())));
    child.once("exit", (status) => reject(new Error(`the plugin ended with ${status}: ${stderr}`)));
  });
  return {
    port,
    stderr: () => stderr,
    close: async () => {
      child.kill();
      await ended;
    },
  };
}

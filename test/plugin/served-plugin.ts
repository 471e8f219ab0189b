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

/** @param folder of the plugin, as Pulumi is given it @default the checkout's */
export async function servePlugin(folder = join(root, "plugin")): Promise<ServedPlugin> {
  const child = spawn(process.execPath, [join(folder, "index.js")], { cwd: folder });
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

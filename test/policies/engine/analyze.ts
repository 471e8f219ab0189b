/** `pulumi policy analyze --file`: the pack over an exported stack, with no program, no cloud and no backend. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineEnvironment, openEngine } from "../../../sandbox/engine/engine-environment";

export interface Analysis {
  readonly ok: boolean;
  /** Everything the engine printed, both streams. */
  readonly text: string;
  readonly policies: readonly { readonly policy: string; readonly level: string; readonly message: string }[];
}

export async function analyze(engine: string, pack: string, exported: unknown, config: object): Promise<Analysis> {
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-analyze-"));
  try {
    const home = join(folder, "home");
    await openEngine({ engine, home });
    const env = engineEnvironment({ engine, home, backendFolder: join(folder, "state"), env: process.env });
    const [stackFile, configFile] = [join(folder, "stack.json"), join(folder, "config.json")];
    writeFileSync(stackFile, JSON.stringify(exported));
    writeFileSync(configFile, JSON.stringify(config));
    const args = [
      "policy",
      "analyze",
      "--policy-pack",
      pack,
      "--policy-pack-config",
      configFile,
      "--file",
      stackFile,
      "--json",
    ];
    const { code, text } = await run(engine, args, { ...process.env, ...env }, folder);
    const events = text.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as PolicyLine] : []));
    return {
      ok: code === 0,
      text,
      policies: events.flatMap(({ policyEvent }) =>
        policyEvent
          ? [{ policy: policyEvent.policyName, level: policyEvent.enforcementLevel, message: policyEvent.message }]
          : [],
      ),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface PolicyLine {
  readonly policyEvent?: { readonly policyName: string; readonly enforcementLevel: string; readonly message: string };
}

function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, text }));
  });
}

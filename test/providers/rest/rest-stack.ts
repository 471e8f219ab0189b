/** A stack with one `RestPtr`, run by the real engine against a simulated API. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EngineEvent, LocalWorkspace, type PulumiFn } from "@pulumi/pulumi/automation";
import { builtCommand, cachedEngine } from "../../../sandbox/engine/cached-engine";
import { engineEnvironment, openEngine } from "../../../sandbox/engine/engine-environment";
import { versionFolder } from "../../../sandbox/engine/engine-source";
import { engineCacheFolder } from "../../../sandbox/engine/get-engine";
import { pathEngine } from "../../../sandbox/engine/path-engine";
import { runCommand } from "../../../sandbox/engine/run-command";
import { readResultsFromState } from "../../../sandbox/engine/run-results";

/** The engine's executable where it is there already; else why a test must be skipped. Nothing is fetched. */
export async function engineAtHand(): Promise<{ command: string } | { skip: string }> {
  const machine = {
    env: process.env,
    run: runCommand,
    progress: () => {},
    now: () => 0,
    cacheFolder: engineCacheFolder(process.env),
  };
  const onPath = await pathEngine(machine);
  const found = onPath.ok ? onPath : await cachedEngine(machine);
  return found.ok
    ? { command: found.engine.command }
    : { skip: `no engine on PATH nor at ${builtCommand(versionFolder(machine.cacheFolder))}` };
}

export interface Run {
  readonly ok: boolean;
  /** All that the engine printed. */
  readonly text: string;
  /** `create pulumi-nodejs:dynamic/rest-ptr:RestPtr`, without what stayed the same. */
  readonly steps: readonly string[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface RestStack {
  program: PulumiFn;
  up(): Promise<Run>;
  preview(): Promise<Run>;
  refresh(): Promise<Run>;
  destroy(): Promise<Run>;
  setSecrets(values: Readonly<Record<string, string>>): Promise<void>;
  removeConfig(...keys: readonly string[]): Promise<void>;
  /** The state as `pulumi stack export` prints it. */
  exported(): Promise<string>;
  close(): void;
}

export async function openRestStack(engine: string, home: string, program: PulumiFn): Promise<RestStack> {
  const folder = mkdtempSync(join(tmpdir(), "rest-stack-"));
  const rest = { program };
  const backendFolder = join(folder, "state");
  const envVars = engineEnvironment({ engine, home, backendFolder, env: process.env });
  const opened = await LocalWorkspace.createOrSelectStack(
    { stackName: "test", projectName: "mail", program: () => rest.program() },
    {
      pulumiCommand: await openEngine({ engine, home }),
      workDir: folder,
      projectSettings: { name: "mail", runtime: "nodejs", main: folder },
      envVars,
    },
  );
  const stack = readResultsFromState(opened, { backendFolder, project: "mail" });

  const run = async (
    operation: (watch: { onOutput: (text: string) => void; onEvent: (event: EngineEvent) => void }) => Promise<unknown>,
  ): Promise<Run> => {
    let text = "";
    const steps: string[] = [];
    const failure = await operation({
      onOutput: (chunk) => {
        text += chunk;
      },
      onEvent: ({ resOutputsEvent }) => {
        const { op = "same", type = "" } = resOutputsEvent?.metadata ?? {};
        if (op !== "same" && type.startsWith("pulumi-nodejs:")) steps.push(`${op} ${type}`);
      },
    }).then(
      () => undefined,
      (error: Error) => error,
    );
    const outputs = await stack.outputs().catch(() => ({}));
    return {
      ok: failure === undefined,
      text: text + (failure?.message ?? ""),
      steps,
      outputs: Object.fromEntries(Object.entries(outputs).map(([key, { value }]) => [key, value])),
    };
  };

  return Object.assign(rest, {
    up: () => run((watch) => stack.up({ ...watch, continueOnError: true })),
    preview: () => run((watch) => stack.preview(watch)),
    refresh: () => run((watch) => stack.refresh(watch)),
    destroy: () => run((watch) => stack.destroy(watch)),
    setSecrets: (values: Readonly<Record<string, string>>) =>
      stack.setAllConfig(
        Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, secret: true }])),
      ),
    removeConfig: (...keys: readonly string[]) => stack.removeAllConfig([...keys]),
    // The Automation API's own export shows secrets.
    exported: async () =>
      execFileSync(engine, ["stack", "export", "--stack", "test"], {
        cwd: folder,
        env: { ...process.env, ...envVars },
        encoding: "utf8",
      }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  });
}

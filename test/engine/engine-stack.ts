/** What every engine test needs: the real engine or a reason to skip, and a sandbox that is always closed. */
import type { TestContext } from "node:test";
import { cachedEngine } from "../../sandbox/engine/cached-engine";
import { chooseEngine, engineCacheFolder, getEngine } from "../../sandbox/engine/get-engine";
import { pathEngine } from "../../sandbox/engine/path-engine";
import { runCommand } from "../../sandbox/engine/run-command";
import { openSandbox, type Sandbox, type SandboxOptions } from "../../sandbox/sandbox";
import type { StackRun } from "../../sandbox/sandbox-stack";

/**
 * The engine's executable; null after the test was marked as skipped. On CI (`FCRDNS_REQUIRE_ENGINE=1`) it is fetched or
 * built, and a test fails without it.
 */
export async function engineFor(t: TestContext): Promise<string | null> {
  if (process.env.FCRDNS_REQUIRE_ENGINE === "1") {
    const engine = await getEngine({ env: process.env, progress: (line) => t.diagnostic(line) });
    if (!engine.ok) {
      throw new Error(engine.message);
    }
    return engine.command;
  }
  const machine = {
    env: process.env,
    run: runCommand,
    progress: () => {},
    cacheFolder: engineCacheFolder(process.env),
    now: () => 0,
  };
  const engine = await chooseEngine(machine, [pathEngine, cachedEngine]);
  if (!engine.ok) {
    t.skip("no Pulumi engine on PATH or in the cache; `npm start` once gets it");
    return null;
  }
  return engine.command;
}

/**
 * Runs `use` with a sandbox of its own, and closes it whatever happens.
 *
 * @example
 * test("comes up", (t) => withSandbox(t, { program, config }, async ({ stack, internet }) => {
 *   succeeded(await stack.up());
 * }));
 */
export async function withSandbox(
  t: TestContext,
  options: Omit<SandboxOptions, "engine">,
  use: (sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  const engine = await engineFor(t);
  if (engine === null) {
    return;
  }
  const restore = leaveRejectionsToPulumi();
  try {
    const sandbox = await openSandbox({ ...options, engine });
    try {
      await use(sandbox);
    } finally {
      await sandbox.close();
    }
  } finally {
    restore();
  }
}

/**
 * A program that fails rejects outputs that nobody awaits. Pulumi's own handler reports them; the test runner would take
 * each for a failure of the test, which says itself whether the run was to fail.
 */
function leaveRejectionsToPulumi(): () => void {
  const runners = process.listeners("unhandledRejection");
  const ignore = (): void => {};
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", ignore);
  return () => {
    process.off("unhandledRejection", ignore);
    for (const listener of runners) {
      process.on("unhandledRejection", listener);
    }
  };
}

/** The run, when it went well; what the engine printed, when it did not. */
export function succeeded(run: StackRun): StackRun {
  if (!run.ok) {
    throw new Error(`the engine reported a failure:\n${run.text}`);
  }
  return run;
}

/** The run, when it failed as it should have. */
export function failed(run: StackRun): StackRun {
  if (run.ok) {
    throw new Error(`the engine reported success:\n${run.text}`);
  }
  return run;
}

/** The resources that a run touched, `op type`, components and providers left out, in the order in which they were done. */
export function operations(run: StackRun): string[] {
  return run.steps
    .filter(({ op, type }) => op !== "same" && !type.startsWith("pulumi:") && !type.startsWith("pulumi-fcrdns:"))
    .map(({ op, type }) => `${op} ${type}`);
}

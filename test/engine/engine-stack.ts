/** What every engine test needs: the real engine or a reason to skip, and a sandbox that is always closed. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import * as pulumi from "@pulumi/pulumi";
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
  engine ??= findEngine(t);
  const found = await engine;
  if (!found.ok && process.env.FCRDNS_REQUIRE_ENGINE === "1") throw new Error(found.message);
  if (!found.ok) t.skip("no Pulumi engine on PATH or in the cache; `npm start` once gets it");
  return found.ok ? found.command : null;
}

/** One for the tests of a file: asking it for its version takes a start of the engine. */
let engine: ReturnType<typeof findEngine> | undefined;

function findEngine(t: TestContext): ReturnType<typeof chooseEngine> {
  if (process.env.FCRDNS_REQUIRE_ENGINE === "1") {
    return getEngine({ env: process.env, progress: (line) => t.diagnostic(line) });
  }
  const machine = {
    env: process.env,
    run: runCommand,
    progress: () => {},
    cacheFolder: engineCacheFolder(process.env),
    now: () => 0,
  };
  return chooseEngine(machine, [pathEngine, cachedEngine]);
}

/**
 * Runs `use` with its own sandbox, and always closes it.
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
    const sandbox = await openSandbox({ ...options, engine, home: engineHome() });
    try {
      await use(sandbox);
    } catch (error) {
      const journal = await sandbox.internet.journal().catch(() => []);
      t.diagnostic("what happened before, at the vendors and in DNS:");
      for (const line of journal.slice(-JOURNAL_LINES)) t.diagnostic(line);
      throw error;
    } finally {
      await sandbox.close();
    }
  } finally {
    restore();
  }
}

/** Of the journal that a failed test shows, the last lines. */
const JOURNAL_LINES = 60;

/** The engine's home for the tests of a file, which run one after another. */
function engineHome(): string {
  if (home === undefined) {
    const folder = mkdtempSync(join(tmpdir(), "fcrdns-engine-home-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    home = folder;
  }
  return home;
}

let home: string | undefined;

/**
 * A program that fails rejects outputs that nobody awaits. Pulumi's own handler reports them; the test runner would take
 * each for a failure of the test, which says itself whether the run was to fail.
 */
export function leaveRejectionsToPulumi(): () => void {
  const runners = process.listeners("unhandledRejection");
  const ignore = (): void => {};
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", ignore);
  return () => {
    process.off("unhandledRejection", ignore);
    for (const listener of runners) {
      // A failed program goes on after its run, which has reported the failure.
      process.on("unhandledRejection", (reason, promise) => {
        if (!pulumi.RunError.isInstance(reason)) listener(reason, promise);
      });
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

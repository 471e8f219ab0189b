/**
 * A failure that ends the run of an inline program (Automation API) too. Pulumi's SDK takes such a program for finished when
 * every call that it began is done, whatever was rejected, unless a stack output was: the engine then deletes what was not
 * registered. A program on disk ends with its first rejection that nobody handles (`@pulumi/pulumi` 3.248.0,
 * `automation/server.js`, `runtime/settings.js`).
 */
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { forTerminal } from "../../fcrdns/report/escape";

/** What the SDK knows of the run of an inline program, left out of its types. */
interface Run {
  readonly settings: {
    /** Settles when all calls are done: what the SDK waits for before it tells the engine that the program is finished. */
    rpcDone: Promise<unknown>;
    readonly monitor?: { signalAndWaitForShutdown: (request: unknown, answer: (error: object) => void) => unknown };
  };
  /** Where the engine calls hooks; `_target` is its address, once it can be reached. */
  readonly callbacks?: { readonly _target?: Promise<unknown> };
  /** Set when the engine has stopped answering: the run has failed. */
  terminated?: boolean;
}

/** Makes the run fail when `promise` does, before anything is deleted. Call it before what waits for `promise` is registered. */
export function failsRun(promise: Promise<unknown>): void {
  const run = inlineRun();
  if (run === undefined || reportsItself.has(run) || pulumi.runtime.getMonitor() instanceof MockMonitor) {
    return;
  }
  const end = endings.get(run) ?? endEarly(run);
  endings.set(run, end);
  const watched = promise.then(
    () => undefined,
    async (error: unknown) => {
      // Pulumi's handler of rejections comes first.
      await new Promise((resolve) => setImmediate(resolve));
      const text = error instanceof Error ? error.message : forTerminal(String(error));
      // What is logged reaches the engine in the order of the calls, or not at all.
      const told = pulumi.log.hasErrors() ? pulumi.log.debug("the run has failed") : pulumi.log.error(text);
      await Promise.race([told, new Promise((resolve) => setTimeout(resolve, LOG_MS).unref())]);
      // Shut down before it has found itself, that server looks for itself once a second for ever, and the process never ends.
      await run.callbacks?._target?.catch(() => undefined);
      end();
    },
  );
  run.settings.rpcDone = run.settings.rpcDone.then(() => watched);
}

/** Runs whose failures reach the engine by another way. */
const reportsItself = new WeakSet<Run>();

/** Leaves every failure of the run that calls this to its caller: a component that is made for another process returns it. */
export function leavesFailuresToCaller(): void {
  const run = inlineRun();
  if (run !== undefined) reportsItself.add(run);
}

/** How long the engine may take for what is logged, in milliseconds. */
const LOG_MS = 10_000;

const endings = new WeakMap<Run, () => void>();

/**
 * Also ends it when the engine stops answering: what waits for its answers never settles then.
 *
 * @returns ends the run as failed: calls that have not been answered are not waited for, since what depends on a failure never
 *   settles, and the engine is not told that the program is finished
 */
function endEarly(run: Run): () => void {
  const { settings } = run;
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let waited = Promise.race([settings.rpcDone, ended]);
  Object.defineProperty(settings, "rpcDone", {
    get: () => waited,
    set: (next: Promise<unknown>) => {
      waited = Promise.race([next, ended]);
    },
  });
  const fail = (): void => {
    const { monitor } = settings;
    // What the SDK takes for a monitor that has gone because of an error, which it then reports.
    if (monitor) monitor.signalAndWaitForShutdown = (_, answer) => answer({ code: UNAVAILABLE });
    end();
  };
  let terminated = run.terminated;
  Object.defineProperty(run, "terminated", {
    get: () => terminated,
    set: (value: boolean | undefined) => {
      terminated = value;
      if (value === true) fail();
    },
  });
  return fail;
}

/** The gRPC status of a server that cannot be reached. */
const UNAVAILABLE = 14;

/** A program on disk has no store of its own (`withLocalStorage` in `automation/server.js` alone). */
function inlineRun(): Run | undefined {
  const { getLocalStore } = require("@pulumi/pulumi/runtime/state") as { getLocalStore?: () => Run | undefined };
  const store = getLocalStore?.();
  return store?.settings?.rpcDone === undefined ? undefined : store;
}

/**
 * A failure that ends the run of an inline program (Automation API) too. Pulumi's SDK takes such a program for finished when
 * every call that it began is done, whatever was rejected, unless a stack output was: the engine then deletes what was not
 * registered. A program on disk ends with its first rejection that nobody handles (`@pulumi/pulumi` 3.248.0,
 * `automation/server.js`, `runtime/settings.js`).
 */
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { promiseOf } from "./promise-of";

interface Settings {
  /** Settles when all calls are done: what the SDK waits for before it tells the engine that the program is finished. */
  rpcDone: PromiseLike<unknown>;
}

/** Makes the run fail when `promise` does, before anything is deleted. Call it before what waits for `promise` is registered. */
export function failsRun(promise: Promise<unknown>): void {
  const settings = settingsOfRun();
  if (settings === undefined || pulumi.runtime.getMonitor() instanceof MockMonitor) {
    return;
  }
  const root = pulumi.runtime.getStackResource();
  const ended = root === undefined ? Promise.resolve() : promiseOf(root.outputs);
  let isEnded = false;
  ended.then(
    () => {
      isEnded = true;
    },
    () => undefined,
  );
  const watched = promise.then(
    () => undefined,
    async (error: unknown) => {
      // Pulumi's handler of rejections comes first, and has reported it then.
      await new Promise((resolve) => setTimeout(resolve, REPORT_MS));
      // The same object, for a program on disk tells every error object once.
      if (pulumi.log.hasErrors() && error instanceof Error) {
        Object.assign(error, { code: CANCELLED });
      }
      settings.rpcDone = isEnded ? Promise.resolve() : rejectingOnce(settings, ended, error);
      throw error;
    },
  );
  settings.rpcDone = settings.rpcDone.then(() => watched);
  settings.rpcDone.then(undefined, () => undefined);
}

/** Milliseconds for Pulumi's handler of rejections, and for the call that takes the text to the engine. */
const REPORT_MS = 50;

/** The gRPC status of a call that was cancelled; Pulumi's SDK ends a program that fails with it without a word of its own. */
const CANCELLED = 1;

/**
 * What the SDK still finds to wait for, when the program has not ended yet: a failure if it ends well, and only once, for the
 * SDK waits again after a failure and would leave its handlers in the process if that failed too.
 */
function rejectingOnce(settings: Settings, ended: Promise<unknown>, error: unknown): PromiseLike<unknown> {
  return {
    // biome-ignore lint/suspicious/noThenProperty: what asks for it is the news
    then: (fulfilled, rejected) => {
      settings.rpcDone = Promise.resolve();
      const end = ended.then(
        () => Promise.reject(error),
        () => undefined,
      );
      return end.then(fulfilled, rejected);
    },
  };
}

/**
 * Those of an inline program, kept by the SDK out of its types. A program on disk has no store of its own
 * (`withLocalStorage` in `automation/server.js` alone): there another failure would be reported as an unhandled exception.
 */
function settingsOfRun(): Settings | undefined {
  const { getLocalStore } = require("@pulumi/pulumi/runtime/state") as {
    getLocalStore?: () => { settings?: Settings } | undefined;
  };
  const settings = getLocalStore?.()?.settings;
  return settings?.rpcDone === undefined ? undefined : settings;
}

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { failsRun } from "../../providers/internal/fails-run";
import { UserError } from "../../providers/internal/user-error";

interface Store {
  readonly settings: { readonly rpcDone: unknown };
}

const { getStore, withLocalStorage } = require("@pulumi/pulumi/runtime/state") as {
  readonly getStore: () => Store;
  readonly withLocalStorage: <T>(run: () => T) => T;
};

/** Whether the SDK waits for something else after the failure was handed over. */
function changesTheWait(): boolean {
  const before = getStore().settings.rpcDone;
  const failing = Promise.reject(new UserError("the zone is not there"));
  failing.catch(() => undefined);
  failsRun(failing);
  return getStore().settings.rpcDone !== before;
}

describe("a failure that ends the run", () => {
  test("is what an inline program waits for", () => {
    assert.equal(withLocalStorage(changesTheWait), true);
  });
  test("is left to Pulumi in a program on disk, which would tell a second one as an unhandled exception", () => {
    assert.equal(changesTheWait(), false);
  });
});

import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openSandboxStack } from "../../sandbox/sandbox-stack";
import { engineFor, succeeded } from "../engine/engine-stack";

test("an empty .attrs file beside the state: the engine reads the state again once the file is deleted", async (t) => {
  const engine = await engineFor(t);
  if (engine === null) return;
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-empty-attributes-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const stack = await openSandboxStack({ engine, folder, program: async () => ({ kept: "yes" }) });
  succeeded(await stack.up());
  const attributes = join(folder, "state", ".pulumi", "stacks", "fcrdns", "sandbox.json.attrs");
  truncateSync(attributes);
  await assert.rejects(stack.export(), /failed to load checkpoint: EOF/);
  rmSync(attributes);
  await stack.export();
  assert.deepEqual(succeeded(await stack.up()).outputs, { kept: "yes" });
});

import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readmeUnitTest } from "../readme-unit-test";

const root = join(__dirname, "..", "..");

test("the README's unit test runs as it is printed, and waits for nobody", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-readme-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  // The package's entries, as this checkout has them.
  const entries = readmeUnitTest()
    .replaceAll('"pulumi-fcrdns"', JSON.stringify(join(root, "components")))
    .replaceAll(/"pulumi-fcrdns\/([\w-]+)"/g, (_, name) => JSON.stringify(join(root, "providers", name)))
    .replaceAll('"@pulumi/pulumi"', JSON.stringify(join(root, "node_modules/@pulumi/pulumi")));
  const file = join(folder, "mail.test.ts");
  writeFileSync(file, entries);
  const { NODE_TEST_CONTEXT: _ours, ...env } = process.env;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--require", join(root, "register.js"), file], {
    encoding: "utf8",
    env,
    timeout: 60_000,
  });
  assert.equal(status, 0, `${stdout}${stderr}`);
  assert.match(stdout, /^# pass 1$/m);
});

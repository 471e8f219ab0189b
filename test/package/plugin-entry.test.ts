import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

test("a clone in which nothing is installed says what to run, and not that its sources cannot be read", () => {
  const clone = realpathSync(mkdtempSync(join(tmpdir(), "fcrdns-clone-")));
  try {
    const plugin = join(clone, "plugin");
    mkdirSync(plugin);
    copyFileSync(join(__dirname, "..", "..", "plugin", "index.js"), join(plugin, "index.js"));
    writeFileSync(join(clone, "register.js"), 'throw new Error("the sources cannot be read");\n');
    const env = { ...process.env, NODE_PATH: "" };
    const { status, stderr } = spawnSync(process.execPath, [join(plugin, "index.js")], { encoding: "utf8", env });
    assert.equal(status, 1);
    assert.equal(
      stderr,
      `The npm package pulumi-fcrdns is not installed beside the plugin: run npm install in ${plugin}, or npm ci in the checkout, ${clone}\n`,
    );
  } finally {
    rmSync(clone, { recursive: true, force: true });
  }
});

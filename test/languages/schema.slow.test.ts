/** The package's schema, as Pulumi itself reads it. */
import * as assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { runCommand } from "../../sandbox/engine/run-command";
import { engineFor } from "../engine/engine-stack";

const file = join(__dirname, "..", "..", "plugin", "schema.json");

describe("plugin/schema.json", () => {
  test("is a package schema without a complaint of Pulumi's", async (t) => {
    const engine = await engineFor(t);
    if (engine === null) return;
    const end = await runCommand(engine, ["schema", "check", file], { timeoutMs: 60_000 });
    assert.ok(end.kind === "exited" && end.code === 0, JSON.stringify(end));
    assert.doesNotMatch(end.stdout, /warning|error/i);
  });

  test("is refused where a type is missing", async (t) => {
    const engine = await engineFor(t);
    if (engine === null) return;
    const folder = mkdtempSync(join(tmpdir(), "fcrdns-schema-"));
    try {
      const broken = join(folder, "schema.json");
      writeFileSync(
        broken,
        readFileSync(file, "utf8").replace('"pulumi-fcrdns:index:Verified": {', '"pulumi-fcrdns:index:Other": {'),
      );
      const end = await runCommand(engine, ["schema", "check", broken], { timeoutMs: 60_000 });
      assert.ok(end.kind === "exited" && end.code !== 0, JSON.stringify(end));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

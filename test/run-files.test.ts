import * as assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it, test } from "node:test";

const { onCi, runFiles } = require("./run-files.js") as {
  onCi(environment: Record<string, string>): boolean;
  runFiles(files: readonly string[], options: { ci: boolean; stdio: "ignore"; print(text: string): void }): number;
};

describe("a run of test files", () => {
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-run-files-"));
  after(() => rmSync(folder, { recursive: true }));
  // The runner marks its processes; a run within a test is a run of its own.
  const { NODE_TEST_CONTEXT } = process.env;
  delete process.env.NODE_TEST_CONTEXT;
  after(() => Object.assign(process.env, NODE_TEST_CONTEXT === undefined ? {} : { NODE_TEST_CONTEXT }));

  function run(source: string, ci: boolean) {
    const file = join(folder, "some.test.ts");
    writeFileSync(file, `const { describe, it } = require("node:test");\n${source}`);
    const printed: string[] = [];
    const status = runFiles([file], { ci, stdio: "ignore", print: (text) => printed.push(text) });
    return { status, printed: printed.join("\n") };
  }

  it("counts skipped suites as skipped, with their reason", () => {
    const skips = `describe("with a tool", { skip: "no such tool" }, () => it("works", () => {}));
      describe("around", () => { it("one", (t) => t.skip("not here")); it("two", () => {}); });`;
    const { status, printed } = run(skips, false);
    assert.equal(status, 0);
    assert.match(
      printed,
      /^2 skipped:\n {2}suite with a tool \(.*some\.test\.ts\): no such tool\n {2}one .*: not here$/,
    );
    assert.equal(run(skips, true).status, 1);
  });

  it("says nothing where nothing is skipped, and fails with a failed test", () => {
    assert.deepEqual(run('it("works", () => {});', true), { status: 0, printed: "" });
    assert.equal(run('it("fails", () => { throw new Error("no"); });', false).status, 1);
  });

  it("knows CI by its variable", () => {
    assert.deepEqual([{ CI: "true" }, { CI: "1" }, { CI: "" }, { CI: "false" }, {}].map(onCi as () => boolean), [
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

test("a test file that starts the engine, or packs the package, is called slow or faults", () => {
  const starts =
    /from "[./]*(?:\/engine-stack|engine\/life|\/renaming|\/sandbox\/sandbox|engine\/engine-environment|\/packed)"/;
  const files = readdirSync(__dirname, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".test.ts"),
  );
  const fast = files.filter((name) => !/\.(slow|faults)\.test\.ts$/.test(name));
  assert.deepEqual(
    fast.filter((name) => starts.test(readFileSync(join(__dirname, name), "utf8"))),
    [],
    "rename it to *.slow.test.ts or *.faults.test.ts",
  );
  assert.ok(fast.length > 80 && files.length - fast.length > 30);
});

import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { mutantsOf, planted } from "./operators";
import { mutantsIn, rooms, root } from "./rooms";
import { explained } from "./survivors";
import { WorkerProcess } from "./worker-process";

const texts = (source: string) => mutantsOf("a.ts", source).map((mutant) => planted(source, mutant));

// biome-ignore format: one line per case
const cases: readonly [source: string, mutants: readonly string[]][] = [
  ["if (a) b();", ["if (true) b();", "if (false) b();", "if (a) ;"]],
  ["c = a && b;", [";", "c = a;", "c = b;"]],
  ["const c = a < 1;", ["const c = a <= 1;", "const c = a < 2;"]],
  ["const c = a === b;", ["const c = a !== b;"]],
  ["const c = a ?? b;", ["const c = a;", "const c = b;"]],
  ["const c = !a;", ["const c = a;"]],
  ["const c = a?.b;", ["const c = a.b;"]],
  ["const c = [...a, true];", ["const c = [];", "const c = [ true];", "const c = [...a, false];"]],
  ["const c = a.some(b);", ["const c = a.every(b);"]],
  ["const c = a.filter(b);", ["const c = a;"]],
  ['const c = "x";', ['const c = "";']],
  ["const c = /^[ab]+$/g;", ["const c = /[ab]+$/g;", "const c = /^[^ab]+$/g;", "const c = /^[ab]$/g;", "const c = /^[ab]*$/g;", "const c = /^[ab]+/g;", "const c = /^[ab]+$/;"]],
  ['import { a } from "x"; type B = "b"; const c: "d" | 1 = e;', []],
  ['const text = "three words or more";', []],
  ['const c = { kind: "d" };', []],
  ['const c = [{ limit: 25, source: "RFC 7208" }];', ["const c = [];"]],
];

describe("planted mistakes", () => {
  for (const [source, mutants] of cases) it(source, () => assert.deepEqual(texts(source), mutants));

  it("keep their names when lines move, and no two have the same", () => {
    const source = "function f() { return [a < b, a < b]; }";
    const ids = (text: string) => mutantsOf("a.ts", text).map(({ id }) => id);
    assert.deepEqual(ids(source), [
      "a.ts f: [a < b, a < b] -> []",
      "a.ts f: a < b -> a <= b",
      "a.ts f: a < b -> a <= b (2)",
    ]);
    assert.deepEqual(ids(`\n\n${source}`), ids(source));
  });

  it("that are explained exist", () => {
    const existing = new Set(Object.keys(rooms).flatMap((room) => mutantsIn(room).map(({ id }) => id)));
    assert.deepEqual(
      [...explained().keys()].filter((id) => !existing.has(id)),
      [],
      "no longer in the sources: remove them from test/mutants/survivors.md",
    );
    for (const [id, reason] of explained()) assert.ok(reason.length > 20, `no reason for ${id}`);
  });
});

describe("a planted mistake", () => {
  const worker = new WorkerProcess();
  after(() => worker.stop());
  const source = "fcrdns/names/nearest.ts";
  const file = "test/fcrdns/names/nearest.test.ts";
  const text = readFileSync(join(root, source), "utf8");
  const tryMutant = async (changed: string) => {
    const measured = await worker.measure({ kind: "measure", file, sources: [source] }, 60_000);
    const ids = measured?.tests ?? [];
    // Twice, as where its quick tests run before those of other files and its slow ones after them.
    const tests = [
      { file, ids: [] },
      { file, ids },
    ];
    return worker.tryMutant({ kind: "mutant", source, text: changed, tests }, 60_000);
  };

  it("is noticed by a test that runs its line", async () => {
    const broken = text.replace(/return /g, "return undefined as never; ");
    assert.equal((await tryMutant(broken))?.killer?.file, file);
  });

  it("is forgotten by the next try", async () => {
    assert.equal((await tryMutant(text))?.killer, undefined);
  });
});

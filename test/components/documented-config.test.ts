import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

const ROOT = join(__dirname, "..", "..");

/** The keys under `config:` in Pulumi.yaml, each with its lines. */
function documented(): Map<string, string> {
  const [, config = ""] = readFileSync(join(ROOT, "Pulumi.yaml"), "utf8").split(/^config:$/m);
  const entries = config.split(/^ {2}(?=\w+:$)/m).slice(1);
  return new Map(entries.map((entry) => [entry.split(":")[0] ?? "", entry]));
}

/** The keys that the program reads, as its sources spell them. */
function read(): Set<string> {
  const sources = ["components", "providers"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith("simulation.ts"))
      .map((name) => readFileSync(join(ROOT, folder, name), "utf8")),
  );
  const calls = /config\.(?:text|number|structure<[^(]*>|secret)\(\s*"(\w+)"/g;
  return new Set(sources.flatMap((source) => [...source.matchAll(calls)].map(([, key]) => key ?? "")));
}

describe("Pulumi.yaml", () => {
  test("documents every key that the program reads", () => {
    const known = documented();
    assert.deepEqual(
      [...read()].filter((key) => !known.has(key)),
      [],
    );
  });

  test("gives every key a type, a default and a description", () => {
    for (const [key, entry] of documented()) {
      assert.match(entry, /^ {4}type: \w+$/m, key);
      assert.match(entry, /^ {4}default: \S+/m, key);
      assert.match(entry, /^ {4}description: \S.+/m, key);
    }
  });
});

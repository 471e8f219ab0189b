import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { text } from "../../docs/generate-rules";
import { RULES } from "../../policies/rule-table";

const root = join(__dirname, "..", "..");

describe("docs/rules.md", () => {
  it("is what the rules say of themselves", () => {
    assert.equal(readFileSync(join(root, "docs", "rules.md"), "utf8"), text());
  });
});

describe("the table of rules", () => {
  it("has every file of the folder under its name", () => {
    const files = readdirSync(join(root, "policies", "rules")).map((file) => file.replace(/\.ts$/, ""));
    assert.deepEqual(RULES.map(({ name }) => name).sort(), files.sort());
  });
  for (const rule of RULES) {
    it(`says everything about ${rule.name}`, () => {
      for (const words of [rule.requirement, rule.cause, rule.explanation, rule.fix, rule.source])
        assert.notEqual(words.trim(), "");
      assert.match(rule.name, /^fcrdns-[a-z0-9-]+$/);
    });
  }
});

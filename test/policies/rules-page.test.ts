import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { text } from "../../docs/generate-rules";
import { providerRules } from "../../policies/provider-rules";
import { RULES, type RuleName } from "../../policies/rule-table";

const root = join(__dirname, "..", "..");

describe("docs/rules.md", () => {
  it("is what the rules say of themselves", () => {
    assert.equal(readFileSync(join(root, "docs", "rules.md"), "utf8"), text());
  });
});

describe("the table of rules", () => {
  it("has every file of the folder under its name, and every rule of a provider", () => {
    const files = readdirSync(join(root, "policies", "rules")).map((file) => file.replace(/\.ts$/, ""));
    const peculiar = providerRules.map(({ name }) => name);
    assert.deepEqual(RULES.map(({ name }) => name).sort(), [...files, ...peculiar].sort());
  });
  it("has names that the compiler knows, those of the providers' rules too", () => {
    const names: RuleName[] = ["fcrdns-round-trip", "fcrdns-vultr-expanded-ipv6"];
    // @ts-expect-error A slip of the pen.
    names.push("fcrdns-vultr-expended-ipv6");
    assert.equal(names.filter((name) => RULES.some((rule) => rule.name === name)).length, 2);
  });
  for (const rule of RULES) {
    it(`says everything about ${rule.name}`, () => {
      for (const words of [rule.requirement, rule.cause, rule.explanation, rule.fix, rule.source])
        assert.notEqual(words.trim(), "");
      assert.match(rule.name, /^fcrdns-[a-z0-9-]+$/);
    });
  }
});

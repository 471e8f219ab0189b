import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import * as fc from "fast-check";
import type { Checked } from "../../../cli/formats/format";
import { FINDING_RULES } from "../../../fcrdns/judge/finding-rules";
import { failing, finding, hostileVerdict, unknown, verdictOn } from "../verdicts";
import { rendered } from "./rendered";
import { sarifSchema } from "./sarif-schema";

const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
const isSarif = ajv.compile(sarifSchema);

async function sarif(results: readonly Checked[]) {
  const log = JSON.parse((await rendered("sarif", results)).text);
  const valid: boolean = isSarif(log);
  assert.ok(valid, ajv.errorsText(isSarif.errors));
  return log.runs[0];
}

describe("sarif", () => {
  it("is valid without addresses", async () => {
    assert.deepEqual((await sarif([])).results, []);
  });

  it("has every rule with its explanation", async () => {
    const { rules } = (await sarif([])).tool.driver;
    for (const [id, { cause, explanation }] of Object.entries(FINDING_RULES)) {
      const rule = rules.find((candidate: { id: string }) => candidate.id === id);
      assert.equal(rule?.shortDescription.text, cause);
      assert.equal(rule?.fullDescription.text, explanation);
      // SARIF 2.1.0 section 3.49.7: a name is one identifier, written as UpperCamelCase.
      assert.match(rule?.name ?? "", /^(?:[A-Z][a-z0-9]*|[0-9]+[a-z]*)+$/);
    }
    const names = rules.map(({ id, name }: { id: string; name: string }) => [id, name]);
    assert.deepEqual(Object.fromEntries(names)["ptr-target-alias"], "PtrTargetAlias");
  });

  it("knows an alert again by address, expected name and rule, from version to version", async () => {
    const fingerprints = async (expected: string | null) =>
      (await sarif([{ verdict: failing("192.0.2.11", expected) }])).results.map(
        (result: { partialFingerprints: Record<string, string> }) => result.partialFingerprints["address/v1"],
      );
    const hash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 32);
    assert.deepEqual(await fingerprints("mail.example.com"), [
      hash("192.0.2.11\nmail.example.com\nno-ptr"),
      hash("192.0.2.11\nmail.example.com\nserver-lame"),
    ]);
    assert.equal((await fingerprints(null))[0], hash("192.0.2.11\n\nno-ptr"));
  });

  it("shows what is invisible by its code, without braces, which would be a placeholder", async () => {
    const findings = [finding({ message: "a\u001bb {0}" })];
    const { results } = await sarif([{ verdict: failing("192.0.2.11", null, { findings }) }]);
    assert.match(results[0].message.text, /^a<U\+001B>b \{\{0\}\}/);
    assert.equal(results[0].locations[0].logicalLocations[0].kind, "address");
  });

  it("has a result for each finding, which points at its rule", async () => {
    const run = await sarif([{ verdict: failing("192.0.2.11"), origin: { file: "dns/my senders.txt", line: 7 } }]);
    assert.equal(run.results.length, 2);
    const [first, second] = run.results;
    assert.equal(first.ruleId, "no-ptr");
    assert.equal(run.tool.driver.rules[first.ruleIndex].id, "no-ptr");
    assert.equal(first.level, "error");
    assert.equal(first.message.text, "192.0.2.11 has no PTR record. Fix: Set the PTR. Who: the owner.");
    assert.deepEqual(first.locations[0].physicalLocation, {
      artifactLocation: { uri: "dns/my%20senders.txt" },
      region: { startLine: 7 },
    });
    assert.equal(second.level, "warning");
    assert.notEqual(first.partialFingerprints["address/v1"], second.partialFingerprints["address/v1"]);
  });

  it("never makes an error of what is not known", async () => {
    const { results } = await sarif([{ verdict: unknown("192.0.2.12") }]);
    assert.deepEqual(
      results.map(({ level }: { level: string }) => level),
      ["warning"],
    );
  });

  it("has a result for each address that does not pass, even without a finding", async () => {
    const bare = [failing("192.0.2.11", null, { findings: [] }), { ...unknown("192.0.2.12"), findings: [] }];
    const results = (await sarif(bare.map((verdict) => ({ verdict })))).results;
    assert.deepEqual(
      results.map(({ ruleId }: { ruleId: string }) => ruleId),
      ["not-confirmed", "not-confirmed"],
    );
    const odd = { ...failing("192.0.2.11"), findings: [finding({ rule: "rule-of-tomorrow" })] };
    assert.equal((await sarif([{ verdict: odd }])).results.length, 2);
  });

  it("is empty for an address that passes without a finding", async () => {
    assert.deepEqual((await sarif([{ verdict: verdictOn({ ip: "192.0.2.10" }) }])).results, []);
  });

  it("stays valid, without links or placeholders, whatever names DNS gives", async () => {
    await fc.assert(
      fc.asyncProperty(hostileVerdict, async (verdict) => {
        const { results } = await sarif([{ verdict, origin: { file: verdict.expected ?? "x", line: 1 } }]);
        for (const { message } of results) {
          assert.doesNotMatch(message.text, /\]\(|(?<!\{)(\{\{)*\{(?!\{)|[^\P{C}]/u);
        }
      }),
      { numRuns: 150 },
    );
  });
});

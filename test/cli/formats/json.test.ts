import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { failing, verdictOn } from "../verdicts";
import { rendered } from "./rendered";

const verdicts = [verdictOn({ ip: "192.0.2.10" }), failing("2001:db8::10")];
const results = verdicts.map((verdict) => ({ verdict }));

describe("json", () => {
  it("is the verdicts under a schema number", async () => {
    assert.deepEqual(JSON.parse((await rendered("json", results)).text), { schema: 1, results: verdicts });
  });

  it("is whole without any address, and says when it was interrupted", async () => {
    assert.deepEqual(JSON.parse((await rendered("json", [])).text), { schema: 1, results: [] });
    assert.deepEqual(JSON.parse((await rendered("json", results, { unchecked: () => 3 })).text), {
      schema: 1,
      results: verdicts,
      unchecked: 3,
    });
  });

  it("has what was asked for beside the verdict, and nothing else", async () => {
    const stack = { urn: "urn:x", cloud: "hcloud", reverse: "set" as const };
    const [first] = results;
    const { text } = await rendered("json", [{ ...first, stack } as never], { receivers: true });
    const [result] = JSON.parse(text).results;
    assert.deepEqual(result.stack, stack);
    assert.ok(result.receivers.some((row: { outcome: string }) => row.outcome === "accepts"));
  });
});

describe("ndjson", () => {
  it("is one verdict a line in the order of the input", async () => {
    const { text } = await rendered("ndjson", results);
    assert.ok(text.endsWith("\n"));
    assert.deepEqual(
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
      verdicts,
    );
  });
});

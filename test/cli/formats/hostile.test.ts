import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { hostileText, hostileVerdict, stackWith } from "../verdicts";
import { rendered } from "./rendered";
import { azureCommands, runnerCommands } from "./runner-commands";

/** Every beginning that a line of the text report may have. */
const OURS =
  /^([✓✗?] 192\.0\.2\.10 {2}| {4}(asked|expected|found|warning|info|fix|who|resource|waiting|receiver) +|( {2}\|)( |$)|\d+ addresses: |$)/;

describe("whatever names DNS gives", () => {
  it("no line of the text report begins with them, and none moves the cursor or commands a CI system", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileVerdict, { maxLength: 3 }), hostileText, async (verdicts, hostile) => {
        const stack = stackWith(hostile);
        const results = verdicts.map((verdict) => ({ verdict, stack }));
        const { text } = await rendered("text", results, { explain: true, receivers: true });
        for (const line of text.split("\n")) assert.match(line, OURS);
        assert.doesNotMatch(text, /[^\n\P{C}]/u);
        assert.deepEqual([...runnerCommands(text), ...azureCommands(text)], []);
      }),
      { numRuns: 300 },
    );
  });

  it("json and ndjson give them back unharmed, in plain ASCII", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileVerdict, { maxLength: 3 }), async (verdicts) => {
        const results = verdicts.map((verdict) => ({ verdict }));
        const json = (await rendered("json", results)).text;
        const ndjson = (await rendered("ndjson", results)).text;
        assert.deepEqual(JSON.parse(json).results, JSON.parse(JSON.stringify(verdicts)));
        assert.deepEqual(
          ndjson
            .split("\n")
            .slice(0, -1)
            .map((line) => JSON.parse(line)),
          JSON.parse(JSON.stringify(verdicts)),
        );
        for (const text of [json, ndjson]) {
          assert.match(text, /^[\x20-\x7e\n]*$/);
          assert.deepEqual([...runnerCommands(text), ...azureCommands(text)], []);
        }
      }),
      { numRuns: 300 },
    );
  });
});

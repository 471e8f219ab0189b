import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { nearest } from "../../../fcrdns/names/nearest";

describe("the word that was meant", () => {
  const cases: [word: string, candidates: string[], meant: string | undefined][] = [
    ["raknerd", ["racknerd", "oracle"], "racknerd"],
    ["Hetzner", ["hetzner"], "hetzner"],
    ["hetnzer", ["hetzner", "linode"], "hetzner"],
    ["aws", ["gcp", "ovh"], undefined],
    ["oh", ["ovh"], "ovh"],
    ["x", ["ovh"], undefined],
    ["", ["ovh"], undefined],
    ["abc", [], undefined],
    ["cat", ["bat", "car"], "bat"],
  ];
  for (const [word, candidates, meant] of cases) {
    it(`${JSON.stringify(word)} of ${candidates.join(", ")}: ${meant}`, () =>
      assert.equal(nearest(word, candidates), meant));
  }
});

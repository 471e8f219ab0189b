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
    // Swapped neighbours are one slip, wherever they stand; letters that only seem swapped are two.
    ["vho", ["ovh"], undefined],
    ["voh", ["ovh"], "ovh"],
    ["oh-v", ["oh-vx", "ho-v"], "oh-vx"],
    ["abcdfe", ["abcdef"], "abcdef"],
    ["aab", ["bba"], undefined],
  ];
  it("takes no time for a word of a megabyte", { timeout: 5_000 }, () => {
    const began = performance.now();
    const names = Array.from({ length: 27 }, (_, index) => `a-name-of-usual-length-${index}`);
    assert.equal(nearest("x".repeat(1_000_000), names), undefined);
    assert.ok(performance.now() - began < 1_000);
  });
  for (const [word, candidates, meant] of cases) {
    it(`${JSON.stringify(word)} of ${candidates.join(", ")}: ${meant}`, () =>
      assert.equal(nearest(word, candidates), meant));
  }
});

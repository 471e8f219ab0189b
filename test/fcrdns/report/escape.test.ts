import { strict as assert } from "node:assert";
import { test } from "node:test";
import * as fc from "fast-check";
import { forTerminal } from "../../../fcrdns/report/escape";

const rows: [what: string, hostile: string, shown: string][] = [
  ["a plain name", "mail.example.com", "mail.example.com"],
  ["readable foreign text", "Bücher 書 ✉", "Bücher 書 ✉"],
  ["an escape sequence", "a\u001b[2Jb", "a\\u{1b}[2Jb"],
  ["a one-byte CSI", "a\u009b2Jb", "a\\u{9b}2Jb"],
  [
    "line breaks of every kind",
    "a\r\nb\u0085c\u2028d\u2029e\u000bf",
    "a\\u{d}\\u{a}b\\u{85}c\\u{2028}d\\u{2029}e\\u{b}f",
  ],
  ["NUL, BEL, DEL and TAB", "\0\u0007\u007f\t", "\\u{0}\\u{7}\\u{7f}\\u{9}"],
  ["a right-to-left override", "a\u202egnp.b", "a\\u{202e}gnp.b"],
  ["isolates and marks", "\u2066\u2069\u200e\u061c", "\\u{2066}\\u{2069}\\u{200e}\\u{61c}"],
  ["zero-width characters", "a\u200bb\u200dc\ufeff\u2060", "a\\u{200b}b\\u{200d}c\\u{feff}\\u{2060}"],
  ["fillers that count as letters", "\u3164\u115f\u2800", "\\u{3164}\\u{115f}\\u{2800}"],
  ["tag characters", "a\u{e0041}", "a\\u{e0041}"],
  ["a lone surrogate", "a\ud800", "a\\u{d800}"],
  ["spaces that are no space", "a\u00a0b\u3000c", "a\\u{a0}b\\u{3000}c"],
  ["a pile of combining marks", "a\u0300\u0301", "a\\u{300}\\u{301}"],
];

for (const [what, hostile, shown] of rows) {
  test(`${what} comes out visible and harmless`, () => assert.equal(forTerminal(hostile), shown));
}

test("whatever goes in, nothing invisible comes out, and escaping again changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const shown = forTerminal(text);
      assert.doesNotMatch(shown, /[\p{C}\p{Zl}\p{Zp}\p{M}]|[^\P{Zs} ]/u);
      assert.equal(forTerminal(shown), shown);
    }),
    { numRuns: 2000 },
  );
});

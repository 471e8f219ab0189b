import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { failing, finding, hostileText, hostileVerdict, stackWith, unknown, verdictOn } from "../verdicts";
import { rendered } from "./rendered";

const pass = verdictOn({ ip: "192.0.2.10", expected: "mail.example.com" });

/** The cells of a table row, as GitHub splits it. */
const cells = (line: string): string[] => line.split(/(?<!\\)\|/).slice(1, -1);

describe("markdown", () => {
  it("says it all in the heading", async () => {
    const rows: [results: (typeof pass)[], heading: RegExp][] = [
      [[pass], /^### ✓ fcrdns: every address has forward-confirmed reverse DNS\n/],
      [[pass, failing("192.0.2.11")], /^### ✗ fcrdns: 1 of 2 addresses do not round-trip\n/],
      [[pass, unknown("192.0.2.12")], /^### \? fcrdns: the result is unknown for 1 of 2 addresses\n/],
    ];
    for (const [results, heading] of rows) {
      assert.match(
        (
          await rendered(
            "markdown",
            results.map((verdict) => ({ verdict })),
          )
        ).text,
        heading,
      );
    }
  });

  it("shows what fails first and folds away what passes", async () => {
    const { text } = await rendered(
      "markdown",
      [pass, failing("192.0.2.11")].map((verdict) => ({ verdict })),
    );
    assert.ok(text.indexOf("`192.0.2.11`") < text.indexOf("<details>"));
    assert.ok(text.indexOf("<details>") < text.indexOf("`192.0.2.10`"));
    assert.match(
      text,
      /\| ✗ \| `192\.0\.2\.11` \| `mail\.example\.com` \| fail `no-ptr` \| 192\.0\.2\.11 has no PTR record \| Set the PTR\. \| the owner \|/,
    );
  });

  it("shows what passes with a finding, and all of it that has room", async () => {
    const findings = [finding({ rule: "other-family-uncovered", message: "also has AAAA 2001:db8::10" })];
    const flawed = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ verdict: verdictOn({ ip: `10.0.0.${index}` }, { findings }) }));
    const one = (await rendered("markdown", flawed(1))).text;
    assert.match(one, /\nThese pass, but:\n\n\| \| Address .*\n\| --- .*\n\| ✓ \| `10\.0\.0\.0` \|.*also has AAAA/);
    assert.doesNotMatch(one, /more of these/);
    assert.match((await rendered("markdown", flawed(41))).text, /\n\.\.\. and 1 more of these\.\n/);
  });

  it("counts what passes, in the singular and the plural", async () => {
    const summary = async (count: number) => (await rendered("markdown", Array(count).fill({ verdict: pass }))).text;
    assert.match(await summary(1), /<summary>1 address passes<\/summary>/);
    assert.match(await summary(2), /<summary>2 addresses pass<\/summary>/);
  });

  it("has the whole transcript on request, under the address", async () => {
    const { text } = await rendered("markdown", [{ verdict: pass }], { explain: true });
    assert.match(text, /<summary>Every hop for `192\.0\.2\.10`<\/summary>/);
    assert.match(text, /^\| .*10\.2\.0\.192\.in-addr\.arpa PTR$/m);
  });

  it("fits in a comment, however many addresses there are and however long their names", async () => {
    const long = "x".repeat(5000);
    const findings = [finding({ message: long, fix: long, who: long })];
    const bad = Array.from({ length: 500 }, (_, index) => failing(`10.0.1.${index % 256}`, long, { findings }));
    const good = Array.from({ length: 500 }, (_, index) =>
      verdictOn({ ip: `10.0.2.${index % 256}`, expected: "a".repeat(253) }),
    );
    const { text } = await rendered(
      "markdown",
      [...bad, ...good].map((verdict) => ({ verdict })),
      { explain: true, receivers: true },
    );
    assert.ok(text.length < 65_536, String(text.length));
    const rows = (mark: string) => text.split("\n").filter((line) => line.startsWith(`| ${mark} |`)).length;
    const left = (what: string) => Number(new RegExp(`and (\\d+) more that ${what}\\.`).exec(text)?.[1] ?? 0);
    assert.ok(rows("✗") > 20 && rows("✓") > 20);
    assert.equal(rows("✗") + left("do not pass"), 500);
    assert.equal(rows("✓") + left("pass"), 500);
    assert.match(text, /\.\.\. and every hop for \d+ more addresses\./);
    assert.equal(text.match(/<details>/g)?.length, text.match(/<\/details>/g)?.length);
  });

  it("holds no markup, link, mention or cell but its own, whatever names DNS gives", async () => {
    await fc.assert(
      fc.asyncProperty(hostileVerdict, hostileText, async (verdict, hostile) => {
        const stack = stackWith(hostile);
        const { text } = await rendered("markdown", [{ verdict, stack }], { explain: true, receivers: true });
        let fence: string | undefined;
        let rows = 0;
        for (const line of text.split("\n")) {
          assert.doesNotMatch(line, /[^\P{C}]/u);
          const opened = /^(`{3,})text$/.exec(line)?.[1];
          if (fence !== undefined) {
            if (line === fence) fence = undefined;
            else assert.ok(line.startsWith("| ") || line === "|" || line.startsWith("192.0.2.10: "), line);
            continue;
          }
          if (opened !== undefined) {
            fence = opened;
            continue;
          }
          const prose = line
            .replace(/`[^`]*`/g, "CODE")
            .replace(/&#\d+;/g, "")
            .replace(/^<\/?(details|summary)>|<\/summary>$/g, "")
            .replace(/^### /, "");
          if (line.startsWith("|")) {
            rows++;
            assert.equal(cells(line).length, 7, line);
          }
          assert.doesNotMatch(prose, /[`<>[\]*_~@#$\\]|https?:\/\/|www\.|&/, line);
        }
        assert.equal(fence, undefined);
        assert.equal(rows, 3);
      }),
      { numRuns: 300 },
    );
  });
});

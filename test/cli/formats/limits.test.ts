/** How much a report shows of long lists and texts, and what it counts instead. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { StackEntry } from "../../../cli/formats/format";
import { receiverLines } from "../../../cli/formats/receiver-lines";
import { decisiveFindings, waitingFor } from "../../../cli/formats/wording";
import { failing, finding, hop, verdictOn } from "../verdicts";
import { rendered } from "./rendered";

const ticket: NonNullable<StackEntry["ticket"]> = {
  provider: "RackNerd",
  subject: "PTR for 192.0.2.10",
  body: "Please set the PTR.",
  route: { by: "support ticket", url: "https://my.racknerd.com", account: "yours" },
  missing: [],
  since: null,
};
const addresses = (count: number) => Array.from({ length: count }, (_, n) => `10.0.${n >> 8}.${n & 255}`);
const passing = (count: number) => addresses(count).map((ip) => ({ verdict: verdictOn({ ip }) }));
const weak = ["port-53-blocked", "resolver-not-believed", "limit-reached", "out-of-time", "server-excluded"] as const;

describe("a comment for a pull request", () => {
  it("has a hundred rows of what passes, and counts the rest", async () => {
    for (const [count, rest] of [
      [100, undefined],
      [101, "1"],
      [150, "50"],
    ] as const) {
      const { text } = await rendered("markdown", passing(count));
      assert.equal(text.match(/^\| ✓ \|/gm)?.length, 100);
      assert.equal(/\n\.\.\. and (\d+) more that pass\.\n/.exec(text)?.[1], rest);
    }
  });

  it("has no transcript that nobody asked for", async () => {
    assert.doesNotMatch((await rendered("markdown", passing(1))).text, /Every hop/);
  });

  it("has the tickets that fit, and counts the rest", async () => {
    const stack = { urn: "urn", ticket: { ...ticket, body: "long ".repeat(700) } } as unknown as StackEntry;
    const results = addresses(30).map((ip) => ({ verdict: failing(ip), stack }));
    const { text } = await rendered("markdown", results);
    const shown = text.match(/ waits for /g)?.length ?? 0;
    assert.ok(shown > 5 && shown < 30, String(shown));
    assert.match(text, new RegExp(`\\n\\n\\.\\.\\. and ${30 - shown} more tickets\\.\\n`));
    assert.doesNotMatch((await rendered("markdown", results.slice(0, 2))).text, /more tickets/);
  });

  it("has the lines of receivers that fit, and counts the rest", async () => {
    const long = "x".repeat(400);
    const findings = [finding({ message: long, fix: long, who: long })];
    const full = Array.from({ length: 40 }, (_, n) => ({ verdict: failing(`10.0.0.${n}`, long, { findings }) }));
    const { text } = await rendered("markdown", [...full, ...passing(200)], { receivers: true });
    const shown = text.match(/^10\.0\.0\.\d+: /gm)?.length ?? 0;
    const each = (await receiverLines(verdictOn({ ip: "10.0.0.1" }))).length;
    const left = Number(/\n\n\.\.\. and (\d+) more lines\.\n/.exec(text)?.[1]);
    assert.ok(shown > 0 && left > 0, `${shown} and ${left}`);
    assert.equal((shown + left) % each, 0);
    const few = await rendered("markdown", passing(2), { receivers: true });
    assert.equal(few.text.match(/^10\.0\.0\.\d+: /gm)?.length, 2 * each);
    assert.doesNotMatch(few.text, /more lines/);
  });

  it("tells the worst finding in a row, and beside it only what weakens the verdict", async () => {
    const found = async (...findings: Parameters<typeof finding>[0][]) => {
      const verdict = failing("192.0.2.11", "mail.example.com", { findings: findings.map(finding) });
      const [row = ""] = (await rendered("markdown", [{ verdict }])).text.match(/^\| ✗ .*$/m) ?? [];
      return row.split(" | ")[4];
    };
    const worst = { message: "no PTR" };
    const other = { rule: "no-forward", message: "no address" };
    const blocked = { rule: "port-53-blocked", severity: "warning", message: "port 53 is blocked" } as const;
    const late = { rule: "out-of-time", severity: "warning", message: "the time was up" } as const;
    assert.equal(await found(worst, other), "no PTR");
    assert.equal(await found(worst, other, blocked, late), "no PTR; port 53 is blocked; the time was up");
    assert.equal(await found(blocked), "port 53 is blocked");
  });

  it("has three hundred characters of a finding", async () => {
    const cell = async (message: string) => {
      const verdict = failing("192.0.2.11", "mail.example.com", { findings: [finding({ message })] });
      return /\| (x+(?:\.\.\.)?) \|/.exec((await rendered("markdown", [{ verdict }])).text)?.[1];
    };
    assert.equal(await cell("x".repeat(300)), "x".repeat(300));
    assert.equal(await cell("x".repeat(301)), `${"x".repeat(300)}...`);
  });
});

describe("the text report", () => {
  it("sums up two addresses, whatever became of them", async () => {
    const results = [verdictOn({ ip: "192.0.2.10" }), failing("192.0.2.11")].map((verdict) => ({ verdict }));
    assert.match((await rendered("text", results)).text, /\n2 addresses: 1 pass, 1 fail in 1\.3 s\n$/);
    assert.match((await rendered("text", results.slice(0, 1), { unchecked: () => 1 })).text, /\n2 addresses: /);
    assert.doesNotMatch((await rendered("text", results.slice(1))).text, /addresses?:/);
  });

  it("has four records of an answer", async () => {
    const records = ["a", "b", "c", "d", "e"].map((name) => `x. 300 IN PTR ${name}.example.`);
    const hops = [hop({ question: "11.2.0.192.in-addr.arpa PTR", records })];
    const { text } = await rendered("text", [{ verdict: failing("192.0.2.11", "mail.example.com", { hops }) }]);
    assert.match(text, /asked .*a\.example\., .*b\.example\., .*c\.example\., .*d\.example\.\n/);
  });
});

describe("what weakens a verdict", () => {
  for (const rule of weak) {
    it(`is told beside the errors: ${rule}`, () => {
      const warning = finding({ rule, severity: "warning" });
      const other = finding({ rule: "server-lame", severity: "warning" });
      const { findings } = failing("192.0.2.11");
      const [error] = findings;
      assert.deepEqual(decisiveFindings({ ...failing("192.0.2.11"), findings: [...findings, warning, other] }), [
        error,
        warning,
      ]);
    });
  }
});

it("a ticket of which no day is known is waited for since no day", () => {
  const how = "send this ticket if you have not done so";
  assert.ok(waitingFor({ ticket })?.startsWith(`RackNerd: ${how} (`), waitingFor({ ticket }));
  const dated = { ...ticket, since: "2026-11-01T10:00:00Z" };
  assert.ok(waitingFor({ ticket: dated })?.startsWith(`RackNerd since 2026-11-01: ${how} (`));
});

it("a receiver's line has the words with which it refuses, where they are known", async () => {
  const lines = await receiverLines(failing("192.0.2.11"));
  assert.match(lines.join("\n"), /^Gmail.*: refuses, no-ptr: 550[ -]\S+ .* \(.*, read \d{4}-\d\d-\d\d\)$/m);
});

import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { observed, unwatched } from "../../../cli/watch/steadiness";
import type { Verdict } from "../../../fcrdns/verdict";
import { failing, finding, unknown, verdictOn } from "../verdicts";

const ip = "192.0.2.10";
const kinds: Readonly<Record<string, Verdict>> = {
  p: verdictOn({ ip }),
  q: verdictOn({ ip }, { ptr: ["other.example.com"] }),
  f: failing(ip),
  m: failing(ip, "mail.example.com", { reason: "forward-mismatch" }),
  u: unknown(ip),
  s: { ...unknown(ip), reason: "servfail" },
  a: verdictOn({ ip }, { findings: [finding({ rule: "other-family-uncovered" })] }),
};

/** The changes that are reported, as `from>to@pass`. */
function told(seen: string, times: number): string[] {
  let watched = unwatched;
  return [...seen].flatMap((kind, pass) => {
    const step = observed(watched, kinds[kind] as Verdict, times);
    watched = step.watched;
    const letter = (verdict: Verdict | null) =>
      Object.entries(kinds).find(([, known]) => known === verdict)?.[0] ?? "-";
    return step.change === undefined ? [] : [`${letter(step.change.from)}>${letter(step.change.to)}@${pass + 1}`];
  });
}

describe("a change", () => {
  const rows: [what: string, seen: string, times: number, told: string[]][] = [
    ["is none while all is well", "ppppp", 3, []],
    ["counts when it was seen three times in a row", "pfff", 3, ["p>f@4"]],
    ["is reported once", "pfffffff", 3, ["p>f@4"]],
    ["does not count when it goes away", "pffpffp", 3, []],
    ["does not count when it flaps", "pfpfpfpfpf", 2, []],
    ["counts at once when that is asked for", "pfp", 1, ["p>f@2", "f>p@3"]],
    ["back to good counts by the same rule", "pfffppp", 3, ["p>f@4", "f>p@7"]],
    ["of the PTR's name alone counts", "pqq", 2, ["p>q@3"]],
    ["from one failure to another counts", "pffmm", 2, ["p>f@3", "f>m@5"]],
    ["of what is wrong beside a pass counts, and that it is gone", "paaapppp", 3, ["p>a@4", "a>p@7"]],
    ["of what is wrong beside a pass does not count when it flaps", "papapap", 2, []],
    ["starts anew when it turns into another one", "pfmfm", 2, []],
    ["to unknown counts, whatever the reasons are", "pusu", 3, ["p>u@4"]],
    ["is what fails from the very beginning", "fff", 3, ["->f@3"]],
    ["is not what passes from the very beginning", "ppp", 3, []],
    ["is not what passes after a bad beginning", "ffp", 3, []],
  ];
  for (const [what, seen, times, expected] of rows) {
    it(`${what}: ${seen} with ${times}`, () => assert.deepEqual(told(seen, times), expected));
  }

  it("is never reported before its state was seen that often in a row", () => {
    const kind = fc.constantFrom(..."pqfmusa");
    fc.assert(
      fc.property(fc.array(kind, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (seen, times) => {
        for (const each of told(seen.join(""), times)) {
          const pass = Number(each.split("@")[1]);
          const last = seen.slice(pass - times, pass).map((letter) => (letter === "s" ? "u" : letter));
          assert.ok(pass >= times && last.every((letter) => letter === last[0]), each);
        }
      }),
    );
  });
});

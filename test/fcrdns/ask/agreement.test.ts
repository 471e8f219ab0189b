/** Which servers a round still waits for. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { agreement, Failures, keptAnswers } from "../../../fcrdns/ask/agreement";
import { keptKey } from "../../../fcrdns/ask/ask-authoritative";
import type { Lookup, QuestionType, ServerAnswer } from "../../../fcrdns/evidence";

const MAIL = "mail.example.com";
const IP = "192.0.2.10";
const ARPA = "10.2.0.192.in-addr.arpa";
const subject = { ip: IP, family: 4, arpa: ARPA, expected: MAIL } as const;

const good: readonly ServerAnswer[] = [{ server: "s1", outcome: "ok", values: [MAIL] }];
const silent = (server: string): ServerAnswer => ({ server, outcome: "timeout", values: [] });

function lookup(type: QuestionType, answers: readonly ServerAnswer[], aliases: readonly string[] = []): Lookup {
  return { name: type === "PTR" ? ARPA : MAIL, type, zone: "example.com", aliases, answers };
}

describe("a server agrees when all of its answers do", () => {
  const wrong = lookup("A", [{ server: "s1", outcome: "ok", values: ["192.0.2.99"] }]);
  const right = lookup("PTR", good);
  for (const [what, lookups] of [
    ["the wrong answer first", [wrong, right]],
    ["the wrong answer last", [right, wrong]],
  ] as const) {
    it(what, () => assert.deepEqual(agreement(lookups, subject), { asked: 1, agreed: 0 }));
  }
  it("servers that were not queried do not count", () => {
    const lookups = [lookup("PTR", [...good, { server: "s2", outcome: "not-asked", values: [] }])];
    assert.deepEqual(agreement(lookups, subject), { asked: 1, agreed: 1 });
  });
});

describe("answers that need no further query", () => {
  it("are kept for the name that was asked for at the end of the aliases", () => {
    const kept = keptAnswers([lookup("PTR", good, ["a.example.net", "b.example.net"])], subject);
    assert.deepEqual([...kept.keys()], [keptKey("PTR", "b.example.net", "s1")]);
  });
  it("are not kept behind an alias where servers differ", () => {
    const answers = [...good, { server: "s2", outcome: "ok", values: ["old.example.com"] } as const];
    assert.equal(keptAnswers([lookup("PTR", answers, ["a.example.net"])], subject).size, 0);
    assert.equal(keptAnswers([lookup("PTR", answers)], subject).size, 1);
  });
});

describe("a server that fails three rounds in a row", () => {
  /** @param rounds what s2 says in each; s1 is always right */
  function after(...rounds: ServerAnswer[]): Failures {
    const failures = new Failures();
    for (const said of rounds) failures.count([lookup("PTR", [...good, said])], subject);
    return failures;
  }
  const wrong: ServerAnswer = { server: "s2", outcome: "ok", values: ["old.example.com"] };

  it("is dead after the third, not after the second", () => {
    assert.equal(after(silent("s2"), silent("s2")).isDead("s2"), false);
    assert.equal(after(silent("s2"), silent("s2"), silent("s2")).isDead("s2"), true);
  });
  it("counts from the start after an answer", () => {
    const failures = after(silent("s2"), silent("s2"), { ...good[0], server: "s2" } as ServerAnswer, silent("s2"));
    assert.equal(failures.isDead("s2"), false);
    assert.equal(failures.anyPending, true);
  });
  it("is waited for where its last answer was not what is wanted", () => {
    const failures = after(wrong, silent("s2"), silent("s2"), silent("s2"));
    assert.deepEqual([failures.isDead("s2"), failures.fellSilent], [false, true]);
  });
  it("fell silent in the last round only", () => {
    assert.equal(after().fellSilent, false);
    assert.equal(after(wrong).fellSilent, false);
    assert.equal(after(wrong, silent("s2"), wrong).fellSilent, false);
  });
  it("keeps its failure for the name and for the end of its aliases, where another server answers", () => {
    const failures = after(silent("s2"), silent("s2"), silent("s2"));
    const answers = [...good, silent("s2")];
    assert.deepEqual(
      [...failures.deadAnswers([lookup("PTR", answers, ["a.example.net"])]).keys()],
      [keptKey("PTR", "a.example.net", "s2"), keptKey("PTR", ARPA, "s2")],
    );
    assert.equal(failures.deadAnswers([lookup("PTR", [silent("s2")])]).size, 0);
  });
  it("is not dead because its alias chain is too long, or because it was not queried", () => {
    for (const outcome of ["cname", "not-asked"] as const) {
      const said: ServerAnswer = { server: "s2", outcome, values: [] };
      assert.equal(after(said, said, said).isDead("s2"), false);
    }
  });
});

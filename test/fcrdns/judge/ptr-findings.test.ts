import { strict as assert } from "node:assert";
import { describe, test } from "node:test";
import type { Cause } from "../../../fcrdns/cause";
import { judge } from "../../../fcrdns/judge/judge";
import { heard, type Said } from "./heard";

const MAIL = ["mail.example.com"];
const OLD = ["old.example.com"];

describe("what this machine could not reach is for its owner to mend", () => {
  const exhausted: Cause = { kind: "no-way", code: "EMFILE" };
  const noRoute: Cause = { kind: "no-way", code: "ENETUNREACH" };
  /** @param causes why each of the servers was not asked */
  function fixWhere(...causes: readonly Cause[]): string | undefined {
    const evidence = heard({ ptr: causes.map(() => "not-asked" as const) });
    const answers = evidence.ptr.answers.map((answer, i) => ({ ...answer, why: [causes[i] as Cause] }));
    const { findings } = judge({ ...evidence, ptr: { ...evidence.ptr, answers } });
    return findings.find(({ rule }) => rule === "ptr-unanswered")?.fix;
  }
  test("no socket left for one of the servers: more open files", () => {
    assert.match(fixWhere(exhausted, noRoute) ?? "", /ulimit -n/);
    assert.match(fixWhere(noRoute, exhausted) ?? "", /ulimit -n/);
  });
  test("another reason for one of the servers: whoever runs the reverse zone", () => {
    assert.doesNotMatch(
      fixWhere({ kind: "rcode", rcode: "NOTAUTH" }, noRoute) ?? "",
      /ulimit|another machine|Check again from/,
    );
  });
  test("no route to any server: another machine", () => {
    assert.match(fixWhere(noRoute, noRoute) ?? "", /^Check again from a machine that can reach these servers/);
  });
});

describe("of servers that differ, those without the expected name are not up to date", () => {
  const who = (expected: string | null, ...ptr: readonly Said[]) =>
    judge(heard({ expected, ptr })).findings.find(({ rule }) => rule === "servers-disagree")?.who ?? "";

  test("one has it: the other is named", () => {
    assert.match(who("mail.example.com", MAIL, OLD), /; not up to date: r2\.example\.net 192\.0\.2\.51:53$/);
  });
  test("none has it, or none is expected: no server is behind another", () => {
    assert.doesNotMatch(who("mx.example.com", MAIL, OLD), /not up to date/);
    assert.doesNotMatch(who(null, MAIL, OLD), /not up to date/);
  });
});

import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stepsOf } from "../../../fcrdns/report/steps";
import type { Finding } from "../../../fcrdns/verdict";

const finding = (message: string, fix: string, who = "you"): Finding => ({
  rule: "name-generic",
  severity: "error",
  message,
  fix,
  who,
});

describe("the steps that fix a verdict", () => {
  it("are said once each, with everything that they fix, in the order in which they are needed", () => {
    const steps = stepsOf([
      finding("no address", "set the PTR"),
      finding("no A", "publish A", "the zone's owner"),
      finding("generic", "set the PTR"),
    ]);
    assert.deepEqual(
      steps.map(({ findings, fix, who }) => [findings.map(({ message }) => message), fix, who]),
      [
        [["no address", "generic"], "set the PTR", "you"],
        [["no A"], "publish A", "the zone's owner"],
      ],
    );
  });

  it("differ when somebody else takes them", () => {
    assert.equal(stepsOf([finding("a", "publish A", "one"), finding("b", "publish A", "another")]).length, 2);
  });

  it("are none where nothing was found", () => assert.deepEqual(stepsOf([]), []));
});

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CloudError, type Environment, type Properties } from "../../providers/internal/simulation/simulated-cloud";
import { asFarAsKnown, inTurn, withMarks, withUnknowns } from "../../providers/internal/simulation/unknown-value";

/** The engine's own mark, `plugin.UnknownStringValue` in its sources. */
const MARK = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const world = {} as Environment;
const inPreview = (inputs: Properties) => withUnknowns(inputs) as Properties;
const refuse = (why: string): never => {
  throw new CloudError(why);
};

describe("a check in a preview", () => {
  test("refuses what is known to be wrong beside a value that is not known", () => {
    const check = asFarAsKnown((inputs) => (inputs.type === "MX" ? refuse("no MX here") : inputs));
    assert.throws(() => check(inPreview({ value: MARK, type: "MX" }), world), CloudError);
  });

  test("sees that an unknown value is there, and that it is not a plain one", () => {
    const check = asFarAsKnown((inputs) => {
      assert.equal(inputs.priority === undefined, false);
      return typeof inputs.priority === "number" ? inputs : refuse("priority is required");
    });
    assert.throws(() => check(inPreview({ priority: MARK }), world), /priority is required/);
  });

  for (const [how, read] of [
    ["as text", (value: unknown) => `${value}`],
    ["as a number", (value: unknown) => Number(value)],
    ["by its length", (value: unknown) => (value as string).length],
    ["as JSON", (value: unknown) => JSON.stringify(value)],
  ] as const) {
    test(`refuses nothing once it reads an unknown value ${how}`, () => {
      const check = asFarAsKnown((inputs) => (read(inputs.value) === "" ? inputs : refuse("wrong")));
      const inputs = inPreview({ list: [{ value: MARK }], value: MARK });
      assert.deepEqual(withMarks(check(inputs, world)), { list: [{ value: MARK }], value: MARK });
    });
  }

  test("goes on with the next check after one that came upon an unknown value", () => {
    const check = inTurn(
      (inputs) => (String(inputs.value) === "" ? inputs : refuse("first")),
      () => refuse("second"),
    );
    assert.throws(() => check(inPreview({ value: MARK }), world), /second/);
  });

  test("leaves the defaults that it filled in, and the marks", () => {
    const filled = asFarAsKnown((inputs) => ({ ttl: 1800, ...inputs }))(inPreview({ value: MARK }), world);
    assert.deepEqual(withMarks(filled), { ttl: 1800, value: MARK });
  });
});

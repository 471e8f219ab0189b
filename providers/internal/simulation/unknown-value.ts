/**
 * Values that a preview does not know yet, as a provider's check meets them: it can tell that something was given, and
 * refuse what must be plain (`typeof priority !== "number"`), but it cannot read the value.
 */
import type { Check } from "./simulated-cloud";

/** The engine's mark for a value that is not known yet; it reaches `check` and `diff` in previews. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Thrown where a check reads an unknown value. */
class UnknownRead extends Error {}

const unknown: object = new Proxy(Object.freeze({}), {
  get: () => {
    throw new UnknownRead("the value is not known in this preview");
  },
});

/** Replaces the engine's marks with values that throw when they are read. */
export function withUnknowns(value: unknown): unknown {
  return value === UNKNOWN ? unknown : mapped(value, withUnknowns);
}

/** The reverse: the engine's marks again. */
export function withMarks(value: unknown): unknown {
  return value === unknown ? UNKNOWN : mapped(value, withMarks);
}

/** A check that, where it comes upon a value that is not known, refuses nothing and leaves the inputs as they are. */
export function asFarAsKnown(check: Check): Check {
  return (inputs, world, resource) => {
    try {
      return check(inputs, world, resource);
    } catch (error) {
      if (error instanceof UnknownRead) {
        return inputs;
      }
      throw error;
    }
  };
}

/** Several checks as one: a value that one of them cannot read yet does not keep the next from refusing. */
export function inTurn(...checks: readonly Check[]): Check {
  return (inputs, world, resource) =>
    checks.reduce((seen, check) => asFarAsKnown(check)(seen, world, resource), inputs);
}

function mapped(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(change);
  }
  return value !== null && typeof value === "object"
    ? Object.fromEntries(Object.entries(value).map(([key, field]) => [key, change(field)]))
    : value;
}

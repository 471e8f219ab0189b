import { rule, type Violation } from "../rule";
import type { ConfigProblem } from "../waiver";

/**
 * The engine accepts rules and keys that nobody has heard of without a word, so a slip of the pen would switch a check
 * off. What is wrong is found by `gate-config.ts`, before any rule runs.
 */
export const configuration = rule({
  name: "fcrdns-configuration",
  demand: "The gate's own configuration says what it means.",
  severity: "high",
  level: "mandatory",
  cause: "A misspelt rule or key, a value that a key does not take, a waiver without reason or end, an expired waiver.",
  explanation:
    "A misspelt key counts for nothing, and the check that it was to change runs as if it were not there; a waiver without end is never looked at again.",
  fix: "Write the name that the violation proposes. Renew an expired waiver with a new date and reason, or remove it.",
  source: "docs/rules.md",
  preview: "yes",
  check: ({ problems }) => problems.map(configurationViolation),
});

export function configurationViolation({ at, message, fix, expired }: ConfigProblem): Violation {
  return { message: `${at} ${message}.\n  next      ${fix}`, ...(expired !== true && { level: "mandatory" }) };
}

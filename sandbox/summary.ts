/** The last lines of `npm start`: one row an address, as plain text in columns. */
import type { Verdict } from "../fcrdns/verdict";

const HEAD = ["host name", "address", "PTR", "forward", "verdict", "time"] as const;

/**
 * @param verdicts one row each
 * @returns lines without colour; DNS text in a verdict is escaped already
 */
export function summaryTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(rowOf);
  const widths = HEAD.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [line(HEAD), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

function rowOf(verdict: Verdict): string[] {
  const hostname = verdict.expected ?? verdict.confirmed[0] ?? "";
  const forward = verdict.forward[hostname] ?? [];
  return [
    hostname,
    verdict.ip,
    // No answer is not "no record".
    verdict.ptr.join(" ") || (verdict.iprev === "temperror" ? "unknown" : "none"),
    forward.length === 0 ? "none" : forward.includes(verdict.ip) ? "has it" : forward.join(" "),
    verdict.status === "pass" ? "pass" : `${verdict.status} (${verdict.reason})`,
    `${verdict.ms.toFixed(0)} ms`,
  ];
}

/** The status that a CI job needs: 0 only when every address passes, 3 when none failed but some could not be verified. */
export function exitStatus(verdicts: readonly Verdict[]): 0 | 1 | 3 {
  if (verdicts.length === 0 || verdicts.some(({ status }) => status === "fail")) {
    return 1;
  }
  return verdicts.every(({ status }) => status === "pass") ? 0 : 3;
}

/** What passes and is still worth mending: each warning once, with its next step. */
export function warnings(verdicts: readonly Verdict[]): string[] {
  const lines = verdicts
    .filter(({ status }) => status === "pass")
    .flatMap(({ findings }) => findings.filter(({ severity }) => severity === "warning"))
    .map(({ message, fix }) => `${message}. ${fix}`);
  return [...new Set(lines)];
}

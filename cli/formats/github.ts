/** For a GitHub Actions job: an annotation for each address that does not pass, and Markdown in the job's summary. */
import { createColors } from "picocolors";
import type { Verdict } from "../../fcrdns/verdict";
import { counted, emptyTally } from "../exit-status";
import { forAnnotation, forAnnotationProperty } from "./escape";
import type { Checked, Format } from "./format";
import { MarkdownReport } from "./markdown";
import { headline } from "./text";
import { decisiveFindings, nameOf, outcomeOf, totals, waitingFor, wantedOf } from "./wording";

const plain = createColors(false);

export const github: Format = async function* (results, context) {
  const summary = new MarkdownReport(context);
  let tally = emptyTally;
  for await (const checked of results) {
    tally = counted(tally, checked.verdict.status);
    await summary.add(checked);
    if (checked.verdict.status === "pass") yield `${headline(checked.verdict, plain)}\n`;
    const said = annotation(checked);
    if (said !== undefined) yield `${said}\n`;
  }
  await context.addToJobSummary(summary.toString());
  yield `fcrdns: ${totals(tally, context.unchecked())}\n`;
};

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function annotation({ verdict, origin, stack }: Checked): string | undefined {
  const findings = decisiveFindings(verdict);
  if (verdict.status === "pass" && findings.length === 0) return undefined;
  const command = verdict.status === "fail" ? "error" : "warning";
  const properties = {
    ...(origin && { file: origin.file, line: String(origin.line) }),
    title: `fcrdns: ${verdict.ip} ${outcomeOf(verdict)}`,
  };
  const shown = Object.entries(properties).map(([name, value]) => `${name}=${forAnnotationProperty(value)}`);
  const waiting = stack && verdict.status !== "pass" ? waitingFor(stack) : undefined;
  const lines = [
    subject(verdict),
    ...findings.flatMap(({ message, fix, who }) => [`Found: ${message}`, `Fix: ${fix} (${who})`]),
    ...(waiting === undefined ? [] : [`Waiting for ${waiting}`]),
  ];
  return `::${command} ${shown.join(",")}::${forAnnotation(lines.join("\n"))}`;
}

function subject(verdict: Verdict): string {
  const { ip, status } = verdict;
  if (status === "pass") return `${ip} as ${nameOf(verdict)} passes, with a warning.`;
  return status === "fail"
    ? `${ip} does not round-trip: expected ${wantedOf(verdict)}.`
    : `Nothing definite is known of ${ip}: expected ${wantedOf(verdict)}.`;
}

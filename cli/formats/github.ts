/** For a GitHub Actions job: annotations of the addresses that do not pass, and Markdown in the job summary. */
import { createColors } from "picocolors";
import { blamesOtherFamily, statusText, wantedOf } from "../../fcrdns/report/verdict-text";
import type { Verdict } from "../../fcrdns/verdict";
import { counted, emptyTally } from "../exit-status";
import { forAnnotation, forAnnotationProperty, forLog } from "./escape";
import type { Checked, Format } from "./format";
import { MarkdownReport } from "./markdown";
import { headline } from "./text";
import { decisiveFindings, nameOf, outcomeOf, reasonsOf, totals, waitingFor } from "./wording";

/**
 * Annotations of one level that a step shows; GitHub drops the rest silently.
 * Source: docs/problem-matchers.md of github.com/actions/toolkit, "Limitations", read 2026-11-21.
 */
const MAX_ANNOTATIONS = 10;

const plain = createColors(false);

export const github: Format = async function* (results, context) {
  const summary = new MarkdownReport(context);
  const bounded = { error: new Bounded("error"), warning: new Bounded("warning") };
  let tally = emptyTally;
  for await (const checked of results) {
    tally = counted(tally, checked.verdict.status);
    await summary.add(checked);
    if (checked.verdict.status === "pass") yield `${headline(checked.verdict, plain)}\n`;
    const annotation = annotationOf(checked);
    if (annotation !== undefined) yield* bounded[annotation.level].next(annotation);
  }
  await context.addToJobSummary(summary.toString());
  for (const level of [bounded.error, bounded.warning]) yield* level.end();
  yield `fcrdns: ${totals(tally, context.unchecked())}\n`;
};

type Level = "error" | "warning";

interface Annotation {
  readonly level: Level;
  /** The workflow command. */
  readonly command: string;
  /** The same in one plain line of the log. */
  readonly line: string;
}

/** Lets as many annotations through as are shown; the last place is for how many there are beyond. */
class Bounded {
  #seen = 0;
  #last: Annotation | undefined;

  public constructor(private readonly level: Level) {}

  public *next(annotation: Annotation): Generator<string> {
    this.#seen++;
    if (this.#seen < MAX_ANNOTATIONS) yield `${annotation.command}\n`;
    else if (this.#seen === MAX_ANNOTATIONS) this.#last = annotation;
    else yield `${annotation.line}\n`;
  }

  public *end(): Generator<string> {
    if (this.#last === undefined) return;
    if (this.#seen === MAX_ANNOTATIONS) {
      yield `${this.#last.command}\n`;
      return;
    }
    yield `${this.#last.line}\n`;
    const more = this.#seen - MAX_ANNOTATIONS + 1;
    const what = this.level === "error" ? "do not pass" : "are unknown, or pass with a finding";
    const message = `${more} more addresses ${what}: the log of this step lists them, and the job summary has a table.`;
    yield `::${this.level} title=${forAnnotationProperty(`fcrdns: ${more} more`)}::${forAnnotation(message)}\n`;
  }
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function annotationOf({ verdict, origin, stack }: Checked): Annotation | undefined {
  const findings = decisiveFindings(verdict);
  // That the name is one's own is no reason for a warning.
  const isGood = findings.every(({ rule }) => rule === "name-own-domain");
  if (verdict.status === "pass" && isGood) return undefined;
  const level = verdict.status === "fail" ? "error" : "warning";
  const properties = {
    ...(origin && { file: origin.file, line: String(origin.line) }),
    title: `fcrdns: ${verdict.ip} ${outcomeOf(verdict)}`,
  };
  const shown = Object.entries(properties).map(([name, value]) => `${name}=${forAnnotationProperty(value)}`);
  const waiting = stack && verdict.status !== "pass" ? waitingFor(stack) : undefined;
  const lines = [
    subject(verdict),
    ...findings.flatMap(({ message, fix, who }) => [`Found: ${message}`, `Fix: ${fix} (${who})`]),
    ...reasonsOf(stack).map((reason) => `Why it sends: ${reason}`),
    ...(waiting === undefined ? [] : [`Waiting for ${waiting}`]),
  ];
  const [worst] = findings;
  const found = worst === undefined ? "" : `: ${worst.message}`;
  return {
    level,
    command: `::${level} ${shown.join(",")}::${forAnnotation(lines.join("\n"))}`,
    line: `${headline(verdict, plain)}${forLog(found)}`,
  };
}

function subject(verdict: Verdict): string {
  const { ip, status, iprev, reason, expected, confirmed } = verdict;
  if (status === "pass") return `${ip} as ${nameOf(verdict)} passes, with a finding.`;
  if (blamesOtherFamily(verdict) || (status === "fail" && iprev === "pass")) {
    const wanted = expected === null || confirmed.includes(expected) ? "" : `: expected ${wantedOf(verdict)}`;
    return `${ip} ${statusText(verdict)} (${reason})${wanted}.`;
  }
  return status === "fail"
    ? `${ip} does not round-trip: expected ${wantedOf(verdict)}.`
    : `The result for ${ip} is unknown: expected ${wantedOf(verdict)}.`;
}

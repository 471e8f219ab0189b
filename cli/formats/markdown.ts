/** A comment for a pull request: the verdict in the heading, what fails first, the rest folded away. */
import type { Verdict } from "../../fcrdns/verdict";
import { counted, emptyTally, type Tally } from "../exit-status";
import { asMarkdownBlock, asMarkdownCode, forMarkdown } from "./escape";
import type { Checked, Format, ReportContext } from "./format";
import { receiverLines } from "./receiver-lines";
import { decisiveFindings, isWeakening, nameOf, reasonsOf, totals, waitingFor } from "./wording";

/**
 * Characters of the report: a comment at GitHub has at most 65,536 ("Body is too long (maximum is 65536 characters)"), and
 * what was left out is counted in a line each. The other formats have the whole report.
 */
const MAX_LENGTH = 64_000;
/** Rows that are kept; more never fit, or say nothing new. */
const MAX_FAILURES = 40;
const MAX_PASSES = 100;
/** Characters of the transcripts that are kept. */
const MAX_EXPLAINED = MAX_LENGTH;

export const markdown: Format = async function* (results, context) {
  const report = new MarkdownReport(context);
  for await (const checked of results) await report.add(checked);
  yield report.toString();
};

/** Collects what will be shown and counts the rest, so that it stays small however many addresses there are. */
export class MarkdownReport {
  #tally: Tally = emptyTally;
  readonly #failures: string[] = [];
  /** Failures of addresses that do round-trip. */
  #confirmed = 0;
  readonly #passes: string[] = [];
  /** Rows of addresses that pass although an error was found beside them. */
  readonly #flawed: string[] = [];
  #flawedLeft = 0;
  readonly #tickets: string[] = [];
  readonly #receivers: string[] = [];
  readonly #transcripts: string[] = [];
  #explained = 0;
  #transcriptsLeft = 0;

  public constructor(private readonly context: ReportContext) {}

  public async add(checked: Checked): Promise<void> {
    const { verdict } = checked;
    this.#tally = counted(this.#tally, verdict.status);
    if (verdict.status === "fail" && verdict.iprev === "pass") this.#confirmed++;
    if (verdict.status === "pass" && verdict.findings.some(({ severity }) => severity === "error")) {
      if (this.#flawed.length < MAX_FAILURES) this.#flawed.push(row(verdict));
      else this.#flawedLeft++;
    } else if (verdict.status === "pass") {
      if (this.#passes.length < MAX_PASSES) this.#passes.push(row(verdict));
    } else if (this.#failures.length < MAX_FAILURES) {
      this.#failures.push(row(verdict));
      const notes = [...reasonLines(checked), ...ticketLines(checked)];
      if (notes.length > 0) this.#tickets.push(notes.join("\n"));
    }
    if (this.context.receivers && this.#receivers.length < MAX_PASSES) {
      this.#receivers.push(...(await receiverLines(verdict)).map((line) => `${verdict.ip}: ${line}`));
    }
    if (this.context.explain && this.#explained >= MAX_EXPLAINED) {
      this.#transcriptsLeft++;
    } else if (this.context.explain) {
      const { explain } = await import("../../fcrdns/report/explain");
      const lines = explain(verdict)
        .trimEnd()
        .split("\n")
        .map((line) => `| ${line}`.trimEnd());
      this.#explained += lines.join("\n").length;
      this.#transcripts.push(folded(`Every hop for ${asMarkdownCode(verdict.ip)}`, asMarkdownBlock(lines)).join("\n"));
    }
  }

  public toString(): string {
    const { pass, fail, unknown } = this.#tally;
    const unchecked = this.context.unchecked();
    const bad = fail + unknown + unchecked;
    const heading =
      bad === 0
        ? "### ✓ fcrdns: every address has forward-confirmed reverse DNS"
        : fail > 0
          ? `### ✗ fcrdns: ${fail} of ${pass + bad} ${pass + bad === 1 ? "address does" : "addresses do"} not ${this.#confirmed > 0 ? "pass" : "round-trip"}`
          : `### ? fcrdns: the result is unknown for ${bad} of ${pass + bad} addresses`;
    const page = new Page([heading, "", totals(this.#tally, unchecked)]);
    page.add(this.#failures, fail + unknown, (rows, left) => [
      ...(rows.length === 0 ? [] : ["", ...HEAD, ...rows]),
      ...(left > 0 ? ["", `... and ${left} more that do not pass.`] : []),
    ]);
    page.add(this.#tickets, this.#tickets.length, (rows, left) => [
      ...rows,
      ...(left > 0 ? ["", `... and ${left} more tickets.`] : []),
    ]);
    page.add(this.#flawed, this.#flawed.length + this.#flawedLeft, (rows, left) => [
      ...(rows.length === 0 ? [] : ["", "These pass, but:", "", ...HEAD, ...rows]),
      ...(left > 0 ? ["", `... and ${left} more of these.`] : []),
    ]);
    const passing = pass - this.#flawed.length - this.#flawedLeft;
    page.add(this.#passes, passing, (rows, left) =>
      folded(`${passing} ${passing === 1 ? "address passes" : "addresses pass"}`, [
        ...(rows.length === 0 ? [] : [...HEAD, ...rows]),
        ...(left > 0 ? ["", `... and ${left} more that pass.`] : []),
      ]),
    );
    page.add(this.#receivers, this.#receivers.length, (rows, left) =>
      folded("Receivers", [
        ...(rows.length === 0 ? [] : asMarkdownBlock(rows)),
        ...(left > 0 ? ["", `... and ${left} more lines.`] : []),
      ]),
    );
    page.add(this.#transcripts, this.#transcripts.length + this.#transcriptsLeft, (rows, left) => [
      ...rows,
      ...(left > 0 ? ["", `... and every hop for ${left} more addresses.`] : []),
    ]);
    return page.toString();
  }
}

const HEAD = ["| | Address | Name | Verdict | Found | Fix | Who |", "| --- | --- | --- | --- | --- | --- | --- |"];

/** A text that stays below the limit: of each list as many rows as fit, and how many there are beyond. */
class Page {
  readonly #lines: string[];
  #length: number;

  public constructor(lines: readonly string[]) {
    this.#lines = [...lines];
    this.#length = lengthOf(lines);
  }

  /** @param total of the rows, those that were not kept too */
  public add(
    rows: readonly string[],
    total: number,
    render: (shown: readonly string[], left: number) => readonly string[],
  ): void {
    if (total === 0) return;
    const first = (count: number) => render(rows.slice(0, count), total - count);
    let fitting = 0;
    for (let above = rows.length + 1; above - fitting > 1; ) {
      const middle = Math.floor((fitting + above) / 2);
      if (this.#length + lengthOf(first(middle)) <= MAX_LENGTH) fitting = middle;
      else above = middle;
    }
    const lines = first(fitting);
    this.#lines.push(...lines);
    this.#length += lengthOf(lines);
  }

  public toString(): string {
    return `${this.#lines.join("\n")}\n`;
  }
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

function row(verdict: Verdict): string {
  const { ip, status, reason } = verdict;
  const findings = decisiveFindings(verdict);
  const [worst] = findings;
  const weak = findings.filter((found) => found !== worst && isWeakening(found)).map(({ message }) => message);
  const mark = { pass: "✓", fail: "✗", unknown: "?" }[status];
  const cells = [
    mark,
    asMarkdownCode(ip),
    asMarkdownCode(shortened(nameOf(verdict))),
    status === "pass" ? status : `${status} ${asMarkdownCode(reason)}`,
    ...(worst === undefined
      ? ["", "", ""]
      : [[worst.message, ...weak].join("; "), worst.fix, worst.who].map((each) => forMarkdown(shortened(each)))),
  ];
  return `| ${cells.join(" | ")} |`;
}

function reasonLines({ verdict, stack }: Checked): string[] {
  const reasons = reasonsOf(stack).map((reason) => forMarkdown(shortened(reason)));
  return reasons.length === 0 ? [] : ["", `${asMarkdownCode(verdict.ip)} sends mail: ${reasons.join("; ")}`];
}

function ticketLines({ verdict, stack }: Checked): string[] {
  const waiting = stack && waitingFor(stack);
  if (waiting === undefined || stack?.ticket === undefined) return [];
  const { subject, body, missing } = stack.ticket;
  const lines = missing.length > 0 ? missing : [`Subject: ${subject}`, "", ...body.split("\n")];
  return [
    "",
    `${asMarkdownCode(verdict.ip)} waits for ${forMarkdown(waiting)}`,
    "",
    ...asMarkdownBlock(lines.map((line) => `| ${line}`.trimEnd())),
  ];
}

function folded(summary: string, lines: readonly string[]): string[] {
  return ["", "<details>", `<summary>${summary}</summary>`, "", ...lines, "", "</details>"];
}

/** One cell cannot fill the comment. */
function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}...` : text;
}

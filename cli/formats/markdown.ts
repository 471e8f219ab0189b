/** A comment for a pull request: the verdict in the heading, what fails first, the rest folded away. */
import type { Verdict } from "../../fcrdns/verdict";
import { counted, emptyTally, type Tally } from "../exit-status";
import { asMarkdownBlock, asMarkdownCode, forMarkdown } from "./escape";
import type { Checked, Format, ReportContext } from "./format";
import { receiverLines } from "./receiver-lines";
import { decisiveFindings, isWeakening, nameOf, totals, waitingFor } from "./wording";

/** A comment has at most 65,536 characters; these rows fit; the other formats have the whole report. */
const MAX_FAILURES = 40;
const MAX_PASSES = 100;
/** Characters of the transcripts together. */
const MAX_EXPLAINED = 20_000;

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
      this.#tickets.push(...ticketLines(checked));
    }
    if (this.context.receivers && this.#receivers.length < MAX_PASSES) {
      this.#receivers.push(...(await receiverLines(verdict)).map((line) => `${verdict.ip}: ${line}`));
    }
    if (this.context.explain && this.#explained < MAX_EXPLAINED) {
      const { explain } = await import("../../fcrdns/report/explain");
      const lines = explain(verdict)
        .trimEnd()
        .split("\n")
        .map((line) => `| ${line}`.trimEnd());
      this.#explained += lines.join("\n").length;
      this.#transcripts.push(...folded(`Every hop for ${asMarkdownCode(verdict.ip)}`, asMarkdownBlock(lines)));
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
    const head = ["| | Address | Name | Verdict | Found | Fix | Who |", "| --- | --- | --- | --- | --- | --- | --- |"];
    const left = fail + unknown - this.#failures.length;
    const lines = [
      heading,
      "",
      totals(this.#tally, unchecked),
      ...(this.#failures.length === 0 ? [] : ["", ...head, ...this.#failures]),
      ...(left > 0 ? ["", `... and ${left} more that do not pass.`] : []),
      ...this.#tickets,
      ...(this.#flawed.length === 0 ? [] : ["", "These pass, but:", "", ...head, ...this.#flawed]),
      ...(this.#flawedLeft > 0 ? ["", `... and ${this.#flawedLeft} more of these.`] : []),
      ...this.#passed(pass - this.#flawed.length - this.#flawedLeft),
      ...(this.#receivers.length === 0 ? [] : folded("Receivers", asMarkdownBlock(this.#receivers))),
      ...this.#transcripts,
    ];
    return `${lines.join("\n")}\n`;
  }

  #passed(pass: number): string[] {
    if (pass === 0) return [];
    const head = ["| | Address | Name | Verdict | Found | Fix | Who |", "| --- | --- | --- | --- | --- | --- | --- |"];
    const left = pass - this.#passes.length;
    const lines = [...head, ...this.#passes, ...(left > 0 ? ["", `... and ${left} more that pass.`] : [])];
    return folded(`${pass} ${pass === 1 ? "address passes" : "addresses pass"}`, lines);
  }
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

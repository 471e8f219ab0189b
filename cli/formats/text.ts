/** For people: one line per address; for a failure also queries and answers, the fix, and who makes it. */
import { decisiveHops } from "../../fcrdns/report/failure-text";
import { stepsOf } from "../../fcrdns/report/steps";
import { wantedOf } from "../../fcrdns/report/verdict-text";
import type { Hop, Verdict } from "../../fcrdns/verdict";
import type { Colours } from "../colours";
import { counted, emptyTally } from "../exit-status";
import { forLog } from "./escape";
import type { Checked, Format, ReportContext } from "./format";
import { receiverLines } from "./receiver-lines";
import { decisiveFindings, marks, nameOf, reasonsOf, totals, waitingFor } from "./wording";

export const text: Format = async function* (results, context) {
  let tally = emptyTally;
  for await (const checked of results) {
    tally = counted(tally, checked.verdict.status);
    yield `${(await linesOf(checked, context)).join("\n")}\n`;
  }
  const unchecked = context.unchecked();
  if (tally.pass + tally.fail + tally.unknown + unchecked > 1) {
    yield `\n${totals(tally, unchecked)} in ${context.elapsedSeconds().toFixed(1)} s\n`;
  }
};

/** The lines about one address. None begins with anything out of DNS. */
async function linesOf(checked: Checked, context: ReportContext): Promise<string[]> {
  const { verdict } = checked;
  const lines = [headline(verdict, context.colours), ...advice(checked, context.colours)];
  if (context.receivers) lines.push(...indented("receiver", await receiverLines(verdict)));
  if (context.explain) {
    const { explain } = await import("../../fcrdns/report/explain");
    lines.push(
      ...explain(verdict)
        .trimEnd()
        .split("\n")
        .map((line) => `  | ${forLog(line)}`.trimEnd()),
    );
  }
  return lines;
}

/** `✓ 192.0.2.10  mail.example.com  pass` */
export function headline(verdict: Verdict, colours: Colours): string {
  const { ip, status, reason } = verdict;
  const paint = { pass: colours.green, fail: colours.red, unknown: colours.yellow }[status];
  const words = [`${marks[status]} ${ip}`, forLog(nameOf(verdict)), status, ...(status === "pass" ? [] : [reason])];
  const [mark = "", name = "", ...outcome] = words;
  return [paint(mark), name, paint(outcome.join("  "))].join("  ");
}

function advice({ verdict, stack }: Checked, colours: Colours): string[] {
  const passes = verdict.status === "pass";
  const answers = passes
    ? []
    : [...indented("asked", decisiveHops(verdict).map(hopLine)), ...indented("expected", [wantedOf(verdict)])];
  const findings = stepsOf(decisiveFindings(verdict)).flatMap(({ findings: same, fix, who }) => [
    ...same.flatMap(({ message, severity }) => indented(severity === "error" ? "found" : severity, [message])),
    ...indented("fix", [fix]).map(colours.bold),
    ...indented("who", [who]),
  ]);
  const computed = verdict.findings.filter(({ rule }) => rule === "receiver-computed").map(({ message }) => message);
  const waiting = stack === undefined || passes ? undefined : waitingFor(stack);
  const ticket = stack?.ticket;
  return [
    ...answers,
    ...findings,
    ...indented("computed", computed),
    ...(stack === undefined || passes ? [] : indented("resource", [stack.urn])),
    ...indented("why", reasonsOf(stack)),
    ...(waiting === undefined ? [] : indented("waiting", [`for ${waiting}`])),
    ...(waiting === undefined || ticket === undefined ? [] : ticketLines(ticket)),
  ];
}

function ticketLines({
  subject,
  body,
  missing,
}: {
  subject: string;
  body: string;
  missing: readonly string[];
}): string[] {
  const lines =
    missing.length > 0
      ? missing.map((sentence) => `first: ${sentence}`)
      : [`Subject: ${subject}`, "", ...body.split("\n")];
  return lines.map((line) => `  | ${forLog(line)}`.trimEnd());
}

function hopLine({ question, server, outcome, records, note }: Hop): string {
  const answer = records.length === 0 ? outcome : `${outcome}: ${records.slice(0, 4).join(", ")}`;
  return `${question} at ${server}: ${answer}${note === undefined ? "" : ` (${note})`}`;
}

/** `    fix       Set the PTR ...`: a fixed word comes before any text from DNS. */
function indented(label: string, texts: readonly string[]): string[] {
  return texts.map((line) => `    ${label.padEnd(9)} ${forLog(line)}`);
}

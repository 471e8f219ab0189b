/**
 * JUnit XML: one test case an address, `failure` for a definite failure, `error` where nothing definite is known. Written
 * so that it is valid under both schemas in use, Ant's (JUnit.xsd, the strict one) and Jenkins' (junit-10.xsd).
 */
import { decisiveHops } from "../../fcrdns/report/failure-text";
import { wantedOf } from "../../fcrdns/report/verdict-text";
import type { Verdict } from "../../fcrdns/verdict";
import { counted, emptyTally } from "../exit-status";
import { forXml } from "./escape";
import type { Checked, Format } from "./format";
import { decisiveFindings, nameOf, waitingFor } from "./wording";

export const junit: Format = async function* (results, context) {
  let tally = emptyTally;
  // The counts stand in front of the cases, so these wait.
  const cases: string[] = [];
  // Ant's schema allows a case that passes no text of its own, so what was found beside it stands with the suite.
  const said: string[] = [];
  for await (const checked of results) {
    tally = counted(tally, checked.verdict.status);
    cases.push(testCase(checked));
    if (checked.verdict.status === "pass") said.push(...passLines(checked.verdict));
  }
  const unchecked = context.unchecked();
  const attributes = [
    'name="fcrdns"',
    'package="fcrdns"',
    'id="0"',
    'hostname="localhost"',
    `timestamp="${new Date(context.startedAt).toISOString().slice(0, 19)}"`,
    `tests="${cases.length}"`,
    `failures="${tally.fail}"`,
    `errors="${tally.unknown}"`,
    `time="${seconds(context.elapsedSeconds() * 1000)}"`,
  ].join(" ");
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite ${attributes}>\n    <properties/>\n`;
  for (const each of cases) yield each;
  if (unchecked > 0) said.push(`interrupted: ${unchecked} more addresses were not checked`);
  yield `    <system-out>${said.map(forXml).join("\n")}</system-out>\n    <system-err></system-err>\n  </testsuite>\n</testsuites>\n`;
};

function testCase({ verdict, stack }: Checked): string {
  const { ip, status, reason, ms } = verdict;
  const open = `    <testcase classname="fcrdns" name="${forXml(`${ip} ${nameOf(verdict)}`)}" time="${seconds(ms)}"`;
  if (status === "pass") return `${open}/>\n`;
  const element = status === "fail" ? "failure" : "error";
  const waiting = stack && waitingFor(stack);
  const [worst] = decisiveFindings(verdict);
  const message = worst?.message ?? `expected ${wantedOf(verdict)}`;
  const lines = [
    ...heardLines(verdict),
    ...(waiting === undefined ? [] : [`waiting for ${waiting}`]),
    ...(stack === undefined ? [] : [`resource: ${stack.urn}`]),
  ];
  return [
    `${open}>`,
    `      <${element} type="${forXml(reason)}" message="${forXml(message)}">`,
    ...lines.map(forXml),
    `</${element}>`,
    "    </testcase>\n",
  ].join("\n");
}

/** What was found of an address that passes. Every line begins with a word of ours. */
function passLines(verdict: Verdict): string[] {
  return decisiveFindings(verdict).flatMap(({ message, fix, who, severity }) => [
    `${severity}: ${verdict.ip} passes, but ${message}`,
    `fix: ${fix}`,
    `who: ${who}`,
  ]);
}

/** What was asked and heard, what was found, how to mend it. Every line begins with a word of ours. */
function heardLines(verdict: Verdict): string[] {
  return [
    ...decisiveHops(verdict).map(
      ({ question, server, outcome, records }) =>
        `asked: ${question} at ${server}: ${[outcome, ...records.slice(0, 4)].join(" ")}`,
    ),
    `expected: ${wantedOf(verdict)}`,
    ...decisiveFindings(verdict).flatMap(({ message, fix, who }) => [
      `found: ${message}`,
      `fix: ${fix}`,
      `who: ${who}`,
    ]),
  ];
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

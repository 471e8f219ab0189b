/**
 * JUnit XML: one test case per address, `failure` for a definite failure, `error` for unknown. It is
 * valid under both schemas in use, Ant's (JUnit.xsd, the strict one) and Jenkins' (junit-10.xsd).
 */
import { decisiveHops } from "../../fcrdns/report/failure-text";
import { wantedOf } from "../../fcrdns/report/verdict-text";
import type { Verdict } from "../../fcrdns/verdict";
import { counted, emptyTally } from "../exit-status";
import { forXml } from "./escape";
import type { Checked, Format } from "./format";
import { decisiveFindings, nameOf, reasonsOf, waitingFor } from "./wording";

export const junit: Format = async function* (results, context) {
  let tally = emptyTally;
  // The counts come before the cases, so the cases are collected first.
  const cases: string[] = [];
  // Ant's schema allows a case that passes no text of its own, so its findings are in the suite's output.
  const output: string[] = [];
  for await (const checked of results) {
    tally = counted(tally, checked.verdict.status);
    cases.push(testCase(checked));
    if (checked.verdict.status === "pass") output.push(...passLines(checked.verdict));
  }
  const unchecked = context.unchecked();
  if (unchecked > 0) cases.push(uncheckedCase(unchecked));
  const attributes = [
    'name="fcrdns"',
    'package="fcrdns"',
    'id="0"',
    'hostname="localhost"',
    `timestamp="${new Date(context.startedAt).toISOString().slice(0, 19)}"`,
    `tests="${cases.length}"`,
    `failures="${tally.fail}"`,
    `errors="${tally.unknown + (unchecked > 0 ? 1 : 0)}"`,
    `time="${seconds(context.elapsedSeconds() * 1000)}"`,
  ].join(" ");
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite ${attributes}>\n    <properties/>\n`;
  for (const each of cases) yield each;
  yield `    <system-out>${output.map(forXml).join("\n")}</system-out>\n    <system-err></system-err>\n  </testsuite>\n</testsuites>\n`;
};

/** Whoever reads only this file must not take an interrupted run for a good one. */
function uncheckedCase(count: number): string {
  const message = `the check was stopped before ${count} more ${count === 1 ? "address was" : "addresses were"} checked`;
  return [
    '    <testcase classname="fcrdns" name="not checked" time="0.000">',
    `      <error type="not-checked" message="${message}"/>`,
    "    </testcase>\n",
  ].join("\n");
}

function testCase({ verdict, stack }: Checked): string {
  const { ip, status, reason, ms } = verdict;
  const open = `    <testcase classname="fcrdns" name="${forXml(`${ip} ${nameOf(verdict)}`)}" time="${seconds(ms)}"`;
  if (status === "pass") return `${open}/>\n`;
  const element = status === "fail" ? "failure" : "error";
  const waiting = stack && waitingFor(stack);
  const [worst] = decisiveFindings(verdict);
  const message = worst?.message ?? `expected ${wantedOf(verdict)}`;
  const lines = [
    ...answerLines(verdict),
    ...(waiting === undefined ? [] : [`waiting for ${waiting}`]),
    ...(stack === undefined ? [] : [`resource: ${stack.urn}`]),
    ...reasonsOf(stack).map((reason) => `why: ${reason}`),
  ];
  return [
    `${open}>`,
    `      <${element} type="${forXml(reason)}" message="${forXml(message)}">`,
    ...lines.map(forXml),
    `</${element}>`,
    "    </testcase>\n",
  ].join("\n");
}

/** Findings of an address that passes. Every line begins with a fixed word. */
function passLines(verdict: Verdict): string[] {
  return decisiveFindings(verdict).flatMap(({ message, fix, who, severity }) => [
    `${severity}: ${verdict.ip} passes, but ${message}`,
    `fix: ${fix}`,
    `who: ${who}`,
  ]);
}

/** Queries and answers, the findings, and their fixes. Every line begins with a fixed word. */
function answerLines(verdict: Verdict): string[] {
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

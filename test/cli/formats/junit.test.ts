import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { SaxesParser } from "saxes";
import type { Verdict } from "../../../fcrdns/verdict";
import { failing, hostileVerdict, unknown, verdictOn } from "../verdicts";
import { rendered } from "./rendered";

const noXmllint = spawnSync("xmllint", ["--version"]).error === undefined ? false : "xmllint is not installed";

/** Throws what xmllint says; otherwise what the XPath expression finds. */
function xmllint(xml: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync("xmllint", ["--nonet", ...args, "-"], { input: xml, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

/** What a report with every kind of verdict is made of. */
const ELEMENTS = ["testsuites", "testsuite", "properties", "testcase", "failure", "error", "system-out", "system-err"];

const report = async (verdicts: readonly Verdict[]): Promise<string> =>
  (
    await rendered(
      "junit",
      verdicts.map((verdict) => ({ verdict })),
    )
  ).text;
const valid = (xml: string): string => xmllint(xml, "--noout", "--schema", join(__dirname, "junit.xsd"));

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** The elements of a document, as a parser that takes nothing but well-formed XML reads them. */
function elementsOf(xml: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => assert.fail(error));
  parser.on("opentag", ({ name, attributes }) => {
    const element: Element = { name, attributes, text: "" };
    elements.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on("closetag", () => void open.pop());
  parser.write(xml).close();
  assert.deepEqual(open, []);
  return elements;
}

describe("an interrupted run", () => {
  it("says how many addresses were not checked", async () => {
    const textOf = async (count: number) => (await rendered("junit", [], { unchecked: () => count })).text;
    assert.match(await textOf(1), /before 1 more address was checked/);
    assert.match(await textOf(2), /before 2 more addresses were checked/);
  });

  it("is an error in JUnit too, where everything that was checked passes", async () => {
    const { text } = await rendered("junit", [{ verdict: verdictOn({ ip: "192.0.2.10" }) }], { unchecked: () => 3 });
    const elements = elementsOf(text);
    const suite = elements.find(({ name }) => name === "testsuite");
    assert.deepEqual([suite?.attributes.tests, suite?.attributes.failures, suite?.attributes.errors], ["2", "0", "1"]);
    assert.match(elements.find(({ name }) => name === "error")?.attributes.message ?? "", /3 more addresses/);
    if (noXmllint === false) valid(text);
  });
});

describe("junit's escaping", () => {
  it("is well-formed whatever names DNS gives, and nothing becomes markup", async () => {
    const verdicts = fc.sample(hostileVerdict, 400);
    const xml = await report(verdicts);
    const elements = elementsOf(xml);
    const count = (name: string) => elements.filter((element) => element.name === name).length;
    const failed = verdicts.filter(({ status }) => status !== "pass").length;
    assert.equal(count("testcase"), 400);
    assert.equal(count("failure") + count("error"), failed);
    assert.deepEqual([...new Set(elements.map(({ name }) => name))].sort(), [...ELEMENTS].sort());
    assert.doesNotMatch(xml, /[^\n\P{Cc}]|\]\]>|<!|<script/u);
  });

  it("gives back the same text when it is read", async () => {
    for (const text of ["<b>&\"'</b>", "]]>", "&amp;", "<!--", "<![CDATA[x]]>", "a=\"b\" c='d'", "&#0;&#x1b;"]) {
      const message = `before ${text} after`;
      const failed = failing("192.0.2.11");
      const findings = [{ rule: "no-ptr", severity: "error", message, fix: message, who: "the owner" } as const];
      const elements = elementsOf(await report([{ ...failed, findings }]));
      const failure = elements.find(({ name }) => name === "failure");
      assert.ok(failure?.text.includes(`fix: ${message}`), failure?.text);
      assert.equal(failure?.attributes.message, message);
    }
  });
});

describe("junit", { skip: noXmllint }, () => {
  it("is valid without addresses, and with each kind of verdict", async () => {
    valid(await report([]));
    valid(await report([verdictOn({ ip: "192.0.2.10" }), failing("192.0.2.11"), unknown("192.0.2.12")]));
  });

  it("has one test case an address, a failure for a failure and an error for what is not known", async () => {
    const xml = await report([verdictOn({ ip: "192.0.2.10" }), failing("192.0.2.11"), unknown("192.0.2.12")]);
    const rows: [path: string, value: string][] = [
      ["count(//testcase)", "3"],
      ["string(//testsuite/@tests)", "3"],
      ["string(//testsuite/@failures)", "1"],
      ["string(//testsuite/@errors)", "1"],
      ["string(//testcase[2]/@name)", "192.0.2.11 mail.example.com"],
      ["string(//testcase[2]/failure/@type)", "no-ptr"],
      ["string(//testcase[2]/failure/@message)", "192.0.2.11 has no PTR record"],
      ["string(//testcase[3]/error/@type)", "no-answer"],
    ];
    for (const [path, value] of rows) assert.equal(xmllint(xml, "--xpath", path), value, path);
    assert.match(
      xmllint(xml, "--xpath", "string(//failure)"),
      /^asked: .*nxdomain\nexpected: .*\nfound: .*\nfix: Set the PTR\.\nwho: the owner$/s,
    );
  });

  it("stays valid, and the test cases stay as many, whatever names DNS gives", async () => {
    const verdicts = fc.sample(hostileVerdict, 400);
    const xml = await report(verdicts);
    valid(xml);
    assert.equal(xmllint(xml, "--xpath", "count(//testcase)"), "400");
    assert.equal(
      xmllint(xml, "--xpath", "count(//*)"),
      String(405 + verdicts.filter(({ status }) => status !== "pass").length),
    );
    assert.doesNotMatch(xml, /[^\n\P{Cc}]|\]\]>|<!|<script/u);
  });
});

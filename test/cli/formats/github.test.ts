import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { failing, finding, hostileText, hostileVerdict, unknown, verdictOn } from "../verdicts";
import { rendered } from "./rendered";
import { azureCommands, runnerCommands } from "./runner-commands";

describe("github", () => {
  it("has an error for a failure, a warning for what is not known, and a line for a pass", async () => {
    const results = [verdictOn({ ip: "192.0.2.10" }), failing("192.0.2.11"), unknown("192.0.2.12")];
    const { text } = await rendered(
      "github",
      results.map((verdict) => ({ verdict })),
    );
    assert.deepEqual(
      runnerCommands(text).map(({ name, properties }) => [name, properties.title]),
      [
        ["error", "fcrdns: 192.0.2.11 fail no-ptr"],
        ["warning", "fcrdns: 192.0.2.12 unknown no-answer"],
      ],
    );
    assert.match(text, /^✓ 192\.0\.2\.10 {2}mail\.example\.com {2}pass$/m);
    assert.match(text, /^fcrdns: 3 addresses: 1 pass, 1 fail, 1 unknown$/m);
  });

  it("says what was found and how to fix it, at the line that names the address", async () => {
    const origin = { file: "a,b:c.txt", line: 3 };
    const [command] = runnerCommands((await rendered("github", [{ verdict: failing("192.0.2.11"), origin }])).text);
    assert.deepEqual(command?.properties, { file: "a,b:c.txt", line: "3", title: "fcrdns: 192.0.2.11 fail no-ptr" });
    assert.match(
      command?.data ?? "",
      /^192\.0\.2\.11 does not.*\nFound: 192\.0\.2\.11 has no PTR record\nFix: Set the PTR\. \(the owner\)$/,
    );
  });

  it("says of an address that one of its names confirms why it fails", async () => {
    const changes = { status: "fail", reason: "unconfirmed-ptr", findings: [finding({})] } as const;
    const verdict = verdictOn({ ip: "192.0.2.10", expected: "mail.example.com" }, changes);
    const [command] = runnerCommands((await rendered("github", [{ verdict }])).text);
    assert.match(command?.data ?? "", /^192\.0\.2\.10 .*\(unconfirmed-ptr\)\./);
    assert.doesNotMatch(command?.data ?? "", /does not round-trip/);
  });

  it("does not say of an address that round-trips that it does not", async () => {
    const other = finding({ rule: "other-family-uncovered", message: "mail.example.com also has AAAA 2001:db8::10" });
    const changes = { status: "fail", reason: "no-ptr", findings: [other] } as const;
    const [command] = runnerCommands(
      (await rendered("github", [{ verdict: verdictOn({ ip: "192.0.2.10" }, changes) }])).text,
    );
    assert.match(command?.data ?? "", /^192\.0\.2\.10 round-trips, but does not pass \(no-ptr\)\.\nFound: mail/);
  });

  it("warns of an address that passes with a warning", async () => {
    const findings = [finding({ severity: "warning", message: "ns2 is lame" })];
    const [command] = runnerCommands(
      (await rendered("github", [{ verdict: { ...verdictOn({ ip: "192.0.2.10" }), findings } }])).text,
    );
    assert.equal(command?.name, "warning");
  });

  it("has no more annotations than GitHub shows of a step, and says how many there are beyond", async () => {
    const at = (count: number, from: number) => Array.from({ length: count }, (_, i) => `192.0.2.${from + i}`);
    for (const [failures, unknowns, errors, warnings] of [
      [10, 10, 10, 10],
      [11, 0, 10, 0],
      [40, 60, 10, 10],
    ] as const) {
      const verdicts = [...at(failures, 1).map((ip) => failing(ip)), ...at(unknowns, 100).map((ip) => unknown(ip))];
      const { text } = await rendered(
        "github",
        verdicts.map((verdict) => ({ verdict })),
      );
      const commands = runnerCommands(text);
      const count = (level: string) => commands.filter(({ name }) => name === level).length;
      assert.deepEqual([count("error"), count("warning")], [errors, warnings]);
      const last = commands.filter(({ name }) => name === "error").at(-1);
      assert.match(last?.properties.title ?? "", failures === 10 ? /192\.0\.2\.10 fail/ : / \d+ more$/);
      for (const { ip } of verdicts) assert.ok(text.includes(`${ip} `), ip);
    }
  });

  it("writes the job's summary", async () => {
    const { summary } = await rendered("github", [{ verdict: failing("192.0.2.11") }]);
    assert.match(summary, /^### ✗ fcrdns: 1 of 1 address does not round-trip\n/);
  });

  it("gives no other command to a CI system, whatever names DNS gives", async () => {
    await fc.assert(
      fc.asyncProperty(hostileVerdict, hostileText, async (verdict, file) => {
        const { text, summary } = await rendered("github", [{ verdict, origin: { file, line: 1 } }], { explain: true });
        const commands = runnerCommands(text);
        const warned = verdict.status !== "pass" || verdict.findings.some(({ severity }) => severity !== "info");
        assert.equal(commands.length, warned ? 1 : 0);
        for (const { name, properties } of commands) {
          assert.match(name, /^(error|warning)$/);
          assert.deepEqual(Object.keys(properties), ["file", "line", "title"]);
          assert.equal(properties.line, "1");
        }
        assert.equal(text.trimEnd().split("\n").length, commands.length + (verdict.status === "pass" ? 2 : 1));
        assert.deepEqual([...azureCommands(text), ...runnerCommands(summary)], []);
        assert.doesNotMatch(text, /[^\n\P{C}]/u);
      }),
      { numRuns: 300 },
    );
  });
});

/** What reports say of an address that round-trips and fails for its host's other address alone. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { formatNames } from "../../../cli/formats/table";
import { run } from "../../../cli/run";
import { failureText } from "../../../fcrdns/report/failure-text";
import type { Verdict } from "../../../fcrdns/verdict";
import { FakeEnvironment } from "../fake-environment";
import { finding, verdictOn } from "../verdicts";

const message = "mail.example.com also has AAAA 2001:db8::10, which does not lead back: it has no PTR record";
const uncovered = finding({ rule: "other-family-uncovered", message });
const subject = { ip: "192.0.2.10", expected: "mail.example.com" };
const failing = verdictOn(subject, { status: "fail", reason: "no-ptr", findings: [uncovered] });
const unknown = verdictOn(subject, {
  status: "unknown",
  reason: "no-answer",
  findings: [finding({ rule: "other-family-unanswered", severity: "warning", message })],
});

async function reported(verdict: Verdict, format: string): Promise<string> {
  let summary = "";
  const environment = new FakeEnvironment({ judge: () => verdict, environment: { GITHUB_STEP_SUMMARY: "summary.md" } });
  environment.appendFile = async (_file, text) => {
    summary += text;
  };
  await run(["verify", "192.0.2.10=mail.example.com", "--every-family", "--format", format], environment);
  return environment.stdout.text + summary;
}

describe("with --every-family, an address that round-trips beside one that does not", () => {
  for (const format of formatNames) {
    it(`is never said not to round-trip: ${format}`, async () => {
      for (const verdict of [failing, unknown]) {
        const report = await reported(verdict, format);
        // The rules of SARIF stand before its results.
        assert.doesNotMatch(
          report.slice(Math.max(0, report.indexOf('"results"'))),
          /not round-trip|PTR mail\.example\.com, and/,
        );
      }
    });
  }

  it("is said to round-trip, with what is wrong and what was expected", () => {
    const [head, ...lines] = failureText(failing).split("\n");
    assert.equal(head, "192.0.2.10 as mail.example.com round-trips, but does not pass (no-ptr)");
    assert.ok(lines.includes("  expected  every address of mail.example.com to round-trip"));
    assert.match(failureText(unknown), /^192.*round-trips, but .* could not be verified \(no-answer\)\n/);
  });

  it("is said to fail by itself where something else is wrong with it", () => {
    const severalPtrs = finding({ rule: "extra-ptr-unconfirmed" });
    const verdict = { ...failing, reason: "unconfirmed-ptr", findings: [severalPtrs, uncovered] } as const;
    assert.match(failureText(verdict), /round-trips, but does not pass \(unconfirmed-ptr\)\n/);
  });
});

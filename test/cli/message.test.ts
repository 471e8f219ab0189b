import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ran } from "./fake-environment";
import { unknown, verdictOn } from "./verdicts";

function mail(sender: string, { above = "", helo = "mail.example.com" } = {}): string {
  return `${above}Received: from ${helo} (${helo} [${sender}])
\tby mx.example.net (Postfix) with ESMTPS id 1; Sun, 22 Nov 2026 03:00:00 +0000
Authentication-Results: mx.example.net; iprev=pass policy.iprev=203.0.113.5
Received: from good.example.org (good.example.org [203.0.113.5]) by mx.example.net with ESMTP id 2

Text
`;
}
const none = "Subject: x\n\nText\n";

describe("fcrdns message", () => {
  it("lists the sender of each message, each pair once, in the order found", async () => {
    const files = {
      "a.eml": mail("2001:db8::10"),
      "b.eml": mail("192.0.2.10"),
      "c.eml": mail("2001:0DB8::10", { helo: "MAIL.example.com" }),
      "d.eml": mail("192.0.2.11", { helo: "[192.0.2.11]" }),
    };
    const { status, stdout, stderr, environment } = await ran(["message", ...Object.keys(files), "--list"], { files });
    assert.equal(stdout, "2001:db8::10=mail.example.com\n192.0.2.10=mail.example.com\n192.0.2.11\n");
    assert.deepEqual([status, stderr, environment.asked], [0, "", []]);
  });

  it("checks the sender, from standard input too", async () => {
    for (const args of [["message"], ["message", "-"]]) {
      const { status, environment } = await ran(args, { stdin: mail("192.0.2.10").replaceAll("\n", "\r\n") });
      assert.deepEqual(environment.asked, [
        { ip: "192.0.2.10", expected: "mail.example.com", helo: "mail.example.com" },
      ]);
      assert.equal(status, 0);
    }
  });

  it("says why no sender is known, with file and line, and ends with 2", async () => {
    const internal = mail("10.0.0.5", { helo: "app.example.net" }).split("Authentication")[0] ?? "";
    for (const [files, args, message] of [
      [{ "a.eml": none }, [], /^fcrdns: a\.eml has no Received field: save the message/],
      [{ "a.eml": "hello\n" }, [], /^fcrdns: a\.eml line 1: it is no message/],
      [
        { "a.eml": internal },
        [],
        /^fcrdns: a\.eml names no host outside the receiver \(example\.net\); passed over: 10\.0\.0\.5\n$/,
      ],
      [
        { "a.eml": mail("192.0.2.10") },
        ["--receiver", "example.org"],
        /^fcrdns: a\.eml line 1: it has a topmost Received field by mx\.example\.net/,
      ],
      [
        { "a.eml": none, "b.eml": none },
        [],
        /^fcrdns: a\.eml has no Received.*\nfcrdns: b\.eml has no Received.*\nfcrdns: none of the 2 messages names/,
      ],
      [{}, ["a.eml"], /^fcrdns: cannot read a\.eml: there is no such file/],
    ] as const) {
      const { status, stdout, stderr } = await ran(["message", ...Object.keys(files), ...args], { files });
      assert.match(stderr, message);
      assert.deepEqual([status, stdout], [2, ""]);
    }
  });

  it("checks the others where one of several has no sender", async () => {
    const files = { "a.eml": none, "b.eml": mail("192.0.2.10") };
    const { status, stderr, environment } = await ran(["message", "a.eml", "b.eml"], { files });
    assert.match(stderr, /^fcrdns: a\.eml has no Received field: [^\n]*\n$/);
    assert.deepEqual([status, environment.asked.length], [0, 1]);
  });

  it("reads the first message of a mailbox and says that there is another", async () => {
    const mailbox = `From x@example.com Sun Nov 22 03:00:00 2026\n${mail("192.0.2.10")}\nFrom y@example.com Sun Nov 22 03:00:00 2026\n${mail("192.0.2.11")}`;
    const { status, stdout, stderr } = await ran(["message", "--list"], { stdin: mailbox });
    assert.equal(stdout, "192.0.2.10=mail.example.com\n");
    assert.equal(
      stderr,
      "fcrdns: standard input line 9: a second message begins here and is not read: give each message as a file of its own\n",
    );
    assert.equal(status, 0);
  });

  it("--expect: another address or another HELO name fails, with what was seen where", async () => {
    const files = { "a.eml": mail("192.0.2.10") };
    const run = (...plan: string[]) =>
      ran(["message", "a.eml", "--format", "json", ...plan.flatMap((each) => ["--expect", each])], { files });
    const asPlanned = await run("192.0.2.99=other.example.com", "192.0.2.10=Mail.Example.com.");
    assert.deepEqual([asPlanned.status, JSON.parse(asPlanned.stdout).results[0].findings], [0, []]);
    for (const [plan, expected, planned] of [
      ["192.0.2.99=mail.example.com", "mail.example.com", "192.0.2.99=mail.example.com"],
      ["192.0.2.10=planned.example.com", "planned.example.com", "planned.example.com"],
    ] as const) {
      const { status, stdout, environment } = await run(plan);
      const [result] = JSON.parse(stdout).results;
      assert.deepEqual(environment.asked, [{ ip: "192.0.2.10", expected, helo: "mail.example.com" }]);
      assert.deepEqual([status, result.status, result.findings.length], [1, "fail", 1]);
      const { rule, severity, message } = result.findings[0];
      assert.deepEqual([rule, severity], ["sent-otherwise", "error"]);
      assert.equal(
        message,
        `mx.example.net received the message from 192.0.2.10 with the EHLO name mail.example.com (Received, a.eml line 1), planned was ${planned}`,
      );
    }
  });

  it("--expect: a difference is a definite failure, whatever DNS says", async () => {
    const args = ["message", "-", "--expect", "192.0.2.99=mail.example.com"];
    const { status } = await ran(args, { stdin: mail("192.0.2.10"), judge: ({ ip }) => unknown(ip) });
    assert.equal(status, 1);
  });

  it("reports what the receiver computed beside the verdict, and where it differs", async () => {
    const above = "Authentication-Results: mx.example.net;\n iprev=fail policy.iprev=192.0.2.10; spf=pass\n";
    const stdin = mail("192.0.2.10", { above });
    const { status, stdout } = await ran(["message", "--format", "json"], { stdin });
    const [{ findings }] = JSON.parse(stdout).results;
    assert.deepEqual(
      findings.map(({ rule, severity, message }: Record<string, string>) => [rule, severity, message]),
      [
        [
          "receiver-iprev-differs",
          "warning",
          "mx.example.net computed iprev=fail for 192.0.2.10 (Authentication-Results, standard input line 1), and this check iprev=pass",
        ],
        [
          "receiver-computed",
          "info",
          "mx.example.net computed spf=pass for 192.0.2.10 (Authentication-Results, standard input line 1)",
        ],
      ],
    );
    assert.equal(status, 0);
    const text = await ran(["message"], { stdin });
    assert.match(text.stdout, /computed {2}mx\.example\.net computed spf=pass/);
    const same = await ran(["message"], { stdin, judge: (address) => verdictOn(address, { iprev: "fail" }) });
    assert.doesNotMatch(same.stdout, /and this check/);
  });

  it("escapes what stands in the headers", async () => {
    const helo = "a\u001b7.example.com";
    const stdin = mail("192.0.2.10", { helo }).replace(/\(.*? \[/, "(unknown [");
    const { stdout, stderr } = await ran(["message", "--expect", "192.0.2.9=mail.example.com"], { stdin });
    assert.ok(!`${stdout}${stderr}`.includes("\u001b"));
    assert.match(stdout, /a\\u\{1b\}7\.example\.com/);
  });

  it("refuses what cannot be used", async () => {
    for (const [args, message] of [
      [["--receiver", "192.0.2.1"], /--receiver "192\.0\.2\.1" is not a domain/],
      [["--receiver", ""], /--receiver "" is not a domain/],
      [["--expect", "mail.example.com"], /--expect "mail\.example\.com" has no "="/],
      [["--expect", "mail.example.com=192.0.2.1"], /--expect "mail\.example\.com=192\.0\.2\.1": /],
      [["--expect", "192.0.2.1="], /--expect "192\.0\.2\.1=": no name given|no host name/],
      [["--expect", "192.0.2.1=a.example.com", "--list"], /give one of them/],
    ] as const) {
      const { status, stderr } = await ran(["message", ...args], { stdin: mail("192.0.2.10") });
      assert.match(stderr, message);
      assert.equal(status, 2);
    }
  });
});

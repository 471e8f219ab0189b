import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseAuthenticationResults, parseReceivedSpf } from "../../../senders/message/receiver-results";

function results(value: string): unknown {
  const parsed = parseAuthenticationResults(value);
  return (
    parsed && [
      parsed.authservId,
      ...parsed.results.map(({ method, result, address, helo }) => [method, result, address?.text ?? null, helo]),
    ]
  );
}

describe("Authentication-Results", () => {
  const cases: [what: string, value: string, expected: unknown][] = [
    ["nothing done (RFC 8601 appendix B.2)", " example.org 1; none", ["example.org"]],
    [
      "iprev (RFC 8601 appendix B.5)",
      " example.com;\r\n  iprev=pass policy.iprev=192.0.2.200; auth=pass (cram-md5) smtp.auth=x",
      ["example.com", ["iprev", "pass", "192.0.2.200", null]],
    ],
    [
      "comments and versions in odd places (RFC 8601 appendix B.7)",
      ' foo.example.net (foobar) 1 (baz);\r\n dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n policy (A dot can go here) . (like that) expired; spf/1 = PASS smtp.helo = "mail.example.com"',
      ["foo.example.net", ["spf", "pass", null, "mail.example.com"]],
    ],
    [
      "Microsoft 365: no identifier, the address in a comment",
      " spf=pass (sender IP is 192.0.2.10)\r\n smtp.mailfrom=example.com; dkim=none (message not signed)\r\n header.d=none;dmarc=pass action=none header.from=example.com;compauth=pass reason=100",
      [null, ["spf", "pass", "192.0.2.10", null]],
    ],
    [
      "Fastmail",
      " mx6.messagingengine.com;\r\n    iprev=pass smtp.remote-ip=192.0.2.10 (mail.example.com);\r\n    spf=pass smtp.mailfrom=x@example.com smtp.helo=mail.example.com",
      ["mx6.messagingengine.com", ["iprev", "pass", "192.0.2.10", null], ["spf", "pass", null, "mail.example.com"]],
    ],
    [
      "quoted IPv6, a semicolon in quotes",
      ' mail.example.net; x-a=pass reason="a; iprev=fail"; iprev=permerror policy.iprev="2001:db8::10" (h.example.com)',
      ["mail.example.net", ["iprev", "permerror", "2001:db8::10", null]],
    ],
    ["a result in a comment is none", " example.org (; iprev=pass policy.iprev=192.0.2.1); none", ["example.org"]],
    ["unreadable", " example.org (; iprev=pass", null],
  ];
  for (const [what, value, expected] of cases) it(what, () => assert.deepEqual(results(value), expected));
});

describe("Received-SPF", () => {
  it("is read as RFC 7208 section 9.1 and receivers write it", () => {
    const read = (value: string) => {
      const parsed = parseReceivedSpf(value);
      return parsed && [parsed.result, parsed.address?.text ?? null, parsed.helo];
    };
    assert.deepEqual(
      read(
        ' pass (mybox.example.org: domain of\r\n myname@example.com designates 192.0.2.1 as permitted sender)\r\n receiver=mybox.example.org; client-ip=192.0.2.1;\r\n envelope-from="myname@example.com"; helo=foo.example.com;',
      ),
      ["pass", "192.0.2.1", "foo.example.com"],
    );
    assert.deepEqual(
      read(
        " Pass (protection.outlook.com: x) receiver=protection.outlook.com; client-ip=2001:db8::10; helo=m.example.com; pr=C",
      ),
      ["pass", "2001:db8::10", "m.example.com"],
    );
    assert.deepEqual(read(" neutral (google.com: 192.0.2.1 is neither permitted nor denied) client-ip=192.0.2.1;"), [
      "neutral",
      "192.0.2.1",
      null,
    ]);
    assert.equal(read(" (nothing)"), null);
  });
});

import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { readMessage } from "../../../senders/message/read-message";
import { receiverOf } from "../../../senders/message/receiver";

/** Who sent a message with these fields: `ADDRESS=NAME`, or why it is not known. */
function senderOf(fields: readonly string[], ...receivers: string[]): string {
  const text = `${fields.join("\r\n")}\r\nSubject: test\r\n\r\nText\r\n`;
  const read = readMessage(text, "mail.eml", receivers.length === 0 ? null : receiverOf(receivers));
  if (!read.ok) return read.why;
  const { address, name, helo } = read.message.sender;
  return `${address}${name === null ? (helo === undefined ? "" : ` ${helo}`) : `=${name}`}`;
}

const SENT = "192.0.2.10=mail.example.com";
const client = "mail.example.com (mail.example.com [192.0.2.10])";
const boundary = `Received: from ${client} by mx.example.net (Postfix) with ESMTPS id 1; Sun, 22 Nov 2026 03:00:00 +0000`;
/** What a sender would write to be taken for somebody else. */
const forged = [
  "Received: from good.example.org (good.example.org [203.0.113.5]) by mx.example.net (Postfix) with ESMTPS id 2",
  "Authentication-Results: mx.example.net; iprev=pass policy.iprev=203.0.113.5",
  "Received-SPF: pass client-ip=203.0.113.5; helo=good.example.org",
];

describe("who handed a message to its receiver", () => {
  const receivers: [what: string, fields: string[]][] = [
    ["one server", [boundary]],
    [
      "Gmail",
      [
        "Received: by 2002:a05:6358:e483:b0:ed:1eae:60a3 with SMTP id by3csp1",
        "X-Received: by 2002:a17:90a:1 with SMTP id 1",
        `Received: from mail.example.com (mail.example.com. [192.0.2.10]) by mx.google.com with ESMTPS id a1`,
      ],
    ],
    [
      "Microsoft 365",
      [
        "Received: from VI1PR02MB1.eurprd02.prod.outlook.com (::1) by AM0PR02MB2.eurprd02.prod.outlook.com with HTTPS; x",
        "Received: from FR0P281CA0237.DEUP281.PROD.OUTLOOK.COM (2603:10a6:d10:b2::9) by VI1PR02MB1.eurprd02.prod.outlook.com (2603:10a6:802:100::18) with Microsoft SMTP Server id 15",
        "Received: from VI1EUR06FT036.eop-eur06.prod.protection.outlook.com (2603:10a6:d10:b2:cafe::ef) by FR0P281CA0237.outlook.office365.com (2603:10a6:d10:b2::9) with Microsoft SMTP Server id 15 via Frontend Transport",
        "Received: from mail.example.com (192.0.2.10) by VI1EUR06FT036.mail.protection.outlook.com (10.13.6.61) with Microsoft SMTP Server id 15 via Frontend Transport",
      ],
    ],
    [
      "Yahoo",
      [
        "Received: from 10.217.151.74 by atlas105.free.mail.ne1.yahoo.com with HTTPS; x",
        "Received: from 192.0.2.10 (EHLO mail.example.com) by 10.217.151.74 with SMTPs; x",
      ],
    ],
    [
      "iCloud",
      [
        "Received: from ci74p00im-qukt09072702.me.com by p116-mailgateway-smtp-746c496c44-6mknn (mailgateway 2403B92) with SMTP id 1; x",
        `Received: from ${client} by ci74p00im-qukt09072702.me.com (Postfix) with ESMTPS id 2; x`,
      ],
    ],
    [
      "iCloud, internal names",
      [
        "Received: from p01-icloudmta-smtpin-us-1 by p139-mailgateway-smtp-68dc5445cf-4744b (mailgateway 2634B97) with SMTP id 1; x",
        `Received: from ${client} by p01-icloudmta-smtpin-us-1 (Postfix) with ESMTPS id 2; x`,
      ],
    ],
    [
      "Fastmail",
      [
        "Received: from compute3.internal (compute3.nyi.internal [10.202.2.43]) by sloti43n03 (Cyrus 3.11.0) with LMTPA; x",
        "Received: from mx6 ([10.202.2.205]) by compute3.internal (LMTPProxy); x",
        "Received: from mx6.messagingengine.com (localhost [127.0.0.1]) by mailmx.nyi.internal (Postfix) with ESMTP id 1",
        "Received: from mailmx.nyi.internal (localhost [127.0.0.1]) by mx6.messagingengine.com (Authentication Milter) with ESMTP id 2",
        `Received: from ${client} by mx6.messagingengine.com (Postfix) with ESMTPS id 3`,
      ],
    ],
    [
      "content filter and LMTP on one machine",
      [
        "Received: from mx.example.net by mx.example.net with LMTP id 1",
        "Received: from localhost (localhost [127.0.0.1]) by mx.example.net (Postfix) with ESMTP id 2",
        "Received: from mx.example.net ([127.0.0.1]) by localhost (mx.example.net [127.0.0.1]) (amavisd-new, port 10024) with ESMTP id 3",
        boundary,
      ],
    ],
    [
      "another server of the same domain, by its looked-up name",
      [
        "Received: from mx.example.net (mx.example.net [198.51.100.1]) by imap.example.net (Dovecot) with ESMTP id 1",
        boundary,
      ],
    ],
    [
      "the server itself by its own public address",
      [
        "Received: from mx.example.net ([198.51.100.1]) by mx.example.net ([198.51.100.1]) with Microsoft SMTP Server id 1",
        boundary,
      ],
    ],
    [
      "a server that says a name of another domain, from a looked-up one",
      [
        "Received: from mx.example.org (gw7.example.net [10.0.0.7]) by imap.example.net with ESMTP id 1",
        boundary.replace("mx.example.net", "mx.example.org"),
      ],
    ],
    [
      "qmail",
      [
        "Received: (qmail 1 invoked by uid 89); x",
        "Received: (qmail 2 invoked from network); x",
        "Received: from mail.example.com (192.0.2.10) by 0 with SMTP; x",
      ],
    ],
    [
      "fetched from a mailbox",
      [
        "Received: from imap.example.net [198.51.100.9] by laptop.example.org with IMAP (fetchmail-6.4.38) for <x@localhost> (single-drop); x",
        boundary,
      ],
    ],
  ];
  for (const [what, fields] of receivers) {
    it(`${what}: forged fields below change nothing`, () => {
      assert.equal(senderOf(fields), SENT);
      assert.equal(senderOf([...fields, ...forged]), SENT);
    });
  }

  it("does not take a host for the receiver's own that only says its name", () => {
    const liar = "mx.example.net (unknown [203.0.113.66])";
    assert.equal(
      senderOf([`Received: from ${liar} by mx.example.net with ESMTP id 1`, boundary]),
      "203.0.113.66=mx.example.net",
    );
    for (const name of ["am1.eurprd02.prod.outlook.com", "x.prod.protection.outlook.com"]) {
      const fields = [
        `Received: from ${name} (203.0.113.66) by A1.mail.protection.outlook.com (10.0.0.1) with Microsoft SMTP Server id 15`,
        `Received: from ${client} by ${name} (203.0.113.66) with Microsoft SMTP Server id 15`,
      ];
      assert.equal(senderOf(fields), `203.0.113.66=${name}`);
    }
  });

  it("does not take a doubted name, a customer's line or a neighbour's machine for the receiver's own", () => {
    for (const [by, said] of [
      ["mx.example.net", "mx.example.net (mx.example.net [203.0.113.66] (may be forged))"],
      ["mx.alice.ddns.net", "x (mx.bob.ddns.net [203.0.113.66])"],
      ["mx01.example.net", "x (203-0-113-66.dyn.example.net [203.0.113.66])"],
      ["mail.eu-west-1.compute.amazonaws.com", "x (ec2-203-0-113-66.eu-west-1.compute.amazonaws.com [203.0.113.66])"],
      ["static.1.100.51.198.clients.your-server.de", "x (static.66.113.0.203.clients.your-server.de [203.0.113.66])"],
    ] as const) {
      const name = said.split(" ")[0];
      assert.equal(
        senderOf([`Received: from ${said} by ${by} with ESMTP id 1`, ...forged]),
        `203.0.113.66=${name}`,
        said,
      );
    }
  });

  it("believes no server of a look-alike name", () => {
    for (const by of ["mx.ехample.net", "mx.example.net.evil.example", "mx-example.net", "evilexample.net"]) {
      const fields = [
        "Received: from gw.example.net (gw.example.net [10.0.0.7]) by imap.example.net with ESMTP id 1",
        `Received: from ${client} by ${by} with ESMTP id 2`,
      ];
      assert.match(senderOf(fields), /may be forged/, by);
    }
  });

  it("does not look behind a proxy that hides the sender's address", () => {
    const proxied =
      "Received: from mail.example.com (unknown [172.18.0.1]) by mx.example.net (Postfix) with ESMTP id 1";
    const own = [
      "Received: from laptop (cpe.example.org [203.0.113.7]) by mail.example.com (Postfix) with ESMTPSA id 2",
      "Received: from laptop (cpe.example.org [203.0.113.7]) by localhost (Postfix) with ESMTPSA id 2",
      "Received: from laptop (cpe.example.org [203.0.113.7]) by 10.0.0.2 with ESMTPSA id 2",
    ];
    for (const field of own) assert.match(senderOf([proxied, field]), /^names no host outside the receiver/, field);
  });

  it("says what keeps the sender from being known", () => {
    const cases: [fields: string[], why: RegExp][] = [
      [["X-Nothing: x"], /^has no Received field/],
      [
        ["Received: by mx.example.net (Postfix, from userid 0) id 1"],
        /^names no host outside the receiver \(example\.net\)$/,
      ],
      [["Received: from a (a [10.0.0.1]) by mx.example.net with ESMTP"], /passed over: 10\.0\.0\.1$/],
      [
        ["Received: from mail.example.com by mx.example.net with ESMTP", ...forged],
        /names no address of "mail\.example\.com"/,
      ],
      [["Received: from a (b [192.0.2.1] by mx.example.net", ...forged], /comment that does not end/],
      [["Received: from [203.0.113.7] by webmail.example.net with HTTP; x", boundary], /203\.0\.113\.7 with HTTP/],
    ];
    for (const [fields, why] of cases) assert.match(senderOf(fields), why);
  });

  it("--receiver: names within that domain alone, and the topmost field must be of it", () => {
    const inner = "Received: from out.example.net (out.example.net [198.51.100.1]) by mx.example.net with ESMTP id 1";
    assert.match(senderOf([inner]), /^names no host/);
    assert.equal(senderOf([inner], "mx.example.net"), "198.51.100.1=out.example.net");
    assert.match(
      senderOf([boundary], "example.org"),
      /topmost Received field by mx\.example\.net, which is not within example\.org/,
    );
    assert.equal(
      senderOf([`Received: from mail.example.com (x. [192.0.2.10]) by mx.google.com with ESMTPS id 1`], "gmail.com"),
      SENT,
    );
    assert.equal(
      senderOf(
        ["Received: from localhost (localhost [127.0.0.1]) by localhost with ESMTP id 1", boundary],
        "example.net",
      ),
      SENT,
    );
  });

  it("knows Google's internal addresses, 6to4 of private ones, also where the receiver is given", () => {
    const inside = "Received: by 2002:a05:6358:e483:b0:ed:1eae:60a3 with SMTP id 1; x";
    const fields = [
      inside,
      "Received: by 2002:a17:90a:cc0c:0:0:0:0 with SMTP id 2; x",
      `Received: from mail.example.com (x. [192.0.2.10]) by mx.google.com with ESMTPS id 2; x`,
    ];
    assert.equal(senderOf(fields, "gmail.com"), SENT);
  });

  it("--receiver, several: a filter service before the mailbox", () => {
    const fields = [
      "Received: by 2002:a05:612c:2691:b0:324:2126:330e with SMTP id 1; x",
      "Received: from mx08-0000.pphosted.com (mx08-0000.pphosted.com. [198.51.100.8]) by mx.google.com with ESMTPS id 2; x",
      "Received: from pps.filterd (m0240467.ppops.net [127.0.0.1]) by mx07-0000.pphosted.com (8.17.1.19/8.17.1.19) with ESMTP id 3; x",
      `Received: from ${client} by mx07-0000.pphosted.com (PPS) with ESMTPS id 4; x`,
    ];
    assert.equal(senderOf(fields), "198.51.100.8=mx08-0000.pphosted.com");
    assert.equal(senderOf([...fields, ...forged], "gmail.com", "pphosted.com"), SENT);
  });

  it("lists an address literal and what is no name as the bare address", () => {
    const said = (helo: string) =>
      senderOf([`Received: from ${helo} (unknown [192.0.2.10]) by mx.example.net with ESMTP`]);
    assert.equal(said("[10.0.0.5]"), "192.0.2.10 [10.0.0.5]");
    assert.equal(said("203.0.113.1"), "192.0.2.10 203.0.113.1");
    assert.equal(said("MAIL.Example.COM."), SENT);
    assert.equal(said("localhost"), "192.0.2.10=localhost");
  });

  it("never names an address of a forged field, whatever stands in it", () => {
    const words = fc.constantFrom(
      ...[
        "Received:",
        "from",
        "by",
        "mx.example.net",
        "with",
        "LMTP",
        "(",
        ")",
        "[203.0.113.5]",
        "203.0.113.5",
        "(good",
      ],
      ...[
        "[127.0.0.1]",
        "\r\n ",
        "\r\n",
        "\\",
        '"',
        ";",
        "<",
        ">",
        "helo=mx.example.net",
        "unknown",
        "\ufeff",
        "(Exim 4)",
      ],
    );
    const text = fc.array(words, { maxLength: 40 }).map((parts) => parts.join(" "));
    fc.assert(
      fc.property(text, (below) => {
        // A first line that begins with a space continues the receiver's field: then it may be too odd to be read.
        const found = senderOf([boundary, ...below.split("\r\n").filter((line) => line.trim() !== "")]);
        if (found !== SENT) assert.match(found, /"by" behind a semicolon/);
      }),
    );
  });

  it("takes time linear in the length of the header, whatever stands in it", () => {
    const piece = fc.constantFrom(
      "(",
      ")",
      "[",
      "]",
      '"',
      "\\",
      "<",
      ">",
      ";",
      ",",
      ".",
      "=",
      "a",
      " ",
      "@",
      "1.",
      ":",
      "%",
      "helo=",
      "EHLO ",
      "by ",
      "from ",
    );
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 4 }),
        fc.constantFrom("", "x", " by mx.example.net"),
        (parts, end) => {
          const value = parts.join("").repeat(8_000).slice(0, 16_000) + end;
          const fields = ["Received", "Authentication-Results", "Received-SPF"].map((name) => `${name}: from ${value}`);
          const start = performance.now();
          senderOf([...fields, boundary]);
          assert.ok(performance.now() - start < 1_000, JSON.stringify(parts));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("what the receiver computed", () => {
  const computed = (fields: readonly string[]) => {
    const read = readMessage(`${fields.join("\n")}\n`, "mail.eml", null);
    return read.ok
      ? read.message.computed.map(({ field, method, result, line }) => `${field} ${line} ${method}=${result}`)
      : [];
  };

  it("is read above the field that the receiver wrote for the sender, and of this sender alone", () => {
    const fields = [
      "Authentication-Results: mx.example.net; iprev=pass policy.iprev=10.0.0.7; spf=none",
      "Received: from gw.example.net (gw.example.net [10.0.0.7]) by imap.example.net with ESMTP id 1",
      "Authentication-Results: mx.example.net; iprev=fail policy.iprev=192.0.2.10; spf=pass smtp.helo=mail.example.com",
      "Authentication-Results: other.example.org; spf=fail",
      "Received-SPF: softfail client-ip=192.0.2.10",
      "ARC-Authentication-Results: i=1; mx.example.net; iprev=temperror policy.iprev=192.0.2.10",
      boundary,
      "Authentication-Results: mx.example.net; iprev=permerror policy.iprev=192.0.2.10",
      "Received-SPF: fail client-ip=192.0.2.10",
    ];
    assert.deepEqual(computed(fields), [
      "Authentication-Results 3 iprev=fail",
      "Authentication-Results 3 spf=pass",
      "Received-SPF 5 spf=softfail",
    ]);
  });

  it("stands directly below at Gmail: the first of each, and nothing after another field", () => {
    const google = "Received: from mail.example.com (x. [192.0.2.10]) by mx.google.com with ESMTPS id 1";
    const spf = "Received-SPF: pass (google.com: x) client-ip=192.0.2.10;";
    const results = "Authentication-Results: mx.google.com; dkim=pass; spf=pass smtp.mailfrom=x@example.com";
    const forgedResults = "Authentication-Results: mx.google.com; spf=fail";
    assert.deepEqual(computed([google, spf, results, forgedResults]), [
      "Received-SPF 2 spf=pass",
      "Authentication-Results 3 spf=pass",
    ]);
    assert.deepEqual(computed([google, "From: x@example.com", forgedResults]), []);
  });
});

import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseReceived } from "../../../senders/message/received";

type Expected = readonly [address: string | null, helo: string | null, lookedUp: string | null, by: string | null];

/** The value of a field, and who handed over and who wrote: forms of servers' documentation and of messages in public. */
const forms: readonly (readonly [server: string, value: string, expected: Expected | "local"])[] = [
  [
    "Postfix",
    "from mail.example.com (out.example.com [192.0.2.10])\r\n\tby mx.example.net (Postfix) with ESMTPS id 4X1; Sun, 22 Nov 2026 03:00:00 +0000 (UTC)",
    ["192.0.2.10", "mail.example.com", "out.example.com", "mx.example.net"],
  ],
  [
    "Postfix, no PTR, IPv6, TLS",
    "from mail.example.com (unknown [IPv6:2001:db8::10]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)) (No client certificate requested) by mx.example.net (Postfix) with ESMTPS id 4X1",
    ["2001:db8::10", "mail.example.com", null, "mx.example.net"],
  ],
  ["Postfix, from a program", "by mail.example.com (Postfix, from userid 33) id 4X1; Sun, 22 Nov 2026", "local"],
  [
    "Postfix, address literal",
    "from [10.0.0.5] (out.example.com [192.0.2.10]) by mx.example.net (Postfix) with ESMTP id 4X1",
    ["192.0.2.10", "[10.0.0.5]", "out.example.com", "mx.example.net"],
  ],
  [
    "Exim",
    "from out.example.com ([192.0.2.10] helo=mail.example.com) by mx.example.net with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.98) (envelope-from <a@example.com>) id 1tE-0",
    ["192.0.2.10", "mail.example.com", "out.example.com", "mx.example.net"],
  ],
  [
    "Exim, one name",
    "from mail.example.com ([192.0.2.10]:41234) by mx.example.net with esmtp (Exim 4.98) id 1tE-0",
    ["192.0.2.10", "mail.example.com", "mail.example.com", "mx.example.net"],
  ],
  [
    "Exim, no PTR",
    "from [192.0.2.10] (port=41234 helo=mail.example.com) by mx.example.net with esmtps (Exim 4.98) id 1tE-0",
    ["192.0.2.10", "mail.example.com", null, "mx.example.net"],
  ],
  ["Exim, local", "from root by mx.example.net with local (Exim 4.98) id 1tE-0", "local"],
  [
    "Sendmail, not confirmed",
    "from mail.example.com (out.example.com [192.0.2.10] (may be forged)) by mx.example.net (8.18.1/8.18.1) with ESMTP id 4AM",
    ["192.0.2.10", "mail.example.com", null, "mx.example.net"],
  ],
  [
    "Sendmail, ident",
    "from mail.example.com (IDENT:root@out.example.com [192.0.2.10]) by mx.example.net (8.18.1/8.18.1) with SMTP",
    ["192.0.2.10", "mail.example.com", "out.example.com", "mx.example.net"],
  ],
  ["Sendmail, local", "from localhost (localhost) by mx.example.net (8.18.1/8.18.1) id 4AM", "local"],
  ["Sendmail, submit", "(from www@localhost) by mail.example.com (8.18.1/8.18.1/Submit) id 4AM", "local"],
  [
    "Gmail",
    "from mail.example.com (out.example.com. [2001:db8::10])\r\n        by mx.google.com with ESMTPS id a1si1.2026.11.22 for <x@example.net> (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);\r\n        Sun, 22 Nov 2026",
    ["2001:db8::10", "mail.example.com", "out.example.com", "mx.google.com"],
  ],
  ["Gmail, inside", "by 2002:a05:6358:878b:b0:dd:2674:4af2 with SMTP id t11csp1; Sun, 22 Nov 2026", "local"],
  [
    "Microsoft 365",
    "from mail.example.com (192.0.2.10) by AM6EUR05FT01.mail.protection.outlook.com (10.233.240.1) with Microsoft SMTP Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.8182.16 via Frontend Transport",
    ["192.0.2.10", "mail.example.com", null, "AM6EUR05FT01.mail.protection.outlook.com"],
  ],
  [
    "Exchange, zone",
    "from EX1.example.net ([fe80::19bd:c588:dd17:5226]) by EX1.example.net ([fe80::19bd:c588:dd17:5226%6]) with mapi id 15.02.1748.010",
    ["fe80::19bd:c588:dd17:5226", "EX1.example.net", null, "EX1.example.net"],
  ],
  [
    "IIS",
    "from mail.example.com ([192.0.2.10] RDNS failed) by mx.example.net with Microsoft SMTPSVC(6.0.3790.0)",
    ["192.0.2.10", "mail.example.com", null, "mx.example.net"],
  ],
  ["IIS, pickup", "from mail pickup service by mx.example.net with Microsoft SMTPSVC", "local"],
  [
    "Yahoo",
    "from 192.0.2.10 (EHLO mail.example.com)\r\n by 10.253.230.42 with SMTPs\r\n (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256); Sun, 22 Nov 2026",
    ["192.0.2.10", "mail.example.com", null, "10.253.230.42"],
  ],
  [
    "Yahoo, inside",
    "from 10.253.230.42 by atlas101.free.mail.ne1.yahoo.com with HTTPS",
    ["10.253.230.42", null, null, "atlas101.free.mail.ne1.yahoo.com"],
  ],
  [
    "qmail",
    "from out.example.com (HELO mail.example.com) (192.0.2.10)\n  by mx.example.net with SMTP; 22 Nov 2026 03:00:00 -0000",
    ["192.0.2.10", "mail.example.com", "out.example.com", "mx.example.net"],
  ],
  [
    "qmail, no PTR, ident",
    "from unknown (HELO ?192.0.2.99?) (joe@192.0.2.10) by 0 with SMTP; 22 Nov 2026",
    ["192.0.2.10", "?192.0.2.99?", null, "0"],
  ],
  [
    "qmail-ldap, HELO like an address",
    "from unknown (HELO [203.0.113.9]) ([192.0.2.10]) (envelope-sender <x@example.org>) by 198.51.100.1 (qmail-ldap-1.03) with SMTP",
    ["192.0.2.10", "[203.0.113.9]", null, "198.51.100.1"],
  ],
  ["qmail, queue", "(qmail 10681 invoked by uid 404); 14 Nov 2026 08:05:52 -0000", "local"],
  [
    "GMX",
    "from mail.example.com ([192.0.2.10]) by mx-ha.gmx.net (mxgmx016 [212.227.15.9]) with ESMTPS (Nemesis) id 1M1-1",
    ["192.0.2.10", "mail.example.com", null, "mx-ha.gmx.net"],
  ],
  [
    "CommuniGate",
    "from [192.0.2.10] (account u@example.org HELO [10.10.10.10]) by mx.example.net (CommuniGate Pro SMTP 6.3) with ESMTPSA id 1",
    ["192.0.2.10", "[10.10.10.10]", null, "mx.example.net"],
  ],
  [
    "CommuniGate, confirmed",
    "from mail.example.com ([192.0.2.10] verified) by mx.example.net (CommuniGate Pro SMTP 6.3) with ESMTP id 1",
    ["192.0.2.10", "mail.example.com", "mail.example.com", "mx.example.net"],
  ],
  [
    "Momentum",
    "from ([192.0.2.10:53798] helo=mail.example.com) by mx.example.net (ecelerity 2.1 r(10620)) with ESMTP id 5A",
    ["192.0.2.10", "mail.example.com", null, "mx.example.net"],
  ],
  [
    "KumoMTA",
    "from mail.example.com (192.0.2.10) by mx.example.net (KumoMTA 198.51.100.1) with ESMTPS id 5a for <x@example.net>",
    ["192.0.2.10", "mail.example.com", null, "mx.example.net"],
  ],
  [
    "Courier",
    "from mail.example.com (softdnserr [::ffff:192.0.2.10]) by mx.example.net with esmtp; Sun, 22 Nov 2026",
    ["192.0.2.10", "mail.example.com", null, "mx.example.net"],
  ],
  [
    "OpenSMTPD",
    "from mail.example.com (out.example.com [192.0.2.10])\r\n\tby mx.example.net (OpenSMTPD) with ESMTPS id 5db34e0d (TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO)",
    ["192.0.2.10", "mail.example.com", "out.example.com", "mx.example.net"],
  ],
  [
    "OpenSMTPD, local",
    "from localhost (mx.example.net [local]) by mx.example.net (OpenSMTPD) with ESMTPA id 5db",
    "local",
  ],
  [
    "Mimecast",
    "from mail.example.com (out.example.com [192.0.2.10]) (Using TLS) by relay.mimecast.com with ESMTP with STARTTLS (version=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384) id uk-mta-1",
    ["192.0.2.10", "mail.example.com", "out.example.com", "relay.mimecast.com"],
  ],
  ["Cyrus", "from mx.example.net ([unix socket]) by imap1 (Cyrus 3.11) with LMTPA; Sun, 22 Nov 2026", "local"],
  [
    "simta",
    "FROM mail.example.com (out.example.com [192.0.2.10]) BY mx.example.net ID 434B",
    ["192.0.2.10", "mail.example.com", "out.example.com", "mx.example.net"],
  ],
  [
    "ZMailer",
    'from out.example.com ([192.0.2.10]:55690 "EHLO mail.example.com" rhost-flags-OK-OK-OK-OK) by mx.example.net with ESMTP id S239853',
    ["192.0.2.10", "mail.example.com", "out.example.com", "mx.example.net"],
  ],
  [
    "Stalwart",
    "from mail.example.com (out.example.com [192.0.2.10] (AS64496 Example Ltd., Inc., US)) (using TLSv1.3 with cipher TLS13_AES_256_GCM_SHA384) by mx.example.net (Stalwart SMTP) with ESMTPS id 49A",
    ["192.0.2.10", "mail.example.com", "out.example.com", "mx.example.net"],
  ],
  [
    "Yandex, TLS behind the date",
    "from mail.example.com (out.example.com [2001:db8::10]) by mxfront7g.mail.yandex.net (mxfront/Yandex) with ESMTPS id n6; Sat, 26 Sep 2020 14:40:31 +0300 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))",
    ["2001:db8::10", "mail.example.com", "out.example.com", "mxfront7g.mail.yandex.net"],
  ],
  [
    "HELO that is a keyword",
    "from by (unknown [192.0.2.10]) by mx.example.net (Postfix) with SMTP",
    ["192.0.2.10", "by", null, "mx.example.net"],
  ],
  [
    "a name of a server in a comment is none",
    "from mail.example.com (by mx.google.com (x) [192.0.2.10]) by mx.example.net with SMTP",
    ["192.0.2.10", "mail.example.com", null, "mx.example.net"],
  ],
  [
    "HELO with a quotation mark",
    'from " (unknown [192.0.2.10]) by mx.example.net (Postfix) with ESMTP id "a by b" for <"x by y"@example.net>',
    ["192.0.2.10", '"', null, "mx.example.net"],
  ],
  [
    "comments between all words (RFC 5322 section 3.2.2)",
    "(a (b)) from (c) mail.example.com (d) (out.example.com [192.0.2.10]) by (e) mx.example.net (f) with (g) ESMTP",
    ["192.0.2.10", "mail.example.com", "out.example.com", "mx.example.net"],
  ],
  [
    "no address",
    "from mail.example.com by mx.example.net with SMTP id 1; Sun, 22 Nov 2026",
    [null, "mail.example.com", null, "mx.example.net"],
  ],
  [
    "HELO that is an address, no address seen",
    "from 10.0.0.1 by mx.example.net with SMTP id 1",
    [null, "10.0.0.1", null, "mx.example.net"],
  ],
];

describe("a Received field", () => {
  for (const [server, value, expected] of forms) {
    it(server, () => {
      const parsed = parseReceived(value);
      assert.ok(parsed.ok, parsed.ok ? "" : parsed.why);
      const { from, by } = parsed.received;
      if (expected === "local") assert.equal(from, null);
      else assert.deepEqual([from?.address?.text ?? null, from?.helo ?? null, from?.lookedUp ?? null, by], expected);
    });
  }

  it("is not local, and has no looked-up name, because a client says so", () => {
    for (const value of [
      "from unknown (HELO [local]) (192.0.2.10) by mx.example.net with SMTP",
      "from out.example.com ([192.0.2.10] helo=[local]) by mx.example.net with esmtp (Exim 4.98) id 1",
      "from localhost (unknown [192.0.2.10]) by mx.example.net (Postfix) with ESMTP",
      "from mail (pickup [192.0.2.10]) by mx.example.net (Postfix) with ESMTP",
      "from local (192.0.2.10) by mx.example.net with SMTP",
    ]) {
      const parsed = parseReceived(value);
      assert.equal(parsed.ok && parsed.received.from?.address?.text, "192.0.2.10", value);
    }
    const exim = parseReceived("from mx.example.net (Exim 4 [192.0.2.10]) by mx.example.org with SMTP");
    assert.equal(exim.ok && exim.received.from?.lookedUp, null);
    const claims = parseReceived("from mx.example.net (Exim. [192.0.2.10]) by mx.google.com with SMTP");
    assert.equal(claims.ok && claims.received.from?.lookedUp, "exim");
  });

  it("takes only what a server writes of itself as its own address", () => {
    const byAddresses = (value: string) => {
      const parsed = parseReceived(`from a.example.com ([192.0.2.10]) by mx.example.net ${value} with SMTP`);
      return parsed.ok ? parsed.received.byAddresses.map(({ text }) => text) : parsed.why;
    };
    assert.deepEqual(byAddresses("(198.51.100.1)"), ["198.51.100.1"]);
    assert.deepEqual(byAddresses("(mxgmx016 [198.51.100.1])"), ["198.51.100.1"]);
    assert.deepEqual(byAddresses("(envelope-from <x@[192.0.2.10]>)"), []);
    assert.deepEqual(byAddresses("(envelope-from 192.0.2.10@example.com)"), []);
    assert.deepEqual(byAddresses("(envelope-from 192.0.2.10)"), []);
    assert.deepEqual(byAddresses("(helo=[192.0.2.10])"), []);
  });

  it("is of a foreign host where the server saw an address, whatever else the comments say", () => {
    for (const value of [
      'from a ([192.0.2.1]) (envelope-sender <"a) (unix socket) ("@b>) by mx.example.net with SMTP',
      'from a ([192.0.2.1]) (envelope-sender <"a) ([UNIX: 1]) ("@b>) by mx.example.net with SMTP',
      "from a([local]) (b [192.0.2.1]) by mx.example.net with SMTP",
      "from mail (HELO a)([local]) (192.0.2.1) by mx.example.net with SMTP",
    ]) {
      const result = parseReceived(value);
      assert.ok(result.ok, value);
      assert.equal(result.received.from?.address?.text, "192.0.2.1", value);
    }
    const mimecast = parseReceived(
      "from a (b [192.0.2.1]) by relay.mimecast.com with ESMTP with STARTTLS (version=1) id 1",
    );
    assert.ok(mimecast.ok);
    assert.equal(mimecast.received.protocol, "ESMTP");
  });

  it("is not read where it is not sure whose words they are", () => {
    for (const [value, why] of [
      ["from a (b [192.0.2.1]) by mx.example.net (c [192.0.2.2]) by mx.example.org with SMTP", /second "by"/],
      ["from a (b [192.0.2.1] by mx.example.net with SMTP", /comment that does not end/],
      ["from a) (b [192.0.2.1]) by mx.example.net with SMTP", /comment that does not end/],
      ["from a ([10.0.0.1]) (192.0.2.2) by mx.example.net with SMTP", /several addresses/],
      ["from a ([192.0.2.1]) ([192.0.2.2]) by mx.example.net with SMTP", /several addresses/],
      // What the client says ends the comment: in HELO, or in MAIL FROM as `"a) with LMTP ("@example.org`.
      ['from a ([192.0.2.1]) (envelope-sender <"a) with LMTP ("@b>) by mx.example.net with SMTP', /"with" in front/],
      ['from a (a [192.0.2.1]) by mx.example.net (envelope-sender <"a) with LMTP ("@b>) with ESMTP', /second "with"/],
      ['from a (a [192.0.2.1]) by mx.example.net with ESMTP (envelope-from <"a) with local ("@b>)', /second "with"/],
      ["from [192.0.2.1] (helo=a)([192.0.2.2]) by mx.example.net with esmtp (Exim 4.96)", /several addresses/],
      ["from 192.0.2.1 (EHLO a)([192.0.2.2]) by mx.example.net with SMTPs", /several addresses/],
      ["from a\\) (b [192.0.2.1]) by mx.example.net with SMTP", /./],
      ["from a (helo=b\\ [192.0.2.1]) by mx.example.net with SMTP", /backslash/],
      [
        "from a (b [192.0.2.1]) by mx.example.net; (c [192.0.2.2]) by mx.example.org with SMTP",
        /"by" behind a semicolon/,
      ],
      ["by mx.example.net from a (b [192.0.2.1]) with SMTP", /"from" behind/],
      [`from ${"a".repeat(20_000)} ([192.0.2.1]) by mx.example.net`, /longer than/],
    ] as const) {
      const parsed = parseReceived(value);
      assert.match(parsed.ok ? JSON.stringify(parsed.received) : parsed.why, why, value);
      assert.equal(parsed.ok, false);
    }
  });
});

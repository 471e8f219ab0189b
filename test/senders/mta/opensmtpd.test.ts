import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { opensmtpd } from "../../../senders/mta/opensmtpd/read";
import { assertListed, listed } from "./listed";

const read = (text: string, included: Readonly<Record<string, string>> = {}) =>
  listed(opensmtpd, [{ name: "smtpd.conf", text }], included);

/** `smtpd -n` of OpenSMTPD 6.8.0p2 (Debian) takes each but the last; what stands in the file, what is listed. */
const SENDERS: readonly [what: string, text: string, senders: string[]][] = [
  [
    "an action with address and name, in any order",
    'action "out" relay src 192.0.2.10 helo mail.example.com\naction two relay tls helo "b.example.com" src "192.0.2.11"\nmatch for any action "out"\nmatch from any for domain x.example action two\n',
    ["192.0.2.10=mail.example.com", "192.0.2.11=b.example.com"],
  ],
  [
    "tables in the file",
    'table sources { "192.0.2.10", "2001:db8::10" }\ntable names { "192.0.2.10" = "a.example.com", 2001:DB8:0::10 = "b.example.com" }\naction "out" relay src <sources> helo-src <names>\nmatch for any action "out"\n',
    ["192.0.2.10=a.example.com", "2001:db8::10=b.example.com"],
  ],
  [
    "tables without names, of several lines",
    'action "out" relay src { \\\n  192.0.2.10, \\\n  ipv6:2001:db8::10 \\\n } helo mail.example.com\nmatch for any action "out"\n',
    ["192.0.2.10=mail.example.com", "2001:db8::10=mail.example.com"],
  ],
  [
    "macros, which quotes protect",
    'addr = "192.0.2.10"\nname = mail.example.com\naction "$addr" relay src $addr helo $name\nmatch for any action "$addr"\n',
    ["192.0.2.10=mail.example.com"],
  ],
  [
    "continued lines, and comments that are continued with them",
    'action "out" \\\n  relay \\\n  src 192.0.2.10 helo mail.example.com\n# action "out" relay \\\n  src 192.0.2.9\nmatch for any action "out"\n',
    ["192.0.2.10=mail.example.com"],
  ],
  [
    "no IPv6 with a limit on it",
    'mta limit inet4\naction "out" relay src { 192.0.2.10, 2001:db8::10 } helo mail.example.com\nmatch for any action "out"\n',
    ["192.0.2.10=mail.example.com"],
  ],
  [
    "no action that no match names, and no local one",
    'action "spare" relay src 192.0.2.9 helo mail.example.com\naction "local" mbox\naction "scan" relay host lmtp://localhost:24 src 192.0.2.8\naction "out" relay src 192.0.2.10 helo mail.example.com\nmatch for local action "local"\nmatch from any for any action "out"\nmatch tag x for any action scan\n',
    ["192.0.2.10=mail.example.com"],
  ],
  [
    "the form before 6.4",
    "table s { 192.0.2.10 }\naccept from local for any relay source <s> hostname mail.example.com\n",
    ["192.0.2.10=mail.example.com"],
  ],
];

/** What stands in the file, what is listed, what is left out. */
const LEFT_OUT: readonly [what: string, text: string, senders: string[], leftOut: RegExp[]][] = [
  [
    "an action without src",
    '# x\naction "out" relay helo mail.example.com\n',
    [],
    [
      /^smtpd\.conf line 2: action "out" has no src, .*also one of IPv6 unless there is mta limit inet4.*verify ADDRESS=mail\.example\.com/,
    ],
  ],
  [
    "the machine's host name",
    'action "out" relay src 192.0.2.10\n',
    ["192.0.2.10"],
    [/^smtpd\.conf line 1: action "out" has no helo, so that the name in EHLO is the machine's host name/],
  ],
  [
    "mail to a smarthost",
    'action "out" relay host smtp+tls://u@smtp.example.net:587 auth <secrets> src 192.0.2.10 helo mail.example.com\n',
    [],
    [/^smtpd\.conf line 1: action "out" relay host smtp\+tls:\/\/u@smtp\.example\.net:587 hands mail to hosts/],
  ],
  [
    "an address that helo-src has no name for: nothing leaves by it",
    'action "out" relay src { 192.0.2.10, 192.0.2.11 } helo-src { 192.0.2.10 = mail.example.com }\n',
    ["192.0.2.10=mail.example.com"],
    [/^smtpd\.conf line 1: src 192\.0\.2\.11 is not in helo-src, so that no mail leaves by it/],
  ],
  [
    "a table of another kind",
    'table s db:/etc/mail/s.db\naction "out" relay src <s> helo mail.example.com\n',
    [],
    [/^smtpd\.conf line 2: src <s> is in db:\/etc\/mail\/s\.db, which is not a text file/],
  ],
  [
    "a table and a macro that are nowhere",
    'action "a" relay src <s> helo mail.example.com\naction "b" relay src $ip helo mail.example.com\n',
    [],
    [/line 1: src <s> is a table that no given file defines/, /line 2: src \$ip is a macro that no given file defines/],
  ],
  [
    "a host name as address",
    'action "out" relay src mail.example.com helo mail.example.com\n',
    [],
    [/^smtpd\.conf line 1: src mail\.example\.com is a host name/],
  ],
];

describe("smtpd.conf", () => {
  for (const [what, text, senders] of SENDERS) {
    it(`has ${what}`, async () => assert.deepEqual(await read(text), { senders, leftOut: [] }));
  }

  for (const [what, text, senders, reasons] of LEFT_OUT) {
    it(`leaves out ${what}`, async () => {
      assertListed(await read(text), senders, reasons);
    });
  }

  it("has tables in files, and says which could not be read", async () => {
    const text =
      'table sources file:/etc/mail/sources\ntable names "/etc/mail/names"\naction "out" relay src <sources> helo-src <names>\n';
    const files = {
      "/etc/mail/sources": "192.0.2.10 # first\n\n2001:db8::10\n",
      "/etc/mail/names": "192.0.2.10\ta.example.com\n2001:db8::10   b.example.com\n",
    };
    assert.deepEqual(await read(text, files), {
      senders: ["192.0.2.10=a.example.com", "2001:db8::10=b.example.com"],
      leftOut: [],
    });
    const withoutNames = await read(text, { "/etc/mail/sources": files["/etc/mail/sources"] });
    assert.deepEqual(withoutNames.senders, ["192.0.2.10", "2001:db8::10"]);
    assert.deepEqual(withoutNames.leftOut, [
      "smtpd.conf line 3: helo-src <names> is in /etc/mail/names, which was not read: cannot be read",
    ]);
    assert.match((await read(text)).leftOut.join("\n"), /src <sources> is in \/etc\/mail\/sources, which was not read/);
  });

  it("includes files with their macros", async () => {
    const text =
      'include "/etc/mail/site"\ninclude "/etc/mail/none"\naction "out" relay src $ip helo mail.example.com\n';
    const found = await read(text, { "/etc/mail/site": 'ip = "192.0.2.10"\n' });
    assert.deepEqual(found.senders, ["192.0.2.10=mail.example.com"]);
    assert.deepEqual(found.leftOut, ['smtpd.conf line 2: include "/etc/mail/none" was not read: cannot be read']);
  });

  it("names the line that keeps mail from leaving by IPv6", async () => {
    const text = 'action "out" relay src { 192.0.2.10, 2001:db8::10 } helo mail.example.com\n';
    const { senders } = await opensmtpd.read([{ name: "smtpd.conf", text }], () => assert.fail("includes nothing"));
    assert.deepEqual(
      senders.map(({ switchOff }) => switchOff),
      [undefined, "mta limit inet4"],
    );
  });

  const cases: readonly [name: string, text: string, answer: string][] = [
    ["/etc/mail/smtpd.conf", "", "by-name"],
    ["-", 'action "out" relay\n', "by-content"],
    ["-", "listen on all\n", "by-content"],
    ["main.cf", "myhostname = mail.example.com\n", "no"],
  ];
  for (const [name, text, answer] of cases) {
    it(`${name} "${text.trim()}" is recognised: ${answer}`, () => {
      assert.equal(opensmtpd.recognises({ name, text }), answer);
    });
  }
});

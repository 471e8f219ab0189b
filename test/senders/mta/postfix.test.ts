// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Postfix
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { withPrivateBindAddress } from "../../../senders/mta/bind-address-private";
import type { ConfigurationFile } from "../../../senders/mta/mail-server";
import { behindNat } from "../../../senders/mta/nat";
import { expand } from "../../../senders/mta/postfix/expand";
import { postfix } from "../../../senders/mta/postfix/read";
import { verdictOn } from "../../cli/verdicts";
import { assertListed, listed } from "./listed";

const read = (...files: ConfigurationFile[]) => listed(postfix, files);
const main = (text: string, name = "main.cf"): ConfigurationFile => ({ name, text });
const master = (text: string, name = "master.cf"): ConfigurationFile => ({ name, text });

/** Each value is what `postconf -x` of Postfix 3.7.11 (Debian) prints. */
const EXPANSIONS: readonly [value: string, expanded: string][] = [
  ["$a", "1"],
  ["${a}x $a.b $a-b", "1x 1.b 1-b"],
  ["$(a)", "1"],
  ["$ab", "xy"],
  ["a$$b", "a$b"],
  ["${a?yes:no}", "yes:no"],
  ["${a?{yes}:{no}}", "yes"],
  ["${a?{yes}:no}", "yes"],
  ["${e?{yes}:no}", "no"],
  ["${missing:other}", "other"],
  ["${missing:{other}}", "other"],
  ["${e:$a}", "1"],
  ["${ a ? {x} : {y} }", "x"],
  ["$(a?{b})", "b"],
  ["${missing?yes}", ""],
  ["${a:{d}}", ""],
  ["${a?}", ""],
  ["${a? yes }", "yes "],
  ["x${a?{ s p }}y", "x s p y"],
  ["${{$a} == {1} ? {x} : {y}}", "x"],
  ["${{$a}=={1}?{x}:{y}}", "x"],
  ["${{a} != {b}? $ab :{y}}", "xy :{y}"],
  ["${{2} < {10} ? {number} : {text}}", "number"],
  ["${{2a} < {10} ? {number} : {text}}", "text"],
  ["${{$a} == {1}}", "true"],
  ["${{$a} == {2}}", ""],
  ["${{} == {} ? {x}}", "x"],
  ["${{$missing} == {} ? {a} : {b}}", "a"],
  ["${{$level} <level {3.10} ? {old} : {new}}", "old"],
  ["${a ? {$${b}} }", "${b}"],
  ["{ x }", "{ x }"],
];

describe("the value of a Postfix parameter", () => {
  const values: Readonly<Record<string, string>> = { a: "1", e: "", ab: "xy", level: "3.6", loop: "$loop" };
  const lookUp = (name: string) => (values[name] === undefined ? undefined : { value: values[name] });

  for (const [value, expanded] of EXPANSIONS) {
    it(`${value} is "${expanded}"`, () => assert.deepEqual(expand(value, lookUp), { ok: true, text: expanded }));
  }

  // postconf refuses the same, or takes what is not set as empty.
  const refused: readonly [value: string, why: RegExp][] = [
    ["$", /a "\$" without a name/],
    ["$-", /a "\$" without a name/],
    ["${a", /"\{" that nothing closes/],
    ["${}", /an expression without a name/],
    ["${a.b}", /an expression that Postfix refuses/],
    ["${a?{x}{y}}", /where ":" is expected/],
    ["${{$a}?{x}}", /an expression that Postfix refuses/],
    ["$missing", /refers to \$missing, which nothing here sets/],
    ["$loop", /refers to itself/],
  ];
  for (const [value, why] of refused) {
    it(`${value} is not known`, () => {
      const found = expand(value, lookUp);
      assert.match(found.ok ? "" : found.why, why);
    });
  }
});

describe("main.cf", () => {
  const senders: readonly [what: string, text: string, listed: string[]][] = [
    [
      "has an address for each family",
      "myhostname = mail.example.com\nsmtp_bind_address = 192.0.2.10\nsmtp_bind_address6 = [2001:DB8::10]\n",
      ["192.0.2.10=mail.example.com", "2001:db8::10=mail.example.com"],
    ],
    [
      "may be continued, with comments between",
      "myhostname =\n  mail.example.com\nsmtp_bind_address =\n# not this one: 192.0.2.9\n\n  192.0.2.10\ninet_protocols = ipv4",
      ["192.0.2.10=mail.example.com"],
    ],
    [
      "is read to the last setting of a parameter",
      "smtp_bind_address=192.0.2.9\nmyhostname=a.example.com\nsmtp_bind_address=192.0.2.10\r\nmyhostname = b.example.com\ninet_protocols=ipv4\n",
      ["192.0.2.10=b.example.com"],
    ],
    [
      "says another name in EHLO with smtp_helo_name",
      "mydomain = example.com\nmyhostname = in.$mydomain\nsmtp_helo_name = out.${mydomain}\nsmtp_bind_address = 192.0.2.10\ninet_protocols = ipv4\n",
      ["192.0.2.10=out.example.com"],
    ],
    [
      "derives mydomain from myhostname",
      "myhostname = mx.Example.com\nsmtp_helo_name = out.$mydomain\nsmtp_bind_address = 192.0.2.10\ninet_protocols = ipv4\n",
      ["192.0.2.10=out.example.com"],
    ],
    [
      "uses no IPv6 with inet_protocols = ipv4",
      "myhostname = mail.example.com\nsmtp_bind_address = 192.0.2.10\nsmtp_bind_address6 = 2001:db8::10\ninet_protocols = ipv4\n",
      ["192.0.2.10=mail.example.com"],
    ],
    [
      "uses no IPv4 with inet_protocols = ipv6",
      "myhostname = mail.example.com\nsmtp_bind_address = 192.0.2.10\nsmtp_bind_address6 = 2001:db8::10\ninet_protocols = ipv6\n",
      ["2001:db8::10=mail.example.com"],
    ],
    [
      "binds the only address of inet_interfaces",
      "myhostname = mail.example.com\ninet_interfaces = 192.0.2.10, [2001:db8::10]\n",
      ["192.0.2.10=mail.example.com", "2001:db8::10=mail.example.com"],
    ],
    [
      "prefers smtp_bind_address to inet_interfaces",
      "myhostname = mail.example.com\ninet_interfaces = 192.0.2.10\nsmtp_bind_address = 192.0.2.11\ninet_protocols = ipv4\n",
      ["192.0.2.11=mail.example.com"],
    ],
    [
      "says an address literal, which is no name",
      "smtp_helo_name = [192.0.2.10]\nsmtp_bind_address = 192.0.2.10\ninet_protocols = ipv4\n",
      ["192.0.2.10"],
    ],
  ];
  for (const [what, text, expected] of senders) {
    it(what, async () => {
      const found = await read(main(text));
      assert.deepEqual(found.senders, expected);
      assert.deepEqual(found.leftOut, []);
    });
  }

  const leftOut: readonly [what: string, text: string, senders: string[], leftOut: RegExp[]][] = [
    [
      "no bind address",
      "# x\nmyhostname = mail.example.com\ninet_protocols = ipv4\n",
      [],
      [/^main\.cf line 2: smtp_bind_address is not set, .*verify ADDRESS=mail\.example\.com/],
    ],
    [
      "all interfaces",
      "myhostname = mail.example.com\ninet_protocols = ipv4\ninet_interfaces = all\n",
      [],
      [/^main\.cf line 3: smtp_bind_address is not set/],
    ],
    [
      "several addresses in inet_interfaces: none is bound",
      "myhostname = mail.example.com\ninet_protocols = ipv4\ninet_interfaces = 192.0.2.10, localhost\n",
      [],
      [/^main\.cf line 3: smtp_bind_address is not set/],
    ],
    [
      "a host in inet_interfaces",
      "myhostname = mail.example.com\ninet_protocols = ipv4\ninet_interfaces = $myhostname\n",
      [],
      [/^main\.cf line 3: inet_interfaces = mail\.example\.com names the host mail\.example\.com/],
    ],
    [
      "any address",
      "myhostname = mail.example.com\ninet_interfaces = 192.0.2.10\nsmtp_bind_address = 0.0.0.0\nsmtp_bind_address6 = ::\n",
      [],
      [
        /^main\.cf line 3: smtp_bind_address 0\.0\.0\.0 is any address/,
        /^main\.cf line 4: smtp_bind_address6 :: is any/,
      ],
    ],
    [
      "a host as bind address",
      "myhostname = mail.example.com\ninet_protocols = ipv4\nsmtp_bind_address = mail.example.com\n",
      [],
      [/^main\.cf line 3: smtp_bind_address mail\.example\.com is a host name/],
    ],
    [
      "an address of the other family",
      "myhostname = mail.example.com\ninet_protocols = ipv4\nsmtp_bind_address = 2001:db8::1\n",
      [],
      [/^main\.cf line 3: smtp_bind_address 2001:db8::1 is no IPv4 address/],
    ],
    [
      "the machine's host name",
      "smtp_bind_address = 192.0.2.10\ninet_protocols = ipv4\n",
      ["192.0.2.10"],
      [
        /^main\.cf line 1: smtp_helo_name refers to \$myhostname: it is not set, so that it is the machine's host name$/,
      ],
    ],
    [
      "IPv6 that may be used",
      "myhostname = mail.example.com\nsmtp_bind_address = 192.0.2.10\n\ninet_protocols = all\n",
      ["192.0.2.10=mail.example.com"],
      [/^main\.cf line 4: inet_protocols = all lets mail leave by IPv6, .*inet_protocols = ipv4$/],
    ],
    [
      "IPv6 by default",
      "smtp_address_preference = ipv4\nmyhostname = mail.example.com\nsmtp_bind_address = 192.0.2.10\n",
      ["192.0.2.10=mail.example.com"],
      [/^main\.cf line 2: inet_protocols = all lets mail leave by IPv6/],
    ],
    [
      "a variable that is set elsewhere",
      "myhostname = mail.example.com\nsmtp_bind_address = $OUTBOUND_IP\ninet_protocols = ipv4\n",
      [],
      [/^main\.cf line 2: smtp_bind_address refers to \$OUTBOUND_IP, which nothing here sets$/],
    ],
    [
      "a template",
      "{% if OUTBOUND %}\nsmtp_bind_address = {{ OUTBOUND }}\n{% endif %}\nmyhostname = mail.example.com\ninet_protocols = ipv4\n",
      [],
      [
        /^main\.cf line 1: "\{% if OUTBOUND %\}" is no "name = value" and was ignored, as is 1 more line$/,
        /^main\.cf line 2: smtp_bind_address is a template that is not filled in, \{\{ OUTBOUND \}\}$/,
      ],
    ],
    [
      "mail by a relay",
      "myhostname = mail.example.com\nsmtp_bind_address = 192.0.2.10\nrelayhost = [smtp.example.net]:587\n",
      [],
      [/^main\.cf line 3: relayhost = \[smtp\.example\.net\]:587 hands mail to a relay, whose address receivers see/],
    ],
    [
      "mail by a relay that default_transport names",
      "myhostname = mail.example.com\nsmtp_bind_address = 192.0.2.10\ndefault_transport = smtp:[192.0.2.25]\n",
      [],
      [/^main\.cf line 3: default_transport = smtp:\[192\.0\.2\.25\] hands mail to a relay/],
    ],
    [
      "a transport of master.cf",
      "myhostname = mail.example.com\nsmtp_bind_address = 192.0.2.10\ndefault_transport = out1\n",
      [],
      [/^main\.cf line 3: default_transport = out1 names an entry of master\.cf: give that file too$/],
    ],
    [
      "transports that a table names",
      "myhostname = mail.example.com\nsmtp_bind_address = 192.0.2.10\ninet_protocols = ipv4\nsender_dependent_default_transport_maps = hash:/etc/postfix/out\n",
      ["192.0.2.10=mail.example.com"],
      [/^main\.cf line 4: sender_dependent_default_transport_maps may name other entries of master\.cf/],
    ],
    [
      "mail of some senders by a relay",
      "myhostname = mail.example.com\nsmtp_bind_address = 192.0.2.10\ninet_protocols = ipv4\nsender_dependent_relayhost_maps = hash:/etc/postfix/relays\n",
      ["192.0.2.10=mail.example.com"],
      [/^main\.cf line 4: sender_dependent_relayhost_maps hands mail of some senders to a relay/],
    ],
    [
      "another instance",
      "myhostname = mail.example.com\nsmtp_bind_address = 192.0.2.10\ninet_protocols = ipv4\nmulti_instance_directories = /etc/postfix-out\n",
      ["192.0.2.10=mail.example.com"],
      [/^main\.cf line 4: \/etc\/postfix-out is another instance of Postfix: give its main\.cf and master\.cf too$/],
    ],
  ];
  for (const [what, text, expected, reasons] of leftOut) {
    it(`leaves out ${what}`, async () => {
      assertListed(await read(main(text)), expected, reasons);
    });
  }

  it("says the line that keeps mail from leaving by IPv6, and none for IPv4", async () => {
    const text = "myhostname = mail.example.com\nsmtp_bind_address = 192.0.2.10\nsmtp_bind_address6 = 2001:db8::10\n";
    const { senders } = await postfix.read([main(text)], () => assert.fail("includes nothing"));
    assert.deepEqual(
      senders.map(({ switchOff, place }) => [switchOff, place?.line]),
      [
        [undefined, 2],
        ["inet_protocols = ipv4", 3],
      ],
    );
  });
});

it("a private address may be seen as one that proxy_interfaces names", async () => {
  const text =
    "myhostname = mail.example.com\nsmtp_bind_address = 10.0.0.5\nproxy_interfaces = [2001:db8::1], 192.0.2.10\n";
  const { senders } = await postfix.read([main(text)], () => assert.fail("includes nothing"));
  assert.deepEqual(senders[0]?.arrivesAt, ["192.0.2.10"]);
  const [sender] = behindNat({ senders, leftOut: [] }, new Map()).senders;
  assert.match(
    sender ? (withPrivateBindAddress(verdictOn({ ip: "10.0.0.5" }), sender).findings[0]?.fix ?? "") : "",
    /--nat 10\.0\.0\.5=PUBLIC\. Mail arrives at 192\.0\.2\.10: check whether it also leaves by it\.$/,
  );
});

it("an instance that was given by another path is not missing", async () => {
  const files = [
    { name: "copy/postfix/main.cf", text: "multi_instance_directories = /etc/postfix-out /etc/postfix-in\n" },
    { name: "copy/postfix-out/main.cf", text: "myhostname = out.example.com\n" },
  ];
  const { leftOut } = await postfix.read(files, () => assert.fail("includes nothing"));
  assert.deepEqual(
    leftOut.filter(({ why }) => why.includes("another instance")).map(({ what }) => what),
    ["/etc/postfix-in"],
  );
});

describe("master.cf", () => {
  const base = main("myhostname = mail.example.com\nsmtp_bind_address = 192.0.2.10\ninet_protocols = ipv4\n");

  it("has a sender for each SMTP client, with what its -o say", async () => {
    const text = `# service type private unpriv chroot wakeup maxproc command
smtp      inet  n  -  y  -  -  smtpd
  -o smtp_bind_address=192.0.2.99
smtp      unix  -  -  y  -  -  smtp
relay     unix  -  -  y  -  -  smtp -o syslog_name=postfix/$service_name
lmtp      unix  -  -  y  -  -  lmtp -o smtp_bind_address=192.0.2.98
out1      unix  -  -  n  -  -  smtp -o smtp_bind_address=192.0.2.11
  -o smtp_helo_name=out1.example.com
# between
  -v -o { inet_protocols = all } -osmtp_bind_address6=2001:db8::11
out2      unix  -  -  n  -  20  smtp
  -o { smtp_bind_address = 192.0.2.12 }
  -o myhostname=out2.example.com
`;
    const found = await read(base, master(text));
    assert.deepEqual(found.senders, [
      "192.0.2.10=mail.example.com",
      "192.0.2.11=out1.example.com",
      "2001:db8::11=out1.example.com",
      "192.0.2.12=out2.example.com",
    ]);
    assert.deepEqual(found.leftOut, []);
  });

  it("is read to the last entry of a service", async () => {
    const entry = (address: string): string => `smtp unix - - n - - smtp -o smtp_bind_address=${address}\n`;
    assert.deepEqual((await read(base, master(entry("192.0.2.7") + entry("192.0.2.8")))).senders, [
      "192.0.2.8=mail.example.com",
    ]);
  });

  it("is enough where it says all", async () => {
    const text =
      "out unix - - n - - smtp\n  -o smtp_bind_address=192.0.2.11 -o smtp_helo_name=out.example.com -o inet_protocols=ipv4\nsmtp unix - - n - - smtp\n";
    const found = await read(master(text));
    assert.deepEqual(found.senders, ["192.0.2.11=out.example.com"]);
    assert.equal(found.leftOut.length, 1);
    assert.match(found.leftOut[0] ?? "", /^master\.cf line 1: main\.cf was not given, .*: give that file too$/);
  });

  it("may send past a relay by a client that transport_maps names", async () => {
    const relayed = main(`${base.text}relayhost = [192.0.2.25]\ntransport_maps = hash:/etc/postfix/transport\n`);
    const text =
      "smtp unix - - n - - smtp\nrelay unix - - n - - smtp\ndirect unix - - n - - smtp -o smtp_bind_address=192.0.2.11\n";
    const found = await read(relayed, master(text));
    assert.deepEqual(found.senders, ["192.0.2.11=mail.example.com"]);
    assert.match(found.leftOut.join("\n"), /line 4: relayhost = \[192\.0\.2\.25\] hands mail to a relay/);
  });

  it("says that default_transport names no SMTP client, and nothing of mail that stays or is refused", async () => {
    const found = await read(
      main(`${base.text}default_transport = uucp:gateway\nrelay_transport = error:no relaying\n`),
      master("smtp unix - - n - - smtp\n"),
    );
    assert.deepEqual(found.leftOut, [
      "main.cf line 4: default_transport = uucp:gateway names no SMTP client of master.cf, so that the address is not known",
    ]);
  });

  it("says that it has no SMTP client", async () => {
    const found = await read(base, master("submission/inet/syslog_name = postfix/submission\n"));
    assert.deepEqual(found, {
      senders: [],
      leftOut: ["master.cf line 1: the file has no SMTP client: no entry has the command smtp"],
    });
  });
});

describe("several instances of Postfix", () => {
  it("are kept apart by their folders", async () => {
    const client = "smtp unix - - n - - smtp\n";
    const of = (folder: string, host: string, address: string) => [
      main(`myhostname = ${host}\nsmtp_bind_address = ${address}\ninet_protocols = ipv4\n`, `${folder}/main.cf`),
      master(client, `${folder}/master.cf`),
    ];
    const found = await read(
      ...of("/etc/postfix", "in.example.com", "192.0.2.10"),
      ...of("/etc/postfix-out", "out.example.com", "192.0.2.11"),
    );
    assert.deepEqual(found.senders, ["192.0.2.10=in.example.com", "192.0.2.11=out.example.com"]);
    assert.deepEqual(found.leftOut, []);
  });
});

describe("a file of Postfix", () => {
  const cases: readonly [name: string, text: string, answer: string][] = [
    ["/etc/postfix/main.cf", "", "by-name"],
    ["master.cf.dist", "", "by-name"],
    ["postfix-main.cf", "", "by-name"],
    ["-", "myhostname = mail.example.com\n", "by-content"],
    ["copy", "smtp  unix  -  -  y  -  -  smtp\n", "by-content"],
    ["exim.conf", "primary_hostname = mail.example.com\n", "no"],
    ["domain.cf", "x = y\n", "no"],
  ];
  for (const [name, text, answer] of cases) {
    it(`${name} is recognised: ${answer}`, () => assert.equal(postfix.recognises({ name, text }), answer));
  }
});

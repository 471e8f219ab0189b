import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Verdict } from "../../fcrdns/verdict";
import { ran } from "./fake-environment";
import { fcrdns, loopbackDns } from "./spawned";
import { failing, unknown } from "./verdicts";

const mainCf = `# Outbound mail
myhostname = mail.example.com
inet_protocols = all
smtp_bind_address = 192.0.2.10
smtp_bind_address6 = 2001:db8::10
`;
const masterCf = `smtp      inet  n  -  y  -  -  smtpd
smtp      unix  -  -  y  -  -  smtp
out2      unix  -  -  y  -  -  smtp
  -o smtp_bind_address=10.0.0.5
  -o smtp_bind_address6=2001:db8::12
  -o myhostname=out2.example.com
`;

describe("fcrdns mta", () => {
  it("lists each pair of address and EHLO name once, in the order found", async () => {
    const files = { "main.cf": mainCf, "master.cf": masterCf };
    const { status, stdout, stderr, environment } = await ran(["mta", "main.cf", "master.cf", "--list"], { files });
    assert.equal(
      stdout,
      "192.0.2.10=mail.example.com\n2001:db8::10=mail.example.com\n10.0.0.5=out2.example.com\n2001:db8::12=out2.example.com\n",
    );
    assert.equal(stderr, "");
    assert.deepEqual([status, environment.asked], [0, []]);
  });

  for (const [address, why] of [
    ["127.0.0.1", "a loopback address"],
    ["::1", "a loopback address"],
    ["169.254.7.7", "a link-local address"],
    ["fe80::1", "a link-local address"],
    ["0.0.0.0", "any address"],
    ["::", "any address"],
    ["224.0.0.1", "no address of a host"],
  ]) {
    it(`lists nothing for ${address}, by which no mail leaves, and says why`, async () => {
      const setting = address?.includes(":") ? "smtp_bind_address6" : "smtp_bind_address";
      const stdin = `myhostname = mail.example.com\n${setting} = ${address}\n`;
      const { status, stdout, stderr } = await ran(["mta", "-", "--list"], { stdin });
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, new RegExp(`standard input line 2: .*${address}.* is ${why}`));
    });
  }

  for (const address of ["10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "fd00::1"]) {
    const family = address.includes(":") ? "6" : "";
    const stdin = `myhostname = mail.example.com\ninet_protocols = ipv${family || "4"}\nsmtp_bind_address${family} = ${address}\n`;

    it(`checks ${address} like any other, and says that receivers see another one`, async () => {
      const { status, stdout, environment } = await ran(["mta", "-", "--format", "json"], { stdin });
      assert.deepEqual(environment.asked, [{ ip: address, expected: "mail.example.com", helo: "mail.example.com" }]);
      const [verdict] = JSON.parse(stdout).results as Verdict[];
      assert.deepEqual(verdict?.findings[0], {
        rule: "bind-address-private",
        severity: "warning",
        message: `the mail server binds the private address ${address} (standard input line 3); behind NAT receivers see another one`,
        fix: `Say which public address receivers see, with --nat ${address}=PUBLIC.`,
        who: `whoever configures the mail server that sends from ${address}`,
      });
      assert.equal(status, 0);
    });
  }

  it("shows a failing private address with the advice to name the public one", async () => {
    const stdin = "myhostname = mail.example.com\ninet_protocols = ipv4\nsmtp_bind_address = 10.0.0.5\n";
    const { stdout } = await ran(["mta", "-"], { stdin, judge: ({ ip }) => failing(ip) });
    assert.match(
      stdout,
      /warning +the mail server binds the private address 10\.0\.0\.5 .*\n +fix .*--nat 10\.0\.0\.5=PUBLIC/,
    );
  });

  it("says nothing of a private address in whose place --nat puts the public one", async () => {
    const stdin = "myhostname = mail.example.com\ninet_protocols = ipv4\nsmtp_bind_address = 10.0.0.5\n";
    const { stdout, stderr } = await ran(["mta", "-", "--format", "json", "--nat", "10.0.0.5=192.0.2.11"], { stdin });
    const [verdict] = JSON.parse(stdout).results as Verdict[];
    assert.deepEqual([verdict?.ip, verdict?.findings, stderr], ["192.0.2.11", [], ""]);
  });

  it("checks each pair, and takes standard input", async () => {
    const { status, environment } = await ran(["mta", "-"], { stdin: mainCf });
    assert.deepEqual(environment.asked, [
      { ip: "192.0.2.10", expected: "mail.example.com", helo: "mail.example.com" },
      { ip: "2001:db8::10", expected: "mail.example.com", helo: "mail.example.com" },
    ]);
    assert.equal(status, 0);
  });

  it("expects of no PTR what is no full host name", async () => {
    const stdin = "smtp_helo_name = localhost\nsmtp_bind_address = 192.0.2.10\ninet_protocols = ipv4\n";
    const { environment } = await ran(["mta", "-", "--type", "postfix"], { stdin });
    assert.deepEqual(environment.asked, [{ ip: "192.0.2.10", expected: null, helo: "localhost" }]);
  });

  it("puts the public address of --nat in place of the private one, several where there are several", async () => {
    const files = { "master.cf": masterCf, "main.cf": mainCf };
    const nat = ["--nat", "10.0.0.5=192.0.2.11", "--nat", "10.0.0.5=192.0.2.12"];
    const { stdout, stderr } = await ran(["mta", "main.cf", "master.cf", "--list", ...nat], { files });
    assert.match(stdout, /^192\.0\.2\.11=out2\.example\.com\n192\.0\.2\.12=out2\.example\.com$/m);
    assert.equal(stderr, "");
  });

  it("says that a --nat address occurs nowhere", async () => {
    const { status, stderr } = await ran(["mta", "main.cf", "--list", "--nat", "10.0.0.9=192.0.2.9"], {
      files: { "main.cf": mainCf },
    });
    assert.equal(stderr, "fcrdns: --nat 10.0.0.9: no sender has this address in the configuration\n");
    assert.equal(status, 0);
  });

  const exim = "primary_hostname = mail.example.com\n";
  const unusable: [what: string, args: string[], files: Record<string, string>, message: RegExp][] = [
    ["no file", [], {}, /missing required argument 'file'/],
    ["a missing file", ["main.cf"], {}, /^fcrdns: cannot read main\.cf: there is no such file/],
    [
      "a file of no server",
      ["notes.txt"],
      { "notes.txt": "milk\n" },
      /^fcrdns: notes\.txt is not recognised .* --type /,
    ],
    [
      "an unknown type",
      ["x", "--type", "sendmail"],
      { x: exim },
      /^fcrdns: --type "sendmail" is not a mail server: write postfix, exim/,
    ],
    [
      "files of two servers",
      ["main.cf", "exim.conf"],
      { "main.cf": mainCf, "exim.conf": exim },
      /^fcrdns: main\.cf is of Postfix, exim\.conf is of Exim: give the files of one mail server at a time, or say .*--type/,
    ],
    [
      "a file that could be of two servers",
      ["-"],
      {},
      /^fcrdns: standard input could be a configuration of postfix or exim: say which with --type postfix\|exim\n$/,
    ],
    ["--nat without =", ["x", "--nat", "10.0.0.5"], {}, /--nat "10\.0\.0\.5" has no "=": write PRIVATE=PUBLIC/],
    ["--nat with a name", ["x", "--nat", "a=192.0.2.1"], {}, /--nat "a=192\.0\.2\.1": "a" is not an IP address/],
    [
      "--nat the wrong way",
      ["x", "--nat", "192.0.2.1=10.0.0.5"],
      {},
      /10\.0\.0\.5 is not a public address: write PRIVATE=PUBLIC, 10\.0\.0\.5=192\.0\.2\.1\n/,
    ],
    ["--nat across families", ["x", "--nat", "10.0.0.5=2001:db8::1"], {}, /has an IPv4 and an IPv6 address/],
    [
      "no sender",
      ["main.cf"],
      { "main.cf": "myhostname = mail.example.com\n" },
      /line 1: smtp_bind_address is not set, .*ADDRESS=mail\.example\.com.*\n(?:.*\n)*fcrdns: no address that mail leaves by is known from main\.cf, so nothing could be checked\n$/,
    ],
  ];
  for (const [what, args, files, message] of unusable) {
    it(`ends with exit status 2 for ${what}`, async () => {
      const { status, stdout, stderr, environment } = await ran(["mta", ...args], { files, stdin: `${mainCf}${exim}` });
      assert.match(stderr, message);
      assert.deepEqual([status, stdout, environment.asked], [2, "", []]);
    });
  }

  it("names the line that keeps mail from leaving by an IPv6 address that fails", async () => {
    const args = ["mta", "-", "--format", "json"];
    const { status, stdout } = await ran(args, { stdin: mainCf, judge: ({ ip }) => failing(ip) });
    const found = JSON.parse(stdout).results.map((verdict: Verdict) =>
      verdict.findings.map(({ rule, message, fix }) => [rule, message, fix]),
    );
    assert.equal(status, 1);
    assert.deepEqual(
      found.map((findings: string[][]) => findings.map(([rule]) => rule)),
      [
        ["no-ptr", "server-lame"],
        ["no-ptr", "ipv6-in-use", "server-lame"],
      ],
    );
    assert.deepEqual(found[1][1].slice(1), [
      "the mail server's configuration lets mail leave by 2001:db8::10 (standard input line 5)",
      "Set its PTR and the records of that name, or keep mail from leaving by IPv6: inet_protocols = ipv4",
    ]);
  });

  it("does not advise against IPv6 where nothing definite is known", async () => {
    const { stdout } = await ran(["mta", "-", "--format", "json"], { stdin: mainCf, judge: ({ ip }) => unknown(ip) });
    assert.doesNotMatch(stdout, /ipv6-in-use/);
  });

  it("fails an address that says another name than its PTR, in real DNS", async () => {
    const dns = await loopbackDns();
    try {
      const args = ["mta", "-", "--type", "postfix", "--stub", `.=${dns.endpoint}`, "--mode", "authoritative"];
      const run = async (name: string) => {
        const stdin = `smtp_bind_address = 192.0.2.10\ninet_protocols = ipv4\nsmtp_helo_name = ${name}\n`;
        const { status, stdout } = await fcrdns([...args, "--format", "json"], { stdin });
        const [verdict] = JSON.parse(stdout).results as Verdict[];
        return [status, verdict?.reason, verdict?.findings.map(({ rule }) => rule)];
      };
      assert.deepEqual(await run("mail.example.com"), [0, "ok", []]);
      const [status, reason, rules] = await run("other.example.com");
      assert.deepEqual([status, reason], [1, "unexpected-name"]);
      assert.ok(Array.isArray(rules) && rules.includes("helo-mismatch"), String(rules));
    } finally {
      await dns.close();
    }
  });
});

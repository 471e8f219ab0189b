import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { haraka } from "../../../senders/mta/haraka/read";
import { type Files, reading } from "./reading";

const me = "mail.example.com\n";

const CASES: readonly [what: string, files: Files, list: readonly string[], leftOut?: RegExp][] = [
  [
    "the address that the administrator names",
    { "config/smtp.ini": "port=25\npublic_ip = 192.0.2.1\n", me },
    ["192.0.2.1=mail.example.com"],
  ],
  [
    "comments in config/me",
    { "config/smtp.ini": "public_ip=192.0.2.1", me: "; a\n# b\n\n  Mail.Example.com \r\nother.example.com" },
    ["192.0.2.1=mail.example.com"],
  ],
  [
    "no config/me",
    { "config/smtp.ini": "public_ip=192.0.2.1" },
    ["192.0.2.1"],
    /^config\/smtp\.ini:1 EHLO name is the machine's host name where config\/me is missing/,
  ],
  [
    "config/me alone",
    { "config/me": me },
    [],
    /^config\/me:1 mail that says mail\.example\.com is bound to no address/,
  ],
  [
    "the plugin vmta",
    { "vmta.ini": "[a]\nip = 192.0.2.1\nhost = a.example.com\n;ip=192.0.2.9\n[b]\nip=192.0.2.2", me },
    ["192.0.2.1=a.example.com", "192.0.2.2=mail.example.com"],
    /^me:1 mail that says mail\.example\.com is bound to no address/,
  ],
  [
    "the plugin smtp_forward",
    {
      "smtp_forward.ini":
        "host=relay.example.net\nbind=192.0.2.9\n[example.org]\nhost=mx.example.org\nbind=192.0.2.1\nbind_helo=a.example.com",
      me,
    },
    ["192.0.2.1=a.example.com"],
    /^me:1 mail/,
  ],
  [
    "a relay for all",
    { "smtp_forward.ini": "host=relay.example.net\nenable_outbound=true", me },
    [],
    /^smtp_forward\.ini:1 host relay\.example\.net takes outgoing mail/,
  ],
  ["lines that go on", { "smtp.ini": "public_ip=\\\n192.0.2.1", me }, ["192.0.2.1=mail.example.com"]],
  [
    "addresses for each name",
    {
      "config/fcrdns_source.ini":
        "; x\n[source-1]\nhelo=a.example.com\nv4=192.0.2.1\nv6=2001:DB8::1\n[source-2]\nhelo=b.example.com\nv4=192.0.2.2",
      me,
    },
    ["192.0.2.1=a.example.com", "2001:db8::1=a.example.com", "192.0.2.2=b.example.com"],
  ],
  [
    "a plugin's hook",
    {
      "plugins/x.js":
        "exports.hook_get_mx = (next, hmail, domain) => {\n  // mx.bind = '192.0.2.9'\n  next(OK, { exchange: domain, bind: '192.0.2.1', bind_helo: \"a.example.com\" })\n}",
      "../config/me": me,
    },
    ["192.0.2.1=a.example.com"],
  ],
  [
    "a plugin's notes",
    {
      "plugins/x.js":
        "t.notes.outbound_helo = 'a.example.com'\nt.notes.outbound_ip = '192.0.2.1'\n\nt.notes['outbound_ip'] = '192.0.2.2'\n",
      "../config/me": me,
    },
    ["192.0.2.1=a.example.com", "192.0.2.2=mail.example.com"],
  ],
  [
    "an address that a plugin computes",
    { "plugins/x.js": "mx.bind = this.cfg.main.ip\nmx.bind_helo = 'a.example.com'", "../config/me": me },
    [],
    /^plugins\/x\.js:1 bind is `this\.cfg\.main\.ip`, which only running the plugin can say/,
  ],
  [
    "a template",
    { "plugins/x.js": "t.notes.outbound_ip = `$" + "{ip}`", "../config/me": me },
    [],
    /^plugins\/x\.js:1 outbound_ip is `\$\{ip\}`/,
  ],
  [
    "texts that look like settings",
    { "plugins/x.js": "log(\"bind: '192.0.2.9'\"); if (mx.bind == '192.0.2.8') return", "../config/me": me },
    [],
    /mail that says mail\.example\.com is bound to no address/,
  ],
  ["any address", { "smtp.ini": "public_ip=0.0.0.0", me }, [], /^smtp\.ini:1 public_ip 0\.0\.0\.0 is any address/],
];

describe("a configuration of Haraka", () => {
  for (const [what, files, list, leftOut] of CASES) {
    it(what, async () => {
      const read = await reading(haraka, files);
      assert.deepEqual(read.list, list);
      if (leftOut === undefined) assert.deepEqual(read.leftOut, []);
      else assert.match(read.leftOut.join("\n"), leftOut);
    });
  }

  it("has the addresses of each plugin", async () => {
    const files = {
      "plugins/a.js": "mx.bind = '192.0.2.1'",
      "plugins/b.js": "mx.bind = '192.0.2.2'\nmx.bind_helo = 'b.example.com'",
      "plugins/c.js": "mx.bind = pick()",
      "../config/me": me,
    };
    const read = await reading(haraka, files, 3);
    assert.deepEqual(read.list, ["192.0.2.1=mail.example.com", "192.0.2.2=b.example.com"]);
    assert.match(read.leftOut.join("\n"), /^plugins\/c\.js:1 bind is `pick\(\)`, which/);
  });

  it("is read within seconds, however large", async () => {
    const hostile = {
      "plugins/x.js": `${"'".repeat(1_000_000)}${"/*".repeat(1_000_000)}${"bind: '192.0.2.1',\n".repeat(50_000)}`,
      "../config/me": me,
    };
    const started = Date.now();
    await reading(haraka, hostile);
    assert.ok(Date.now() - started < 30_000, "took too long");
  });

  it("is known by name or content", () => {
    assert.equal(haraka.recognises({ name: "/srv/haraka/config/me", text: "" }), "by-name");
    assert.equal(haraka.recognises({ name: "config/smtp.ini", text: "" }), "by-name");
    assert.equal(haraka.recognises({ name: "x.js", text: "exports.hook_get_mx = 1" }), "by-content");
    assert.equal(haraka.recognises({ name: "readme", text: "" }), "no");
  });
});

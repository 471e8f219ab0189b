import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stalwart } from "../../../senders/mta/stalwart/read";
import { reading } from "./reading";

const host = 'server.hostname = "Mail.Example.com"\n';
const source = (value: string) => `queue.outbound.source-ip.v4 = ${value}\n`;
const connection = (inside: string, id = "default") => `[queue.connection.${id}]\n${inside}\n`;

const LISTED: readonly [what: string, toml: string, list: readonly string[]][] = [
  [
    "0.12: an expression of literals",
    `${host}${source(`"['192.0.2.1', '192.0.2.2']"`)}`,
    ["192.0.2.1=mail.example.com", "192.0.2.2=mail.example.com"],
  ],
  ["0.12: one literal", `${host}${source(`"'192.0.2.1'"`)}`, ["192.0.2.1=mail.example.com"]],
  [
    "0.12: IPv6 in a table",
    `${host}[queue.outbound.source-ip]\nv6 = "'2001:DB8::1'"`,
    ["2001:db8::1=mail.example.com"],
  ],
  [
    "0.12: a name of its own",
    `${host}${source(`"'192.0.2.1'"`)}queue.outbound.hostname = "'out.example.com'"`,
    ["192.0.2.1=out.example.com"],
  ],
  [
    "0.12: the name by a function",
    `${host}${source(`"'192.0.2.1'"`)}queue.outbound.hostname = "config_get('server.hostname')"`,
    ["192.0.2.1=mail.example.com"],
  ],
  [
    "0.9: the name by a function",
    `lookup.default.hostname = "mail.example.com"\n${source(`"'192.0.2.1'"`)}queue.outbound.hostname = "key_get('default', 'hostname')"`,
    ["192.0.2.1=mail.example.com"],
  ],
  [
    "0.12: an if block",
    `${host}${source(`[ { if = "sender_domain = 'a.example'", then = "'192.0.2.1'" }, { else = "['192.0.2.2']" } ]`)}`,
    ["192.0.2.1=mail.example.com", "192.0.2.2=mail.example.com"],
  ],
  [
    "0.12: no source in the end",
    `${host}${source(`[ { if = "is_tls", then = "'192.0.2.1'" }, { else = false } ]`)}`,
    ["192.0.2.1=mail.example.com"],
  ],
  [
    "0.12: name and address by the same conditions",
    `${source(`[ { if = "x = 'a'", then = "'192.0.2.1'" }, { else = "'192.0.2.2'" } ]`)}queue.outbound.hostname = [ { if = "x = 'a'", then = "'a.example.com'" }, { else = "'b.example.com'" } ]`,
    ["192.0.2.1=a.example.com", "192.0.2.2=b.example.com"],
  ],
  [
    "0.12: IPv4 only",
    `${host}queue.outbound.ip-strategy = "ipv4_only"\n[queue.outbound.source-ip]\nv4 = "'192.0.2.1'"\nv6 = "'2001:db8::1'"`,
    ["192.0.2.1=mail.example.com"],
  ],
  [
    "0.3: plain lists",
    `[server]\nhostname = "mail.example.com"\n[queue.outbound.source-ip]\nv4 = ["192.0.2.1", "192.0.2.2"]\nv6 = ["2001:db8::1"]`,
    ["192.0.2.1=mail.example.com", "192.0.2.2=mail.example.com", "2001:db8::1=mail.example.com"],
  ],
  [
    "0.3: macros",
    `[macros]\nhost = "mail.example.com"\n[server]\nhostname = "%{HOST}%"\n[queue.outbound]\nsource-ip.v4 = "192.0.2.1"`,
    ["192.0.2.1=mail.example.com"],
  ],
  [
    "0.6: another key",
    `names.out = "mail.example.com"\nserver.hostname = "%{cfg:names.out}%"\n${source(`"'192.0.2.1'"`)}`,
    ["192.0.2.1=mail.example.com"],
  ],
  [
    "0.13: a connection strategy",
    `${host}${connection('source-ips = ["192.0.2.1", "2001:db8::1"]\nehlo-hostname = "out.example.com"')}`,
    ["192.0.2.1=out.example.com", "2001:db8::1=out.example.com"],
  ],
  ["0.13: one address as text", `${host}${connection('source-ips = "192.0.2.1"')}`, ["192.0.2.1=mail.example.com"]],
  [
    "0.13: a name for each address",
    `${host}${connection('source-ips = ["192.0.2.1", "2001:DB8::1"]')}[queue.source-ip."192.0.2.1"]\nehlo-hostname = "a.example.com"\n[queue.source-ip."2001:db8::1"]\nehlo-hostname = "b.example.com"`,
    ["192.0.2.1=a.example.com", "2001:db8::1=b.example.com"],
  ],
  [
    "0.13: several strategies",
    `${host}${connection('source-ips = ["192.0.2.1"]')}${connection('source-ips = ["192.0.2.2"]\nehlo-hostname = "b.example.com"', '"b.c"')}`,
    ["192.0.2.1=mail.example.com", "192.0.2.2=b.example.com"],
  ],
  [
    "0.13: IPv4 only on the routes by MX",
    `${host}${connection('source-ips = ["192.0.2.1", "2001:db8::1"]')}[queue.route.mx]\ntype = "mx"\nip-lookup = "ipv4_only"\n[queue.route.local]\ntype = "local"`,
    ["192.0.2.1=mail.example.com"],
  ],
  [
    "CRLF and a byte order mark",
    `\ufeff${host}${source(`"'192.0.2.1'"`)}`.replaceAll("\n", "\r\n"),
    ["192.0.2.1=mail.example.com"],
  ],
];

const LEFT_OUT: readonly [what: string, toml: string, list: readonly string[], leftOut: RegExp][] = [
  [
    "no source",
    `${host}[server.listener.smtp]\nbind = ["[::]:25"]`,
    [],
    /^config\.toml:1 the source IP of Mail\.Example\.com is not in the file/,
  ],
  [
    "an expression",
    `${host}${source(`"sender_domain + '.x'"`)}`,
    [],
    /^config\.toml:2 queue\.outbound\.source-ip\.v4 is the expression `sender_domain \+ '\.x'`/,
  ],
  [
    "an expression in one branch",
    `${host}${source(`[ { if = "a", then = "pick(b)" }, { else = "'192.0.2.2'" } ]`)}`,
    ["192.0.2.2=mail.example.com"],
    /^config\.toml:2 .*`pick\(b\)`/,
  ],
  [
    "a name by conditions",
    `${source(`"'192.0.2.1'"`)}queue.outbound.hostname = [ { if = "x = 'a'", then = "'a.example.com'" }, { else = "'b.example.com'" } ]`,
    ["192.0.2.1"],
    /^config\.toml:2 EHLO name of 192\.0\.2\.1 depends on `if x = 'a'`/,
  ],
  [
    "a name from the environment",
    `server.hostname = "%{env:HOST}%"\n${source(`"'192.0.2.1'"`)}`,
    ["192.0.2.1"],
    /^config\.toml:1 EHLO name of 192\.0\.2\.1 is server\.hostname, which holds %\{env:HOST\}%/,
  ],
  [
    "a macro that refers to itself",
    `server.hostname = "%{cfg:server.hostname}%"\n${source(`"'192.0.2.1'"`)}`,
    ["192.0.2.1"],
    /holds %\{cfg:server\.hostname\}%/,
  ],
  [
    "an address from the environment",
    `${host}${connection('source-ips = ["%{env:IP}%"]')}`,
    [],
    /^config\.toml:3 queue\.connection\.default\.source-ips holds %\{env:IP\}%/,
  ],
  [
    "an address from the environment beside one that is known",
    `${host}${connection('source-ips = ["192.0.2.1", "%{env:IP}%"]')}`,
    ["192.0.2.1=mail.example.com"],
    /^config\.toml:3 queue\.connection\.default\.source-ips holds %\{env:IP\}%/,
  ],
  [
    "no name",
    source(`"'192.0.2.1'"`),
    ["192.0.2.1"],
    /^config\.toml:1 EHLO name of 192\.0\.2\.1 is the machine's host name/,
  ],
  [
    "a strategy without address",
    `${host}${connection('ehlo-hostname = "a.example.com"')}`,
    [],
    /^config\.toml:3 queue\.connection\.default\.source-ips is not set/,
  ],
  [
    "any address",
    `${host}${connection('source-ips = ["0.0.0.0"]')}`,
    [],
    /^config\.toml:3 .*0\.0\.0\.0 is any address/,
  ],
  ["what is no TOML", `${host}x = ]\n`, [], /^config\.toml:2 config\.toml is not TOML that can be read/],
  [
    "what nests too deeply",
    `x = ${"[".repeat(50_000)}${"]".repeat(50_000)}`,
    [],
    /^config\.toml:1 config\.toml is not read: it nests too deeply/,
  ],
  ["what is no text", "x = 1\0", [], /^config\.toml:1 config\.toml is not read: it has a NUL/],
  [
    "what is too large",
    `#${"x".repeat(10_000_000)}`,
    [],
    /^config\.toml:1 config\.toml is not read: it is larger than 8 MiB/,
  ],
];

describe("a configuration of Stalwart", () => {
  for (const [what, toml, list] of LISTED) {
    it(`is listed: ${what}`, async () => {
      assert.deepEqual(await reading(stalwart, { "config.toml": toml }), { list, leftOut: [] });
    });
  }
  for (const [what, toml, list, leftOut] of LEFT_OUT) {
    it(`leaves out: ${what}`, async () => {
      const read = await reading(stalwart, { "config.toml": toml });
      assert.deepEqual(read.list, list);
      assert.match(read.leftOut[0] ?? "", leftOut);
    });
  }

  it("says the line that keeps mail from IPv6", async () => {
    const old = `${host}queue.outbound.source-ip.v6 = "'2001:db8::1'"`;
    const { senders } = await stalwart.read([{ name: "config.toml", text: old }], async () => ({ ok: false, why: "" }));
    assert.equal(senders[0]?.switchOff, 'queue.outbound.ip-strategy = "ipv4_only"');
  });

  it("follows the includes of 0.3 to 0.5 and says what is missing", async () => {
    const files = {
      "config.toml":
        '[macros]\nbase_path = "/opt"\n[include]\nfiles = ["%{BASE_PATH}%/queue.toml", "%{BASE_PATH}%/server.toml", "%{BASE_PATH}%/tls.toml"]',
      "server.toml": host,
      "/opt/queue.toml": source('"192.0.2.1"'),
    };
    assert.deepEqual(await reading(stalwart, files, 2), {
      list: ["192.0.2.1=mail.example.com"],
      leftOut: [
        "config.toml:4 include tls.toml is missing here: give the files that set queue.outbound and server.hostname too",
      ],
    });
  });

  it("reads the objects of 0.16", async () => {
    const objects = JSON.stringify(
      [
        { "@type": "SystemSettings", defaultHostname: "mail.example.com" },
        {
          "@type": "MtaConnectionStrategy",
          name: "a",
          ehloHostname: null,
          sourceIps: { "0": { sourceIp: "192.0.2.1", ehloHostname: null } },
        },
        {
          "@type": "MtaConnectionStrategy",
          name: "b",
          ehloHostname: "b.example.com",
          sourceIps: [{ sourceIp: "192.0.2.2" }, { sourceIp: "192.0.2.3", ehloHostname: "c.example.com" }],
        },
        { "@type": "MtaConnectionStrategy", name: "c", sourceIps: {} },
      ],
      null,
      1,
    );
    const read = await reading(stalwart, { "objects.json": objects });
    assert.deepEqual(read.list, ["192.0.2.1=mail.example.com", "192.0.2.2=b.example.com", "192.0.2.3=c.example.com"]);
    assert.match(read.leftOut.join("\n"), /^objects\.json:\d+ sourceIps is not set/);
  });

  it("is known by name or content", () => {
    assert.equal(stalwart.recognises({ name: "/opt/stalwart-mail/etc/config.toml", text: "" }), "by-name");
    assert.equal(stalwart.recognises({ name: "x.toml", text: '[server.listener."smtp"]\n' }), "by-content");
    assert.equal(stalwart.recognises({ name: "x.toml", text: '[source."a"]\n' }), "no");
  });
});

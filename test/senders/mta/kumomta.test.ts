import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { kumomta } from "../../../senders/mta/kumomta/read";
import { type Files, reading } from "./reading";

const onSource = (body: string) =>
  `local kumo = require 'kumo'\nkumo.on('get_egress_source', function(source_name)\n${body}\nend)\n`;

const LUA: readonly [what: string, lua: string, list: readonly string[]][] = [
  [
    "a call outside of everything",
    "kumo.make_egress_source { name = 'a', source_address = '192.0.2.1', ehlo_domain = 'M.Example.com' }",
    ["192.0.2.1=m.example.com"],
  ],
  [
    "its name until 2023",
    "kumo.define_egress_source({ name = 'a', source_address = '192.0.2.1', ehlo_domain = 'm.example.com' })",
    ["192.0.2.1=m.example.com"],
  ],
  [
    "a branch for each name",
    onSource(`if source_name == 'a' then
      return kumo.make_egress_source { name = 'a', source_address = '192.0.2.1', ehlo_domain = 'a.example.com' }
    elseif 'b' == source_name then
      return kumo.make_egress_source { name = 'b', source_address = "2001:DB8::1", ehlo_domain = [[b.example.com]] }
    end
    error 'no such source'`),
    ["192.0.2.1=a.example.com", "2001:db8::1=b.example.com"],
  ],
  [
    "tables looked up by the name",
    `local IP = { ['a'] = '192.0.2.1', b = '192.0.2.2' }\nlocal HOST = { a = 'a.example.com', b = 'b.example.com' }\n${onSource("return kumo.make_egress_source { name = source_name, source_address = IP[source_name], ehlo_domain = HOST[source_name] }")}`,
    ["192.0.2.1=a.example.com", "192.0.2.2=b.example.com"],
  ],
  [
    "a table of tables looked up by the name, with a check",
    `local S = { a = { ip = '192.0.2.1', host = 'a.example.com' }, b = { ip = '192.0.2.2', host = 'b.example.com' } }
    ${onSource("local s = S[source_name]\nif not s then error('unknown ' .. source_name) end\nreturn kumo.make_egress_source { name = source_name, source_address = s.ip, ehlo_domain = s.host }")}`,
    ["192.0.2.1=a.example.com", "192.0.2.2=b.example.com"],
  ],
  [
    "a loop over a table of tables",
    `local all = { { n = 'a', ip = '192.0.2.1' }, { n = 'b', ip = '192.0.2.2' } }
    for _, s in ipairs(all) do kumo.make_egress_source { name = s.n, source_address = s.ip, ehlo_domain = s.n .. '.example.com' } end`,
    ["192.0.2.1=a.example.com", "192.0.2.2=b.example.com"],
  ],
  [
    "a loop over names and addresses",
    "for name, ip in pairs({ a = '192.0.2.1' }) do kumo.make_egress_source { name = name, source_address = ip, ehlo_domain = 'm.example.com' } end",
    ["192.0.2.1=m.example.com"],
  ],
  [
    "a loop over numbers",
    "for i = 1, 3 do kumo.make_egress_source { name = 'ip-' .. i, source_address = '192.0.2.' .. i, ehlo_domain = 'm' .. i .. '.example.com' } end",
    ["192.0.2.1=m1.example.com", "192.0.2.2=m2.example.com", "192.0.2.3=m3.example.com"],
  ],
  [
    "a function of the policy",
    "local function make(ip, host)\n return kumo.make_egress_source { name = ip, source_address = ip, ehlo_domain = host }\nend\nmake('192.0.2.1', 'a.example.com')\nmake('192.0.2.2', 'b.example.com')",
    ["192.0.2.1=a.example.com", "192.0.2.2=b.example.com"],
  ],
  [
    "a function given to memoize",
    "local setup = kumo.memoize(function() return kumo.make_egress_source { name = 'a', source_address = '192.0.2.1', ehlo_domain = 'm.example.com' } end, { name = 'x' })",
    ["192.0.2.1=m.example.com"],
  ],
  [
    "a table that is filled",
    "local t = {}\ntable.insert(t, '192.0.2.1')\nt[2] = '192.0.2.2'\nfor _, ip in ipairs(t) do kumo.make_egress_source { name = ip, source_address = ip, ehlo_domain = 'm.example.com' } end",
    ["192.0.2.1=m.example.com", "192.0.2.2=m.example.com"],
  ],
  [
    "marks of Lua 5.4",
    "local D <const> = 'example.com'\nkumo.make_egress_source { name = 'a', source_address = '192.0.2.1', ehlo_domain = 'm.' .. D }",
    ["192.0.2.1=m.example.com"],
  ],
  [
    "HAProxy before the source address",
    "kumo.make_egress_source { name = 'a', source_address = '10.0.0.1', ha_proxy_server = '10.0.0.2:5000', ha_proxy_source_address = '192.0.2.1', ehlo_domain = 'm.example.com' }",
    ["192.0.2.1=m.example.com"],
  ],
  [
    "SOCKS5",
    "kumo.make_egress_source { name = 'a', socks5_proxy_server = 'p.example.com:5000', socks5_proxy_source_address = '192.0.2.1', ehlo_domain = 'm.example.com' }",
    ["192.0.2.1=m.example.com"],
  ],
  [
    "no proxy without its server",
    "kumo.make_egress_source { name = 'a', source_address = '192.0.2.2', ha_proxy_source_address = '192.0.2.1', ehlo_domain = 'm.example.com' }",
    ["192.0.2.2=m.example.com"],
  ],
  [
    "another port",
    "kumo.make_egress_source { name = 'a', source_address = '192.0.2.2', remote_port = 2525, ehlo_domain = 'm.example.com' }",
    ["192.0.2.2=m.example.com"],
  ],
  [
    "the name of every path",
    `${onSource("return kumo.make_egress_source { name = 'a', source_address = '192.0.2.1', ehlo_domain = 'a.example.com' }")}kumo.on('get_egress_path_config', function(domain, source, site)\n return kumo.make_egress_path { ehlo_domain = 'path.example.com' }\nend)`,
    ["192.0.2.1=path.example.com"],
  ],
  [
    "the name of some paths",
    `${onSource("return kumo.make_egress_source { name = 'a', source_address = '192.0.2.1', ehlo_domain = 'a.example.com' }")}kumo.on('get_egress_path_config', function(domain, source, site)
      if domain == 'example.org' then return kumo.make_egress_path { ehlo_domain = 'path.example.com' } end
      return kumo.make_egress_path {}
    end)`,
    ["192.0.2.1=a.example.com", "192.0.2.1=path.example.com"],
  ],
  [
    "the name of the paths of a source",
    `for _, n in ipairs { 'a', 'b' } do kumo.make_egress_source { name = n, source_address = n == 'a' and '192.0.2.1' or '192.0.2.2', ehlo_domain = n .. '.example.com' } end
    kumo.on('get_egress_path_config', function(domain, source)
      if source == 'a' then return kumo.make_egress_path { ehlo_domain = 'path.example.com' } end
      return kumo.make_egress_path {}
    end)`,
    ["192.0.2.1=path.example.com", "192.0.2.2=b.example.com"],
  ],
  [
    "sources in the helper's arguments",
    "local sources = require 'policy-extras.sources'\nsources:setup { { source = { ['a'] = { source_address = '192.0.2.1', ehlo_domain = 'm.example.com' } } } }",
    ["192.0.2.1=m.example.com"],
  ],
  [
    "CRLF and a byte order mark",
    "\ufeff-- x\r\nkumo.make_egress_source { name = 'a', source_address = '192.0.2.1',\r\n ehlo_domain = 'm.example.com' }\r\n",
    ["192.0.2.1=m.example.com"],
  ],
];

const source = (fields: string) => `kumo.make_egress_source { name = 'a', ${fields} }`;

const LEFT_OUT: readonly [what: string, lua: string, list: readonly string[], leftOut: RegExp][] = [
  [
    "an address from the environment",
    source("source_address = os.getenv('IP'), ehlo_domain = 'm.example.com'"),
    [],
    /^init\.lua:1 source_address of source "a" is `os\.getenv\('IP'\)`, which only running the policy can say/,
  ],
  [
    "what may be the environment's",
    source("source_address = os.getenv 'IP' or '192.0.2.1'"),
    [],
    /is `os\.getenv 'IP' or '192\.0\.2\.1'`/,
  ],
  [
    "a name from a file",
    `local h = io.open('/etc/hostname'):read()\n${source("source_address = '192.0.2.1', ehlo_domain = h")}`,
    ["192.0.2.1"],
    /^init\.lua:2 EHLO name of 192\.0\.2\.1 is `io\.open/,
  ],
  [
    "a table from a file",
    "local t = kumo.serde.json_load 'x.json'\nfor _, s in ipairs(t) do kumo.make_egress_source(s) end",
    [],
    /^init\.lua:2 kumo\.make_egress_source is called with `s`/,
  ],
  [
    "the name as the address",
    onSource("return kumo.make_egress_source { name = source_name, source_address = source_name }"),
    [],
    /^init\.lua:3 source_address of source of any name is `the name of any other source`/,
  ],
  [
    "an address set under an unknown condition",
    `local ip = '192.0.2.1'\nif os.getenv('X') then ip = '192.0.2.2' end\n${source("source_address = ip")}`,
    [],
    /^init\.lua:3 source_address of source "a" is `ip`/,
  ],
  [
    "no address",
    source("ehlo_domain = 'm.example.com'"),
    [],
    /^init\.lua:1 source_address of source "a" is not set \(EHLO name m\.example\.com\): the system chooses/,
  ],
  [
    "no name",
    source("source_address = '192.0.2.1'"),
    ["192.0.2.1"],
    /EHLO name of 192\.0\.2\.1 is the machine's host name/,
  ],
  [
    "a host name for an address",
    source("source_address = 'm.example.com'"),
    [],
    /source_address m\.example\.com is a host name, not an address/,
  ],
  [
    "a file that is missing",
    "require('policy-extras.sources'):setup { '/opt/kumomta/etc/sources.toml' }",
    [],
    /^init\.lua:1 \/opt\/kumomta\/etc\/sources\.toml cannot be read/,
  ],
  [
    "a module that is missing",
    `local m = require 'my.sources'\n${source("source_address = '192.0.2.1', ehlo_domain = 'm.example.com'")}`,
    ["192.0.2.1=m.example.com"],
    /^init\.lua:1 require 'my\.sources' may define more sources/,
  ],
  [
    "no source at all",
    "local kumo = require 'kumo'\nkumo.on('init', function() kumo.start_esmtp_listener { listen = '0.0.0.0:25' } end)",
    [],
    /^init\.lua:1 an egress source is not defined/,
  ],
  ["what is no Lua", "local x = = 1", [], /^init\.lua:1 init\.lua is not Lua that can be read/],
  [
    "a program without end",
    "while true do end\nlocal function f() return f() end\nf()\nfor i = 1, 1e9 do for j = 1, 1e9 do end end\nlocal s = 'x'\nfor i = 1, 90000 do s = s .. s end",
    [],
    /an egress source is not defined|too long/,
  ],
  [
    "loops inside loops",
    `${"for i = 1, 99999 do ".repeat(20)}${source("source_address = i")}${" end".repeat(20)}`,
    [],
    /too long|which only running/,
  ],
  [
    "what nests too deeply",
    `x = ${"{".repeat(100_000)}${"}".repeat(100_000)}`,
    [],
    /^init\.lua:1 init\.lua is not read: it nests too deeply/,
  ],
  ["a concatenation without end", `x = ${"'a' .. ".repeat(100_000)}'b'`, [], /nests too deeply/],
];

const TOML: readonly [what: string, files: Files, list: readonly string[], leftOut?: RegExp][] = [
  [
    "sources of the helper",
    {
      "sources.toml": `[source."a"]\nsource_address = "192.0.2.1"\nehlo_domain = 'a.example.com'\n[source.b]\nsource_address = "2001:db8::1"\nehlo_domain = "b.example.com"\n[pool."p"]\n[pool."p"."a"]\nweight = 2`,
    },
    ["192.0.2.1=a.example.com", "2001:db8::1=b.example.com"],
  ],
  [
    "the same as JSON",
    { "sources.json": '{ "source": { "a": { "source_address": "192.0.2.1", "ehlo_domain": "a.example.com" } } }' },
    ["192.0.2.1=a.example.com"],
  ],
  [
    "inline tables",
    { "sources.toml": 'source = { a = { source_address = "192.0.2.1", ehlo_domain = "a.example.com" } }' },
    ["192.0.2.1=a.example.com"],
  ],
  [
    "HAProxy",
    {
      "sources.toml":
        '[source.a]\nha_proxy_server = "10.0.0.1:5000"\nha_proxy_source_address = "192.0.2.1"\nehlo_domain = "a.example.com"',
    },
    ["192.0.2.1=a.example.com"],
  ],
  [
    "the name of every path",
    {
      "sources.toml":
        '[source.a]\nsource_address = "192.0.2.1"\nehlo_domain = "a.example.com"\n[default]\nehlo_domain = "path.example.com"',
    },
    ["192.0.2.1=path.example.com"],
  ],
  [
    "the names of some paths",
    {
      "sources.toml":
        '[source.a]\nsource_address = "192.0.2.1"\nehlo_domain = "a.example.com"\n["example.org"]\nehlo_domain = "b.example.com"\n["example.net".sources.a]\nehlo_domain = "c.example.com"\n["example.net".sources.z]\nehlo_domain = "z.example.com"',
    },
    ["192.0.2.1=a.example.com", "192.0.2.1=b.example.com", "192.0.2.1=c.example.com"],
  ],
  [
    "files that the policy names",
    {
      "init.lua":
        "local s = require 'policy-extras.sources'\ns:setup { '/etc/sources.toml' }\nrequire('policy-extras.shaping'):setup_with_automation { extra_files = { '/etc/shaping.toml', '/opt/kumomta/share/community/shaping.toml' } }",
      "/etc/sources.toml": '[source.a]\nsource_address = "192.0.2.1"\nehlo_domain = "a.example.com"',
      "/etc/shaping.toml": '["example.org"]\nehlo_domain = "b.example.com"',
    },
    ["192.0.2.1=a.example.com", "192.0.2.1=b.example.com"],
  ],
  [
    "a module of the policy",
    {
      "init.lua":
        "local S = require 'my.sources'\nfor n, s in pairs(S) do kumo.make_egress_source { name = n, source_address = s, ehlo_domain = n .. '.example.com' } end",
      "my/sources.lua": "return { a = '192.0.2.1' }",
    },
    ["192.0.2.1=a.example.com"],
  ],
  [
    "a module that requires itself",
    {
      "init.lua": "require 'a'",
      "a.lua":
        "require 'a'\nkumo.make_egress_source { name = 'a', source_address = '192.0.2.1', ehlo_domain = 'a.example.com' }",
    },
    ["192.0.2.1=a.example.com"],
  ],
  [
    "no address",
    { "sources.toml": '[source.a]\nehlo_domain = "a.example.com"' },
    [],
    /^sources\.toml:1 source_address of source "a" is not set/,
  ],
  ["what is no TOML", { "sources.toml": "[source.a\n" }, [], /^sources\.toml:[12] sources\.toml is not TOML/],
];

describe("a policy of KumoMTA", () => {
  for (const [what, lua, list] of LUA) {
    it(`is listed: ${what}`, async () => {
      assert.deepEqual(await reading(kumomta, { "init.lua": lua }), { list, leftOut: [] });
    });
  }
  for (const [what, lua, list, leftOut] of LEFT_OUT) {
    it(`leaves out: ${what}`, async () => {
      const started = Date.now();
      const read = await reading(kumomta, { "init.lua": lua });
      assert.deepEqual(read.list, list);
      assert.match(read.leftOut.join("\n"), leftOut);
      assert.ok(Date.now() - started < 30_000, "took too long");
    });
  }
});

describe("data files of KumoMTA", () => {
  for (const [what, files, list, leftOut] of TOML) {
    it(what, async () => {
      const read = await reading(kumomta, files);
      assert.deepEqual(read.list, list);
      if (leftOut === undefined) assert.deepEqual(read.leftOut, []);
      else assert.match(read.leftOut.join("\n"), leftOut);
    });
  }

  it("given beside the policy are not looked for at the path on the server", async () => {
    const files = {
      "init.lua": "require('policy-extras.sources'):setup { '/opt/kumomta/etc/policy/sources.toml' }",
      "here/sources.toml": '[source.a]\nsource_address = "192.0.2.1"\nehlo_domain = "a.example.com"',
    };
    assert.deepEqual(await reading(kumomta, files, 2), { list: ["192.0.2.1=a.example.com"], leftOut: [] });
  });

  it("say the line that keeps mail from IPv6", async () => {
    const file = {
      name: "sources.toml",
      text: '[source.a]\nsource_address = "2001:db8::1"\nehlo_domain = "a.example.com"',
    };
    const { senders } = await kumomta.read([file], async () => ({ ok: false, why: "" }));
    assert.equal(senders[0]?.switchOff, 'ip_lookup_strategy = "Ipv4Only"');
  });

  it("are known by name or content", () => {
    assert.equal(kumomta.recognises({ name: "/opt/kumomta/etc/policy/init.lua", text: "" }), "by-name");
    assert.equal(kumomta.recognises({ name: "sources.toml", text: "" }), "by-name");
    assert.equal(kumomta.recognises({ name: "x", text: "local kumo = require 'kumo'" }), "by-content");
    assert.equal(kumomta.recognises({ name: "x.toml", text: '[source."ip-1"]\n' }), "by-content");
    assert.equal(kumomta.recognises({ name: "init.lua", text: "vim.opt.number = true" }), "no");
  });
});

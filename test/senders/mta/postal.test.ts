import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { postal } from "../../../senders/mta/postal/read";
import { type Files, reading } from "./reading";

const v3 = (pools: boolean) =>
  `version: 2\npostal:\n  smtp_hostname: postal.example.org\n  use_ip_pools: ${pools}\ndns:\n  helo_hostname: "mail.example.org"\n`;
const NO_ADDRESS = /mail that says (\S+) is bound to no address: the system chooses/;

const CASES: readonly [
  what: string,
  files: Files,
  given: number,
  list: readonly string[],
  leftOut: readonly RegExp[],
][] = [
  [
    "the name in EHLO",
    { "postal.yml": v3(false) },
    1,
    [],
    [/^postal\.yml:6 mail that says mail\.example\.org is bound to no address/],
  ],
  [
    "the server's name",
    { "postal.yml": "postal:\n  smtp_hostname: postal.example.org" },
    1,
    [],
    [/^postal\.yml:2 mail that says postal\.example\.org/],
  ],
  [
    "the server's name before 3.0",
    { "postal.yml": "dns:\n  smtp_server_hostname: postal.example.org\ngeneral:\n  use_ip_pools: false" },
    1,
    [],
    [/^postal\.yml:2 mail that says postal\.example\.org/],
  ],
  [
    "pools",
    { "postal.yml": v3(true) },
    1,
    [],
    [
      /^postal\.yml:4 use_ip_pools keeps addresses and names in Postal's database: save what `SELECT/,
      /outside of IP pools is bound/,
    ],
  ],
  [
    "pools before 3.0",
    { "postal.yml": "general:\n  use_ip_pools: true\ndns:\n  helo_hostname: m.example.org" },
    1,
    [],
    [/^postal\.yml:2 use_ip_pools/, /m\.example\.org/],
  ],
  [
    "a relay",
    { "postal.yml": `${v3(false)}smtp_relays:\n  - hostname: relay.example.net\n    port: 25` },
    1,
    [],
    [/^postal\.yml:8 smtp_relays relay\.example\.net takes all mail/, NO_ADDRESS],
  ],
  [
    "a relay as URL",
    { "postal.yml": "postal:\n  smtp_relays: [ 'smtp://relay.example.net:25' ]\n" },
    1,
    [],
    [/^postal\.yml:2 smtp_relays smtp:\/\/relay\.example\.net:25 takes/, NO_ADDRESS],
  ],
  [
    "pools with their table by tabs",
    {
      "postal.yml": v3(true),
      "ips.tsv": "ipv4\tipv6\thostname\n192.0.2.1\tNULL\ta.example.org\n192.0.2.2\t2001:DB8::2\tb.example.org\n",
    },
    2,
    ["192.0.2.1=a.example.org", "192.0.2.2=b.example.org", "2001:db8::2=b.example.org"],
    [],
  ],
  [
    "a table in a frame, alone",
    {
      ips: "+----+-----------+------+---------------+\n| id | ipv4      | ipv6 | hostname      |\n+----+-----------+------+---------------+\n|  1 | 192.0.2.1 | NULL | a.example.org |\n+----+-----------+------+---------------+\n",
    },
    1,
    ["192.0.2.1=a.example.org"],
    [],
  ],
  [
    "lines for the console",
    {
      "postal.yml": v3(true),
      "ips.rb":
        '# IPAddress.create!(ipv4: "192.0.2.9", hostname: "x.example.org")\nIPAddress.find_or_initialize_by(ipv4: "192.0.2.1").update!(ip_pool: pool, ipv6: nil, hostname: "a.example.org")\nIPAddress.create!(ipv4: \'192.0.2.2\', ipv6: "2001:db8::2", hostname: "b.example.org")',
    },
    2,
    ["192.0.2.1=a.example.org", "192.0.2.2=b.example.org", "2001:db8::2=b.example.org"],
    [],
  ],
  [
    "an address that ends in a colon, a relay without host",
    {
      "postal.yml": `smtp_server:\n  default_bind_address: ::\n  other: 2001:db8:: # x\nsmtp_relays:\n  -\n    hostname:\n${v3(false)}`,
    },
    1,
    [],
    [/^postal\.yml:12 mail that says mail\.example\.org/],
  ],
  [
    "what is no YAML",
    { "postal.yml": "a: [1\nb: 2" },
    1,
    [],
    [/^postal\.yml:\d postal\.yml is not YAML that can be read/],
  ],
  [
    "aliases that multiply",
    {
      "postal.yml": `a0: &a0 [x, x]\n${Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join("\n")}`,
    },
    1,
    [],
    [/its aliases make it too large/],
  ],
  ["what nests too deeply", { "postal.yml": `a: ${"[".repeat(50_000)}` }, 1, [], [/nests too deeply|not YAML/]],
  [
    "CRLF",
    { "postal.yml": v3(false).replaceAll("\n", "\r\n") },
    1,
    [],
    [/^postal\.yml:6 mail that says mail\.example\.org/],
  ],
];

describe("a configuration of Postal", () => {
  for (const [what, files, given, list, leftOut] of CASES) {
    it(what, async () => {
      const read = await reading(postal, files, given);
      assert.deepEqual(read.list, list);
      assert.equal(read.leftOut.length, leftOut.length, read.leftOut.join("\n"));
      for (const [at, each] of leftOut.entries()) assert.match(read.leftOut[at] ?? "", each);
    });
  }

  it("is known by name or content", () => {
    assert.equal(postal.recognises({ name: "/opt/postal/config/postal.yml", text: "" }), "by-name");
    assert.equal(postal.recognises({ name: "x.yml", text: "message_db:\n  host: x" }), "by-content");
    assert.equal(postal.recognises({ name: "compose.yml", text: "services:\n" }), "no");
  });
});

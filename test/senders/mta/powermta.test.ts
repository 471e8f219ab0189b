import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { powermta } from "../../../senders/mta/powermta/read";
import { type Files, reading } from "./reading";

const vmta = (inside: string, name = "a") => `<virtual-mta ${name}>\n${inside}\n</virtual-mta>\n`;

/** What stands in the file, what is listed. */
const LISTED: readonly [what: string, config: string, list: readonly string[]][] = [
  ["a virtual MTA", vmta("smtp-source-host 192.0.2.1 Mail.Example.COM"), ["192.0.2.1=mail.example.com"]],
  [
    "any letter case",
    "<Virtual-MTA a>\nSMTP-Source-Host 192.0.2.1 m.example.com\n</VIRTUAL-MTA>",
    ["192.0.2.1=m.example.com"],
  ],
  [
    "several directives, IPv6",
    vmta("smtp-source-host 192.0.2.1 m.example.com\nsmtp-source-host 2001:DB8:0::1 m6.example.com"),
    ["192.0.2.1=m.example.com", "2001:db8::1=m6.example.com"],
  ],
  [
    "two families in one directive",
    vmta("smtp-source-host 192.0.2.1,2001:db8::1 m.example.com"),
    ["192.0.2.1=m.example.com", "2001:db8::1=m.example.com"],
  ],
  ["outside of virtual MTAs", "smtp-source-host 192.0.2.1 m.example.com", ["192.0.2.1=m.example.com"]],
  [
    "the older directive with a host name",
    vmta("smtp-source-ip 192.0.2.1\nhost-name m.example.com"),
    ["192.0.2.1=m.example.com"],
  ],
  ["the host name of all", `${vmta("smtp-source-ip 192.0.2.1")}host-name m.example.com`, ["192.0.2.1=m.example.com"]],
  [
    "comments",
    `# smtp-source-host 192.0.2.9 x.example.com\n${vmta("smtp-source-host 192.0.2.1 m.example.com#x")}`,
    ["192.0.2.1=m.example.com"],
  ],
  ["quotes", vmta('smtp-source-host 192.0.2.1 "m.example.com"', '"a b"'), ["192.0.2.1=m.example.com"]],
  [
    "CRLF and a byte order mark",
    `\ufeff${vmta("smtp-source-host 192.0.2.1 m.example.com").replaceAll("\n", "\r\n")}`,
    ["192.0.2.1=m.example.com"],
  ],
  [
    "a domain block inside",
    vmta("<domain *>\nmax-smtp-out 2\n</domain>\nsmtp-source-host 192.0.2.1 m.example.com"),
    ["192.0.2.1=m.example.com"],
  ],
  [
    "the address of a day's first messages",
    vmta("smtp-source-host 192.0.2.1 m.example.com\nauto-cold-virtual-mta 192.0.2.2 cold.example.com"),
    ["192.0.2.1=m.example.com", "192.0.2.2=cold.example.com"],
  ],
  [
    "a proxy's client (5.0r8)",
    vmta("smtp-proxy-source-host 192.0.2.1 198.51.100.1:5000 198.51.100.2:0 p.example.com"),
    ["198.51.100.2=p.example.com"],
  ],
  [
    "a proxy's client (5.0r2)",
    `${vmta("smtp-source-host 192.0.2.1 m.example.com\nuse-proxy p")}<proxy p>\nserver 198.51.100.1:5000\nclient [2001:db8::2]:0 p.example.com\n</proxy>`,
    ["2001:db8::2=p.example.com"],
  ],
  ["an address literal as name", vmta("smtp-source-host 192.0.2.1 [192.0.2.1]"), ["192.0.2.1"]],
  ["a private address", vmta("smtp-source-host 10.0.0.1 m.example.com"), ["10.0.0.1=m.example.com"]],
];

/** What stands in the file, what is listed, what is said of the rest. */
const LEFT_OUT: readonly [what: string, config: string, list: readonly string[], leftOut: RegExp][] = [
  [
    "any address",
    vmta("smtp-source-host 0.0.0.0 m.example.com"),
    [],
    /^config:2 smtp-source-host 0\.0\.0\.0 is any address/,
  ],
  [
    "any address of IPv6",
    vmta("smtp-source-host :: m.example.com"),
    [],
    /^config:2 smtp-source-host :: is any address/,
  ],
  [
    "a host name for an address",
    vmta("smtp-source-host m.example.com 192.0.2.1"),
    [],
    /^config:2 .*is a host name, not an address/,
  ],
  [
    "a block",
    vmta("auto-cold-virtual-mta 192.0.2.0/24 m.example.com"),
    [],
    /^config:2 auto-cold-virtual-mta 192\.0\.2\.0\/24 is not read/,
  ],
  [
    "a virtual MTA without address",
    `\n${vmta("max-smtp-out 2")}`,
    [],
    /^config:2 virtual-mta a has no smtp-source-host/,
  ],
  ["no source at all", "postmaster you@example.com", [], /^config:1 smtp-source-host is not set/],
  [
    "a placeholder for a name",
    vmta("smtp-source-host 192.0.2.1 {host}"),
    ["192.0.2.1"],
    /^config:2 EHLO name "\{host\}" of 192\.0\.2\.1 is no host name/,
  ],
  [
    "no name",
    vmta("smtp-source-ip 192.0.2.1"),
    ["192.0.2.1"],
    /^config:2 EHLO name of 192\.0\.2\.1 is the machine's host name/,
  ],
  [
    "a source in another block",
    `<domain *>\nsmtp-source-ip 192.0.2.1\n</domain>\n${vmta("smtp-source-host 192.0.2.1 m.example.com")}`,
    ["192.0.2.1=m.example.com"],
    /^config:2 smtp-source-ip 192\.0\.2\.1 stands in <domain>/,
  ],
  [
    "a relay for every domain",
    `<domain *>\nroute [192.0.2.9]:2525\n</domain>\n${vmta("smtp-source-host 192.0.2.1 m.example.com")}`,
    ["192.0.2.1=m.example.com"],
    /^config:2 route .*another host/,
  ],
  [
    "an unknown proxy",
    vmta("smtp-source-host 192.0.2.1 m.example.com\nuse-proxy p"),
    [],
    /^config:2 use-proxy p names a <proxy> that no file holds/,
  ],
  [
    "an include that is missing",
    `include more/vmtas.conf\n${vmta("smtp-source-host 192.0.2.1 m.example.com")}`,
    ["192.0.2.1=m.example.com"],
    /^config:1 include more\/vmtas\.conf cannot be read/,
  ],
  [
    "an include over HTTP",
    `include https://example.com/v\n${vmta("smtp-source-host 192.0.2.1 m.example.com")}`,
    ["192.0.2.1=m.example.com"],
    /^config:1 include https:\/\/example\.com\/v is fetched/,
  ],
];

const INCLUDES: readonly [what: string, files: Files, list: readonly string[], leftOut?: RegExp][] = [
  ["a file", { config: "include b", b: vmta("smtp-source-host 192.0.2.1 m.example.com") }, ["192.0.2.1=m.example.com"]],
  [
    "a pattern",
    {
      config: "include d/*.conf",
      "d/1.conf": vmta("smtp-source-host 192.0.2.1 m.example.com", "x"),
      "d/2.conf": vmta("smtp-source-host 192.0.2.2 n.example.com", "y"),
    },
    ["192.0.2.1=m.example.com", "192.0.2.2=n.example.com"],
  ],
  [
    "inside a virtual MTA",
    { config: vmta("include b"), b: "smtp-source-host 192.0.2.1 m.example.com" },
    ["192.0.2.1=m.example.com"],
  ],
  [
    "a file that includes itself",
    { config: `include b\n${vmta("smtp-source-host 192.0.2.1 m.example.com")}`, b: "include config" },
    ["192.0.2.1=m.example.com"],
    /^b:1 include config is not followed: config includes itself/,
  ],
];

describe("a configuration of PowerMTA", () => {
  for (const [what, config, list] of LISTED) {
    it(`is listed: ${what}`, async () => {
      assert.deepEqual(await reading(powermta, { config }), { list, leftOut: [] });
    });
  }
  for (const [what, config, list, leftOut] of LEFT_OUT) {
    it(`leaves out: ${what}`, async () => {
      const read = await reading(powermta, { config });
      assert.deepEqual(read.list, list);
      assert.equal(read.leftOut.length, 1, read.leftOut.join("\n"));
      assert.match(read.leftOut[0] ?? "", leftOut);
    });
  }
  for (const [what, files, list, leftOut] of INCLUDES) {
    it(`includes ${what}`, async () => {
      const read = await reading(powermta, files);
      assert.deepEqual(read.list, list);
      if (leftOut === undefined) assert.deepEqual(read.leftOut, []);
      else assert.match(read.leftOut.join("\n"), leftOut);
    });
  }

  it("takes a file that is given for the one at its path on the server", async () => {
    const files = {
      config: "include /etc/pmta/vmtas.conf",
      "here/vmtas.conf": vmta("smtp-source-host 192.0.2.1 m.example.com"),
    };
    assert.deepEqual(await reading(powermta, files, 2), { list: ["192.0.2.1=m.example.com"], leftOut: [] });
    assert.match(
      (await reading(powermta, files)).leftOut.join("\n"),
      /^config:1 include \/etc\/pmta\/vmtas\.conf cannot be read/,
    );
  });

  it("ends where files include one another without end", async () => {
    let opened = 0;
    const { leftOut } = await powermta.read([{ name: "0", text: "include next\ninclude next" }], async () => {
      opened += 1;
      return { ok: true, files: [{ name: String(opened), text: "include next\ninclude next" }] };
    });
    assert.ok(opened <= 4000, `${opened} files were opened`);
    assert.match(leftOut.map(({ why }) => why).join("\n"), /is not followed/);
  });

  it("is read within seconds, however large", async () => {
    const config = vmta("smtp-source-host 192.0.2.1 m.example.com\n".repeat(200_000));
    assert.equal((await reading(powermta, { config })).list.length, 200_000);
  });

  it("is known by name or content", () => {
    assert.equal(powermta.recognises({ name: "/etc/pmta/config", text: "" }), "by-name");
    assert.equal(powermta.recognises({ name: "x", text: "# x\n  <Virtual-MTA a>\n" }), "by-content");
    assert.equal(powermta.recognises({ name: "config", text: "myhostname = x\n" }), "no");
  });
});

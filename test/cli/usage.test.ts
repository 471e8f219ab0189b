import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { commands } from "../../cli/commands/table";
import { type FakeWorldOptions, ran } from "./fake-environment";

describe("bad usage ends with status 2, one line on stderr that says how to fix it, and nothing else", () => {
  const files = {
    "empty.txt": "",
    "bad.txt": "192.0.2.1\n\u001b[31mnonsense\n",
    "no.json": "{",
    "list.json": "[]",
    "csv.txt": "192.0.2.10,mail.example.com\n",
    // As decoded from UTF-8: what PowerShell's > writes, and the same big-endian.
    "utf16.txt": Buffer.from("\ufeff192.0.2.10\r\n", "utf16le").toString("utf8"),
    "utf16be.txt": Buffer.from("\ufeffmail.example.com\r\n", "utf16le").swap16().toString("utf8"),
    "utf16-bare.txt": Buffer.from("192.0.2.10=mail.example.com\r\n", "utf16le").toString("utf8"),
    "zero.txt": "192.0.2.10=mail.example.com\0\n",
    "latin1.txt": Buffer.from("192.0.2.10 m\u00e4il.example.com\n", "latin1").toString("utf8"),
  };
  const rows: [args: string[], says: RegExp, options?: FakeWorldOptions][] = [
    [[], /no command given: use one of verify, name, stack/],
    [["verfy"], /there is no command "verfy": did you mean verify\?/],
    [["zzzzzzzz"], /there is no command "zzzzzzzz": there are verify/],
    [["toString"], /there is no command "toString"/],
    [["192.0.2.10=mail.example.com"], /write fcrdns verify 192\.0\.2\.10=mail\.example\.com/],
    [["--format", "json"], /write the command before its options/],
    [["help", "nothing"], /there is no command "nothing"/],
    [["verify"], /no address given/],
    [["verify", "nonsense"], /"nonsense" is not an IP address/],
    [["verify", "\u001b[2J\n::set-output name=a::b"], /is not an IPv6 address/],
    [["verify", "fe80::1%eth0"], /zone index/],
    [["verify", "192.0.2.10=192.0.2.1"], /"192\.0\.2\.1" is an address, not a host name/],
    [["verify", "192.0.2.10=[192.0.2.1]"], /"\[192\.0\.2\.1\]" is an address, not a host name/],
    [["verify", "192.0.2.10=2001:db8::1"], /is an address, not a host name/],
    [["verify", "192.0.2.10=192.0.2.300"], /is no host name: the last label "300" is a number/],
    [["verify", "192.0.2.10=ma\u0001il.example.com"], /"ma\\u\{1\}il\.example\.com" is no host name/],
    [["verify", "192.0.2.10=-mail.example.com"], /is no host name: the label "-mail" begins or ends with a hyphen/],
    [["verify", "192.0.2.10=."], /is no host name/],
    [
      ["verify", "192.0.2.10,mail.example.com"],
      /has a comma after the address: write .* 192\.0\.2\.10=mail\.example\.com/,
    ],
    [["verify", "192.0.2.10;mail.example.com"], /has a semicolon after the address/],
    [
      ["verify", '"2001:db8::10","mail.example.com"'],
      /has a comma after the address: write .* 2001:db8::10=mail\.example\.com/,
    ],
    [["verify", "mail.example.com,192.0.2.10"], /write the address first, 192\.0\.2\.10=mail\.example\.com/],
    [["verify", "mail.example.com=192.0.2.10"], /has the host name first: write .* 192\.0\.2\.10=mail\.example\.com/],
    [["verify", "--file", "csv.txt"], /csv\.txt line 1: .* has a comma after the address/],
    [["verify", "--file", "utf16.txt"], /utf16\.txt is UTF-16/],
    [["name", "--file", "utf16be.txt"], /utf16be\.txt is UTF-16/],
    [["verify", "--file", "utf16-bare.txt"], /utf16-bare\.txt is UTF-16/],
    [["verify", "--file", "zero.txt"], /zero\.txt is not a text file/],
    [["verify", "--file", "latin1.txt"], /latin1\.txt line 1: .* is not UTF-8: save the file as UTF-8/],
    [["verify", "--file", "empty.txt"], /empty\.txt contains no address/],
    [["verify", "--file", "bad.txt"], /bad\.txt line 2: .*nonsense/],
    [["verify", "--file", "gone.txt"], /cannot read gone\.txt: there is no such file/],
    [["verify", "-"], /standard input contains no address/],
    [["verify", "192.0.2.10", "--fromat", "json"], /unknown option '--fromat' \(Did you mean --format\?\)/],
    [["verify", "192.0.2.10", "--qqqqqq"], /unknown option '--qqqqqq'; fcrdns verify --help/],
    [["verify", "192.0.2.10", "--format"], /argument missing/],
    [["verify", "192.0.2.10", "--format", "jsno"], /there is no format "jsno" for this command: did you mean json\?/],
    [["verify", "192.0.2.10", "--format", "x"], /choose one of text, json, ndjson, junit, sarif, github, markdown/],
    [["verify", "192.0.2.10", "--mode", "recusrive"], /did you mean recursive\?/],
    [["verify", "192.0.2.10", "--timeout", "soon"], /--timeout "soon" is not a number/],
    [["verify", "192.0.2.10", "--timeout", "0"], /--timeout is 0, not a number from/],
    [["verify", "192.0.2.10", "--tries", "1.5"], /--tries is 1\.5, not a whole number/],
    [["verify", "192.0.2.10", "--deadline", "-1"], /--deadline is -1/],
    [["verify", "192.0.2.10", "--port", "70000"], /--port is 70000/],
    [["verify", "192.0.2.10", "--concurrency", "0"], /--concurrency "0" is not a whole number from 1 to 1000/],
    [
      ["verify", "192.0.2.10", "--root", "ns.example.com"],
      /--root: "ns\.example\.com" is not the address of a DNS server/,
    ],
    [["verify", "192.0.2.10", "--root", "192.0.2.53:0"], /--root: the port in/],
    [["verify", "192.0.2.10", "--resolver", "[::1"], /--resolver: /],
    [["verify", "192.0.2.10", "--stub", "example.com"], /--stub "example\.com" does not say which zone/],
    [["verify", "192.0.2.10", "--stub", "=192.0.2.53"], /does not say which zone/],
    [["verify", "192.0.2.10", "--stub", "a..b=192.0.2.53"], /--stub.*empty label/],
    [["verify", "192.0.2.10", "--stub", "example.com=x"], /--stub: "x" is not the address/],
    [["name"], /no name given/],
    [["name", ""], /the name is empty/],
    [["name", "mail.example.com", "--ip", "nonsense"], /--ip: "nonsense" is not an IP address/],
    [["name", "a b c"], /more than one name/],
    [["name", "mail.example.com", "--format", "sarif"], /there is no format "sarif" for this command/],
    [["arpa"], /no address given/],
    [["arpa", "fe80::1%eth0"], /zone index/],
    [["stack", "prod"], /unexpected argument "prod": write fcrdns stack --stack NAME/],
    [["stack", "--stack", "a", "--export", "b"], /--stack and --export cannot be combined/],
    [["stack", "--export", "gone.json"], /cannot read gone\.json/],
    [["stack", "--export", "empty.txt"], /empty\.txt is empty: write it with pulumi stack export/],
    [["stack", "--export", "no.json"], /no\.json is not JSON/],
    [["stack", "--export", "list.json"], /list\.json: this is not a stack export/],
    [["stack", "--terraform", "list.json"], /list\.json: .*terraform show -json/],
    [["stack"], /pulumi is not on the PATH/],
    [["watch"], /no address given/],
    [["watch", "192.0.2.10", "--every", "0"], /--every 0 is not a number of minutes/],
    [["watch", "192.0.2.10", "--seen", "0"], /--seen "0" is not a whole number/],
    [["watch", "192.0.2.10", "--listen", "9110"], /--listen "9110" is not an address with a port/],
    [["watch", "192.0.2.10", "--listen", "127.0.0.1"], /is not an address with a port/],
    [
      ["watch", "192.0.2.10", "--webhook", "hooks.slack.com/secret"],
      /^fcrdns: --webhook is not the URL of a webhook: .*http:\/\/$/,
    ],
    [["watch", "192.0.2.10", "--webhook", "file:///etc/passwd"], /is not the URL of a webhook/],
    [["watch", "192.0.2.10"], /FCRDNS_WEBHOOK is not the URL/, { environment: { FCRDNS_WEBHOOK: "secret" } }],
    [["ticket"], /no provider given/],
    [["ticket", "racknerd"], /no address given/],
    [["ticket", "raknerd", "192.0.2.10=a.example.com"], /did you mean racknerd\? For any other write generic/],
    [["ticket", "racknerd", "192.0.2.10"], /192\.0\.2\.10 has no host name/],
    [
      ["ticket", "racknerd", "192.0.2.10=a.example.com", "--port25", "--removal"],
      /--port25 and --removal cannot be combined/,
    ],
    [["ticket", "racknerd", "192.0.2.10=a.example.com", "--name-server", "ns1.example.com"], /needs --delegate/],
    [["ticket", "generic", "192.0.2.10=a.example.com", "--purpose", "x", "--since", "soon"], /"soon" is not a date/],
  ];
  for (const [args, says, options] of rows) {
    it(`fcrdns ${args.map((arg) => JSON.stringify(arg)).join(" ")}`, async () => {
      const { status, stdout, stderr, environment } = await ran(args, { files, ...options });
      assert.equal(stdout, "");
      assert.match(stderr, /^fcrdns: [^\n]+\n$/);
      assert.match(stderr.trimEnd(), says);
      assert.doesNotMatch(stderr, /[^\n\P{C}]|Error:|\.ts:/u);
      assert.equal(status, 2);
      assert.deepEqual(environment.asked, []);
    });
  }
});

describe("--help", () => {
  it("lists every command", async () => {
    for (const args of [["--help"], ["-h"], ["help"]]) {
      const { status, stdout } = await ran(args);
      assert.equal(status, 0);
      for (const name of Object.keys(commands)) assert.match(stdout, new RegExp(`^ {2}${name} `, "m"));
    }
  });

  for (const name of Object.keys(commands)) {
    it(`of ${name} has examples that the command understands`, async () => {
      const { status, stdout, stderr } = await ran([name, "--help"]);
      assert.deepEqual([status, stderr], [0, ""]);
      assert.deepEqual((await ran(["help", name])).stdout, stdout);
      assert.match(stdout, /\nExamples:\n {2}\$ /);
      const flags = new Set(stdout.match(/^ {2}(?:-\w, )?--[a-z0-9-]+/gm)?.map((line) => line.replace(/.*--/, "--")));
      for (const used of stdout.slice(stdout.indexOf("\nExamples:")).match(/ --[a-z0-9-]+/g) ?? []) {
        assert.ok(flags.has(used.trim()) || ["--export", "--stack", "--file"].includes(used.trim()), used);
      }
    });
  }
});

describe("--version", () => {
  it("is that of the package", async () => {
    const { version } = require("../../package.json");
    for (const flag of ["--version", "-V"]) assert.equal((await ran([flag])).stdout, `${version}\n`);
  });
});

describe("a defect", () => {
  it("is one line, unless more is asked for, and never a green status", async () => {
    const judge = () => {
      throw new Error("broken\ninside");
    };
    const { status, stderr } = await ran(["verify", "192.0.2.10"], { judge });
    assert.equal(status, 3);
    assert.match(stderr, /^fcrdns: this is a bug, please report it [^\n]*broken inside\n$/);
    const more = await ran(["verify", "192.0.2.10"], { judge, environment: { FCRDNS_DEBUG: "1" } });
    assert.match(more.stderr, /\n {4}at /);
  });
});

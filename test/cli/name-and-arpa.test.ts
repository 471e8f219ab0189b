import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ran } from "./fake-environment";

describe("fcrdns name", () => {
  const rows: [args: string[], status: number, says: RegExp][] = [
    [["mail.example.com"], 0, /^✓ mail\.example\.com {2}valid, not generic\n$/],
    [["MAIL.Example.COM."], 0, /^✓ mail\.example\.com /],
    [["mail.bücher.example"], 0, /^✓ mail\.xn--bcher-kva\.example /],
    [["a..b"], 1, /^✗ a\.\.b {2}not valid\n {4}name-empty-label: /],
    [["under_score.example.com"], 1, /not valid\n {4}name-underscore: /],
    [["static.10.2.0.192.clients.your-server.de"], 1, /generic\n {4}generic-/],
    [["mail.example.com", "a..b"], 1, /^✓ .*\n✗ /],
    [["\u001b[2J"], 1, /^✗ \S+ {2}not valid\n/],
    [["c000020a.example.com", "--ip", "192.0.2.10"], 1, /the address in hexadecimal/],
    [["192.0.2.10=c000020a.example.com"], 1, /the address in hexadecimal/],
  ];
  for (const [args, status, says] of rows) {
    it(JSON.stringify(args), async () => {
      const end = await ran(["name", ...args]);
      assert.match(end.stdout, says);
      assert.ok(!end.stdout.includes("\u001b"));
      assert.equal(end.status, status);
      assert.deepEqual(end.environment.asked, []);
    });
  }

  it("prints one object for one name, a list for several, lines for ndjson", async () => {
    const one = JSON.parse((await ran(["name", "mail.example.com", "--format", "json"])).stdout);
    assert.deepEqual(one, { hostname: "mail.example.com", valid: true, generic: false, reasons: [] });
    const two = JSON.parse((await ran(["name", "mail.example.com", "a..b", "--format", "json"])).stdout);
    assert.deepEqual([two.schema, two.results.length, two.results[0]], [1, 2, one]);
    const { stdout } = await ran(["name", "-", "--format", "ndjson"], {
      stdin: "# x\nmail.example.com\n192.0.2.10 a..b\n",
    });
    assert.deepEqual(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).valid),
      [true, false],
    );
  });

  it("takes files as verify does", async () => {
    const end = await ran(["name", "--file", "names.txt"], { files: { "names.txt": "\nmail.example.com # good\n" } });
    assert.deepEqual([end.status, end.stdout], [0, "✓ mail.example.com  valid, not generic\n"]);
    const empty = await ran(["name", "--file", "names.txt"], { files: { "names.txt": "# nothing\n" } });
    assert.equal(empty.status, 2);
  });
});

describe("fcrdns arpa", () => {
  it("prints the reverse name", async () => {
    const end = await ran(["arpa", "192.0.2.10", "2001:DB8::10", "::ffff:192.0.2.11"]);
    const nibbles = "0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";
    assert.equal(end.stdout, `10.2.0.192.in-addr.arpa\n${nibbles}\n11.2.0.192.in-addr.arpa\n`);
    assert.equal(end.status, 0);
  });

  it("prints JSON on request", async () => {
    const end = await ran(["arpa", "192.0.2.10", "--format", "json"]);
    assert.deepEqual(JSON.parse(end.stdout).results, [{ ip: "192.0.2.10", arpa: "10.2.0.192.in-addr.arpa" }]);
  });
});

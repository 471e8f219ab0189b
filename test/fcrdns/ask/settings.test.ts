/** Settings from untyped sources, and servers as people write them. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkSettings, parseServer } from "../../../fcrdns/index";

describe("checkSettings", () => {
  it("refuses keys and values of any length at once, in a short message", () => {
    const texts = ["a".repeat(1_000_000), "1.".repeat(500_000), "\u{1}".repeat(1_000_000), "ü".repeat(1_000_000)];
    for (const long of texts) {
      const started = performance.now();
      for (const settings of [{ stubs: { [long]: "127.0.0.1" } }, { stubs: { ".": long } }, { roots: [long] }]) {
        const checked = checkSettings(settings);
        assert.equal(checked.ok, false);
        const length = checked.ok ? 0 : checked.problems.map(({ key, message }) => key + message).join("").length;
        assert.ok(length < 2000, String(length));
      }
      assert.ok(performance.now() - started < 500);
    }
  });

  it("takes every setting there is", () => {
    const settings = {
      mode: "recursive",
      roots: ["192.0.2.53", "[2001:db8::53]:5353"],
      stubs: { ".": "127.0.0.1:5300", "2.0.192.in-addr.arpa": ["127.0.0.2", "127.0.0.3:53"] },
      resolvers: ["2001:db8::1"],
      port: 5300,
      timeoutSeconds: 0.5,
      tries: 3,
      deadlineSeconds: 300,
    };
    assert.deepEqual(checkSettings(settings), { ok: true, settings });
  });

  it("takes none, and keys without a value", () => {
    assert.equal(checkSettings({}).ok, true);
    assert.equal(checkSettings({ mode: undefined }).ok, true);
  });

  for (const [name, value, key, message, fix] of [
    ["a misspelt key", { timeoutSecond: 5 }, "timeoutSecond", /no setting named/, /timeoutSeconds/],
    ["a key in the command's spelling", { "deadline-seconds": 5 }, "deadline-seconds", /no setting/, /deadlineSeconds/],
    ["a key that is nothing like one", { colour: "red" }, "colour", /no setting/, /mode, roots, stubs/],
    ["an inherited name", { constructor: 1 }, "constructor", /no setting/, /./],
    ["a misspelt mode", { mode: "authorative" }, "mode", /"authorative"/, /"authoritative"/],
    ["a mode of another kind", { mode: 3 }, "mode", /3/, /"full", "authoritative", "recursive"/],
    ["a server for a list of servers", { roots: "192.0.2.53" }, "roots", /not a list/, /\["192\.0\.2\.53:53"\]/],
    [
      "a name among the servers",
      { resolvers: ["192.0.2.1", "dns.example"] },
      "resolvers[1]",
      /dns\.example/,
      /ADDRESS/,
    ],
    ["a number among the servers", { roots: [53] }, "roots[0]", /53/, /ADDRESS/],
    ["IPv6 with a port but no brackets", { roots: ["2001:db8::1:99999"] }, "roots[0]", /2001/, /ADDRESS/],
    ["stubs as a list", { stubs: ["127.0.0.1"] }, "stubs", /a list/, /object/],
    ["a stub that is no server", { stubs: { "example.com": "here" } }, 'stubs["example.com"]', /here/, /ADDRESS/],
    ["a stub for no zone", { stubs: { "a..b": "127.0.0.1" } }, 'stubs["a..b"]', /empty label/, /zone/],
    ["a stub without servers", { stubs: { "example.com": [] } }, 'stubs["example.com"]', /empty/, /server/],
    ["a number as text", { port: "53" }, "port", /"53"/, /53 without quotes/],
    ["a port out of range", { port: 0 }, "port", /0/, /1 to 65535/],
    ["a broken number of tries", { tries: 1.5 }, "tries", /1\.5/, /whole/],
    ["not a number", { deadlineSeconds: Number.NaN }, "deadlineSeconds", /NaN/, /number from 0/],
    ["no time at all", { timeoutSeconds: 0 }, "timeoutSeconds", /0/, /0\.01/],
    ["null", null, "", /null/, /object/],
    ["a list", [], "", /list/, /object/],
    ["text", "full", "", /"full"/, /object/],
  ] as const) {
    it(`says what is wrong with ${name}, and what to write`, () => {
      const result = checkSettings(value);
      assert.ok(!result.ok);
      assert.equal(result.problems.length, 1);
      const [problem] = result.problems;
      assert.equal(problem?.key, key);
      assert.match(problem?.message ?? "", message);
      assert.match(problem?.fix ?? "", fix);
    });
  }

  it("names every problem at once", () => {
    const result = checkSettings({ mode: "x", port: -1, root: [] });
    assert.deepEqual(!result.ok && result.problems.map(({ key }) => key), ["mode", "port", "root"]);
  });
});

describe("parseServer", () => {
  for (const [text, address, port] of [
    ["192.0.2.53", "192.0.2.53", 53],
    ["192.0.2.53:5353", "192.0.2.53", 5353],
    ["2001:DB8::53", "2001:db8::53", 53],
    ["[2001:db8::53]", "2001:db8::53", 53],
    ["[2001:db8::53]:5353", "2001:db8::53", 5353],
    ["::1", "::1", 53],
    ["[::ffff:192.0.2.53]:1", "192.0.2.53", 1],
    ["192.0.2.53:65535", "192.0.2.53", 65535],
  ] as const) {
    it(`reads ${text}`, () => assert.deepEqual(parseServer(text, 53), { ok: true, server: { address, port } }));
  }
  for (const text of [
    "",
    ":53",
    "ns.example.com",
    "192.0.2.53:",
    "192.0.2.53:0",
    "192.0.2.53:65536",
    "192.0.2.53:5a",
    "192.0.2.53 ",
    "192.0.2:53",
    "[192.0.2.53]:53",
    "[2001:db8::53",
    "[2001:db8::53]53",
    "2001:db8::53]:53",
    "fe80::1%lo",
    "192.0.2.53:53:53",
    "192.0.2.53:-1",
    "192.0.2.53:00000000053",
  ]) {
    it(`refuses "${text}"`, () => assert.equal(parseServer(text, 53).ok, false));
  }
});

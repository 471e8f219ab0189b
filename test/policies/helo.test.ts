/** What the server says in EHLO, and what was seen to send, beside what the stack plans. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Finding } from "../../fcrdns/verdict";
import { endpoint, type GivenResource, type RunOptions, runPack, UNKNOWN, verdict } from "./run-pack";

const mail = (endpoints: unknown): GivenResource => ({
  type: "pulumi-fcrdns:index:SendingIp",
  name: "mail",
  props: { hostname: "mail.example.com", endpoints },
});
const rdns = (ip: unknown, name = "mail.example.com"): GivenResource => ({
  type: "hcloud:index/rdns:Rdns",
  name: `rdns-${String(ip)}`,
  props: { ipAddress: ip, dnsPtr: name, serverId: undefined },
});
const mismatch = (severity: Finding["severity"]): Finding => ({
  rule: "helo-mismatch",
  severity,
  message: "the mail server says smtp.example.com in EHLO, but the PTR of 192.0.2.10 is mail.example.com",
  fix: "Have the mail server say mail.example.com in EHLO when it sends from 192.0.2.10.",
  who: "whoever configures the mail server that sends from 192.0.2.10",
});

describe("fcrdns-helo", () => {
  const rules = ["fcrdns-round-trip", "fcrdns-helo"];
  const told = async (endpoints: unknown, verify: RunOptions["verify"], more: RunOptions = {}) =>
    (await runPack([mail(endpoints)], { rules, verify, ...more })).told.map(({ rule, level }) => `${rule} ${level}`);
  const saying =
    (status: "pass" | "fail" | "unknown", severity: Finding["severity"]): RunOptions["verify"] =>
    async (ip, { expected, helo }) =>
      verdict(
        ip,
        expected ?? null,
        helo == null
          ? {}
          : { helo, status, reason: status === "pass" ? "ok" : "unexpected-name", findings: [mismatch(severity)] },
      );

  it("has nothing to say where the server says the host name", async () => {
    const asked: unknown[] = [];
    const verify: RunOptions["verify"] = async (ip, { expected, helo }) => {
      asked.push(helo);
      return verdict(ip, expected ?? null);
    };
    assert.deepEqual(await told([endpoint(), endpoint({ helo: "MAIL.example.com." })], verify), []);
    assert.deepEqual(asked, [undefined]);
  });

  it("fails where the name does not have the address", async () => {
    const given = [endpoint({ helo: "smtp.example.com" })];
    assert.deepEqual(await told(given, saying("fail", "error")), ["fcrdns-helo mandatory"]);
    assert.deepEqual(await told(given, saying("unknown", "error")), ["fcrdns-helo mandatory"]);
  });

  it("advises where it has, with what to change and who can", async () => {
    const given = [mail([endpoint({ helo: "smtp.example.com" })])];
    const { told: all } = await runPack(given, { rules, verify: saying("pass", "warning") });
    assert.deepEqual(
      all.map(({ rule, level }) => `${rule} ${level}`),
      ["fcrdns-helo advisory"],
    );
    assert.match(all[0]?.message ?? "", /found {5}the mail server says smtp.*\n {2}fix {7}Have.*\n {2}who {7}whoever/);
  });

  it("leaves to the round trip what the round trip says, and asks nothing in a preview", async () => {
    const given = [endpoint({ helo: "smtp.example.com" })];
    const noPtr: RunOptions["verify"] = async (ip, { expected }) =>
      verdict(ip, expected ?? null, { status: "fail", iprev: "permerror", reason: "no-ptr", ptr: [] });
    assert.deepEqual(await told(given, noPtr), ["fcrdns-round-trip mandatory"]);
    assert.deepEqual(await told(given, saying("fail", "error"), { preview: true }), []);
  });
});

describe("fcrdns-observed", () => {
  const rules = ["fcrdns-configuration", "fcrdns-observed"];
  const planned = [mail([endpoint(), endpoint({ address: "2001:db8::10", family: 6 })])];
  const observe = async (text: string | undefined, given = planned, more: RunOptions = {}) => {
    const options = {
      rules,
      stackConfig: { observed: "senders.txt" },
      ...(text !== undefined && { files: { "senders.txt": text } }),
    };
    return (await runPack(given, { ...options, ...more })).told;
  };
  /** Level and first line of each violation. */
  const heads = async (...args: Parameters<typeof observe>) =>
    (await observe(...args)).map(
      ({ level, message }) =>
        `${level} ${message.split("\n").find((line) => !line.startsWith("Mail leaves by the addresses")) ?? ""}`,
    );
  const V4 = "192.0.2.10=mail.example.com";
  const V6 = "2001:db8::10=mail.example.com";
  const result = (ip: string, expected: string | null, more: object = {}) => ({
    ...verdict(ip, expected),
    ...more,
  });
  const report = (...results: object[]) => JSON.stringify({ schema: 1, results }, null, 2);

  it("is content where no file is named, and where reality is the plan, in each form of the file", async () => {
    assert.deepEqual((await runPack(planned, { rules })).told, []);
    const both = [result("192.0.2.10", "mail.example.com"), result("2001:DB8::10", "mail.example.com")];
    for (const text of [
      `${V4}\n${V6}\n`,
      `\ufeff# by fcrdns mta\r\n192.0.2.10=MAIL.example.com.\r\n\r\n2001:DB8:0::10   # no name\r\n`,
      `${V4}\n${V6}\n203.0.113.9 # waived`.replace(/\n203.*/, ""),
      report(...both),
      JSON.stringify({ schema: 1, results: both }),
      both.map((each) => JSON.stringify(each)).join("\n"),
      report(result("192.0.2.10", null, { helo: "mail.example.com" }), result("2001:db8::10", null)),
    ]) {
      assert.deepEqual(await heads(text), [], text);
    }
  });

  it("fails for an address that the stack does not send from, and says where it was seen and what is planned", async () => {
    const all = await observe(`${V4}\n${V6}\n203.0.113.9=mail.example.com\n`);
    assert.equal(all.length, 1);
    assert.equal(all[0]?.level, "mandatory");
    assert.match(
      all[0]?.message ?? "",
      /mail leaves by 203\.0\.113\.9, which is no address of this stack\.\n {2}found {5}203\.0\.113\.9, saying mail\.example\.com in EHLO \(senders\.txt, line 3\)\n {2}expected {2}192\.0\.2\.10, 2001:db8::10\n {2}fix {7}have the mail server send from 192\.0\.2\.10, 2001:db8::10/,
    );
    const inReport = await observe(report(result("192.0.2.10", "mail.example.com"), result("203.0.113.9", null)));
    assert.match(inReport[0]?.message ?? "", /found {5}203\.0\.113\.9 \(senders\.txt, result 2\)/);
  });

  it("fails for another name than planned, also one that is no name", async () => {
    for (const [helo, shown] of [
      ["smtp.example.com", "smtp.example.com"],
      ["localhost", "localhost"],
      ["[192.0.2.10]", '"[192.0.2.10]"'],
      ["\u001b[2J", '"\\u{1b}[2J"'],
    ] as const) {
      const all = await observe(report(result("192.0.2.10", null, { helo }), result("2001:db8::10", null)));
      assert.deepEqual(
        all.map(({ level }) => level),
        ["mandatory"],
      );
      assert.ok(all[0]?.message.includes(`found     ${shown} (senders.txt, result 1)`), all[0]?.message);
      assert.match(all[0]?.message ?? "", /expected {2}mail\.example\.com\n {2}fix/);
    }
  });

  it("takes the planned EHLO name, and the PTR of raw resources", async () => {
    const other = [mail([endpoint({ helo: "smtp.example.com" })])];
    assert.deepEqual(await heads("192.0.2.10=smtp.example.com", other), []);
    assert.equal((await heads(V4, other)).length, 1);
    assert.deepEqual(await heads(V4, [rdns("192.0.2.10")]), []);
    assert.equal((await heads("192.0.2.10=smtp.example.com", [rdns("192.0.2.10")])).length, 1);
  });

  it("knows what mail leaves by although the stack sets no PTR", async () => {
    const record = (type: string, name: string, content: string): GivenResource => ({
      type: "cloudflare:index/dnsRecord:DnsRecord",
      name: type,
      props: { zoneId: "023e105f", type, name, content },
    });
    const unset = [
      { type: "aws:ec2/eip:Eip", props: { publicIp: "192.0.2.10" } },
      record("A", "mail.example.com", "192.0.2.10"),
      record("MX", "example.com", "mail.example.com"),
    ];
    assert.deepEqual(await heads(V4, unset), []);
    assert.deepEqual(await heads("192.0.2.10", unset), []);
    const [otherName] = await observe("192.0.2.10=ip-10-0-0-5.ec2.internal", unset);
    assert.match(otherName?.message ?? "", /expected {2}mail\.example\.com\n/);
    const [other] = await observe("203.0.113.9", unset);
    assert.match(other?.message ?? "", /expected {2}192\.0\.2\.10\n/);
  });

  it("says how to name the public address where a private one is bound", async () => {
    const [seen] = await observe(`10.0.0.5=mail.example.com\n${V6}`);
    assert.equal(seen?.level, "mandatory");
    assert.match(seen?.message ?? "", /\n {2}fix {7}.*fcrdns mta FILE\.\.\. --nat 10\.0\.0\.5=PUBLIC/);
    assert.doesNotMatch(seen?.message ?? "", /SendingIp/);
  });

  it("advises where a planned address was not seen", async () => {
    assert.deepEqual(await heads(V4), [
      "advisory senders.txt does not show that mail leaves by 2001:db8::10, which mail (pulumi-fcrdns:index:SendingIp) plans.",
    ]);
  });

  for (const [what, text, says] of [
    ["is not there", undefined, /senders\.txt cannot be read: it does not exist/],
    ["is empty", "", /senders\.txt is empty/],
    ["has only white space", " \n\t\n", /is empty/],
    ["has only comments", "# nothing\n", /has no sender in it/],
    ["has a report without results", report(), /has no sender in it/],
    ["has an empty list", "[]", /has no verdict of fcrdns in result 1/],
    ["has other JSON", '{"version": 3, "deployment": {}}', /has no verdict of fcrdns in result 1/],
    [
      "was cut off",
      JSON.stringify(result("192.0.2.10", null)).slice(0, 90),
      /is not JSON in line 1: it may have been cut off/,
    ],
    [
      "was cut off in its second line",
      `${JSON.stringify(result("192.0.2.10", null))}\n{"schema": 1, "ip`,
      /is not JSON in line 2/,
    ],
    [
      "has no address",
      report(result("192.0.2.10", null), { ...result("192.0.2.10", null), ip: "mail" }),
      /has no address in result 2/,
    ],
    [
      "has a name that is no text",
      report({ ...result("192.0.2.10", null), helo: 7 }),
      /has no verdict of fcrdns in result 1/,
    ],
    [
      "is of a check that was stopped",
      JSON.stringify({ schema: 1, results: [result("192.0.2.10", null)], unchecked: 2 }),
      /was stopped: 2 addresses are missing/,
    ],
    ["is of the text format", "✓ 192.0.2.10  mail.example.com  pass\n", /has no address in line 1/],
    ["has a block", "192.0.2.0/28\n", /has no address in line 1: .*is a prefix/],
    ["has a name that no host has", "192.0.2.10=a b\n", /has no host name in line 1/],
  ] as const) {
    it(`fails, in one clear sentence, where the file ${what}`, async () => {
      for (const preview of [false, true]) {
        const all = await observe(text, planned, { preview });
        assert.deepEqual(
          all.map(({ rule, level }) => `${rule} ${level}`),
          ["fcrdns-observed mandatory"],
        );
        assert.match(all[0]?.message ?? "", says);
        assert.match(all[0]?.message ?? "", /\n {2}fix {7}write it anew: fcrdns mta/);
      }
    });
  }

  it("is checked in a preview, but for addresses that may be the ones not known yet", async () => {
    assert.equal((await heads("203.0.113.9", planned, { preview: true })).length, 3);
    assert.deepEqual(await heads("203.0.113.9", [mail(UNKNOWN)], { preview: true }), []);
  });

  it("can be waived for an address", async () => {
    const waiver = { address: "203.0.113.9", reason: "the old relay", until: "2026-12-31" };
    const args = { "fcrdns-round-trip": { observed: "senders.txt" }, ignore: [waiver] };
    assert.deepEqual(await heads(`${V4}\n${V6}\n203.0.113.9`, planned, { args, stackConfig: {} }), []);
  });

  it("takes the path from stack config, arguments and policy config", async () => {
    const file = { "a.txt": "203.0.113.9" };
    const home = { "fcrdns-round-trip": { observed: "a.txt" } };
    for (const more of [{ stackConfig: { observed: "a.txt" } }, { args: home }, { config: home }]) {
      const { told } = await runPack(planned, { rules: undefined, files: file, ...more } as RunOptions);
      assert.ok(
        told.some(({ rule }) => rule === "fcrdns-observed"),
        JSON.stringify(more),
      );
    }
    const { told } = await runPack(planned, { rules, stackConfig: { observed: " " } });
    assert.deepEqual(told, []);
  });
});

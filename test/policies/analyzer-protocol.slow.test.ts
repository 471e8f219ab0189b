import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { RULE_NAMES } from "../../policies/rule-table";
import { type Internet, startInternet } from "../../sandbox/internet/internet";
import { type Analyzer, type AnalyzerOptions, startAnalyzer, type WireResource } from "./analyzer";

const root = join(__dirname, "..", "..");
const pack = join(root, "policies");
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });
const rdns = (properties: Record<string, unknown>, name = "rdns"): WireResource => ({
  type: "hcloud:index/rdns:Rdns",
  name,
  properties,
});

async function withAnalyzer<T>(options: Partial<AnalyzerOptions>, use: (analyzer: Analyzer) => Promise<T>): Promise<T> {
  const analyzer = await startAnalyzer({ pack, stripTypes: true, ...options });
  try {
    return await use(analyzer);
  } finally {
    await analyzer.close();
  }
}

describe("the pack in a process of its own", () => {
  let internet: Internet;
  let ask: Record<string, string>;
  before(async () => {
    internet = await startInternet();
    ask = {
      "fcrdns:roots": JSON.stringify(internet.roots),
      "fcrdns:resolvers": JSON.stringify([internet.resolver]),
      "fcrdns:port": String(internet.port),
      "fcrdns:deadlineSeconds": "0",
    };
    internet.setRecords("mail.example.com", "A", ["203.0.113.10"]);
    internet.setPtr("203.0.113.10", "mail.example.com");
    internet.setRecords("lost.example.com", "A", ["203.0.113.11"]);
  });
  after(() => internet.stop());

  it("says its port first, and who it is", () =>
    withAnalyzer({ stripTypes: false }, async (analyzer) => {
      assert.match(analyzer.firstLine, /^\d+$/);
      assert.equal(analyzer.stderr(), "");
      const info = await analyzer.info();
      assert.equal(info.name, "fcrdns");
      assert.equal(
        info.version,
        (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }).version,
      );
      assert.deepEqual(info.policiesList.map(({ name }) => name).sort(), [...RULE_NAMES].sort());
      assert.ok(info.policiesList.every(({ description }) => description !== ""));
    }));

  it("verifies in an update, also addresses that are secret, and shows no secret", () =>
    withAnalyzer({ stackConfig: ask }, async (analyzer) => {
      const found = await analyzer.analyzeStack([
        rdns({ ipAddress: "203.0.113.10", dnsPtr: "mail.example.com" }),
        rdns({ ipAddress: secret("203.0.113.11"), dnsPtr: "lost.example.com", token: secret("s3cr3t") }, "lost"),
      ]);
      const mandatory = found.filter(({ level }) => level === "mandatory");
      assert.deepEqual(
        mandatory.map(({ policy, urn }) => [policy, urn.split("::").at(-1)]),
        [["fcrdns-round-trip", "lost"]],
      );
      assert.match(
        mandatory[0]?.message ?? "",
        /^Every address that sends mail .*\n\[secret\] as lost\.example\.com does not round-trip \(no-ptr\)/,
      );
      assert.doesNotMatch(JSON.stringify(found), /s3cr3t|203\.0\.113\.11|11\.113\.0\.203/);
    }));

  it("asks nothing in a preview, judges what is known, and makes no noise about what is not", () =>
    withAnalyzer({ preview: true, stackConfig: ask }, async (analyzer) => {
      const began = internet.servers().reduce((sum, { name }) => sum + internet.queries(name).length, 0);
      const found = await analyzer.analyzeStack([
        rdns({ ipAddress: UNKNOWN, dnsPtr: UNKNOWN, id: UNKNOWN }),
        rdns({ ipAddress: UNKNOWN, dnsPtr: "my_mail.example.com" }, "bad"),
        {
          type: "pulumi-fcrdns:index:SendingIp",
          name: "mail",
          properties: { hostname: "mail.example.com", endpoints: UNKNOWN },
        },
        {
          type: "gcp:compute/instance:Instance",
          name: "vm",
          properties: { networkInterfaces: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2" },
        },
      ]);
      assert.deepEqual(
        found.filter(({ level }) => level === "mandatory").map(({ policy, urn }) => [policy, urn.split("::").at(-1)]),
        [["fcrdns-name-valid", "bad"]],
      );
      assert.doesNotMatch(JSON.stringify(found), /can't run policy|can't be known/);
      assert.equal(
        internet.servers().reduce((sum, { name }) => sum + internet.queries(name).length, 0),
        began,
      );
    }));

  it("takes the policy configuration over the stack's, and names misspelt rules even when all are off", () =>
    withAnalyzer({ stackConfig: { ...ask, "fcrdns:roots": '["127.0.0.1:9"]' } }, async (analyzer) => {
      const levels = Object.fromEntries(RULE_NAMES.map((name) => [name, { level: "disabled" as const }]));
      const roots = { roots: internet.roots };
      await analyzer.configure({ ...levels, "fcrdns-round-trip": { level: "advisory", properties: roots } });
      const resources = [rdns({ ipAddress: "203.0.113.11", dnsPtr: "lost.example.com" })];
      assert.deepEqual(
        (await analyzer.analyzeStack(resources)).map(({ policy, level }) => [policy, level]),
        [["fcrdns-round-trip", "advisory"]],
      );

      await analyzer.configure({ ...levels, "fcrdns-round-tip": { level: "mandatory" } });
      const found = await analyzer.analyzeStack(resources);
      assert.deepEqual(
        found.map(({ policy, level }) => [policy, level]),
        [["fcrdns-configuration", "mandatory"]],
      );
      assert.match(found[0]?.message ?? "", /"fcrdns-round-tip" is not a rule.*write fcrdns-round-trip/s);
    }));

  it("goes on after strange resources", () =>
    withAnalyzer({ stackConfig: ask }, async (analyzer) => {
      const strange = [
        rdns({}),
        rdns({ ipAddress: 5, dnsPtr: ["a", "b"] }, "types"),
        rdns({ ipAddress: "203.0.113.10/24", dnsPtr: "mail.example.com" }, "network"),
        rdns({ ipAddress: "203.0.113.10", dnsPtr: "\u001b[2Jmail.example.com\n::error::x" }, "hostile"),
        { type: "gcp:compute/instance:Instance", name: "vm", properties: { networkInterfaces: "none" } },
        { type: "pulumi-fcrdns:index:SendingIp", name: "odd", properties: { endpoints: [null, 5, { address: {} }] } },
        { type: "", name: "", properties: {} },
      ];
      const found = await analyzer.analyzeStack(strange);
      assert.ok(found.length > 0);
      assert.doesNotMatch(JSON.stringify(found.map(({ message }) => message)), /bug in the rule|\\u001b|\\n::error/);
    }));
});

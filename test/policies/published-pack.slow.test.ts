import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { RULE_NAMES } from "../../policies/rule-table";
import { packPackage, unpackInto } from "../package/packed";
import { startAnalyzer } from "./analyzer";

describe("the published package", () => {
  let folder: string;
  let installed: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "fcrdns-pack-"));
    installed = unpackInto(join(folder, "app"), packPackage(folder));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("has a pack of compiled JavaScript that starts", async (t) => {
    const empty = join(folder, "app", "empty");
    mkdirSync(empty);
    writeFileSync(join(empty, "package.json"), '{ "version": "0.0.1" }');
    writeFileSync(join(empty, "index.js"), 'new (require("@pulumi/policy").PolicyPack)("empty", { policies: [] });');
    const times: Record<string, number> = {};
    for (const [name, pack] of Object.entries({ empty, fcrdns: join(installed, "policies") })) {
      // The second start finds the files in the machine's memory.
      for (let start = 0; start < 2; start++) {
        const analyzer = await startAnalyzer({ pack });
        times[name] = Math.round(analyzer.loadMs);
        const info = await analyzer.info();
        if (name === "fcrdns")
          assert.deepEqual(info.policiesList.map((each) => each.name).sort(), [...RULE_NAMES].sort());
        await analyzer.close();
      }
    }
    t.diagnostic(`loaded in ${times.fcrdns} ms, an empty pack in ${times.empty} ms`);
  });

  it("gives its rules to a pack of one's own, beside other rules", async () => {
    const own = join(folder, "app", "own");
    mkdirSync(own);
    writeFileSync(join(own, "package.json"), '{ "version": "1.2.3" }');
    writeFileSync(
      join(own, "index.js"),
      `const { PolicyPack } = require("@pulumi/policy");
       const { fcrdns } = require("pulumi-fcrdns/policies");
       const mail = fcrdns({ all: "disabled", "fcrdns-name-valid": "mandatory" });
       const other = { name: "no-buckets", description: "No buckets.", enforcementLevel: "advisory", validateStack() {} };
       new PolicyPack("mail", { ...mail, policies: [...mail.policies, other] });`,
    );
    const analyzer = await startAnalyzer({ pack: own });
    try {
      // The engine sends a line for every policy of the pack, and then whatever the configuration names.
      const { policiesList } = await analyzer.info();
      const engineSends = (level: "advisory" | "disabled") =>
        Object.fromEntries(policiesList.map(({ name }) => [name, { level }]));
      await analyzer.configure(engineSends("advisory"));
      const rdns = { type: "hcloud:index/rdns:Rdns", name: "rdns", properties: { dnsPtr: "my_mail.example.com" } };
      const found = await analyzer.analyzeStack([rdns]);
      assert.ok(found.some(({ policy }) => policy === "fcrdns-name-valid"));
      // A rule that is not ours is no misspelt one.
      assert.ok(!found.some(({ policy }) => policy === "fcrdns-configuration"), JSON.stringify(found));
      await analyzer.configure({ ...engineSends("disabled"), "fcrdns-name-vald": { level: "mandatory" } });
      const [misspelt] = (await analyzer.analyzeStack([])).filter(({ policy }) => policy === "fcrdns-configuration");
      assert.match(misspelt?.message ?? "", /fcrdns-name-valid/);
    } finally {
      await analyzer.close();
    }
  });

  it("loads no cloud's SDK and no compiler for its rules", () => {
    const script = 'require("pulumi-fcrdns/policies").fcrdns(); console.log(Object.keys(require.cache).join("\\n"))';
    const loaded = execFileSync(process.execPath, ["-e", script], { cwd: join(folder, "app"), encoding: "utf8" }).split(
      "\n",
    );
    assert.deepEqual(
      loaded.filter((file) =>
        /node_modules\/(@pulumi\/(?!policy|pulumi)|@pulumiverse|@ediri|@ovhcloud|commander)/.test(
          file.replace(installed, ""),
        ),
      ),
      [],
    );
    assert.ok(loaded.some((file) => file.endsWith("dist/policies/fcrdns.js")));
  });

  it("carries no source", () => {
    const files = readdirSync(installed, { recursive: true }).map(String);
    assert.deepEqual(
      files.filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts")),
      [],
    );
    assert.ok(files.includes(join("policies", "PulumiPolicy.yaml")));
  });
});

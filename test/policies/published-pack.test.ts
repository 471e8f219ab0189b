import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { RULE_NAMES } from "../../policies/rule-table";
import { startAnalyzer } from "./analyzer";

const root = join(__dirname, "..", "..");

describe("the published package", () => {
  let folder: string;
  let installed: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "fcrdns-pack-"));
    // Packed from a copy, so that nothing lies about in the checkout while others use it.
    const source = join(folder, "source");
    for (const part of [
      "package.json",
      "tsconfig.json",
      "tsconfig.build.json",
      "components",
      "fcrdns",
      "policies",
      "cli",
      "docs",
      "LICENSE",
    ]) {
      cpSync(join(root, part), join(source, part), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(source, "node_modules"));
    execFileSync("npm", ["pack", "--pack-destination", folder], { cwd: source, stdio: ["ignore", "pipe", "pipe"] });
    assert.equal(existsSync(join(source, "policies", "index.js")), false, "the entry is removed after packing");

    installed = join(folder, "app", "node_modules", "pulumi-fcrdns");
    mkdirSync(installed, { recursive: true });
    const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
    execFileSync("tar", ["-xzf", join(folder, tarball), "-C", installed, "--strip-components=1"]);
    for (const dependency of readdirSync(join(root, "node_modules")).filter((name) => !name.startsWith("."))) {
      symlinkSync(join(root, "node_modules", dependency), join(folder, "app", "node_modules", dependency));
    }
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

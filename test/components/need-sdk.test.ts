import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

const ROOT = join(__dirname, "..", "..");

/** What loading does where an npm package is not installed: Node's own resolution, with this one package taken away. */
function without(sdk: string, code: string): { readonly message: string; readonly isPlain: boolean } {
  const script = `
    const Module = require("node:module");
    const resolve = Module._resolveFilename;
    Module._resolveFilename = function (request, ...rest) {
      if (request === ${JSON.stringify(sdk)} || request.startsWith(${JSON.stringify(`${sdk}/`)})) {
        throw Object.assign(new Error("Cannot find module '" + request + "'"), { code: "MODULE_NOT_FOUND" });
      }
      return resolve.call(this, request, ...rest);
    };
    try { ${code}; console.log(JSON.stringify({ message: "loaded", isPlain: false })); }
    catch (error) { console.log(JSON.stringify({ message: error.message, isPlain: error.__pulumiRunError === true })); }`;
  const printed = execFileSync(process.execPath, ["--require", join(ROOT, "register.js"), "-e", script], { cwd: ROOT });
  return JSON.parse(printed.toString());
}

describe("a provider's SDK that is not installed", () => {
  const entries: readonly (readonly [string, string])[] = [
    ["./providers/cloudflare", "@pulumi/cloudflare"],
    ["./providers/digitalocean", "@pulumi/digitalocean"],
    ["./providers/hetzner", "@pulumi/hcloud"],
    ["./providers/vultr", "@ediri/vultr"],
    ["./providers/ovh", "@ovhcloud/pulumi-ovh"],
  ];
  for (const [entry, sdk] of entries) {
    test(`is one sentence from the library's entry ${entry}`, () => {
      assert.deepEqual(without(sdk, `require(${JSON.stringify(entry)})`), {
        message: `This program needs the package ${sdk}, which is not installed.\n  Fix: npm install ${sdk}`,
        isPlain: true,
      });
    });
  }

  test("is one sentence from the stack's config, which names the word that needs it", () => {
    const { message, isPlain } = without(
      "@pulumi/digitalocean",
      `require("./providers/load-provider").cloudFromConfig("digitalocean", {})`,
    );
    assert.equal(isPlain, true);
    assert.match(message, /^cloud digitalocean needs the package @pulumi\/digitalocean, .*\n {2}Fix: npm install/);
  });

  for (const entry of [
    "./components",
    "./providers/hetzner",
    "./providers/existing",
    "./providers/netcup",
    "./providers/racknerd",
  ]) {
    test(`is one sentence from ${entry} when it is Pulumi itself`, () => {
      assert.deepEqual(without("@pulumi/pulumi", `require(${JSON.stringify(entry)})`), {
        message:
          "pulumi-fcrdns needs the package @pulumi/pulumi, which is not installed.\n  Fix: npm install @pulumi/pulumi",
        isPlain: false,
      });
    });
  }

  test("does not matter to those who use another", () => {
    assert.equal(without("@pulumi/aws", `require("./providers/hetzner")`).message, "loaded");
  });
});

test("the README's install line has every SDK that its program imports", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const [, install = ""] = /^npm install (pulumi-fcrdns .*)$/m.exec(readme) ?? [];
  const sdks = {
    hetzner: "@pulumi/hcloud",
    cloudflare: "@pulumi/cloudflare",
  };
  const imported = [...readme.matchAll(/from "pulumi-fcrdns\/([\w-]+)"/g)].map(([, entry]) => entry ?? "");
  assert.ok(imported.length > 0);
  for (const entry of imported) {
    const sdk = (sdks as Readonly<Record<string, string>>)[entry];
    assert.ok(
      sdk !== undefined && install.split(" ").includes(sdk),
      `${entry} needs ${sdk}, and is installed: ${install}`,
    );
  }
});

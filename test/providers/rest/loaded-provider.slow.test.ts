import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import * as ts from "typescript";
import { loadedProvider } from "../../../providers/internal/dynamic/loaded-provider";

const checkout = realpathSync(join(__dirname, "..", "..", ".."));

/** Evaluates a provider's text as Pulumi's host does, in its own process, and names the file that it came from. */
function load(text: string, cwd: string, ...nodeArguments: string[]): { ok: boolean; said: string } {
  const script = `
    const requireFromString = require(${JSON.stringify(require.resolve("require-from-string"))});
    try {
      const provider = requireFromString(${JSON.stringify(text)}).handler();
      const file = Object.values(require.cache).find((module) => module.exports && module.exports.provider === provider).filename;
      console.log(typeof provider.create, file);
    } catch (error) {
      console.log(error.message);
      process.exitCode = 1;
    }`;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeArguments, "-e", script], {
    cwd,
    encoding: "utf8",
  });
  return { ok: status === 0, said: `${stdout}${stderr}`.trim() };
}

/** The package as npm would install it, compiled, below `folder`; what it depends on is linked. */
function install(folder: string): string {
  const home = join(folder, "node_modules", "pulumi-fcrdns");
  for (const room of ["components", "fcrdns", "providers"]) {
    for (const file of readdirSync(join(checkout, room), { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts")) continue;
      const compiled = ts.transpileModule(readFileSync(join(checkout, room, file), "utf8"), {
        compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
      });
      const out = join(home, "dist", room, file.replace(/\.ts$/, ".js"));
      mkdirSync(dirname(out), { recursive: true });
      writeFileSync(out, compiled.outputText);
    }
  }
  writeFileSync(join(home, "package.json"), JSON.stringify({ name: "pulumi-fcrdns", version: "1.0.0" }));
  for (const dependency of ["ipaddr.js", "tldts", "tldts-core"]) {
    symlinkSync(join(checkout, "node_modules", dependency), join(folder, "node_modules", dependency));
  }
  return home;
}

describe("a provider that the state knows by its file alone", () => {
  let folder: string;
  let installed: string;
  let text: string;
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "installed-")));
    installed = install(folder);
    const compiled = join(installed, "dist", "providers", "internal", "dynamic", "loaded-provider.js");
    text = (require(compiled) as { loadedProvider: typeof loadedProvider }).loadedProvider(
      "providers/internal/rest/provider",
    );
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const compiledFile = () => join(installed, "dist", "providers", "internal", "rest", "provider.js");
  const sourceFile = join(checkout, "providers", "internal", "rest", "provider.ts");

  it("is found in the checkout, from any folder", () => {
    const source = loadedProvider("providers/internal/rest/provider");
    assert.equal(load(source, "/").said, `function ${sourceFile}`);
    assert.match(
      load(loadedProvider("providers/internal/tickets/ticket-request-provider"), "/").said,
      /^function .*\.ts$/,
    );
  });

  it("is found by a program that ts-node runs, as `pulumi up` does", () => {
    const source = spawnSync(
      process.execPath,
      [
        "--require",
        "ts-node/register/transpile-only",
        "-p",
        'require("./providers/internal/dynamic/loaded-provider.ts").loadedProvider("providers/internal/rest/provider")',
      ],
      { cwd: checkout, encoding: "utf8" },
    ).stdout;
    assert.equal(load(source, "/").said, `function ${sourceFile}`);
  });

  it("is found where the package is installed, from any folder", () => {
    assert.equal(load(text, "/").said, `function ${compiledFile()}`);
  });

  it("is found by its name when the state comes from another machine", () => {
    const elsewhere = text.replace(installed, "/home/somebody/else/node_modules/pulumi-fcrdns");
    assert.notEqual(elsewhere, text);
    assert.equal(load(elsewhere, folder).said, `function ${compiledFile()}`);
  });

  it("is found in another checkout when the state comes from another machine", () => {
    const elsewhere = loadedProvider("providers/internal/rest/provider").replace(checkout, "/home/somebody/else");
    assert.equal(load(elsewhere, join(checkout, "test")).said, `function ${sourceFile}`);
  });

  it("says what to do when it is not there", () => {
    const elsewhere = text.replace(installed, "/home/somebody/else/node_modules/pulumi-fcrdns");
    const { ok, said } = load(elsewhere, "/");
    assert.equal(ok, false);
    assert.match(said, /pulumi-fcrdns is not installed where Pulumi runs .* Fix: run `npm install`/);
  });

  it("holds nothing but the place", () => {
    assert.ok(text.length < 4000, `${text.length} characters in every resource of the state`);
    assert.doesNotMatch(text, /token|password|secret/i);
  });
});

import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { packPackage } from "./packed";

/** What `npm` says when there is no network, or no registry behind it. */
const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT|ENOTCACHED/;

describe("the package installed by itself, for the command alone", () => {
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-small-install-"));
  const app = join(folder, "app");
  const modules = join(app, "node_modules");
  let noNetwork: string | undefined;
  before(() => {
    const tarball = packPackage(folder);
    mkdirSync(app);
    writeFileSync(join(app, "package.json"), '{ "private": true }');
    const { status, stderr } = spawnSync("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", tarball], {
      cwd: app,
      encoding: "utf8",
    });
    if (status !== 0 && NO_NETWORK.test(stderr)) noNetwork = "npm reaches no registry";
    else assert.equal(status, 0, stderr);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("brings no Pulumi, and less than 10 MB", (t) => {
    if (noNetwork) return t.skip(noNetwork);
    const sdks = ["@pulumi", "@pulumiverse", "@ediri", "@ovhcloud"].filter((scope) => existsSync(join(modules, scope)));
    assert.deepEqual(sdks, []);
    const bytes = readdirSync(modules, { recursive: true, encoding: "utf8" })
      .map((name) => lstatSync(join(modules, name)))
      .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);
    t.diagnostic(`${(bytes / 1e6).toFixed(1)} MB`);
    assert.ok(bytes < 10e6, `${bytes} bytes`);
  });

  const rows: [args: string[], status: number, says: RegExp][] = [
    [["--version"], 0, /^\d+\.\d+\.\d+\n$/],
    [["arpa", "192.0.2.10"], 0, /^10\.2\.0\.192\.in-addr\.arpa\n$/],
    [["name", "mail.example.com"], 0, /mail\.example\.com/],
    [["ticket", "--list"], 0, /racknerd/],
    [["verify", "192.0.2.10", "--stub", ".=127.0.0.1:9", "--timeout", "0.2"], 3, /192\.0\.2\.10/],
    [["stack", "--export", "/nothing/there"], 2, /^$/],
    [["watch", "--help"], 0, /fcrdns watch/],
  ];
  for (const [args, status, says] of rows) {
    it(`runs fcrdns ${args.join(" ")}`, (t) => {
      if (noNetwork) return t.skip(noNetwork);
      const end = spawnSync(join(modules, ".bin/fcrdns"), args, { cwd: app, encoding: "utf8" });
      assert.match(end.stdout, says);
      assert.equal(end.status, status, end.stderr);
      assert.doesNotMatch(end.stderr, /Cannot find module/);
    });
  }

  it("says which package a policy pack needs beside it", (t) => {
    if (noNetwork) return t.skip(noNetwork);
    const pack = join(modules, "pulumi-fcrdns/policies");
    const { status, stdout, stderr } = spawnSync(process.execPath, [pack], { cwd: app, encoding: "utf8" });
    assert.deepEqual([status, stdout], [1, ""]);
    assert.equal(
      stderr,
      "The fcrdns policy pack needs @pulumi/policy, which is not installed: npm install @pulumi/policy\n",
    );
  });
});

import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { accessSync, chmodSync, constants, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type BuiltCommand, builtCommand } from "../../bench/command-built";

describe("the compiled command", () => {
  let command: BuiltCommand;
  before(() => {
    command = builtCommand();
    chmodSync(command.main, 0o755);
  });
  after(() => command.remove());

  it("is where the package says, and made executable by the build", () => {
    const { bin } = require("../../package.json");
    assert.equal(join("/", bin.fcrdns), "/dist/cli/main.js");
    assert.match(readFileSync(command.main, "utf8"), /^#!\/usr\/bin\/env node\n/);
    accessSync(command.main, constants.X_OK);
  });

  const rows: [args: string[], status: number, says: RegExp][] = [
    [["--version"], 0, /^\d+\.\d+\.\d+\n$/],
    [["--help"], 0, /^Usage: fcrdns /],
    [["arpa", "192.0.2.10"], 0, /^10\.2\.0\.192\.in-addr\.arpa\n$/],
    [["name", "mail.example.com"], 0, /^✓ /],
    [["ticket", "--list"], 0, /racknerd/],
    [["verify", "192.0.2.10", "--stub", ".=127.0.0.1:9", "--timeout", "0.2"], 3, /^\? 192\.0\.2\.10 /],
    [["stack", "--export", "/nothing/there"], 2, /^$/],
  ];
  for (const [args, status, says] of rows) {
    it(`runs fcrdns ${args.join(" ")}`, () => {
      const end = spawnSync(command.main, args, { encoding: "utf8" });
      assert.match(end.stdout, says);
      assert.equal(end.status, status, end.stderr);
    });
  }
});

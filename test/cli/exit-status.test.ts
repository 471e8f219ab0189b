/** The exit status is 0 only when the whole report was written: for every command and every kind of output. */
import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { run } from "../../cli/run";
import { FakeEnvironment } from "./fake-environment";

const root = join(__dirname, "..", "..");
const command = [process.execPath, "--require", join(root, "register.js"), join(root, "cli/main.ts")];
let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "fcrdns-"));
});
after(() => rmSync(folder, { recursive: true }));

/** Runs a line of shell in which `"$@"` is the command. */
function shell(line: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", line, "bash", ...command, ...args], {
    encoding: "utf8",
    cwd: folder,
    input: "",
  });
  return { status, stdout, stderr };
}

const commands: Readonly<Record<string, readonly string[]>> = {
  "--version": ["--version"],
  "--help": ["--help"],
  "help of a command": ["verify", "--help"],
  arpa: ["arpa", "192.0.2.10"],
  name: ["name", "mail.example.com"],
  "name, JSON": ["name", "mail.example.com", "--format", "json"],
  "ticket --list": ["ticket", "--list"],
};
const full = existsSync("/dev/full") ? false : "this system has no /dev/full";

describe("a report that cannot be written is no success", { skip: full }, () => {
  for (const [what, args] of Object.entries(commands)) {
    it(`${what} on a full disk`, () => {
      const { status, stderr } = shell('"$@" > /dev/full', args);
      assert.equal(status, 3);
      assert.match(stderr, /^fcrdns: standard output could not be written \(ENOSPC\).*\n$/);
    });
  }

  it("an output that is open for reading only", () => {
    const { status, stderr } = shell('"$@" 1< /dev/null', ["arpa", "192.0.2.10"]);
    assert.equal(status, 3);
    assert.match(stderr, /\(EBADF\)/);
  });

  it("a file that takes only a part of it", () => {
    const { status, stderr } = shell('trap "" XFSZ; ulimit -f 1; "$@" > report', ["ticket", "--list"]);
    assert.equal(readFileSync(join(folder, "report")).length, 1024);
    assert.equal(status, 3, stderr);
    assert.match(stderr, /\(EFBIG\)/);
  });

  it("but a reader that has enough may leave", () => {
    const { status, stdout, stderr } = shell('"$@" | head -n 1; exit $PIPESTATUS', ["ticket", "--list"]);
    assert.equal(stdout.trimEnd().split("\n").length, 1);
    assert.deepEqual([status, stderr], [0, ""]);
  });

  it("and a file takes the whole of it", () => {
    const { status } = shell('"$@" > whole', ["name", "mail.example.com", "--format", "json"]);
    assert.equal(status, 0);
    assert.doesNotThrow(() => JSON.parse(readFileSync(join(folder, "whole"), "utf8")));
  });
});

describe("a report in memory", () => {
  for (const args of [
    ["verify", "192.0.2.10"],
    ["verify", "192.0.2.10", "--format", "junit"],
    ["arpa", "192.0.2.10"],
  ]) {
    it(`${args.join(" ")}: every address passes, but the output fails`, async () => {
      const environment = new FakeEnvironment();
      environment.stdout.closesAfter = 0;
      environment.stdout.closesWith = "EIO";
      assert.equal(await run(args, environment), 3);
      assert.match(environment.stderr.text, /EIO/);
    });
  }
});

describe("an event loop that runs empty", () => {
  it("before the input was read is no success, and says so", () => {
    const preload = join(folder, "stuck.js");
    writeFileSync(
      preload,
      "process.stdin[Symbol.asyncIterator] = () => ({ next: () => new Promise(() => {}), return: async () => ({}) });",
    );
    const [node, ...rest] = command;
    const { status, stderr } = spawnSync(node as string, ["--require", preload, ...rest, "verify", "-"], {
      encoding: "utf8",
      input: "",
    });
    assert.equal(status, 3);
    assert.match(stderr, /^fcrdns: ended before the report was complete/);
  });
});

import * as assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { engineFor } from "../engine/engine-stack";

const ROOT = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "start-test-"));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm start -- ...ARGS`, with its own folder for temporary files. */
function start(
  args: readonly string[],
  watch: (stdout: string, child: ChildProcess) => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, ["--require", "./register.js", "sandbox/start.ts", ...args], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: folder },
    // Its own process group, as in a terminal.
    detached: true,
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (text) => {
    stdout += text;
    watch(stdout, child);
  });
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, stdout, stderr })));
}

/** Command lines of the processes that still work in this test's folder. */
function leftBehind(): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const environment = readFileSync(join("/proc", pid, "environ"), "utf8");
        return environment.includes(`TMPDIR=${folder}`) ? [readFileSync(join("/proc", pid, "cmdline"), "utf8")] : [];
      } catch {
        return [];
      }
    });
}

describe("npm start", () => {
  test("names its scenarios", async () => {
    const { status, stdout } = await start(["--list"]);
    assert.equal(status, 0);
    for (const name of ["ok", "no-ptr", "wrong-ptr", "no-forward", "generic-ptr", "ipv6-missing", "servfail"]) {
      assert.match(stdout, new RegExp(`^${name} +\\S.*\\.$`, "m"));
    }
  });

  for (const [args, says] of [
    [["--scenario", "no-prt"], /there is no scenario "no-prt" \(did you mean no-ptr\?\)/],
    [["--cloud", "hezner"], /there is no cloud "hezner" \(did you mean hetzner\?\)/],
    [["--sceanrio", "ok"], /unknown option '--sceanrio'/],
  ] as const) {
    test(`refuses ${args.join(" ")} with exit status 2`, async () => {
      const { status, stdout, stderr } = await start(args);
      assert.equal(status, 2);
      assert.equal(stdout, "");
      assert.match(stderr, says);
    });
  }

  for (const [scenario, status, ptr, lastLine] of [
    ["ok", 0, "mail\\.example\\.com", /^Verified: mail can be sent from here\./m],
    ["ipv6-missing", 1, "none", /^The stack failed: fix the errors above/m],
    ["servfail", 3, "unknown", /^Could not verify: there was no definite answer/m],
  ] as const) {
    test(`${scenario} ends with ${status} and leaves nothing behind`, async (t) => {
      if ((await engineFor(t)) === null) return;
      const ended = await start(["--scenario", scenario]);
      assert.equal(ended.status, status, ended.stdout + ended.stderr);
      assert.match(ended.stdout, lastLine);
      assert.match(ended.stdout, new RegExp(`^mail\\.example\\.com +2001:db8:\\S+ +${ptr} +has it +`, "m"));
      assert.deepEqual(leftBehind(), []);
      assert.deepEqual(readdirSync(folder), []);
    });
  }

  test("Ctrl-C while the gate waits ends it soon, without a process or a folder left", async (t) => {
    if ((await engineFor(t)) === null) return;
    let interrupted = false;
    const { status } = await start(["--scenario", "no-ptr"], (stdout, child) => {
      if (!interrupted && stdout.includes("round-trip after")) {
        interrupted = true;
        child.kill("SIGINT");
      }
    });
    assert.ok(interrupted, "the gate never waited");
    assert.equal(status, 130);
    assert.deepEqual(leftBehind(), []);
    assert.deepEqual(readdirSync(folder), []);
  });

  test("a closed terminal while the gate waits leaves no process and no folder", async (t) => {
    if ((await engineFor(t)) === null) return;
    let closed = false;
    const { status } = await start(["--scenario", "no-ptr"], (stdout, child) => {
      if (closed || !stdout.includes("round-trip after")) return;
      closed = true;
      // The output is no longer read, and every process of the group gets the signal.
      child.stdout?.destroy();
      child.stderr?.destroy();
      process.kill(-(child.pid as number), "SIGHUP");
    });
    assert.ok(closed, "the gate never waited");
    assert.equal(status, 130);
    assert.deepEqual(leftBehind(), []);
    assert.deepEqual(readdirSync(folder), []);
  });
});

import * as assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { builtEngine } from "../../sandbox/engine/built-engine";
import { builtCommand, cachedEngine, installedCommand } from "../../sandbox/engine/cached-engine";
import { type EngineSource, type Machine, versionFolder } from "../../sandbox/engine/engine-source";
import { compareVersions, ENGINE_VERSION, isUsableEngine, parseVersion } from "../../sandbox/engine/engine-version";
import { withFetchLock } from "../../sandbox/engine/fetch-lock";
import { chooseEngine, engineCacheFolder, getEngine } from "../../sandbox/engine/get-engine";
import { engineByInstaller } from "../../sandbox/engine/installed-engine";
import { pathEngine } from "../../sandbox/engine/path-engine";
import { type CommandEnd, runCommand } from "../../sandbox/engine/run-command";

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "engine-test-"));
  folders.push(made);
  return made;
}

/** An executable that calls itself `version`, as `pulumi version` does. */
function putEngine(file: string, version: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho ${version}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** What the fake `go` and `node -e` were asked, and how they end. */
interface Story {
  readonly env?: NodeJS.ProcessEnv;
  readonly cacheFolder?: string;
  /** Answers a command that is not an engine made by `putEngine`. */
  readonly commands?: (
    command: string,
    args: readonly string[],
    options: Parameters<Machine["run"]>[2],
  ) => CommandEnd | Promise<CommandEnd>;
}

function machine({ env = {}, cacheFolder = folder(), commands }: Story = {}) {
  const lines: string[] = [];
  const calls: string[] = [];
  const told: Machine = {
    env,
    cacheFolder,
    progress: (line) => lines.push(line),
    now: () => 0,
    run: async (command, args, options) => {
      if (args[0] === "version" && command.startsWith("/")) {
        return runCommand(command, args, { ...options, env: { PATH: process.env.PATH } });
      }
      calls.push(`${command} ${args.join(" ")}`);
      return commands ? commands(command, args, options) : { kind: "not-started", why: "ENOENT" };
    },
  };
  return { ...told, lines, calls };
}

const exited = (code: number, stdout = "", stderr = ""): CommandEnd => ({ kind: "exited", code, stdout, stderr });

describe("an engine's version", () => {
  it("is read from what `pulumi version` prints", () => {
    assert.deepEqual(parseVersion("v3.259.0\n"), [3, 259, 0]);
    assert.deepEqual(parseVersion("3.260.0-alpha.1+abc"), [3, 260, 0]);
    assert.equal(parseVersion("command not found"), null);
  });
  it("compares as numbers", () => {
    assert.ok(compareVersions("v3.9.0", "v3.10.0") < 0);
    assert.equal(compareVersions("1.25", "v1.25.0"), 0);
    assert.ok(compareVersions("nonsense", "0.0.0") < 0);
  });
  for (const [printed, usable] of [
    ["v3.229.0", true],
    ["v3.228.9", false],
    ["v4.0.0", false],
    ["v3.300.1", true],
    ["", false],
  ] as const) {
    it(`${printed || "nothing"} is ${usable ? "" : "not "}usable`, () => assert.equal(isUsableEngine(printed), usable));
  }
});

describe("choosing an engine", () => {
  const has = (from: "path" | "go"): EngineSource => {
    return async () => ({ ok: true, engine: { command: `/${from}`, version: "3.259.0", from } });
  };
  const hasNot = (why: string): EngineSource => {
    return async () => ({ ok: false, why });
  };
  it("takes the first place that has one and does not ask the next", async () => {
    const unasked: EngineSource = async () => assert.fail("was asked");
    assert.deepEqual(await chooseEngine(machine(), [hasNot("not here"), has("path"), unasked]), {
      ok: true,
      command: "/path",
      version: "3.259.0",
      from: "path",
    });
  });
  it("says in one sentence why no place has one and what to do", async () => {
    const chosen = await chooseEngine(machine(), [hasNot("not here"), hasNot("nor there")]);
    assert.ok(!chosen.ok);
    assert.match(chosen.message, /^No Pulumi engine is available \(not here; nor there\): install Pulumi 3\.229\.0 or/);
    assert.ok(!chosen.message.includes("\n"));
  });
  it("asks nowhere once it is interrupted", async () => {
    const chosen = await chooseEngine({ ...machine(), signal: AbortSignal.abort() }, [has("go")]);
    assert.equal(chosen.ok, false);
  });
});

describe("`pulumi` on PATH", () => {
  it("is used when it is new enough", async () => {
    const bin = folder();
    const command = putEngine(join(bin, "pulumi"), "v3.240.1");
    assert.deepEqual(await pathEngine(machine({ env: { PATH: `/nowhere:${bin}` } })), {
      ok: true,
      engine: { command, version: "3.240.1", from: "path" },
    });
  });
  it("is passed over when it is too old, and says so", async () => {
    const bin = folder();
    putEngine(join(bin, "pulumi"), "v3.100.0");
    const asked = machine({ env: { PATH: bin } });
    const offer = await pathEngine(asked);
    assert.ok(!offer.ok);
    assert.match(offer.why, /is version 3\.100\.0, 3\.229\.0 or later is needed/);
    assert.equal(asked.lines.length, 1);
  });
  it("is passed over when it does not run", async () => {
    const bin = folder();
    writeFileSync(join(bin, "pulumi"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    assert.equal((await pathEngine(machine({ env: { PATH: bin } }))).ok, false);
  });
  it("is not a folder and not a file that cannot be executed", async () => {
    const bin = folder();
    mkdirSync(join(bin, "a", "pulumi"), { recursive: true });
    mkdirSync(join(bin, "b"));
    writeFileSync(join(bin, "b", "pulumi"), "", { mode: 0o644 });
    const offer = await pathEngine(machine({ env: { PATH: `${bin}/a:${bin}/b` } }));
    assert.deepEqual(offer, { ok: false, why: "`pulumi` is not on PATH" });
  });
});

describe("the cache", () => {
  it("lies where the environment says", () => {
    assert.equal(engineCacheFolder({ FCRDNS_ENGINE_CACHE: "/x" }), "/x");
    assert.equal(engineCacheFolder({ XDG_CACHE_HOME: "/c", HOME: "/h" }), "/c/pulumi-fcrdns/engine");
    assert.equal(engineCacheFolder({ HOME: "/h" }), "/h/.cache/pulumi-fcrdns/engine");
  });
  for (const place of [builtCommand, installedCommand]) {
    it(`gives what was put there by ${place === builtCommand ? "a build" : "the installer"}`, async () => {
      const asked = machine();
      const command = putEngine(place(versionFolder(asked.cacheFolder)), `v${ENGINE_VERSION}`);
      assert.deepEqual(await cachedEngine(asked), {
        ok: true,
        engine: { command, version: ENGINE_VERSION, from: "cache" },
      });
    });
  }
  it("does not give what does not run", async () => {
    const asked = machine();
    putEngine(builtCommand(versionFolder(asked.cacheFolder)), "broken");
    assert.equal((await cachedEngine(asked)).ok, false);
  });
});

describe("Pulumi's installer", () => {
  it("is not started when it cannot be reached", async () => {
    const asked = machine();
    assert.deepEqual(await engineByInstaller(async () => false)(asked), {
      ok: false,
      why: "Pulumi's installer cannot be reached",
    });
    assert.deepEqual(asked.calls, []);
  });
  it("installs into the cache, where it is found the next time", async () => {
    const asked = machine({
      commands: (_command, args) => {
        putEngine(join(args[2] ?? "", "bin", "pulumi"), `v${args[3]}`);
        return exited(0);
      },
    });
    const offer = await engineByInstaller(async () => true)(asked);
    assert.ok(offer.ok);
    assert.equal(offer.engine.from, "installer");
    assert.match(asked.lines.join("\n"), /Downloading the Pulumi engine v3\.259\.0/);
    const again = await cachedEngine(asked);
    assert.ok(again.ok && again.engine.command === offer.engine.command);
    assert.deepEqual(readdirSync(versionFolder(asked.cacheFolder)), ["installed"]);
  });
  it("leaves nothing half done when it fails", async () => {
    const asked = machine({
      commands: (_command, args) => {
        putEngine(join(args[2] ?? "", "bin", "pulumi"), "half");
        return exited(1, "", "no such version\nmore");
      },
    });
    assert.deepEqual(await engineByInstaller(async () => true)(asked), {
      ok: false,
      why: "Pulumi's installer failed: no such version",
    });
    assert.deepEqual(readdirSync(versionFolder(asked.cacheFolder)), []);
  });
});

describe("a build with Go", () => {
  const outputOf = (args: readonly string[]) => args[args.indexOf("-o") + 1] ?? "";
  const go =
    (version: string, build: (args: readonly string[], env: NodeJS.ProcessEnv) => CommandEnd): Story["commands"] =>
    (_command, args, { env = {} }) =>
      args[0] === "version" ? exited(0, `go version go${version} linux/amd64\n`) : build(args, env);

  it("is not tried without Go", async () => {
    const offer = await builtEngine(machine());
    assert.deepEqual(offer, { ok: false, why: "Go is not installed, so it cannot be built here" });
  });
  it("is not tried with a Go that does not know how to fetch a newer one", async () => {
    const offer = await builtEngine(machine({ commands: go("1.19.8", () => assert.fail("built")) }));
    assert.ok(!offer.ok);
    assert.match(offer.why, /Go 1\.19\.8 is too old/);
  });
  it("says how long it takes, is put in place whole, and is found in the cache the next time", async () => {
    const asked = machine({
      env: { GOFLAGS: "-mod=mod", GOOS: "plan9" },
      commands: go("1.26.8", (args, env) => {
        assert.deepEqual(args.slice(0, 2), ["build", "-mod=readonly"]);
        assert.equal(env.GOSUMDB, "off");
        assert.equal(env.GOOS, undefined);
        assert.notEqual(env.GOFLAGS, "-mod=mod");
        putEngine(outputOf(args), `v${ENGINE_VERSION}`);
        return exited(0);
      }),
    });
    const offer = await builtEngine(asked);
    const command = builtCommand(versionFolder(asked.cacheFolder));
    assert.deepEqual(offer, { ok: true, engine: { command, version: ENGINE_VERSION, from: "go" } });
    assert.match(asked.lines[0] ?? "", /about 3 minutes/);
    assert.deepEqual(readdirSync(dirname(command)), ["pulumi"]);
    assert.ok((await cachedEngine(asked)).ok);
  });
  it("keeps the checksum database where a newer Go has to be fetched, which go.sum does not vouch for", async () => {
    const asked = machine({
      commands: go("1.22.0", (args, env) => {
        assert.equal(env.GOSUMDB, undefined);
        assert.equal(env.GOTOOLCHAIN, undefined);
        putEngine(outputOf(args), `v${ENGINE_VERSION}`);
        return exited(0);
      }),
    });
    assert.ok((await builtEngine(asked)).ok);
  });
  it("that fails says the compiler's last word and leaves nothing", async () => {
    const asked = machine({
      commands: go("1.26.8", (args) => {
        writeFileSync(outputOf(args), "half");
        return exited(1, "", "# pkg\nno space left on device\n");
      }),
    });
    assert.deepEqual(await builtEngine(asked), {
      ok: false,
      why: "the build with Go 1.26.8 failed: no space left on device",
    });
    assert.deepEqual(readdirSync(versionFolder(asked.cacheFolder)), []);
  });
  it("is not done twice by two starts at once", async () => {
    let builds = 0;
    const cacheFolder = folder();
    const commands = go("1.26.8", (args) => {
      builds++;
      putEngine(outputOf(args), `v${ENGINE_VERSION}`);
      return exited(0);
    });
    const offers = await Promise.all([1, 2].map(() => builtEngine(machine({ cacheFolder, commands }))));
    assert.deepEqual(offers.map((offer) => offer.ok && offer.engine.from).sort(), ["cache", "go"]);
    assert.equal(builds, 1);
  });
});

describe("the lock", () => {
  it("of a process that died is taken over", async () => {
    const where = folder();
    const dead = await runCommand(process.execPath, ["-p", "process.pid"], { timeoutMs: 10_000 });
    assert.ok(dead.kind === "exited");
    writeFileSync(join(where, ".lock"), dead.stdout);
    assert.equal(await withFetchLock(where, { waiting: () => assert.fail("waited") }, async () => "done"), "done");
    assert.ok(!existsSync(join(where, ".lock")));
  });
  it("that nobody touched for long is taken over, even if a process has its number", async () => {
    const where = folder();
    writeFileSync(join(where, ".lock"), String(process.ppid));
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(join(where, ".lock"), longAgo, longAgo);
    assert.equal(await withFetchLock(where, { waiting: () => assert.fail("waited") }, async () => "done"), "done");
  });
  it("is given back when what it guards fails", async () => {
    const where = folder();
    const failing = withFetchLock(where, { waiting: () => {} }, async () => {
      assert.equal(readFileSync(join(where, ".lock"), "utf8").trim(), String(process.pid));
      throw new Error("no");
    });
    await assert.rejects(failing, /no/);
    assert.ok(!existsSync(join(where, ".lock")));
  });
  it("that another process holds is waited for until the wait is interrupted", async () => {
    const where = folder();
    writeFileSync(join(where, ".lock"), String(process.ppid));
    const abort = new AbortController();
    const holders: number[] = [];
    const waiting = (holder: number) => {
      holders.push(holder);
      abort.abort();
    };
    await assert.rejects(withFetchLock(where, { waiting, signal: abort.signal }, async () => {}));
    assert.deepEqual(holders, [process.ppid]);
  });
});

describe("a command", () => {
  it("can be interrupted", async () => {
    const abort = new AbortController();
    const args = ["-e", "setInterval(() => {}, 1000)"];
    const end = runCommand(process.execPath, args, { timeoutMs: 60_000, signal: abort.signal });
    abort.abort();
    assert.deepEqual(await end, { kind: "interrupted" });
  });
  it("that takes too long is ended", async () => {
    const end = await runCommand(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { timeoutMs: 50 });
    assert.deepEqual(end, { kind: "timed-out" });
  });
  it("that does not exist is a result, not an exception", async () => {
    assert.equal((await runCommand("/nowhere/pulumi", [], { timeoutMs: 1_000 })).kind, "not-started");
  });
});

describe("getting the engine for real", () => {
  it("uses the one in the cache without a word", async (t) => {
    const cacheFolder = engineCacheFolder(process.env);
    if (!existsSync(versionFolder(cacheFolder))) return t.skip(`no engine in ${cacheFolder}`);
    const lines: string[] = [];
    // Without `pulumi`, and without Go: only the cache is left.
    const env = { ...process.env, PATH: "/usr/bin:/bin" };
    const engine = await getEngine({ env, progress: (line) => lines.push(line), cacheFolder });
    assert.ok(engine.ok, "message" in engine ? engine.message : "");
    assert.match(engine.version, /^3\.\d+\.\d+/);
    if (engine.from === "cache") assert.equal(engine.version, ENGINE_VERSION);
    assert.deepEqual(lines, []);
  });
});

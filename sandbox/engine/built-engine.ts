import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { askVersion } from "./ask-version";
import { builtCommand } from "./cached-engine";
import type { EngineSource } from "./engine-source";
import { compareVersions, ENGINE_VERSION } from "./engine-version";
import { fetchEngine } from "./fetch-engine";

/** The first Go that fetches the Go that a `go.mod` asks for by itself. */
const FIRST_SELF_UPDATING_GO = "1.21";

const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** A build with Go from the sources that this folder's `go.mod` and `go.sum` pin. */
export const builtEngine: EngineSource = async (machine) => {
  const go = await goVersion(machine);
  if (go === null) return { ok: false, why: "Go is not installed, so it cannot be built here" };
  const neededGo = /^go (\S+)$/m.exec(readFileSync(join(__dirname, "go.mod"), "utf8"))?.[1] ?? "";
  if (compareVersions(go, FIRST_SELF_UPDATING_GO) < 0) {
    return { ok: false, why: `Go ${go} is too old to build it (${neededGo} is needed)` };
  }
  return fetchEngine(machine, async (unfinished, folder) => {
    machine.progress(
      `Building the Pulumi engine v${ENGINE_VERSION} with Go ${go}: about 3 minutes, once; it is kept in ${folder}`,
    );
    const begin = machine.now();
    const seconds = () => Math.round((machine.now() - begin) / 1_000);
    const ticking = setInterval(() => machine.progress(`  building the Pulumi engine: ${seconds()} s`), 15_000);
    const end = await machine
      .run("go", buildArguments(unfinished), {
        env: buildEnvironment(machine.env, compareVersions(go, neededGo) >= 0),
        cwd: __dirname,
        timeoutMs: 60 * 60_000,
        ...(machine.signal ? { signal: machine.signal } : {}),
      })
      .finally(() => clearInterval(ticking));
    if (end.kind !== "exited" || end.code !== 0) {
      const what = end.kind === "exited" ? lastLine(end.stderr) : end.kind === "not-started" ? end.why : end.kind;
      return { ok: false, why: `the build with Go ${go} failed: ${what}` };
    }
    const version = await askVersion(machine.run, unfinished, machine.env);
    if (version === null) return { ok: false, why: `what Go ${go} built does not run` };
    const command = builtCommand(folder);
    renameSync(unfinished, command);
    machine.progress(`Built the Pulumi engine v${version} in ${seconds()} s`);
    return { ok: true, engine: { command, version, from: "go" } };
  });
};

function buildArguments(output: string): readonly string[] {
  return [
    "build",
    "-mod=readonly",
    "-tags",
    "osusergo grpcnotrace",
    "-ldflags",
    `-s -w -X ${VERSION_VARIABLE}=v${ENGINE_VERSION}`,
    "-o",
    output,
    PACKAGE,
  ];
}

/** The environment of the build: nothing of the person's own Go projects reaches into it. */
function buildEnvironment(env: NodeJS.ProcessEnv, newEnough: boolean): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _arch, GO111MODULE: _modules, ...rest } = env;
  return {
    ...rest,
    GOFLAGS: "-buildvcs=false",
    GOWORK: "off",
    // The committed go.sum vouches for every module, so no checksum database has to be reached. It does not vouch for
    // a newer Go: where one has to be fetched, the database stays on.
    ...(newEnough ? { GOSUMDB: "off", GOTOOLCHAIN: "local" } : {}),
  };
}

/** `1.26.8`; null where there is no Go. */
async function goVersion({ run, env }: Parameters<EngineSource>[0]): Promise<string | null> {
  // Outside of any module, or this folder's go.mod would make an older Go fetch the newer one right here.
  const end = await run("go", ["version"], { env: { ...env, GOTOOLCHAIN: "local" }, timeoutMs: 60_000 });
  if (end.kind !== "exited" || end.code !== 0) return null;
  return /go(\d+\.\d+(?:\.\d+)?)/.exec(end.stdout)?.[1] ?? null;
}

function lastLine(text: string): string {
  return text.trim().split("\n").pop() ?? "";
}

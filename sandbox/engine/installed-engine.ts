import { renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { askVersion } from "./ask-version";
import { installedCommand } from "./cached-engine";
import type { EngineSource } from "./engine-source";
import { ENGINE_VERSION } from "./engine-version";
import { fetchEngine } from "./fetch-engine";

/** Asks, within seconds, whether Pulumi's downloads can be reached at all: without a network nobody should wait. */
export type ProbeInstaller = () => Promise<boolean>;

const probeInstaller: ProbeInstaller = async () => {
  try {
    const response = await fetch("https://get.pulumi.com/install.sh", {
      method: "HEAD",
      signal: AbortSignal.timeout(4_000),
    });
    return response.ok;
  } catch {
    return false;
  }
};

/**
 * What the child process runs: Pulumi's installer as the Automation API offers it, given a folder and a version. In a
 * process of its own, because it takes no time limit and cannot be interrupted.
 */
const installScript = `
  const { createRequire } = require("node:module");
  const automation = require.resolve("@pulumi/pulumi/automation");
  const { SemVer } = createRequire(automation)("semver");
  const [root, version] = process.argv.slice(1);
  require(automation).PulumiCommand.install({ root, version: new SemVer(version) }).then(
    () => process.exit(0),
    (error) => { console.error(error.message); process.exit(1); },
  );
`;

/** Pulumi's own installer, kept in the cache with the plugins that it brings. */
export function engineByInstaller(probe: ProbeInstaller): EngineSource {
  return async (machine) => {
    if (process.platform === "win32") return { ok: false, why: "Pulumi's installer is not used on Windows" };
    if (!(await probe())) return { ok: false, why: "Pulumi's installer cannot be reached" };
    return fetchEngine(machine, async (unfinished, folder) => {
      machine.progress(`Downloading the Pulumi engine v${ENGINE_VERSION} (once; it is kept in ${folder})`);
      const end = await machine.run(process.execPath, ["-e", installScript, unfinished, ENGINE_VERSION], {
        env: machine.env,
        cwd: __dirname,
        timeoutMs: 15 * 60_000,
        ...(machine.signal ? { signal: machine.signal } : {}),
      });
      if (end.kind !== "exited" || end.code !== 0) {
        const what = end.kind === "exited" ? firstLine(end.stderr) : end.kind === "not-started" ? end.why : end.kind;
        return { ok: false, why: `Pulumi's installer failed: ${what}` };
      }
      const command = installedCommand(folder);
      const installed = dirname(dirname(command));
      rmSync(installed, { recursive: true, force: true });
      renameSync(unfinished, installed);
      const version = await askVersion(machine.run, command, machine.env);
      return version === null
        ? { ok: false, why: "what Pulumi's installer brought does not run" }
        : { ok: true, engine: { command, version, from: "installer" } };
    });
  };
}

export const installedEngine: EngineSource = engineByInstaller(probeInstaller);

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}

import { join } from "node:path";
import { askVersion } from "./ask-version";
import { type EngineSource, versionFolder } from "./engine-source";
import { isUsableEngine } from "./engine-version";
import { isExecutable } from "./path-engine";

/** An engine that was installed or built before. */
export const cachedEngine: EngineSource = async ({ env, run, cacheFolder }) => {
  const folder = versionFolder(cacheFolder);
  for (const command of [installedCommand(folder), builtCommand(folder)]) {
    if (!isExecutable(command)) continue;
    const version = await askVersion(run, command, env);
    if (version !== null && isUsableEngine(version)) return { ok: true, engine: { command, version, from: "cache" } };
  }
  return { ok: false, why: `none is kept in ${folder}` };
};

/** Where Pulumi's installer puts it, below the folder of a version. */
export function installedCommand(folder: string): string {
  return join(folder, "installed", "bin", "pulumi");
}

/** Where a build goes. */
export function builtCommand(folder: string): string {
  return join(folder, "pulumi");
}

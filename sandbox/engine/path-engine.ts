import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { askVersion } from "./ask-version";
import type { EngineSource } from "./engine-source";
import { isUsableEngine, OLDEST_ENGINE_VERSION } from "./engine-version";

/** `pulumi` on PATH, when it is new enough. */
export const pathEngine: EngineSource = async ({ env, run, progress }) => {
  const command = findOnPath("pulumi", env.PATH ?? "");
  if (command === null) return { ok: false, why: "`pulumi` is not on PATH" };
  const version = await askVersion(run, command, env);
  if (version === null) return { ok: false, why: `${command} does not run` };
  if (isUsableEngine(version)) return { ok: true, engine: { command, version, from: "path" } };
  const why = `${command} is version ${version}, ${OLDEST_ENGINE_VERSION} or later is needed`;
  progress(`${why}: using another one`);
  return { ok: false, why };
};

/** The absolute path of an executable, found as a shell would find it. */
export function findOnPath(name: string, path: string): string | null {
  for (const folder of path.split(delimiter)) {
    if (folder === "") continue;
    const candidate = resolve(join(folder, name));
    if (isExecutable(candidate)) return candidate;
  }
  return null;
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

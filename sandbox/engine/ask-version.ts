import { parseVersion } from "./engine-version";
import type { RunCommand } from "./run-command";

/** What an engine calls itself, without the `v`; null when it does not run or prints no version. */
export async function askVersion(run: RunCommand, command: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  // Starting for the first time, a hundred megabytes are read from disk.
  const end = await run(command, ["version"], {
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: 60_000,
  });
  if (end.kind !== "exited" || end.code !== 0 || parseVersion(end.stdout) === null) return null;
  return end.stdout.trim().replace(/^v/, "");
}

import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cachedEngine } from "./cached-engine";
import { type EngineOffer, type Machine, versionFolder } from "./engine-source";
import { withFetchLock } from "./fetch-lock";

/** Names of files and folders that are not whole yet begin like this; they get their own name when they are. */
const UNFINISHED = ".unfinished-";

/**
 * Brings an engine into the cache, unless another process does so meanwhile: then that one is used.
 *
 * @param fetch writes to the given path in the cache's folder, and renames it to its own name when it is whole
 */
export async function fetchEngine(
  machine: Machine,
  fetch: (unfinished: string, folder: string) => Promise<EngineOffer>,
): Promise<EngineOffer> {
  const folder = versionFolder(machine.cacheFolder);
  try {
    return await withFetchLock(
      folder,
      {
        waiting: (holder) => machine.progress(`process ${holder} is getting the Pulumi engine already: waiting for it`),
        ...(machine.signal ? { signal: machine.signal } : {}),
      },
      async () => {
        const meanwhile = await cachedEngine(machine);
        if (meanwhile.ok) return meanwhile;
        removeUnfinished(folder);
        try {
          return await fetch(join(folder, `${UNFINISHED}${process.pid}`), folder);
        } finally {
          removeUnfinished(folder);
        }
      },
    );
  } catch (error) {
    return { ok: false, why: `${folder} cannot be used: ${(error as Error).message}` };
  }
}

function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(UNFINISHED)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

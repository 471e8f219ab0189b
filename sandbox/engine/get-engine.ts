import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { builtEngine } from "./built-engine";
import { cachedEngine } from "./cached-engine";
import type { Engine, EngineSource, Machine } from "./engine-source";
import { OLDEST_ENGINE_VERSION } from "./engine-version";
import { installedEngine } from "./installed-engine";
import { pathEngine } from "./path-engine";
import { runCommand } from "./run-command";

/** Cheapest first: what is there, what was fetched before, what can be downloaded, what takes minutes to build. */
const sources: readonly EngineSource[] = [pathEngine, cachedEngine, installedEngine, builtEngine];

/** The first engine that one of `places` has, or one sentence that says why none has it and what to do. */
export async function chooseEngine(
  machine: Machine,
  places: readonly EngineSource[] = sources,
): Promise<({ readonly ok: true } & Engine) | { readonly ok: false; readonly message: string }> {
  const reasons: string[] = [];
  const interrupted = { ok: false, message: "Interrupted before a Pulumi engine was found." } as const;
  for (const place of places) {
    if (machine.signal?.aborted) return interrupted;
    const offer = await place(machine);
    if (offer.ok) return { ok: true, ...offer.engine };
    reasons.push(offer.why);
  }
  if (machine.signal?.aborted) return interrupted;
  return {
    ok: false,
    message:
      `No Pulumi engine is available (${reasons.join("; ")}): install Pulumi ${OLDEST_ENGINE_VERSION} or later as ` +
      "https://www.pulumi.com/docs/install/ says, see that `pulumi version` prints it, and run this again.",
  };
}

/** The folder in which fetched engines are kept between checkouts, one folder a version. */
export function engineCacheFolder(env: NodeJS.ProcessEnv): string {
  if (env.FCRDNS_ENGINE_CACHE) return resolve(env.FCRDNS_ENGINE_CACHE);
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache"), "pulumi-fcrdns", "engine");
}

export interface GetEngineOptions {
  /** Shows one line to the person who waits: only what takes long speaks. */
  readonly progress: (line: string) => void;
  readonly env: NodeJS.ProcessEnv;
  /** Where fetched engines are kept. @default $FCRDNS_ENGINE_CACHE, or pulumi-fcrdns/engine in the person's cache */
  readonly cacheFolder?: string;
  /** Ends a download or a build; nothing half done is left. */
  readonly signal?: AbortSignal;
}

/**
 * Gets the Pulumi engine: `pulumi` on PATH, the cache, Pulumi's own installer, and, where that cannot be reached and Go
 * is there, a build from the sources pinned in this folder's `go.mod`. It never rejects.
 *
 * @example
 * const engine = await getEngine({ env: process.env, progress: (line) => console.error(line) });
 * if (!engine.ok) throw new Error(engine.message);
 */
export function getEngine({ progress, env, cacheFolder, signal }: GetEngineOptions): ReturnType<typeof chooseEngine> {
  return chooseEngine({
    env,
    run: runCommand,
    progress,
    cacheFolder: cacheFolder ?? engineCacheFolder(env),
    now: () => performance.now(),
    ...(signal ? { signal } : {}),
  });
}

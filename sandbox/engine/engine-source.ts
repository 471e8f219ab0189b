import { join } from "node:path";
import { ENGINE_VERSION } from "./engine-version";
import type { RunCommand } from "./run-command";

/** A `pulumi` that can be run. */
export interface Engine {
  /** Absolute path of the executable. */
  readonly command: string;
  /** As it calls itself, without the `v`: `3.259.0`. */
  readonly version: string;
  readonly from: "path" | "cache" | "installer" | "go";
}

/** What a place where an engine may be had says: the engine, or why there is none, as a part of a sentence. */
export type EngineOffer = { readonly ok: true; readonly engine: Engine } | { readonly ok: false; readonly why: string };

/** What the places where an engine may be had may use of this machine. */
export interface Machine {
  readonly env: NodeJS.ProcessEnv;
  readonly run: RunCommand;
  /** Shows one line to the person who waits. */
  readonly progress: (line: string) => void;
  /** Where fetched engines are kept: one folder a version. */
  readonly cacheFolder: string;
  /** Milliseconds since some moment. */
  readonly now: () => number;
  readonly signal?: AbortSignal;
}

/** One place where an engine may be had. It never rejects. */
export type EngineSource = (machine: Machine) => Promise<EngineOffer>;

/** The cache's folder of the version that is fetched. */
export function versionFolder(cacheFolder: string): string {
  return join(cacheFolder, `v${ENGINE_VERSION}`);
}

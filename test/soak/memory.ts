/** What a process holds while it works on and on, and whether it grows. */
import { readdirSync, readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

export interface Held {
  /** Since the start. */
  readonly seconds: number;
  /** Bytes of the heap that are in use after a collection. */
  readonly heap: number;
  /** Open files and sockets; null where the system does not tell (it does on Linux). */
  readonly descriptors: number | null;
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

export function heldNow(startMs: number): Held {
  collect();
  return {
    seconds: (performance.now() - startMs) / 1000,
    heap: process.memoryUsage().heapUsed,
    descriptors: openFiles(),
  };
}

function openFiles(): number | null {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return null;
  }
}

/** Resident memory of another process in bytes, now and at its most; null where the system does not tell. */
export function residentOf(pid: number | undefined): { readonly now: number; readonly most: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kibibytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1]);
    const [now, most] = [kibibytes("VmRSS") * 1024, kibibytes("VmHWM") * 1024];
    return Number.isNaN(now) || Number.isNaN(most) ? null : { now, most };
  } catch {
    return null;
  }
}

/**
 * Growth from the first half of the samples to the second: the difference of their medians, so that one sample in the
 * middle of work says nothing. The first quarter is warm-up and does not count.
 */
export function growth(samples: readonly number[]): number {
  const warm = samples.slice(Math.ceil(samples.length / 4));
  const half = Math.floor(warm.length / 2);
  return median(warm.slice(half)) - median(warm.slice(0, half));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

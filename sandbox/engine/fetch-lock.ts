import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The holder touches its lock this often, milliseconds. */
const BEAT = 5_000;
/** A lock that nobody touched for so long belongs to nobody: process numbers come again, also in other containers. */
const ABANDONED = 6 * BEAT;

/**
 * Sees to it that only one process at a time fetches an engine into `folder`; the others wait until it is done. The
 * lock of a process that died is taken over: at worst two fetch at once, and each puts a whole file in place.
 *
 * @param waiting is called once, with the id of the process that is waited for
 * @param action done while the lock is held
 */
export async function withFetchLock<T>(
  folder: string,
  { waiting, signal }: { readonly waiting: (holder: number) => void; readonly signal?: AbortSignal },
  action: () => Promise<T>,
): Promise<T> {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, ".lock");
  let reported = false;
  while (!take(lock)) {
    const holder = holderOf(lock);
    if ((holder !== null && !isAlive(holder)) || isAbandoned(lock)) {
      rmSync(lock, { force: true });
      continue;
    }
    if (holder !== null && !reported) {
      reported = true;
      waiting(holder);
    }
    await sleep(250, undefined, signal ? { signal } : {});
  }
  const beat = setInterval(() => touch(lock), BEAT);
  try {
    return await action();
  } finally {
    clearInterval(beat);
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  try {
    writeFileSync(lock, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Null: gone meanwhile, or created but not yet written. */
function holderOf(lock: string): number | null {
  try {
    return Number.parseInt(readFileSync(lock, "utf8"), 10) || null;
  } catch {
    return null;
  }
}

function touch(lock: string): void {
  try {
    utimesSync(lock, new Date(), new Date());
  } catch {
    // Somebody took it away: whoever builds besides this one puts a whole file in place as well.
  }
}

function isAbandoned(lock: string): boolean {
  try {
    return Date.now() - statSync(lock).mtimeMs > ABANDONED;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

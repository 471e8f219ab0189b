/** The world's own time and chance: what is used unless something else is handed in. */
import { randomFillSync } from "node:crypto";
import { onAbort } from "./ask/on-abort";
import type { Clock } from "./options";

export const systemClock: Clock = {
  now: () => performance.now(),
  utc: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const done = (): void => {
        clearTimeout(timer);
        release?.();
        resolve();
      };
      const timer = setTimeout(done, ms);
      const release = signal && onAbort(signal, done);
    }),
};

/** Numbers in [0, 1) that nobody can predict: they guard ids and letter case against forged answers. */
export function secureRandom(): () => number {
  const pool = new Uint32Array(1024);
  let next = pool.length;
  return () => {
    if (next === pool.length) {
      randomFillSync(pool);
      next = 0;
    }
    return (pool[next++] as number) / 0x1_0000_0000;
  };
}

import { onAbort } from "./ask/on-abort";

/** The items of a list; a list that is still being made is not waited for once the asking has ended. */
export async function* untilEnded<T>(
  items: Iterable<T> | AsyncIterable<T>,
  ...ends: readonly AbortSignal[]
): AsyncGenerator<T, void, undefined> {
  if (!(Symbol.asyncIterator in items)) {
    yield* items;
    return;
  }
  const iterator = items[Symbol.asyncIterator]();
  const releases: (() => void)[] = [];
  const ended = new Promise<null>((resolve) => {
    for (const signal of ends) {
      if (signal.aborted) resolve(null);
      else releases.push(onAbort(signal, () => resolve(null)));
    }
  });
  let done = false;
  try {
    for (;;) {
      const next = iterator.next();
      // Not awaited any more when the asking ends first.
      next.catch(() => {});
      const result = await Promise.race([next, ended]);
      done = result !== null && result.done === true;
      if (result === null || result.done) return;
      yield result.value;
    }
  } finally {
    for (const release of releases) release();
    // A generator that waits for something takes this only after that: nothing to wait for.
    if (!done) iterator.return?.()?.then(undefined, () => {});
  }
}

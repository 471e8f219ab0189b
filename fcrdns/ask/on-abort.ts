/**
 * Waiting for a signal to abort. A signal has one listener, however many wait for it, and none when nobody does: a signal
 * that a program shares between thousands of checks does not collect listeners.
 */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Runs `action` when the signal aborts; not if it has aborted already.
 * @returns stops waiting
 */
export function onAbort(signal: AbortSignal, action: () => void): () => void {
  let actions = waiting.get(signal);
  if (!actions) {
    actions = new Set();
    waiting.set(signal, actions);
  }
  const all = actions;
  if (all.size === 0) signal.addEventListener("abort", runActions, { once: true });
  all.add(action);
  return () => {
    if (all.delete(action) && all.size === 0) signal.removeEventListener("abort", runActions);
  };
}

function runActions({ target }: Event): void {
  for (const action of [...(waiting.get(target as AbortSignal) ?? [])]) action();
}

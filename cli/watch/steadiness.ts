/**
 * Decides when a change is real. Resolvers flap and servers restart, so a new state counts only after it has been seen
 * several times in a row. Pure.
 */
import type { Verdict } from "../../fcrdns/verdict";

/** What is known of one address between two passes. */
export interface Watched {
  /** The last state that counts; null: none yet. */
  readonly settled: Verdict | null;
  /** A state that differs from it, and how often in a row it was seen. */
  readonly candidate: { readonly state: string; readonly seen: number } | null;
}

export interface Change {
  /** Null: the address never passed while it was watched. */
  readonly from: Verdict | null;
  readonly to: Verdict;
}

export const unwatched: Watched = { settled: null, candidate: null };

/**
 * What one more verdict makes of it.
 * @param times how often in a row a state must be seen; a pass at the very beginning counts at once
 */
export function observed(
  watched: Watched,
  verdict: Verdict,
  times: number,
): { readonly watched: Watched; readonly change?: Change } {
  const state = stateOf(verdict);
  const { settled, candidate } = watched;
  if (settled === null ? verdict.status === "pass" : state === stateOf(settled)) {
    return { watched: { settled: verdict, candidate: null } };
  }
  const seen = candidate?.state === state ? candidate.seen + 1 : 1;
  if (seen < times) return { watched: { settled, candidate: { state, seen } } };
  return { watched: { settled: verdict, candidate: null }, change: { from: settled, to: verdict } };
}

/**
 * Two verdicts of one state are no change. The reason for `unknown` may differ between passes and does not count; errors of
 * an address that passes do.
 */
function stateOf({ status, reason, ptr, findings }: Verdict): string {
  if (status === "unknown") return status;
  const errors = status === "pass" ? findings.filter(({ severity }) => severity === "error") : [];
  return [status, reason, ...ptr, ...new Set(errors.map(({ rule }) => rule))].join(" ");
}

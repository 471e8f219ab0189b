/** Which servers already say what the round trip needs, so that polling asks only the others. */

import type { Lookup, ServerAnswer } from "../evidence";
import { parseAddress } from "../names/address";
import type { Outcome } from "../verdict";
import { type Kept, keptKey } from "./ask-authoritative";
import { canonicalPtr } from "./consensus";
import { lookupsOf, type RoundTripLookups, type Subject } from "./round";

/** Whether this one answer needs no other: `ok` with what is wanted, or any definite answer where nothing is wanted. */
export function agrees(answer: ServerAnswer, lookup: Lookup, subject: Subject): boolean {
  if (!isDefinite(answer.outcome)) return false;
  if (lookup.type === "PTR") {
    if (answer.outcome !== "ok") return false;
    return subject.expected === null || answer.values.every((value) => canonicalPtr(value) === subject.expected);
  }
  const ownFamily = lookup.type === (subject.family === 4 ? "A" : "AAAA");
  // What a name has in the other family cannot spoil the round trip; silence is asked again, and a denial of the name.
  if (!ownFamily) return answer.outcome !== "nxdomain";
  return answer.values.some((value) => {
    const parsed = parseAddress(value);
    return parsed.ok && parsed.address.text === subject.ip;
  });
}

/** NXDOMAIN, an empty answer and records are answers; everything else leaves the question open. */
export function isDefinite(outcome: Outcome): boolean {
  return outcome === "ok" || outcome === "nxdomain" || outcome === "nodata" || outcome === "cname-loop";
}

/** The answers that the next round need not ask for again. */
export function keptAnswers(heard: RoundTripLookups, subject: Subject): Map<string, ServerAnswer> {
  const kept = new Map<string, ServerAnswer>();
  for (const lookup of lookupsOf(heard)) {
    // Behind an alias the server was asked for the alias' target; where servers give different targets, ask again.
    const same = new Set(lookup.answers.map(({ outcome, values }) => `${outcome} ${values.join(" ")}`)).size === 1;
    if (lookup.aliases.length > 0 && !same) continue;
    const asked = lookup.aliases.at(-1) ?? lookup.name;
    for (const answer of lookup.answers) {
      if (agrees(answer, lookup, subject)) kept.set(keptKey(lookup.type, asked, answer.server), answer);
    }
  }
  return kept;
}

/** The servers asked and those of them with nothing left to be desired. */
export function agreement(
  heard: RoundTripLookups,
  subject: Subject,
): { readonly asked: number; readonly agreed: number } {
  const servers = new Map<string, boolean>();
  for (const lookup of lookupsOf(heard)) {
    for (const answer of lookup.answers) {
      if (answer.outcome === "not-asked") continue;
      servers.set(answer.server, (servers.get(answer.server) ?? true) && agrees(answer, lookup, subject));
    }
  }
  return { asked: servers.size, agreed: [...servers.values()].filter(Boolean).length };
}

/** An answer that is still to change. */
export interface Pending {
  readonly lookup: Lookup;
  readonly answer: ServerAnswer;
}

/** The answers that the round trip waits for. */
export function pendingAnswers(heard: RoundTripLookups, subject: Subject): Pending[] {
  return lookupsOf(heard).flatMap((lookup) =>
    lookup.answers
      .filter((answer) => answer.outcome !== "not-asked" && !agrees(answer, lookup, subject))
      .map((answer) => ({ lookup, answer })),
  );
}

/**
 * Counts for each server the rounds in a row in which it failed to answer something; a server that failed in
 * {@link DEAD_ROUNDS} is not waited for any longer.
 */
export class Failures {
  readonly #rounds = new Map<string, number>();

  count(heard: RoundTripLookups): void {
    const failing = new Set<string>();
    const seen = new Set<string>();
    for (const { answers } of lookupsOf(heard)) {
      for (const { server, outcome } of answers) {
        seen.add(server);
        // A chain of aliases that was left is nobody's silence.
        if (!isDefinite(outcome) && outcome !== "not-asked" && outcome !== "cname") failing.add(server);
      }
    }
    for (const server of seen) {
      if (failing.has(server)) this.#rounds.set(server, (this.#rounds.get(server) ?? 0) + 1);
      else this.#rounds.delete(server);
    }
  }

  isDead(server: string): boolean {
    return (this.#rounds.get(server) ?? 0) >= DEAD_ROUNDS;
  }

  /** Whether a server failed that may yet answer. */
  get anyPending(): boolean {
    return [...this.#rounds.values()].some((rounds) => rounds < DEAD_ROUNDS);
  }

  /**
   * The dead servers' last failures, to be kept instead of asking again: only where another server answers the same
   * question, for one at least must.
   */
  deadAnswers(heard: RoundTripLookups): Map<string, ServerAnswer> {
    const dead = new Map<string, ServerAnswer>();
    for (const { type, name, aliases, answers } of lookupsOf(heard)) {
      if (!answers.some(({ outcome }) => isDefinite(outcome))) continue;
      for (const answer of answers) {
        if (isDefinite(answer.outcome) || !this.isDead(answer.server)) continue;
        dead.set(keptKey(type, aliases.at(-1) ?? name, answer.server), answer);
        dead.set(keptKey(type, name, answer.server), answer);
      }
    }
    return dead;
  }
}

const DEAD_ROUNDS = 3;

/** @returns `kept` with the entries of `more` */
export function keepAlso(kept: Kept, more: Kept): Kept {
  return new Map([...kept, ...more]);
}

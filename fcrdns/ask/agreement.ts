/** Which servers already have the answer that the round trip needs, so that polling queries only the others. */

import type { Lookup, ServerAnswer } from "../evidence";
import { parseAddress } from "../names/address";
import { isAnswer } from "../outcome";
import { keptKey } from "./ask-authoritative";
import { canonicalPtr } from "./consensus";
import type { Subject } from "./round";

/** Whether this one answer needs no other: `ok` with what is wanted, or any definite answer where nothing is wanted. */
export function agrees(answer: ServerAnswer, lookup: Lookup, subject: Subject): boolean {
  if (!isAnswer(answer.outcome)) return false;
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

/** The answers that the next round need not ask for again. */
export function keptAnswers(lookups: readonly Lookup[], subject: Subject): Map<string, ServerAnswer> {
  const kept = new Map<string, ServerAnswer>();
  for (const lookup of lookups) {
    // Where any name is good, the PTR itself may be what has to change.
    if (lookup.type === "PTR" && subject.expected === null) continue;
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

/** The servers queried, and those whose answers need no further query. */
export function agreement(
  lookups: readonly Lookup[],
  subject: Subject,
): { readonly asked: number; readonly agreed: number } {
  const servers = new Map<string, boolean>();
  for (const lookup of lookups) {
    for (const answer of lookup.answers) {
      if (answer.outcome === "not-asked") continue;
      servers.set(answer.server, (servers.get(answer.server) ?? true) && agrees(answer, lookup, subject));
    }
  }
  return { asked: servers.size, agreed: [...servers.values()].filter(Boolean).length };
}

/** An answer that has to change before the round trip holds. */
export interface Pending {
  readonly lookup: Lookup;
  readonly answer: ServerAnswer;
}

/** The answers that the round trip waits for. */
export function pendingAnswers(lookups: readonly Lookup[], subject: Subject): Pending[] {
  return lookups.flatMap((lookup) =>
    lookup.answers
      .filter((answer) => answer.outcome !== "not-asked" && !agrees(answer, lookup, subject))
      .map((answer) => ({ lookup, answer })),
  );
}

/**
 * Counts for each server the rounds in a row in which it failed to answer something; a server that failed in
 * {@link DEAD_ROUNDS} is not waited for any longer. One whose last answer was not what is wanted is: it lives, and its silence
 * does not make that answer good.
 */
export class Failures {
  #rounds: ReadonlyMap<string, number> = new Map();
  /** The questions whose last answer was not what is wanted, and the servers that gave it. */
  #behind: ReadonlyMap<string, string> = new Map();
  #fellSilent = false;

  count(lookups: readonly Lookup[], subject: Subject): void {
    const failing = new Set<string>();
    const behind = new Map<string, string>();
    this.#fellSilent = false;
    for (const lookup of lookups) {
      for (const answer of lookup.answers) {
        const { server, outcome } = answer;
        const question = `${server} ${lookup.type} ${lookup.name}`;
        if (isAnswer(outcome) ? !agrees(answer, lookup, subject) : this.#behind.has(question))
          behind.set(question, server);
        // An alias chain that is no longer followed is not a server's failure to answer.
        if (isAnswer(outcome) || outcome === "not-asked" || outcome === "cname") continue;
        failing.add(server);
        this.#fellSilent ||= behind.has(question);
      }
    }
    // A server that is no longer asked, because the delegation changed, is not waited for either.
    this.#behind = behind;
    this.#rounds = new Map([...failing].map((server) => [server, (this.#rounds.get(server) ?? 0) + 1]));
  }

  isDead(server: string): boolean {
    return (this.#rounds.get(server) ?? 0) >= DEAD_ROUNDS && ![...this.#behind.values()].includes(server);
  }

  /** Whether a server failed in the last round whose last answer was not what is wanted. */
  get fellSilent(): boolean {
    return this.#fellSilent;
  }

  /** Whether a server failed that may still answer. */
  get anyPending(): boolean {
    return [...this.#rounds.keys()].some((server) => !this.isDead(server));
  }

  /**
   * The dead servers' last failures, to be kept instead of asking again: only where another server answers the same
   * question, for one at least must.
   */
  deadAnswers(lookups: readonly Lookup[]): Map<string, ServerAnswer> {
    const dead = new Map<string, ServerAnswer>();
    for (const { type, name, aliases, answers } of lookups) {
      if (!answers.some(({ outcome }) => isAnswer(outcome))) continue;
      for (const answer of answers) {
        if (isAnswer(answer.outcome) || !this.isDead(answer.server)) continue;
        dead.set(keptKey(type, aliases.at(-1) ?? name, answer.server), answer);
        dead.set(keptKey(type, name, answer.server), answer);
      }
    }
    return dead;
  }
}

const DEAD_ROUNDS = 3;

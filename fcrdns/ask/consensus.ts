/**
 * The combined answer of the servers of one lookup. A receiver's resolver queries one server; if that one does not answer,
 * fails, refuses or is lame, it queries the next (RFC 1034 section 5.3.3 step 4.d, RFC 2308 section 7). So a receiver sees
 * the answer of any server that answers, and a server that does not answer changes nothing while another one does.
 */

import type { Lookup, ServerAnswer } from "../evidence";
import { canonicalName } from "../names/name";
import type { Outcome, Reason } from "../verdict";

/** One definite answer and who gave it. */
export interface DistinctAnswer {
  /** `absent`: NXDOMAIN or an empty answer, which mean the same here. `loop`: aliases without end. */
  readonly kind: "records" | "absent" | "loop";
  /** Canonical, sorted, each once. */
  readonly values: readonly string[];
  readonly answers: readonly ServerAnswer[];
}

export interface Consensus {
  /** The different definite answers; one when the servers agree, none when no server answered. */
  readonly words: readonly DistinctAnswer[];
  /** The servers that gave no answer: unknown, never absent. */
  readonly silent: readonly ServerAnswer[];
}

/** The different answers of a lookup's servers. */
export function consensusOf(lookup: Lookup): Consensus {
  const words = new Map<string, { kind: DistinctAnswer["kind"]; values: readonly string[]; answers: ServerAnswer[] }>();
  const silent: ServerAnswer[] = [];
  const isOnly = lookup.answers.length === 1;
  for (const answer of lookup.answers) {
    const kind = kindOf(answer);
    if (kind === null) {
      silent.push(answer);
      continue;
    }
    const values = answeredValues(lookup, answer);
    // A single answer needs no comparison.
    const key = isOnly ? "" : JSON.stringify([kind, values]);
    const word = words.get(key);
    if (word === undefined) words.set(key, { kind, values, answers: [answer] });
    else word.answers.push(answer);
  }
  return { words: [...words.values()], silent };
}

/** The records that one server gave: canonical, sorted, each once; none where its answer has none. */
export function answeredValues({ type }: Lookup, answer: ServerAnswer): readonly string[] {
  if (kindOf(answer) !== "records") return [];
  return sortedOnce(type === "PTR" ? answer.values.map(canonicalPtr) : answer.values);
}

/** Every value of any of the answers, sorted, each once. */
export function valuesOf(words: readonly DistinctAnswer[]): readonly string[] {
  const [only] = words;
  return only && words.length === 1 ? only.values : sortedOnce(words.flatMap(({ values }) => values));
}

export function sortedOnce(values: readonly string[]): readonly string[] {
  return values.length < 2 ? values : [...new Set(values)].sort();
}

/**
 * The reason where no server answered: the one that says most about the fault. A server that fails or refuses is reachable
 * and reports its own fault; a lame one does not have the zone; a time-out says least.
 */
export function unknownReason(silent: readonly ServerAnswer[]): Reason {
  const reasons = new Set(silent.map(({ outcome }) => reasonOfOutcome(outcome)));
  const worst = (["servfail", "refused", "lame"] as const).find((reason) => reasons.has(reason));
  return worst ?? "no-answer";
}

/**
 * The reason of an outcome that is no answer. A malformed answer, FORMERR and NOTIMP count as `servfail`: to its clients
 * a resolver reports all of these as SERVFAIL, "or other error condition" in RFC 8601 section 2.7.3.
 */
function reasonOfOutcome(outcome: Outcome): Reason {
  switch (outcome) {
    case "servfail":
    case "malformed":
    case "formerr":
    case "notimp":
      return "servfail";
    case "refused":
      return "refused";
    // A referral that the walk could not follow, or an alias whose target nobody was asked for.
    case "lame":
    case "referral":
      return "lame";
    default:
      return "no-answer";
  }
}

function kindOf({ outcome, values }: ServerAnswer): DistinctAnswer["kind"] | null {
  switch (outcome) {
    case "ok":
      return values.length > 0 ? "records" : "absent";
    case "nxdomain":
    case "nodata":
      return "absent";
    case "cname-loop":
      return "loop";
    default:
      return null;
  }
}

/** A PTR target that DNS could carry always has a canonical form; anything else stays as it came. */
export function canonicalPtr(value: string): string {
  const canonical = canonicalName(value);
  return canonical.ok ? canonical.name : value;
}

/** One round of questions about one address: the PTR, and the addresses of the expected name and of every PTR name. */

import type { ForwardLookups, Lookup, QuestionType } from "../evidence";
import { MAX_NAMES } from "../judge/round-trip";
import type { Helo } from "../names/helo";
import { canonicalPtr } from "./consensus";

export interface Subject {
  readonly ip: string;
  readonly family: 4 | 6;
  readonly arpa: string;
  /** Canonical, or null. */
  readonly expected: string | null;
  /** What the mail server says in EHLO. @default not known */
  readonly helo?: Helo | null;
}

/** Sends one question to all servers of one kind. */
export type Ask = (name: string, type: QuestionType) => Promise<Lookup>;

export interface RoundTripLookups {
  readonly ptr: Lookup;
  readonly forward: readonly ForwardLookups[];
}

/**
 * If the name is known, PTR, A and AAAA of the expected name and of the EHLO name are queried at the same time, so that a good round trip takes
 * one exchange and not two. Only other PTR names need a second one.
 */
export async function askRoundTrip(subject: Subject, ask: Ask): Promise<RoundTripLookups> {
  const known = knownNames(subject);
  const early = known.map((name) => askForward(name, ask));
  const ptr = await ask(subject.arpa, "PTR");
  const others = ptrNames(ptr)
    .slice(0, MAX_NAMES)
    // The root has no address.
    .filter((name) => !known.includes(name) && name !== ".");
  const forward = await Promise.all([...early, ...others.map((name) => askForward(name, ask))]);
  return { ptr, forward };
}

/** The names that are looked up whatever the PTR says. */
export function knownNames({ expected, helo }: Pick<Subject, "expected" | "helo">): string[] {
  const names = [expected, helo?.name ?? null].filter((name) => name !== null);
  return [...new Set(names)];
}

async function askForward(name: string, ask: Ask): Promise<ForwardLookups> {
  const [a, aaaa] = await Promise.all([ask(name, "A"), ask(name, "AAAA")]);
  return { name, a, aaaa };
}

/** Canonical, each once, those that most servers name first. */
function ptrNames({ answers }: Lookup): string[] {
  const first = answers[0];
  if (answers.length === 1 && first?.values.length === 1) return [canonicalPtr(first.values[0] as string)];
  const counts = new Map<string, number>();
  for (const { values } of answers) {
    for (const name of new Set(values.map(canonicalPtr))) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([name]) => name);
}

/** Every lookup of a round trip. */
export function lookupsOf({ ptr, forward }: RoundTripLookups): Lookup[] {
  const lookups = [ptr];
  for (const { a, aaaa } of forward) lookups.push(a, aaaa);
  return lookups;
}

/** The result of a round without any answer. */
export function noLookups(subject: Subject): RoundTripLookups {
  const forward = knownNames(subject).map((name) => ({ name, a: notAsked(name, "A"), aaaa: notAsked(name, "AAAA") }));
  return { ptr: notAsked(subject.arpa, "PTR"), forward };
}

export function notAsked(name: string, type: QuestionType): Lookup {
  const answer = { server: `servers of ${name}`, outcome: "not-asked", values: [] } as const;
  return { name, type, zone: null, aliases: [], answers: [answer] };
}

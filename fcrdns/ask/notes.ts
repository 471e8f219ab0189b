/** What is noticed while querying, beside the answers. */

import type { Cause } from "../cause";
import type { Lookup, Note, ServerAnswer } from "../evidence";
import type { Clock } from "../options";
import { isDenial } from "../outcome";
import type { Failures } from "./agreement";
import type { WalkNotes } from "./ask-authoritative";
import { withoutDenials } from "./ask-recursive";
import type { QueryContext } from "./client";
import { knownNames, lookupsOf, type RoundTripLookups, type Subject } from "./round";

/** The servers that are no longer waited for. */
export function excludedServers(lookups: readonly Lookup[], failures: Failures): Note[] {
  const dead = new Set<string>();
  for (const { answers } of lookups) {
    for (const { server } of answers) if (failures.isDead(server)) dead.add(server);
  }
  return [...dead].map((server) => ({ kind: "excluded", server }));
}

export function walkNotes({ withoutAddress, tooManyServers }: WalkNotes): Note[] {
  return [
    ...[...withoutAddress].map(([zone, hosts]) => ({ kind: "without-address", zone, hosts }) as const),
    ...[...tooManyServers].map((zone) => ({ kind: "limit", of: "servers", zone }) as const),
  ];
}

/** @param inTime whether the round ended by itself */
export function limitNotes({ outOfQueries, outOfTime, hops }: QueryContext, inTime: boolean): Note[] {
  const firstFor = (kind: Cause["kind"]) => hops.find(({ causes }) => causes?.some((cause) => cause.kind === kind));
  const found: Note[] = [];
  if (outOfQueries) found.push({ kind: "limit", of: "queries", question: firstFor("query-limit")?.question });
  if (outOfTime || !inTime) found.push({ kind: "out-of-time", last: firstFor("out-of-time") ?? hops.at(-1) });
  return found;
}

/** The answers, in which denials that are not believed count as no answer. */
export function believed({ ptr, forward }: RoundTripLookups, bare: ReadonlySet<ServerAnswer>): RoundTripLookups {
  const kept = (lookup: Lookup) => withoutDenials(lookup, bare);
  return { ptr: kept(ptr), forward: forward.map(({ name, a, aaaa }) => ({ name, a: kept(a), aaaa: kept(aaaa) })) };
}

export function unbelieved(bare: ReadonlySet<ServerAnswer>): Note[] {
  return [...new Set([...bare].map(({ server }) => server))].map((server) => ({ kind: "not-believed", server }));
}

/** Negative answers of resolvers on what the round trip rests on. */
export function denials(trip: RoundTripLookups, subject: Subject, clock: Clock): Note[] {
  const ownType = subject.family === 4 ? "A" : "AAAA";
  const known = knownNames(subject);
  return lookupsOf(trip).flatMap(({ name, type, answers }) => {
    if (type !== "PTR" && (type !== ownType || (subject.expected !== null && !known.includes(name)))) return [];
    return answers
      .filter(isDenial)
      .map(({ server, soa }) => ({ kind: "denied", server, name, type, soa, at: clock.utc() }) as const);
  });
}

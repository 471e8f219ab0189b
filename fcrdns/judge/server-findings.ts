/** What is wrong with name servers and resolvers, beside what they say. */

import type { Consensus } from "../ask/consensus";
import type { Evidence, Lookup, ServerAnswer } from "../evidence";
import type { Outcome } from "../verdict";
import type { FindingRuleId } from "./finding-rules";
import type { Found } from "./found";
import type { Judged } from "./judged";

/** The servers that the asking has given up. */
export function excludedServers({ notes }: Pick<Evidence, "notes">): ReadonlySet<string> {
  return new Set(notes.flatMap((note) => (note.kind === "excluded" ? [note.server] : [])));
}

/** What resolvers still remember or cannot say, after the authoritative servers agreed. */
export function resolverFindings({ evidence, resolved, ip, trip }: Judged): Found[] {
  if (evidence.recursive === undefined || resolved === undefined) return [];
  const isNoted = (server: string, { name, type }: Lookup): boolean =>
    evidence.notes.some(
      (note) => note.kind === "denied" && note.server === server && note.name === name && note.type === type,
    );
  const found: Found[] = [];
  const expectedPtr = evidence.expected === null ? trip.ptrNames : [evidence.expected];
  const wanted = evidence.helo?.name ? [...expectedPtr, evidence.helo.name] : expectedPtr;
  const look = (lookup: Lookup, consensus: Consensus, isWanted: (values: readonly string[]) => boolean): void => {
    for (const word of consensus.words) {
      if (isWanted(word.values)) continue;
      for (const answer of word.answers) {
        if (isNoted(answer.server, lookup)) continue;
        const seen = { kind: "resolver-remembers", answer, word, question: lookup } as const;
        found.push({ rule: "resolver-denies", seen, owner: { kind: "resolver-operator", server: answer.server } });
      }
    }
    for (const answer of consensus.silent) {
      // Said of the zone, by a finding of its own: another resolver would not fix it.
      if (answer.bogus) continue;
      const seen = { kind: "resolver", answer, question: lookup } as const;
      found.push({ rule: "resolver-unanswered", seen, owner: { kind: "resolver-operator", server: answer.server } });
    }
  };
  look(evidence.recursive.ptr, resolved.ptr, (values) => expectedPtr.some((name) => values.includes(name)));
  for (const { name, lookups, own } of resolved.names.values()) {
    if (lookups === undefined || !wanted.includes(name)) continue;
    look(ip.family === 4 ? lookups.a : lookups.aaaa, own, (values) => values.includes(ip.text));
  }
  return found;
}

/** If resolvers answer only when asked not to check signatures. */
export function bogusFindings({ ptr, forward, recursive }: Evidence): Found[] {
  const heard = recursive ?? { ptr, forward };
  return [heard.ptr, ...heard.forward.flatMap(({ a, aaaa }) => [a, aaaa])].flatMap((lookup) =>
    lookup.answers
      .filter(({ bogus }) => bogus)
      .map(({ server }): Found => {
        const seen = { kind: "bogus", server, name: lookup.name, type: lookup.type } as const;
        return { rule: "dnssec-bogus", seen, owner: { kind: "dns-host", lookup } };
      }),
  );
}

const SERVER_RULES: Partial<Record<Outcome, FindingRuleId>> = {
  timeout: "server-no-answer",
  unreachable: "server-no-answer",
  servfail: "server-servfail",
  refused: "server-refused",
  lame: "server-lame",
  referral: "server-lame",
  malformed: "server-malformed",
  formerr: "server-malformed",
  notimp: "server-malformed",
};

/** The servers that failed while others answered, once for each kind of failure. */
export function serverFindings(evidence: Evidence): Found[] {
  // The name servers of a foreign name are for its owner to fix.
  const own = evidence.forward.filter(
    ({ name }) => evidence.expected === null || name === evidence.expected || name === evidence.helo?.name,
  );
  const lookups = [evidence.ptr, ...own.flatMap(({ a, aaaa }) => [a, aaaa])];
  const found = new Map<string, Found>();
  const excluded = excludedServers(evidence);
  for (const lookup of lookups) {
    if (lookup.answers.every(({ outcome }) => SERVER_RULES[outcome] !== undefined)) continue;
    for (const answer of lookup.answers) {
      const { server, outcome } = answer;
      const rule = SERVER_RULES[outcome] ?? (isNotPublic(answer) ? "server-not-asked" : undefined);
      if (rule === undefined) continue;
      const key = `${rule} ${server}`;
      if (excluded.has(server) || found.has(key)) continue;
      const seen = { kind: "server", answer, question: lookup } as const;
      found.set(key, { rule, seen, owner: { kind: "server-operator", server } });
    }
  }
  return [...found.values()];
}

/** A zone of the public DNS names a server at an address that the internet cannot reach. */
function isNotPublic({ why }: ServerAnswer): boolean {
  return why?.some(({ kind }) => kind === "not-public") ?? false;
}

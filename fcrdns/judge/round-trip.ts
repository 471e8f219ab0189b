/**
 * The check that receivers make, RFC 8601 section 3: look up the names of the address, look up the addresses of each
 * name, and see whether the address is among them. Section 2.7.3 names the results; the reason says which half failed.
 */

import {
  type Consensus,
  canonicalPtr,
  consensusOf,
  type DistinctAnswer,
  sortedOnce,
  unknownReason,
  valuesOf,
} from "../ask/consensus";
import type { ForwardLookups, Lookup, ServerAnswer } from "../evidence";
import { type IpAddress, parseAddress, sameAddress } from "../names/address";
import type { Iprev, Reason } from "../verdict";

/**
 * How many PTR names receivers evaluate: "the number of names MUST be limited" (RFC 8601 section 3), ten as in RFC 7208
 * section 4.6.4.
 */
export const MAX_NAMES = 10;

/** What forward DNS says of one name and the address in question. */
export type NameState =
  /** Every server that answers has the address among the name's addresses. */
  | "confirmed"
  /** The name has no address at all. */
  | "absent"
  /** The name has other addresses only. */
  | "elsewhere"
  /** It would be confirmed, but a server says NXDOMAIN for its other type, and with that of the whole name. */
  | "denied"
  /** Some servers have the address and others have not. */
  | "split"
  /** The aliases lead in a circle. */
  | "loop"
  /** No server answered. */
  | "unknown";

export interface NameWord {
  readonly name: string;
  readonly state: NameState;
  readonly lookups: ForwardLookups | undefined;
  /** The lookup that can hold the address: A for IPv4, AAAA for IPv6. */
  readonly own: Consensus;
  readonly other: Consensus;
  /** Canonical texts of every address that any server gave, sorted. */
  readonly addresses: readonly string[];
  /** The servers that answer NXDOMAIN for one type of the name and records for the other. */
  readonly deniers: readonly string[];
}

export interface RoundTrip {
  readonly iprev: Iprev;
  /** `ok` with `pass`, except where servers name different PTR sets that all confirm: then `servers-disagree`. */
  readonly reason: Reason;
  /** Whether each server that the reason rests on gave a definite answer. */
  readonly definite: boolean;
  readonly ptr: Consensus;
  /** Every PTR name of any server, canonical, sorted. */
  readonly ptrNames: readonly string[];
  /** The state of each PTR name that was looked up or should have been, and of the expected name. */
  readonly names: ReadonlyMap<string, NameWord>;
  readonly confirmed: readonly string[];
}

/**
 * What a receiver would compute from these answers.
 * @param ip the address in question
 * @param expected a canonical name that is looked at beside the PTR names; it does not change the result
 * @param helo what the mail server says in EHLO, likewise
 * @param denialsCount whether NXDOMAIN for one type of a name is held against records of another type. Not where the
 *   name's servers were found to be in order: then a resolver just remembers an older answer.
 */
export function roundTrip(
  ip: IpAddress,
  ptrLookup: Lookup,
  forward: readonly ForwardLookups[],
  expected: string | null,
  denialsCount = true,
  helo: string | null = null,
): RoundTrip {
  const ptr = consensusOf(ptrLookup);
  const ptrNames = valuesOf(ptr.words);
  const lookups = new Map<string, ForwardLookups>();
  for (const entry of forward) lookups.set(canonicalPtr(entry.name), entry);
  const names = new Map<string, NameWord>();
  for (const name of ptrNames) names.set(name, nameWord(name, lookups.get(name), ip, denialsCount));
  for (const name of [expected, helo]) {
    if (name !== null && !names.has(name)) names.set(name, nameWord(name, lookups.get(name), ip, denialsCount));
  }
  const confirmed = ptrNames.filter((name) => names.get(name)?.state === "confirmed");
  const { iprev, reason, definite } = resultOf(ptr, names);
  return { iprev, reason, definite, ptr, ptrNames, names, confirmed };
}

type Result = Pick<RoundTrip, "iprev" | "reason" | "definite">;

function resultOf(ptr: Consensus, names: ReadonlyMap<string, NameWord>): Result {
  const results = ptr.words.map((word) => resultOfPtrWord(word, names));
  const [first] = results;
  if (first === undefined) {
    // RFC 8601 section 2.7.3: "could not be completed due to some error that is likely transient".
    return { iprev: "temperror", reason: unknownReason(ptr.silent), definite: false };
  }
  if (results.length === 1) return first;

  // The servers of the reverse zone name different sets: which one a receiver sees is a matter of luck.
  const definite = everybodyAnswered(ptr) && results.every((result) => result.definite);
  if (results.every(({ iprev }) => iprev === "pass")) return { iprev: "pass", reason: "servers-disagree", definite };
  return disagreement(definite);
}

/** `fail` when each server answered; while one has not, the answer that settles it may still come. */
function disagreement(definite: boolean): Result {
  return { iprev: definite ? "fail" : "temperror", reason: "servers-disagree", definite };
}

/** A server that is not asked, on purpose, will not answer later either. */
function everybodyAnswered({ silent }: Consensus): boolean {
  return silent.every(({ outcome }) => outcome === "not-asked");
}

/** The result for a receiver whose resolver hears this word from the reverse zone. */
function resultOfPtrWord(word: DistinctAnswer, names: ReadonlyMap<string, NameWord>): Result {
  if (word.kind === "absent") {
    // Section 2.7.3: permerror is "no PTR data are published", by NXDOMAIN or by an empty NOERROR answer.
    return { iprev: "permerror", reason: "no-ptr", definite: true };
  }
  if (word.kind === "loop") {
    // RFC 1034 section 3.6.2: a loop is "signalled as an error", SERVFAIL at most resolvers. Section 2.7.3 counts
    // SERVFAIL "or other error condition" as temperror and keeps permerror for "no PTR data". It is definite all the
    // same: no retry fixes it.
    return { iprev: "temperror", reason: "cname-loop", definite: true };
  }

  const words = word.values.flatMap((name) => names.get(name) ?? []);
  const having = (state: NameState) => words.filter((candidate) => candidate.state === state);
  const tooMany = word.values.length > MAX_NAMES;

  // Section 3: pass as soon as the address is in the union of the addresses of all names.
  if (having("confirmed").length > 0) return { iprev: "pass", reason: "ok", definite: true };
  const split = [...having("split"), ...having("denied").filter(({ own, deniers }) => !everybodyDenies(own, deniers))];
  if (split.length > 0) return disagreement(split.every(({ own }) => everybodyAnswered(own)));
  // Beyond the limit nothing was looked up, on purpose: that is not an error of DNS.
  const unknown = having("unknown").filter(({ lookups }) => lookups !== undefined || !tooMany);
  if (unknown.length > 0) {
    // The missing answer might hold the address.
    const silent = unknown.flatMap(({ own }) => own.silent);
    return { iprev: "temperror", reason: unknownReason(silent), definite: false };
  }
  if (having("loop").length > 0) return { iprev: "temperror", reason: "cname-loop", definite: true };
  // RFC 2308 section 5: NXDOMAIN is remembered for the name, whatever the type, so the next lookup finds no address.
  if (having("denied").length > 0) return { iprev: "fail", reason: "no-forward", definite: true };
  // The names evaluated "produced results, but they were not in agreement"; the reason says that there were more.
  if (tooMany) return { iprev: "fail", reason: "too-many-names", definite: true };
  if (words.every(({ name }) => name === ".")) {
    // PTR data are published, so not permerror; the root has no address, so "completed but produced no result".
    return { iprev: "fail", reason: "bad-name", definite: true };
  }
  const absent = words.every(({ state }) => state === "absent");
  return { iprev: "fail", reason: absent ? "no-forward" : "forward-mismatch", definite: true };
}

function everybodyDenies({ words }: Consensus, deniers: readonly string[]): boolean {
  return words.every(({ answers }) => answers.every(({ server }) => deniers.includes(server)));
}

const NOT_LOOKED_UP: Consensus = { words: [], silent: [] };

/**
 * Only the lookup of the address's own family can hold it, so the other family's failure neither spoils a pass nor turns
 * a plain mismatch into an error. (An IPv4-mapped AAAA record is that IPv4 address.)
 */
function nameWord(name: string, lookups: ForwardLookups | undefined, ip: IpAddress, denialsCount: boolean): NameWord {
  if (lookups === undefined) {
    // Nobody asks for the addresses of the root: it has none.
    const state = name === "." ? "absent" : "unknown";
    return { name, state, lookups, own: NOT_LOOKED_UP, other: NOT_LOOKED_UP, addresses: [], deniers: [] };
  }
  const own = consensusOf(ip.family === 4 ? lookups.a : lookups.aaaa);
  const other = consensusOf(ip.family === 4 ? lookups.aaaa : lookups.a);
  const addresses = addressTexts(other.words.length === 0 ? own.words : [...own.words, ...other.words]);
  const deniers = deniersOf(lookups);
  const state = stateOf(own, other, addresses, ip);
  const denied = state === "confirmed" && deniers.length > 0 && denialsCount;
  return { name, state: denied ? "denied" : state, lookups, own, other, addresses, deniers };
}

/** RFC 4074 section 4.2 knows such servers: "Name Error" for a type that the name does not have. */
function deniersOf({ a, aaaa }: ForwardLookups): readonly string[] {
  const denying = [...a.answers, ...aaaa.answers].filter(({ outcome }) => outcome === "nxdomain");
  if (denying.length === 0) return [];
  const having = new Set([...a.answers, ...aaaa.answers].filter(isRecords).map(({ server }) => server));
  return sortedOnce(denying.map(({ server }) => server).filter((server) => having.has(server)));
}

function isRecords({ outcome, values }: ServerAnswer): boolean {
  return outcome === "ok" && values.length > 0;
}

function stateOf(own: Consensus, other: Consensus, addresses: readonly string[], ip: IpAddress): NameState {
  const has = (word: DistinctAnswer) => word.values.some((value) => isAddress(value, ip));
  if (other.words.length > 0 && other.words.every(has)) return "confirmed";
  if (own.words.length === 0) return "unknown";
  if (own.words.every(has)) return "confirmed";
  if (own.words.some(has)) return "split";
  if (own.words.some(({ kind }) => kind === "loop")) return "loop";
  return addresses.length === 0 ? "absent" : "elsewhere";
}

function isAddress(value: string, ip: IpAddress): boolean {
  const parsed = parseAddress(value);
  return parsed.ok && sameAddress(parsed.address, ip);
}

function addressTexts(words: readonly DistinctAnswer[]): readonly string[] {
  const texts = valuesOf(words).map((value) => {
    const parsed = parseAddress(value);
    return parsed.ok ? parsed.address.text : value;
  });
  return sortedOnce(texts);
}

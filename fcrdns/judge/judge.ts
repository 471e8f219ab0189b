/**
 * From everything that was heard to the verdict. `iprev` is what a receiver would compute (RFC 8601); `status` is what
 * mail from this address needs to be safe with the strict ones too: every PTR confirmed, valid and not generic, the
 * expected name among them, the same at every server and, where resolvers were asked, seen by them.
 */

import { answeredValues, canonicalPtr, consensusOf, unknownReason } from "../ask/consensus";
import { type OtherVerdict, otherVerdicts } from "../ask/other-family";
import type { Evidence, ForwardLookups, Lookup } from "../evidence";
import { type IpAddress, parseAddress } from "../names/address";
import type { Helo } from "../names/helo";
import { type NameInspection, nameInspector } from "../names/inspect-name";
import { hopOf } from "../report/cause-text";
import { forTerminal } from "../report/escape";
import { worded } from "../report/finding-text";
import type { Iprev, Reason, Status, Verdict } from "../verdict";
import { findingsOf } from "./findings";
import { heloObjection } from "./helo-objection";
import { whenToSend } from "./memory-findings";
import { MAX_NAMES, type RoundTrip, roundTrip } from "./round-trip";
import { excludedServers } from "./server-findings";

type Inspect = (name: string) => NameInspection;

export interface Judgement {
  readonly status: Status;
  readonly iprev: Iprev;
  readonly reason: Reason;
}

/** The verdict on what was heard about one address. Pure; never throws. */
export function judge(evidence: Evidence): Verdict {
  const ip = addressOf(evidence.ip);
  const { expected, helo = null } = evidence;
  const heloName = helo?.name ?? null;
  const inspect = nameInspector(ip);
  const onlyWaitedFor = waitedFor(evidence);
  const tripOf = ({ ptr, forward }: Pick<Evidence, "ptr" | "forward">, denialsCount: boolean): RoundTrip => {
    if (onlyWaitedFor === null) return roundTrip(ip, ptr, forward, expected, denialsCount, heloName);
    const lookups = forward.map(({ name, a, aaaa }) => ({ name, a: onlyWaitedFor(a), aaaa: onlyWaitedFor(aaaa) }));
    return roundTrip(ip, onlyWaitedFor(ptr), lookups, expected, denialsCount, heloName);
  };
  const trip = tripOf(evidence, true);
  // The authoritative servers come first, and they contradict themselves no longer when the resolvers are asked.
  const resolved = evidence.recursive && tripOf(evidence.recursive, false);
  const others = otherVerdicts(evidence);
  const judged = withOthers(overall(trip, resolved, evidence, ip, inspect), others, evidence.everyFamily ?? false);
  const isOpen = evidence.interrupted || (evidence.fellSilent && judged.status === "pass");
  const judgement = isOpen ? OPEN : judged;
  // The resolvers are asked once the authoritative servers are right.
  const isRight = !isOpen && (evidence.recursive !== undefined || judgement.status === "pass");
  const { notBefore, found } = whenToSend(evidence, trip, isRight, judgement.status === "fail");
  return {
    schema: 1,
    ip: evidence.ip,
    arpa: evidence.arpa,
    expected,
    ...(helo && { helo: forTerminal(helo.said) }),
    ...judgement,
    ptr: trip.ptrNames,
    forward: addressesByName(trip, evidence.forward),
    confirmed: trip.confirmed,
    ...(notBefore !== undefined && { notBefore }),
    findings: worded([
      ...findingsOf({ evidence, ip, trip, resolved, others, iprev: judgement.iprev, inspect }),
      ...found,
    ]),
    hops: evidence.hops.map(hopOf),
    servers: serversOf(evidence, trip, ip),
    ms: evidence.ms,
  };
}

/** What is missing might be anything. */
const OPEN: Judgement = { status: "unknown", iprev: "temperror", reason: "no-answer" };

/** A definite failure of the other family counts more than one of which nothing is known. */
function withOthers(judgement: Judgement, others: readonly OtherVerdict[], everyFamily: boolean): Judgement {
  if (!everyFamily || judgement.status !== "pass") return judgement;
  const worst = others.find(({ status }) => status === "fail") ?? others.find(({ status }) => status === "unknown");
  return worst === undefined ? judgement : { ...judgement, status: worst.status, reason: worst.reason };
}

/**
 * Leaves out the failures of servers that the asking has given up: whether each server answered is then a question about
 * the others. Where nobody else answered, the failures stay. Null when no server was given up.
 */
function waitedFor(evidence: Evidence): ((lookup: Lookup) => Lookup) | null {
  const excluded = excludedServers(evidence);
  if (excluded.size === 0) return null;
  return (lookup) => {
    const { words } = consensusOf(lookup);
    if (words.length === 0) return lookup;
    const answered = new Set(words.flatMap((word) => word.answers));
    const answers = lookup.answers.filter((answer) => answered.has(answer) || !excluded.has(answer.server));
    return { ...lookup, answers };
  };
}

/**
 * The authoritative servers decide first. Only when all is well there do the resolvers count, by the same rules: a
 * receiver behind a resolver that still remembers "no such name" computes permerror, whatever the authority says now
 * (RFC 2308 section 5), so the mail must not leave yet.
 */
function overall(
  trip: RoundTrip,
  resolved: RoundTrip | undefined,
  evidence: Evidence,
  ip: IpAddress,
  inspect: Inspect,
): Judgement {
  const { expected, helo = null } = evidence;
  const judged = (one: RoundTrip): Judgement => withHelo(judgeTrip(one, expected, inspect), one, helo, ip, inspect);
  const authoritative = judged(trip);
  if (authoritative.status !== "pass") return authoritative;
  if (isBogus(evidence.recursive ?? evidence, resolved ?? trip, evidence)) {
    // RFC 4035 section 5.5: validating resolvers answer SERVFAIL, so their receivers compute temperror.
    return { status: "unknown", iprev: "temperror", reason: "servfail" };
  }
  return resolved === undefined ? authoritative : judged(resolved);
}

/** What the server says in EHLO is looked at where all else is good. */
function withHelo(
  judgement: Judgement,
  trip: RoundTrip,
  helo: Helo | null,
  ip: IpAddress,
  inspect: Inspect,
): Judgement {
  return judgement.status === "pass" ? { ...judgement, ...heloObjection(helo, ip, trip, inspect) } : judgement;
}

/**
 * Whether validation fails at a resolver for something that the round trip rests on: the PTR, or the addresses of a name
 * in the address's own family. Bogus records of the other family are no receiver's reason to doubt this address.
 */
function isBogus(
  { ptr, forward }: Pick<Evidence, "ptr" | "forward">,
  { ptrNames }: RoundTrip,
  { family, expected }: Evidence,
): boolean {
  const own = forward
    .filter(({ name }) => name === expected || ptrNames.includes(canonicalPtr(name)))
    .map(({ a, aaaa }) => (family === 4 ? a : aaaa));
  return [ptr, ...own].some(({ answers }) => answers.some(({ bogus }) => bogus));
}

function judgeTrip(trip: RoundTrip, expected: string | null, inspect: Inspect): Judgement {
  const { iprev, reason, definite } = trip;
  if (iprev !== "pass") return { iprev, reason, status: definite ? "fail" : "unknown" };
  if (reason !== "ok") return { iprev, reason, status: definite ? "fail" : "unknown" };
  const objection = objectionTo(trip, expected, inspect);
  return { iprev, ...(objection ?? { reason, status: "pass" }) };
}

/** What is wrong, beyond RFC 8601, with an address that some name confirms. The first that applies is the reason. */
function objectionTo(
  { ptrNames, names, confirmed }: RoundTrip,
  expected: string | null,
  inspect: Inspect,
): Pick<Judgement, "status" | "reason"> | null {
  if (ptrNames.length > MAX_NAMES) return { status: "fail", reason: "too-many-names" };
  const words = ptrNames.flatMap((name) => names.get(name) ?? []);
  const unknown = words.filter(({ state }) => state === "unknown");
  // The expected name may still turn out to confirm, if it is among those that nobody could look up.
  const mayConfirm = unknown.some(({ name }) => name === expected);
  if (expected !== null && !confirmed.includes(expected) && !mayConfirm) {
    return { status: "fail", reason: "unexpected-name" };
  }
  if (words.some(({ state }) => state !== "confirmed" && state !== "unknown")) {
    return { status: "fail", reason: "unconfirmed-ptr" };
  }
  if (unknown.length > 0) {
    return { status: "unknown", reason: unknownReason(unknown.flatMap(({ own }) => own.silent)) };
  }
  const good = ptrNames.every((name) => {
    const { valid, generic } = inspect(name);
    return valid && !generic;
  });
  return good ? null : { status: "fail", reason: "bad-name" };
}

/**
 * Every name that was looked up. Built without a prototype, so that no name can reach it, and so that V8 keeps it as a
 * table: as an ordinary object each new name would cost a hidden class of its own.
 */
function addressesByName(trip: RoundTrip, forward: readonly ForwardLookups[]): Record<string, readonly string[]> {
  const byName: Record<string, readonly string[]> = Object.create(null);
  for (const { name } of forward) byName[name] = trip.names.get(name)?.addresses ?? [];
  return Object.setPrototypeOf(byName, Object.prototype);
}

/**
 * The servers of the reverse zone and of the zone of the name that should confirm, each address once. One agrees when
 * everything it said is what the round trip needs: the PTR is the expected name (or one that confirms), and the name has
 * the address.
 */
function serversOf({ ptr, forward, expected }: Evidence, trip: RoundTrip, ip: IpAddress): Verdict["servers"] {
  const wanted = expected === null ? trip.confirmed : [expected];
  const names = expected === null ? trip.ptrNames : wanted;
  const agreeing = new Map<string, boolean>();
  const count = (lookup: Lookup, isWanted: (values: readonly string[]) => boolean): void => {
    for (const answer of lookup.answers) {
      if (answer.outcome === "not-asked") continue;
      agreeing.set(answer.server, (agreeing.get(answer.server) ?? true) && isWanted(answeredValues(lookup, answer)));
    }
  };
  count(ptr, (values) => values.some((value) => wanted.includes(value)));
  for (const lookups of forward) {
    if (!names.includes(lookups.name)) continue;
    const addressed = (values: readonly string[]) =>
      values.some((value) => {
        const parsed = parseAddress(value);
        return parsed.ok && parsed.address.text === ip.text;
      });
    count(ip.family === 4 ? lookups.a : lookups.aaaa, addressed);
  }
  return { asked: agreeing.size, agreed: [...agreeing.values()].filter(Boolean).length };
}

/** Evidence carries canonical text; anything else is the caller's mistake and confirms nothing. */
function addressOf(text: string): IpAddress {
  const parsed = parseAddress(text);
  return parsed.ok ? parsed.address : { text, family: 4, bytes: new Uint8Array() };
}

/**
 * The check of one address: asks until the round trip holds or the deadline has passed, first the authoritative servers,
 * and resolvers only once those agree, for a resolver that is asked too early remembers "no" (RFC 2308 section 5).
 */

import { shownValue } from "./arguments";
import { agreement, pendingAnswers } from "./ask/agreement";
import type { AuthoritativeLookups, Kept, WalkNotes } from "./ask/ask-authoritative";
import type { RecursiveLookups } from "./ask/ask-recursive";
import { Asking } from "./ask/asking";
import type { QueryContext } from "./ask/client";
import type { Delegations } from "./ask/delegation";
import { believed, denials, excludedServers, limitNotes, unbelieved, walkNotes } from "./ask/notes";
import { askOtherFamily, keptOfOthers, otherVerdicts } from "./ask/other-family";
import {
  type Ask,
  askRoundTrip,
  knownNames,
  lookupsOf,
  noLookups,
  notAsked,
  type RoundTripLookups,
  type Subject,
} from "./ask/round";
import type { AskedHop, Evidence, Lookup, Note, OtherAddress } from "./evidence";
import { InputError } from "./input-error";
import { judge } from "./judge/judge";
import { inspectName } from "./names/inspect-name";
import { canonicalHostname } from "./names/name";
import type { Clock, Progress, VerifyOptions } from "./options";
import { isDenial } from "./outcome";
import { type Heard, inSeconds, poll, type Step } from "./poll";
import { otherPendingText, pendingText } from "./report/progress-text";
import { type AskingSettings, NO_RESOLVER } from "./settings";
import type { Outcome, Verdict } from "./verdict";
import { WrongAnswers } from "./wrong-answers";

/** Hops that a verdict keeps; of a longer wait the latest. */
const MAX_HOPS = 5_000;

/** What is asked of one address. */
export type OneOptions = Pick<
  VerifyOptions,
  "expected" | "helo" | "domain" | "everyFamily" | "signal" | "onProgress" | "deadlineSeconds"
>;

/** What the checks of one verifier share. */
export interface Parts {
  readonly settings: AskingSettings;
  readonly clock: Clock;
  readonly random: () => number;
  readonly delegations: Delegations;
  readonly authoritative: AuthoritativeLookups;
  readonly recursive: RecursiveLookups | null;
  /** Delegations learnt before this moment came from somebody else. */
  readonly since: number;
  readonly closing: AbortSignal;
  readonly wasReached: () => boolean;
  readonly reached: () => void;
}

/** What one kind of server said in its latest round. */
interface HeardTrip extends Heard {
  readonly trip: RoundTripLookups;
  readonly notes: readonly Note[];
  /** The signal came before the round was complete. */
  readonly interrupted: boolean;
}

/** What is known after a round. */
interface Known {
  readonly verdict: Verdict;
  readonly evidence: Evidence;
  /** Why no authoritative server can be reached. */
  readonly blocked?: readonly Note[];
}

/** The checking of one address, from the first question to the verdict. */
export class Check {
  readonly #parts: Parts;
  readonly #subject: Subject;
  readonly #options: OneOptions;
  /** Canonical. */
  readonly #domain: string | null;
  readonly #start: number;
  readonly #asking: Asking;
  readonly #hops: AskedHop[] = [];
  readonly #wrong = new WrongAnswers();
  #rounds = 0;

  constructor(parts: Parts, subject: Subject, options: OneOptions, ends: readonly AbortSignal[]) {
    const { clock, random, settings, closing } = parts;
    this.#parts = parts;
    this.#subject = subject;
    this.#options = options;
    this.#domain = domainOf(options.domain);
    this.#start = clock.now();
    const { deadlineSeconds, signal } = options;
    const deadlineMs = deadlineSeconds === undefined ? settings.deadlineMs : deadlineSeconds * 1000;
    if ((deadlineSeconds !== undefined && typeof deadlineSeconds !== "number") || !(deadlineMs >= 0))
      throw new InputError(`deadlineSeconds is ${shownValue(deadlineSeconds)}, not a number of 0 or more`);
    this.#asking = new Asking({ clock, random, settings, deadlineMs, signal, ends: [...ends, closing] });
  }

  async run(): Promise<Verdict> {
    const known = await this.#run();
    // What was wrong on the way is told with the last word.
    return this.#wrong.isEmpty ? known.verdict : this.#verdict(known.evidence);
  }

  async #run(): Promise<Known> {
    const { settings, recursive } = this.#parts;
    if (settings.mode === "recursive") return this.#recursively([]);
    const first = await this.#poll("authoritative", (kept) => this.#authoritativeRound(kept), []);
    if (first.blocked) return this.#recursively(first.blocked, true);
    if (settings.mode === "authoritative" || first.verdict.status !== "pass") return first;
    if (recursive === null) {
      const evidence: Evidence = { ...first.evidence, notes: [...first.evidence.notes, { kind: "no-resolver" }] };
      return { evidence, verdict: this.#verdict(evidence) };
    }
    return this.#poll("recursive", (kept) => this.#recursiveRound(kept, true), [], first.evidence);
  }

  /** @param doubtful resolvers are asked because nobody else can be */
  async #recursively(notes: readonly Note[], doubtful = false): Promise<Known> {
    return this.#poll("recursive", (kept) => this.#recursiveRound(kept, false, doubtful), notes);
  }

  /**
   * Rounds until the round trip holds, until waiting cannot help, or until the deadline.
   * @param confirmed what the authoritative servers said, where the resolvers are to confirm it
   */
  async #poll(
    kind: "authoritative" | "recursive",
    ask: (kept: Kept) => Promise<HeardTrip>,
    notes: readonly Note[],
    confirmed?: Evidence,
  ): Promise<Known> {
    let others: readonly OtherAddress[] = [];
    const { result, isCutShort } = await poll<HeardTrip, Known>({
      asking: this.#asking,
      subject: this.#subject,
      ask: (kept) => {
        this.#rounds++;
        return ask(kept);
      },
      judge: async (heard, round, failures): Promise<Step<Known>> => {
        const excluded = round >= 3 ? excludedServers(heard.lookups, failures) : [];
        const all = [...notes, ...heard.notes, ...excluded];
        const { trip, interrupted } = heard;
        const { fellSilent } = failures;
        let evidence: Evidence = confirmed
          ? { ...confirmed, recursive: trip, notes: [...confirmed.notes, ...all], interrupted, fellSilent }
          : { ...this.#evidence(kind, trip, all), interrupted, fellSilent };
        let verdict = this.#verdict(evidence);
        const holds = verdict.status === "pass";
        if (!confirmed && holds) {
          others = await this.#otherFamily(kind, evidence, verdict, others);
          evidence = { ...evidence, others };
          verdict = this.#verdict(evidence);
        }
        const result = { verdict, evidence };
        if (kind === "authoritative" && verdict.status !== "pass" && !this.#asking.isEnded) {
          if (this.#forgetBefore(evidence)) {
            others = [];
            return { result, holds, next: "anew" };
          }
        }
        if (heard.isWhole && (!holds || !this.#wrong.isEmpty)) this.#remember(kind, trip, verdict);
        const blocked = kind === "authoritative" && round === 1 ? this.#blocked() : undefined;
        if (blocked) return { result: { ...result, blocked }, holds, next: "done" };
        const isDone = verdict.status === "pass" ? !failures.anyPending : this.#waitingIsVain(verdict);
        return { result, holds, next: isDone ? "done" : "wait" };
      },
      walkAnew: () => kind === "authoritative" && this.#walkAnew(),
      onPause: ({ lookups }, { evidence }, pauseMs) => this.#report(lookups, evidence, pauseMs),
    });
    return isCutShort ? { ...result, verdict: this.#verdict(result.evidence) } : result;
  }

  async #authoritativeRound(kept: Kept): Promise<HeardTrip> {
    const { authoritative } = this.#parts;
    const walk: WalkNotes = { withoutAddress: new Map(), tooManyServers: new Set() };
    const { context, heard } = await this.#asking.round((context) =>
      askRoundTrip(this.#subject, (name, type) => authoritative.lookup(name, type, context, walk, kept)),
    );
    if (context.heard) this.#parts.reached();
    return this.#heard(context, heard, walkNotes(walk));
  }

  async #recursiveRound(kept: Kept, confirming = false, doubtful = false): Promise<HeardTrip> {
    const { recursive, clock } = this.#parts;
    if (recursive === null) throw new InputError(NO_RESOLVER);
    const { context, heard } = await this.#asking.round((context) =>
      askRoundTrip(this.#subject, (name, type) => recursive.lookup(name, type, context, kept)),
    );
    const denied = confirming && heard ? denials(heard, this.#subject, clock) : [];
    if (!doubtful || !heard || this.#asking.isEnded) return this.#heard(context, heard, denied);
    const lookups = lookupsOf(heard);
    const contradicting = new Set(pendingAnswers(lookups, this.#subject).map(({ answer }) => answer));
    const control = await this.#asking.round((more) => recursive.withoutBareDenials(lookups, more, contradicting));
    this.#keepHops(context);
    const bare = control.heard ?? new Set(lookups.flatMap(({ answers }) => answers));
    return this.#heard({ ...control.context, outOfTime: context.outOfTime }, believed(heard, bare), [
      ...denied,
      ...unbelieved(bare),
    ]);
  }

  /**
   * The round trips of the host's addresses of the other family, once its own holds. Resolvers are asked only where
   * nobody else is: a cached denial would outlive the new PTR.
   */
  async #otherFamily(
    kind: "authoritative" | "recursive",
    evidence: Evidence,
    { expected, confirmed }: Verdict,
    before: readonly OtherAddress[],
  ): Promise<readonly OtherAddress[]> {
    const { authoritative, recursive, delegations, since } = this.#parts;
    const walk: WalkNotes = { withoutAddress: new Map(), tooManyServers: new Set() };
    const kept: Kept = keptOfOthers(before);
    const nothing: Kept = new Map();
    const names = expected === null ? confirmed : [expected];
    const { context, heard } = await this.#asking.round(async (context) => {
      const asking =
        (known: Kept): Ask =>
        (name, type) =>
          kind === "recursive" && recursive !== null
            ? recursive.lookup(name, type, context, known)
            : authoritative.lookup(name, type, context, walk, known);
      const others = await askOtherFamily(this.#subject, evidence, names, asking(kept));
      const remembered = otherVerdicts({ others, expected })
        .filter(({ status }) => status !== "pass")
        .filter(({ other }) => kind === "authoritative" && delegations.forget(other.ptr.name, since));
      // No "no" rests on delegations that somebody else learnt before.
      return remembered.length > 0 ? askOtherFamily(this.#subject, evidence, names, asking(nothing)) : others;
    });
    this.#keepHops(context);
    return heard ?? askOtherFamily(this.#subject, evidence, names, async (name, type) => notAsked(name, type));
  }

  #heard(context: QueryContext, heard: RoundTripLookups | undefined, notes: readonly Note[]): HeardTrip {
    this.#keepHops(context);
    const trip = heard ?? noLookups(this.#subject);
    return {
      trip,
      lookups: lookupsOf(trip),
      isWhole: heard !== undefined,
      interrupted: context.interrupted ?? (heard === undefined && this.#asking.isEnded),
      notes: [...notes, ...limitNotes(context, heard !== undefined || this.#asking.isEnded)],
    };
  }

  #remember(kind: "authoritative" | "recursive", trip: RoundTripLookups, verdict: Verdict): void {
    const by = kind === "recursive" ? "resolver" : "name-server";
    this.#wrong.heard(by, trip, this.#subject, verdict, this.#parts.clock.utc());
  }

  #keepHops({ hops }: QueryContext): void {
    for (const hop of hops) this.#hops.push(hop);
    if (this.#hops.length > MAX_HOPS) this.#hops.splice(0, this.#hops.length - MAX_HOPS);
  }

  #evidence(kind: "authoritative" | "recursive", trip: RoundTripLookups, notes: readonly Note[]): Evidence {
    const mode = kind === "recursive" ? "recursive" : this.#parts.settings.mode;
    const { ip, family, arpa, expected, helo } = this.#subject;
    const { everyFamily } = this.#options;
    const domain = this.#domain;
    const subject = { ip, family, arpa, expected, helo, domain, mode, everyFamily };
    return { ...subject, ptr: trip.ptr, forward: trip.forward, notes, hops: [], ms: 0 };
  }

  #verdict(evidence: Evidence): Verdict {
    const ms = Math.round((this.#parts.clock.now() - this.#start) * 10) / 10;
    const memory = this.#wrong.isEmpty ? undefined : this.#wrong.memory(this.#parts.clock.utc());
    return judge({ ...evidence, hops: [...this.#hops], ms, ...(memory && { memory }) });
  }

  /** An expected name or EHLO name that is bad, or a bad name that holds: no waiting will make it good. */
  #waitingIsVain(verdict: Verdict): boolean {
    const { expected, helo, ip } = this.#subject;
    const isBad = (name: string): boolean => {
      const { valid, generic } = inspectName(name, { ip });
      return !valid || generic;
    };
    if (expected !== null && isBad(expected)) return true;
    if (helo && helo.literal === undefined && isBad(helo.said)) return true;
    return verdict.reason === "bad-name";
  }

  /** Nobody on the way from the root answered, now or ever: then it is the way that is closed. */
  #blocked(): readonly Note[] | undefined {
    const { settings, recursive, wasReached, delegations } = this.#parts;
    if (settings.mode !== "full" || recursive === null || wasReached() || this.#asking.isEnded) return undefined;
    const roots = new Set(delegations.deepest(".").known.map(({ text }) => text));
    const asked = this.#hops.filter(({ server }) => roots.has(server));
    if (asked.length === 0) return undefined;
    const tried = new Set(asked.map(({ server }) => server)).size;
    const came = (...outcomes: readonly Outcome[]) => asked.some(({ outcome }) => outcomes.includes(outcome));
    const isFailing = came("refused", "servfail", "formerr", "notimp", "malformed");
    const how = asked.some(isDenial) ? "denying" : came("lame") ? "redirected" : isFailing ? "failing" : "silent";
    return [{ kind: "blocked", how, roots: tried }];
  }

  /** Forgets delegations that somebody else learnt before. @returns whether there were any on the way to these names */
  #forgetBefore(evidence: Evidence): boolean {
    const { delegations, since } = this.#parts;
    const names = new Set(lookupsOf(evidence).flatMap(({ name, aliases }) => [name, ...aliases]));
    return [...names].filter((name) => delegations.forget(name, since)).length > 0;
  }

  #walkAnew(): void {
    const { delegations } = this.#parts;
    delegations.forget(this.#subject.arpa);
    for (const name of knownNames(this.#subject)) delegations.forget(name);
  }

  #report(lookups: readonly Lookup[], evidence: Evidence, pauseMs: number): void {
    const { onProgress } = this.#options;
    if (!onProgress) return;
    const { ip, expected } = this.#subject;
    const progress: Progress = {
      ip,
      expected,
      round: this.#rounds,
      elapsedSeconds: inSeconds(this.#parts.clock.now() - this.#start),
      servers: agreement(lookups, this.#subject),
      waitingFor: [
        ...pendingAnswers(lookups, this.#subject).map(pendingText),
        ...otherVerdicts(evidence)
          .filter(({ status }) => status !== "pass")
          .map(otherPendingText),
      ],
      nextInSeconds: inSeconds(pauseMs),
    };
    onProgress(progress);
  }
}

/** @throws InputError unless it is a domain name */
function domainOf(domain: string | null | undefined): string | null {
  if (domain === undefined || domain === null) return null;
  const name = canonicalHostname(domain);
  if (!name.ok) throw new InputError(`the domain of the sender: ${name.reason}`);
  return name.name;
}

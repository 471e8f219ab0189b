/**
 * The check itself: asks until the round trip holds or the deadline has passed, first the authoritative servers, and
 * resolvers only once those agree, for a resolver that is asked too early remembers "no" (RFC 2308 section 5).
 */

import {
  checkAskingOptions,
  checkItem,
  checkItems,
  checkSurroundings,
  checkText,
  optionsObject,
  shownValue,
} from "./arguments";
import { agreement, type Failures, pendingAnswers } from "./ask/agreement";
import { AuthoritativeLookups, type Kept, type WalkNotes } from "./ask/ask-authoritative";
import { RecursiveLookups } from "./ask/ask-recursive";
import { Asking } from "./ask/asking";
import { Client, type QueryContext } from "./ask/client";
import { Delegations } from "./ask/delegation";
import { type DelegationMemory, sharedMemory } from "./ask/delegation-memory";
import { onAbort } from "./ask/on-abort";
import { askOtherFamily, keptOfOthers, otherVerdicts } from "./ask/other-family";
import { resolversOf } from "./ask/resolvers";
import { type Ask, askRoundTrip, lookupsOf, type RoundTripLookups, type Subject } from "./ask/round";
import { endpoint } from "./ask/server-address";
import { socketTransport } from "./ask/sockets";
import type { Transport } from "./ask/transport";
import type { Cause } from "./cause";
import { secureRandom, systemClock } from "./clock";
import type { AskedHop, Evidence, Lookup, Note, OtherAddress, QuestionType, ServerAnswer } from "./evidence";
import { InputError } from "./input-error";
import { judge } from "./judge/judge";
import { type IpAddress, parseAddress, reverseName } from "./names/address";
import { inspectName } from "./names/inspect-name";
import { canonicalHostname } from "./names/name";
import type { Clock, Progress, VerifyAllOptions, VerifyOptions } from "./options";
import { isDenial } from "./outcome";
import { type Heard, inSeconds, poll, type Step } from "./poll";
import { otherPendingText, pendingText } from "./report/progress-text";
import { type AskingSettings, checkSettings, type DnsSettings, NO_RESOLVER, readSettings } from "./settings";
import type { Verdict } from "./verdict";

/** Hops that a verdict keeps; of a longer wait the latest. */
const MAX_HOPS = 5_000;

/** What is the same for every address that one {@link Verifier} checks. */
export interface VerifierOptions extends DnsSettings {
  /** How queries travel. @default UDP and TCP sockets of this machine */
  readonly transport?: Transport;
  /** @default the system's */
  readonly clock?: Clock;
  /** Numbers in [0, 1) for ids, 0x20 case and jitter. @default a cryptographic source */
  readonly random?: () => number;
  /**
   * Begins with the delegations that other verifiers of this process found in the same DNS in the last five minutes. No
   * verdict other than `pass` rests on them: before that the way is walked anew.
   * @default false: it remembers only what it found itself
   */
  readonly sharedDelegations?: boolean;
}

/** What is asked of one address. */
export type OneOptions = Pick<VerifyOptions, "expected" | "everyFamily" | "signal" | "onProgress" | "deadlineSeconds">;

/** One address of many. */
export interface Item {
  readonly ip: string;
  /** @default the `expected` of the options */
  readonly expected?: string | null;
}

/**
 * Checks addresses one after the other or at the same time with one set of sockets and one memory of delegations. Make
 * one where several addresses are to be checked, and close it when done.
 * @example
 * const verifier = new Verifier({ deadlineSeconds: 300 });
 * const verdict = await verifier.verify("192.0.2.10", { expected: "mail.example.com" });
 * verifier.close();
 */
export class Verifier {
  readonly #settings: AskingSettings;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #transport: Transport;
  readonly #ownTransport: boolean;
  readonly #delegations: Delegations;
  readonly #authoritative: AuthoritativeLookups;
  readonly #recursive: RecursiveLookups | null;
  /** What is remembered from before is not to be relied on for a "no". Milliseconds on the clock. */
  readonly #since: number;
  /** Whether any authoritative server ever answered: then the way to them is not blocked. */
  #reached = false;
  readonly #shared: Parts;
  readonly #closing = new AbortController();

  /** Settings that cannot be used throw an {@link InputError}. */
  constructor(options: VerifierOptions = {}) {
    const { transport, clock, random, sharedDelegations, ...rest } = optionsObject("the options", options);
    checkSurroundings({ transport, clock, random });
    this.#settings = settingsOf(rest);
    this.#clock = clock ?? systemClock;
    this.#since = this.#clock.now();
    const memory: DelegationMemory | undefined =
      sharedDelegations && !transport ? sharedMemory(this.#clock, this.#settings) : undefined;
    this.#random = random ?? secureRandom();
    this.#ownTransport = transport === undefined;
    this.#transport = transport ?? socketTransport();
    const { timeoutMs, tries } = this.#settings;
    const client = new Client({
      transport: this.#transport,
      clock: this.#clock,
      random: this.#random,
      timeoutMs,
      tries,
    });
    const world = { client, clock: this.#clock, random: this.#random, settings: this.#settings, memory };
    this.#delegations = new Delegations(world);
    this.#authoritative = new AuthoritativeLookups(client, this.#delegations);
    const resolvers = this.#settings.mode === "authoritative" ? [] : this.#resolvers();
    this.#recursive = resolvers.length > 0 ? new RecursiveLookups(client, resolvers) : null;
    this.#shared = this.#parts();
  }

  #resolvers() {
    return resolversOf(this.#settings).map((server) => endpoint(server, null));
  }

  /** @see verify */
  async verify(ip: string, options?: OneOptions): Promise<Verdict> {
    return this.#check(ip, options);
  }

  async #check(ip: string, given: OneOptions | undefined, ends: readonly AbortSignal[] = []): Promise<Verdict> {
    if (this.#closing.signal.aborted) throw new InputError("this Verifier is closed: make a new one");
    checkText("the address", ip, "192.0.2.10");
    const options: OneOptions = optionsObject("the options", given);
    checkAskingOptions(options);
    return new Check(this.#shared, subjectOf(ip, options.expected), options, ends).run();
  }

  /** @see verifyAll */
  async *verifyAll(
    items: Iterable<Item> | AsyncIterable<Item>,
    given?: OneOptions & Pick<VerifyAllOptions, "concurrency">,
  ): AsyncGenerator<Verdict, void, undefined> {
    const options: OneOptions & Pick<VerifyAllOptions, "concurrency"> = optionsObject("the options", given);
    const { concurrency = 50 } = options;
    if (!Number.isInteger(concurrency) || concurrency < 1) {
      throw new InputError(`concurrency is ${concurrency}, not a whole number of 1 or more`);
    }
    checkItems(items);
    checkAskingOptions(options);
    const over = new AbortController();
    const stop = (): void => over.abort();
    if (options.signal?.aborted) stop();
    const release = options.signal && onAbort(options.signal, stop);
    // One signal for all of them, and only for those who gave one: queries that nobody can end cost less.
    const one = options.signal ? { ...options, signal: over.signal } : options;
    const ends = options.signal ? [] : [over.signal];
    const inWork: Promise<Verdict>[] = [];
    let index = 0;
    try {
      for await (const item of untilEnded(items, over.signal, this.#closing.signal)) {
        checkItem(item, index++);
        const { ip, expected } = item;
        const asked = { ...one, expected: expected === undefined ? options.expected : expected };
        const verdict = this.#check(ip, asked, ends);
        // Awaited in its turn; until then its failure must not count as unhandled.
        verdict.catch(() => {});
        inWork.push(verdict);
        if (inWork.length >= concurrency) yield await (inWork.shift() as Promise<Verdict>);
      }
      while (inWork.length > 0) yield await (inWork.shift() as Promise<Verdict>);
    } finally {
      stop();
      release?.();
      await Promise.allSettled(inWork);
    }
  }

  /**
   * Ends the sockets; a transport that was handed in stays open. Checks under way end with what is known so far, and new
   * ones are refused.
   */
  close(): void {
    this.#closing.abort();
    if (this.#ownTransport) this.#transport.close();
  }

  #parts(): Parts {
    return {
      settings: this.#settings,
      clock: this.#clock,
      random: this.#random,
      delegations: this.#delegations,
      authoritative: this.#authoritative,
      recursive: this.#recursive,
      since: this.#since,
      closing: this.#closing.signal,
      wasReached: () => this.#reached,
      reached: () => {
        this.#reached = true;
      },
    };
  }
}

/**
 * Says of one address whether its forward and reverse DNS agree: what a receiver would compute (RFC 8601 `iprev`), what
 * this project demands, and why, hop by hop. A failure of DNS is a verdict; only nonsense handed in (no address, no host
 * name, settings that make no sense) rejects, with an {@link InputError}.
 * @param ip IPv4 or IPv6 address
 * @param options whom to ask, what to expect, how long to wait
 * @example
 * const verdict = await verify("192.0.2.10", { expected: "mail.example.com", deadlineSeconds: 300 });
 * if (verdict.status !== "pass") console.error(verdict.reason);
 */
export async function verify(ip: string, options?: VerifyOptions): Promise<Verdict> {
  const { expected, everyFamily, signal, onProgress, ...rest }: VerifyOptions = optionsObject("the options", options);
  const verifier = new Verifier({ ...rest, sharedDelegations: true });
  try {
    return await verifier.verify(ip, { expected, everyFamily, signal, onProgress });
  } finally {
    verifier.close();
  }
}

/**
 * Checks many addresses: verdicts come in the order of the addresses, at most `concurrency` are in work, and no more are
 * read ahead, so that memory stays the same for ten addresses and ten million. An item that is nonsense makes the
 * iteration throw an {@link InputError} when its turn comes.
 * @example
 * for await (const verdict of verifyAll([{ ip: "192.0.2.10" }, { ip: "192.0.2.11" }])) console.log(verdict.status);
 */
export async function* verifyAll(
  items: Iterable<Item> | AsyncIterable<Item>,
  options?: VerifyAllOptions,
): AsyncGenerator<Verdict, void, undefined> {
  const { expected, everyFamily, signal, onProgress, concurrency, ...rest }: VerifyAllOptions = optionsObject(
    "the options",
    options,
  );
  const verifier = new Verifier({ ...rest, sharedDelegations: true });
  try {
    yield* verifier.verifyAll(items, { expected, everyFamily, signal, onProgress, concurrency });
  } finally {
    verifier.close();
  }
}

/** The items of a list; a list that is still being made is not waited for once the asking has ended. */
async function* untilEnded(
  items: Iterable<Item> | AsyncIterable<Item>,
  ...ends: readonly AbortSignal[]
): AsyncGenerator<Item, void, undefined> {
  if (!(Symbol.asyncIterator in items)) {
    yield* items;
    return;
  }
  const iterator = items[Symbol.asyncIterator]();
  const releases: (() => void)[] = [];
  const ended = new Promise<null>((resolve) => {
    for (const signal of ends) {
      if (signal.aborted) resolve(null);
      else releases.push(onAbort(signal, () => resolve(null)));
    }
  });
  let done = false;
  try {
    for (;;) {
      const next = iterator.next();
      // Not awaited any more when the asking ends first.
      next.catch(() => {});
      const result = await Promise.race([next, ended]);
      done = result !== null && result.done === true;
      if (result === null || result.done) return;
      yield result.value;
    }
  } finally {
    for (const release of releases) release();
    // A generator that waits for something takes this only after that: nothing to wait for.
    if (!done) iterator.return?.()?.then(undefined, () => {});
  }
}

function settingsOf(settings: DnsSettings): AskingSettings {
  const checked = checkSettings(settings);
  if (checked.ok) return readSettings(checked.settings);
  throw new InputError(checked.problems.map(({ message, fix }) => `${message}: ${fix}`).join("\n"));
}

function subjectOf(ip: string, expected: string | null | undefined): Subject {
  const parsed = parseAddress(ip);
  if (!parsed.ok) throw new InputError(parsed.reason);
  const address: IpAddress = parsed.address;
  const subject = { ip: address.text, family: address.family, arpa: reverseName(address) };
  if (expected === undefined || expected === null) return { ...subject, expected: null };
  const name = canonicalHostname(expected);
  if (!name.ok) throw new InputError(`the expected host name of ${address.text}: ${name.reason}`);
  return { ...subject, expected: name.name };
}

interface Parts {
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
class Check {
  readonly #parts: Parts;
  readonly #subject: Subject;
  readonly #options: OneOptions;
  readonly #start: number;
  readonly #asking: Asking;
  readonly #hops: AskedHop[] = [];
  #rounds = 0;

  constructor(parts: Parts, subject: Subject, options: OneOptions, ends: readonly AbortSignal[]) {
    const { clock, random, settings, closing } = parts;
    this.#parts = parts;
    this.#subject = subject;
    this.#options = options;
    this.#start = clock.now();
    const { deadlineSeconds, signal } = options;
    const deadlineMs = deadlineSeconds === undefined ? settings.deadlineMs : deadlineSeconds * 1000;
    if ((deadlineSeconds !== undefined && typeof deadlineSeconds !== "number") || !(deadlineMs >= 0))
      throw new InputError(`deadlineSeconds is ${shownValue(deadlineSeconds)}, not a number of 0 or more`);
    this.#asking = new Asking({ clock, random, settings, deadlineMs, signal, ends: [...ends, closing] });
  }

  async run(): Promise<Verdict> {
    const { settings, recursive } = this.#parts;
    if (settings.mode === "recursive") return this.#recursively([]);
    const first = await this.#poll("authoritative", (kept) => this.#authoritativeRound(kept), []);
    if (first.blocked) return this.#recursively(first.blocked, true);
    if (settings.mode === "authoritative" || first.verdict.status !== "pass") return first.verdict;
    if (recursive === null)
      return this.#verdict({ ...first.evidence, notes: [...first.evidence.notes, { kind: "no-resolver" }] });
    return (await this.#poll("recursive", (kept) => this.#recursiveRound(kept, true), [], first.evidence)).verdict;
  }

  /** @param doubtful resolvers are asked because nobody else can be */
  async #recursively(notes: readonly Note[], doubtful = false): Promise<Verdict> {
    return (await this.#poll("recursive", (kept) => this.#recursiveRound(kept, false, doubtful), notes)).verdict;
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
        let evidence: Evidence = confirmed
          ? { ...confirmed, recursive: trip, notes: [...confirmed.notes, ...all], interrupted }
          : { ...this.#evidence(kind, trip, all), interrupted };
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
    const control = await this.#asking.round((more) => recursive.withoutBareDenials(lookupsOf(heard), more));
    this.#keepHops(context);
    const bare = control.heard ?? new Set(lookupsOf(heard).flatMap(({ answers }) => answers));
    return this.#heard({ ...control.context, outOfTime: context.outOfTime }, believed(heard, bare), [
      ...denied,
      ...unbelieved(bare),
    ]);
  }

  /**
   * The round trips of the host's addresses of the other family, once its own holds. Resolvers are asked only where
   * nobody else is: a "no" that they remember would outlive the PTR that mends it.
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
    const trip = heard ?? nothingHeard(this.#subject);
    return {
      trip,
      lookups: lookupsOf(trip),
      isWhole: heard !== undefined,
      interrupted: context.interrupted ?? (heard === undefined && this.#asking.isEnded),
      notes: [...notes, ...limitNotes(context, heard !== undefined || this.#asking.isEnded)],
    };
  }

  #keepHops({ hops }: QueryContext): void {
    for (const hop of hops) this.#hops.push(hop);
    if (this.#hops.length > MAX_HOPS) this.#hops.splice(0, this.#hops.length - MAX_HOPS);
  }

  #evidence(kind: "authoritative" | "recursive", trip: RoundTripLookups, notes: readonly Note[]): Evidence {
    const mode = kind === "recursive" ? "recursive" : this.#parts.settings.mode;
    const { ip, family, arpa, expected } = this.#subject;
    const { everyFamily } = this.#options;
    const subject = { ip, family, arpa, expected, mode, everyFamily };
    return { ...subject, ptr: trip.ptr, forward: trip.forward, notes, hops: [], ms: 0 };
  }

  #verdict(evidence: Evidence): Verdict {
    const ms = Math.round((this.#parts.clock.now() - this.#start) * 10) / 10;
    return judge({ ...evidence, hops: [...this.#hops], ms });
  }

  /** An expected name that is bad, or a bad name that holds: no waiting will make it good. */
  #waitingIsVain(verdict: Verdict): boolean {
    const { expected, ip } = this.#subject;
    if (expected !== null) {
      const { valid, generic } = inspectName(expected, { ip });
      if (!valid || generic) return true;
    }
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
    const redirected = asked.some(({ outcome }) => outcome === "lame");
    const how = asked.some(isDenial) ? "denying" : redirected ? "redirected" : "silent";
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
    if (this.#subject.expected !== null) delegations.forget(this.#subject.expected);
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

function excludedServers(lookups: readonly Lookup[], failures: Failures): Note[] {
  const dead = new Set<string>();
  for (const { answers } of lookups) {
    for (const { server } of answers) if (failures.isDead(server)) dead.add(server);
  }
  return [...dead].map((server) => ({ kind: "excluded", server }));
}

function walkNotes({ withoutAddress, tooManyServers }: WalkNotes): Note[] {
  return [
    ...[...withoutAddress].map(([zone, hosts]) => ({ kind: "without-address", zone, hosts }) as const),
    ...[...tooManyServers].map((zone) => ({ kind: "limit", of: "servers", zone }) as const),
  ];
}

/** @param inTime whether the round ended by itself */
function limitNotes({ outOfQueries, outOfTime, hops }: QueryContext, inTime: boolean): Note[] {
  const firstFor = (kind: Cause["kind"]) => hops.find(({ causes }) => causes?.some((cause) => cause.kind === kind));
  const found: Note[] = [];
  if (outOfQueries) found.push({ kind: "limit", of: "queries", question: firstFor("query-limit")?.question });
  if (outOfTime || !inTime) found.push({ kind: "out-of-time", last: firstFor("out-of-time") ?? hops.at(-1) });
  return found;
}

/** What was heard, with denials that are not believed as what they are: no answers. */
function believed({ ptr, forward }: RoundTripLookups, bare: ReadonlySet<ServerAnswer>): RoundTripLookups {
  const kept = (lookup: Lookup): Lookup => ({
    ...lookup,
    answers: lookup.answers.map((answer) =>
      bare.has(answer) ? { server: answer.server, outcome: "lame", values: [] } : answer,
    ),
  });
  return { ptr: kept(ptr), forward: forward.map(({ name, a, aaaa }) => ({ name, a: kept(a), aaaa: kept(aaaa) })) };
}

function unbelieved(bare: ReadonlySet<ServerAnswer>): Note[] {
  return [...new Set([...bare].map(({ server }) => server))].map((server) => ({ kind: "not-believed", server }));
}

/** Stands for a round of which nothing came back. */
function nothingHeard({ arpa, expected }: Subject): RoundTripLookups {
  const forward =
    expected === null ? [] : [{ name: expected, a: notAsked(expected, "A"), aaaa: notAsked(expected, "AAAA") }];
  return { ptr: notAsked(arpa, "PTR"), forward };
}

function notAsked(name: string, type: QuestionType): Lookup {
  const answer = { server: `servers of ${name}`, outcome: "not-asked", values: [] } as const;
  return { name, type, zone: null, aliases: [], answers: [answer] };
}

/** Negative answers of resolvers on what the round trip rests on. */
function denials(trip: RoundTripLookups, { expected, family }: Subject, clock: Clock): Note[] {
  const ownType = family === 4 ? "A" : "AAAA";
  return lookupsOf(trip).flatMap(({ name, type, answers }) => {
    if (type !== "PTR" && (type !== ownType || (expected !== null && name !== expected))) return [];
    return answers
      .filter(isDenial)
      .map(({ server, soa }) => ({ kind: "denied", server, name, type, soa, at: clock.utc() }) as const);
  });
}

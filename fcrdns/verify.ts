/** The checker: one address or many, with one set of sockets and one memory of delegations. */

import { checkAskingOptions, checkItem, checkItems, checkSurroundings, checkText, optionsObject } from "./arguments";
import { AuthoritativeLookups } from "./ask/ask-authoritative";
import { RecursiveLookups } from "./ask/ask-recursive";
import { Client } from "./ask/client";
import { Delegations } from "./ask/delegation";
import { type DelegationMemory, sharedMemory } from "./ask/delegation-memory";
import { onAbort } from "./ask/on-abort";
import { resolversOf } from "./ask/resolvers";
import type { Subject } from "./ask/round";
import { endpoint } from "./ask/server-address";
import { socketTransport } from "./ask/sockets";
import type { Transport } from "./ask/transport";
import { Check, type OneOptions, type Parts } from "./check";
import { secureRandom, systemClock } from "./clock";
import { InputError } from "./input-error";
import { type IpAddress, parseAddress, reverseName } from "./names/address";
import { readHelo } from "./names/helo";
import { canonicalHostname } from "./names/name";
import type { Clock, VerifyAllOptions, VerifyOptions } from "./options";
import { type AskingSettings, askingSettings, type DnsSettings } from "./settings";
import { untilEnded } from "./until-ended";
import type { Verdict } from "./verdict";

export type { OneOptions } from "./check";

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

/** One address of many. */
export interface Item {
  readonly ip: string;
  /** @default the `expected` of the options */
  readonly expected?: string | null;
  /** @default the `helo` of the options */
  readonly helo?: string | null;
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
    this.#settings = askingSettings(rest);
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
    this.#recursive =
      resolvers.length > 0 ? new RecursiveLookups(client, resolvers, this.#settings.roots === null) : null;
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
    return new Check(this.#shared, subjectOf(ip, options), options, ends).run();
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
        const { ip, expected = options.expected, helo = options.helo } = item;
        const asked = { ...one, expected, helo };
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
 * this project requires, and why, hop by hop. A failure of DNS is a verdict; only nonsense handed in (no address, no host
 * name, settings that make no sense) rejects, with an {@link InputError}.
 * @param ip IPv4 or IPv6 address
 * @param options DNS servers to query, what to expect, how long to wait
 * @example
 * const verdict = await verify("192.0.2.10", { expected: "mail.example.com", deadlineSeconds: 300 });
 * if (verdict.status !== "pass") console.error(verdict.reason);
 */
export async function verify(ip: string, options?: VerifyOptions): Promise<Verdict> {
  const { expected, helo, domain, everyFamily, signal, onProgress, ...rest }: VerifyOptions = optionsObject(
    "the options",
    options,
  );
  const verifier = new Verifier({ ...rest, sharedDelegations: true });
  try {
    return await verifier.verify(ip, { expected, helo, domain, everyFamily, signal, onProgress });
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
  const { expected, helo, domain, everyFamily, signal, onProgress, concurrency, ...rest }: VerifyAllOptions =
    optionsObject("the options", options);
  const verifier = new Verifier({ ...rest, sharedDelegations: true });
  try {
    yield* verifier.verifyAll(items, { expected, helo, domain, everyFamily, signal, onProgress, concurrency });
  } finally {
    verifier.close();
  }
}

function subjectOf(ip: string, { expected, helo }: OneOptions): Subject {
  const parsed = parseAddress(ip);
  if (!parsed.ok) throw new InputError(parsed.reason);
  const address: IpAddress = parsed.address;
  const said = helo === undefined || helo === null ? null : readHelo(helo);
  const subject = { ip: address.text, family: address.family, arpa: reverseName(address), helo: said };
  if (expected === undefined || expected === null) return { ...subject, expected: null };
  const name = canonicalHostname(expected);
  if (!name.ok) throw new InputError(`the expected host name of ${address.text}: ${name.reason}`);
  return { ...subject, expected: name.name };
}

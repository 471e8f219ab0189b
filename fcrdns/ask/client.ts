/**
 * Sends one question to one server and accepts only an answer that matches: random id, source port (the transport's) and
 * letter case, and the echoed question is compared octet by octet. Tries again without EDNS, without mixed case or over TCP
 * where a server needs that. Every query becomes a hop.
 */

import { type Cause, EXHAUSTED, type Malformation } from "../cause";
import type { AskedHop } from "../evidence";
import type { Clock } from "../options";
import { isAnswer } from "../outcome";
import { onAbort } from "./on-abort";
import { PerServer } from "./per-server";
import type { Reading } from "./reading";
import type { Endpoint } from "./server-address";
import type { Exchange, Transport } from "./transport";
import {
  echoOf,
  type Message,
  type Question,
  questionText,
  readMessage,
  recordText,
  restoreCase,
  writeQuery,
} from "./wire";

/** What all queries of one verdict share. */
export interface QueryContext {
  /** Queries that may still be sent; at 0 no more is sent. */
  queriesLeft: number;
  /** Set when a query was not sent because {@link queriesLeft} was 0. */
  outOfQueries: boolean;
  /** Milliseconds on the clock: after this moment nothing is sent and no answer is awaited. */
  readonly until: number;
  /** Set when a query was not sent, or its answer not awaited for the full time, because of {@link until}. */
  outOfTime: boolean;
  /** Set when the answers are no longer needed. */
  ended: boolean;
  /** Set when any server has answered with authority or a referral, or a resolver has answered at all. */
  heard: boolean;
  /** Set when a signal, or closing, left something without an answer. */
  interrupted?: boolean;
  readonly hops: AskedHop[];
  readonly signal?: AbortSignal;
}

export interface AskOptions {
  /** Recursion desired: for resolvers only. */
  readonly rd: boolean;
  /** Checking disabled: the answer even if its signatures are broken. */
  readonly cd?: boolean;
  /** What a readable message means. */
  readonly read: (message: Message) => Reading;
  /** Sends at most this often, less than the client's own number. */
  readonly tries?: number;
  /** Only a referral is final: whether this server can know anything else is checked afterwards. */
  readonly doubtful?: boolean;
}

/** The reading of one server's answer, or of its absence; `message` is there when one could be read. */
export interface Reply extends Reading {
  readonly message?: Message;
}

export interface ClientOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  /** Milliseconds to wait for one answer. */
  readonly timeoutMs: number;
  readonly tries: number;
}

/** How many records a hop shows. */
const SHOWN_RECORDS = 50;
/** Servers whose peculiarities are remembered. */
const REMEMBERED_SERVERS = 10_000;

/** What a server cannot do, learnt from its answers. */
interface Peculiarities {
  noEdns: boolean;
  plainCase: boolean;
}

interface Failure {
  readonly outcome: "timeout" | "unreachable" | "malformed" | "not-asked";
  readonly causes: readonly Cause[];
}

/** The result of sending one question as often as needed. */
interface Sent {
  readonly transport: "udp" | "tcp";
  readonly message?: Message;
  readonly failure?: Failure;
}

export class Client {
  readonly #options: ClientOptions;
  readonly #peculiar = new PerServer<Peculiarities>();

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  async ask(server: Endpoint, question: Question, options: AskOptions, context: QueryContext): Promise<Reply> {
    const { clock } = this.#options;
    if (context.ended || context.signal?.aborted) {
      context.interrupted = true;
      return this.skip(server, question, { kind: "ended" }, context);
    }
    if (context.queriesLeft <= 0) {
      context.outOfQueries = true;
      return this.skip(server, question, { kind: "query-limit" }, context);
    }
    const start = clock.now();
    if (start >= context.until) {
      context.outOfTime = true;
      return this.skip(server, question, { kind: "out-of-time" }, context);
    }
    context.queriesLeft--;
    const notes: Cause[] = [];
    const sent = await this.#send(server, question, options, context, notes);
    if (sent.message === undefined && (context.ended || context.signal?.aborted)) context.interrupted = true;
    const ms = Math.round((clock.now() - start) * 10) / 10;
    const reply = sent.message ? this.#read(sent.message, options, context) : failed(sent.failure);
    const causes = notes.length === 0 ? reply.causes : [...reply.causes, ...notes];
    const hop: { -readonly [Key in keyof AskedHop]: AskedHop[Key] } = {
      question: questionText(question),
      server: server.text,
      transport: sent.transport,
      outcome: reply.outcome,
      aa: sent.message?.aa ?? false,
      ms,
      records: shownRecords(reply),
    };
    if (sent.message) hop.flags = flagsOf(sent.message);
    if (reply.records.length > 0) hop.ttl = smallestTtl(reply.records);
    if (causes.length > 0) hop.causes = causes;
    context.hops.push(hop);
    return reply;
  }

  /** Records a server that is not queried. */
  skip(server: Endpoint, question: Question, why: Cause, context: QueryContext): Reply {
    const causes = [why];
    const hop = {
      question: questionText(question),
      server: server.text,
      transport: "udp",
      outcome: "not-asked",
    } as const;
    context.hops.push({ ...hop, aa: false, ms: 0, records: [], causes });
    return failed({ outcome: "not-asked", causes });
  }

  #read(message: Message, options: AskOptions, context: QueryContext): Reply {
    const reply: Reading & { message?: Message } = options.read(message);
    const proves = isOfName(reply) && !(options.doubtful && reply.outcome !== "referral");
    if (options.rd || proves) context.heard = true;
    reply.message = message;
    return reply;
  }

  async #send(
    server: Endpoint,
    question: Question,
    { rd, cd, tries = this.#options.tries }: AskOptions,
    context: QueryContext,
    notes: Cause[],
  ): Promise<Sent> {
    const peculiar = this.#peculiarities(server);
    let last = timedOut;
    for (let attempt = 1; attempt <= tries; attempt++) {
      if (attempt > 1 && this.#isOver(context)) break;
      // Some firewalls drop queries with an OPT record: the last of several tries has none.
      const edns = !peculiar.noEdns && !(attempt === tries && tries > 1);
      const mixed = !peculiar.plainCase;
      const query = this.#query(question, { rd, cd, edns, mixed });
      if (!query) return { transport: "udp", failure: failure("not-asked", { kind: "name-does-not-fit" }) };
      const heard = { otherCase: false, foreign: 0 };
      const overUdp = this.#udp(server, query, mixed, heard, context);
      const finalTry = attempt === tries && tries > 1;
      const { exchange, transport }: { exchange: Exchange; transport: "udp" | "tcp" } = finalTry
        ? await this.#udpOrTcp(server, query, overUdp, context)
        : { exchange: await overUdp, transport: "udp" };
      if (heard.foreign > 0) notes.push({ kind: "foreign-datagrams", count: heard.foreign });
      if (exchange.kind !== "answer" && (context.ended || context.signal?.aborted)) {
        return { transport, failure: failure("not-asked", { kind: "ended" }) };
      }
      if (exchange.kind === "timeout") {
        if (heard.otherCase && mixed) {
          peculiar.plainCase = true;
          notes.push({ kind: "letter-case" });
          // The server is there: it did not accept this form of query, which is not sent again.
          attempt--;
        } else if (tries === 1) {
          return this.#tcp(server, question, query, context, last);
        } else if (this.#isOver(context)) {
          last = outOfTime;
        }
        continue;
      }
      if (exchange.kind === "unreachable") {
        if (isOurLack(exchange.why)) return { transport, failure: ourLack(exchange.why) };
        last = failure("unreachable", { kind: "unreachable", transport, code: exchange.why });
        if (transport === "tcp") continue;
        const overTcp = await this.#tcp(server, question, query, context, last);
        if (overTcp.message) notes.push(...last.causes, { kind: "asked-over-tcp" });
        return overTcp;
      }
      restoreCase(exchange.message, question.name);
      const read = readMessage(exchange.message);
      if (!read.ok) {
        last = unreadable(read.problem);
        if (transport === "tcp") return { transport, failure: last };
        const overTcp = await this.#tcp(server, question, query, context, last);
        if (overTcp.message) notes.push(...last.causes, { kind: "asked-over-tcp" });
        return overTcp;
      }
      const { message } = read;
      if (edns && ednsRefusals.has(message.rcode)) {
        peculiar.noEdns = true;
        notes.push({ kind: "no-edns", rcode: message.rcode });
        attempt--;
        continue;
      }
      if (!message.tc || transport === "tcp") {
        if (!message.tc) return { transport, message };
        return { transport, failure: unreadable("truncated-tcp") };
      }
      notes.push({ kind: "truncated" }, { kind: "asked-over-tcp" });
      return this.#tcp(server, question, query, context, timedOut);
    }
    return { transport: "udp", failure: last };
  }

  #query(question: Question, how: { rd: boolean; cd?: boolean; edns: boolean; mixed: boolean }): Uint8Array | null {
    const { random } = this.#options;
    const id = Math.floor(random() * 0x10000) & 0xffff;
    return writeQuery(question, {
      id,
      rd: how.rd,
      cd: how.cd,
      edns: how.edns,
      caseFrom: how.mixed ? random : undefined,
    });
  }

  #udp(
    server: Endpoint,
    query: Uint8Array,
    mixed: boolean,
    heard: { otherCase: boolean; foreign: number },
    context: QueryContext,
  ): Promise<Exchange> {
    const accept = (message: Uint8Array): boolean => {
      const echo = echoOf(query, message);
      if (echo === "same" || echo === "no-question") return true;
      if (echo === "other-case") {
        if (!mixed) return true;
        heard.otherCase = true;
      } else {
        heard.foreign++;
      }
      return false;
    };
    return this.#options.transport.udp(server, query, this.#patience(context), accept, context.signal);
  }

  /** UDP and TCP at the same time: the last try at a server that has not answered over UDP. */
  async #udpOrTcp(
    server: Endpoint,
    query: Uint8Array,
    overUdp: Promise<Exchange>,
    context: QueryContext,
  ): Promise<{ exchange: Exchange; transport: "udp" | "tcp" }> {
    const { transport } = this.#options;
    const ended = new AbortController();
    const stop = (): void => ended.abort();
    const release = context.signal && onAbort(context.signal, stop);
    const overTcp = transport.tcp(server, query, this.#patience(context), ended.signal).then((exchange) => {
      const foreign = exchange.kind === "answer" && !isEcho(query, exchange.message);
      return foreign ? ({ kind: "timeout" } as const) : exchange;
    });
    const first = await Promise.race([
      overUdp.then((exchange) => ({ exchange, transport: "udp" as const })),
      overTcp.then((exchange) => ({ exchange, transport: "tcp" as const })),
    ]);
    if (first.exchange.kind === "answer") {
      stop();
      release?.();
      return first;
    }
    const [udp, tcp] = await Promise.all([overUdp, overTcp]);
    release?.();
    if (tcp.kind === "answer") return { exchange: tcp, transport: "tcp" };
    return { exchange: udp, transport: "udp" };
  }

  async #tcp(
    server: Endpoint,
    question: Question,
    query: Uint8Array,
    context: QueryContext,
    otherwise: Failure,
  ): Promise<Sent> {
    if (context.ended || this.#isOver(context)) return { transport: "udp", failure: otherwise };
    const exchange = await this.#options.transport.tcp(server, query, this.#patience(context), context.signal);
    if (exchange.kind === "timeout") {
      return { transport: "tcp", failure: this.#isOver(context) ? outOfTime : otherwise };
    }
    if (exchange.kind === "unreachable") {
      if (isOurLack(exchange.why)) return { transport: "tcp", failure: ourLack(exchange.why) };
      const causes = [...otherwise.causes, { kind: "unreachable", transport: "tcp", code: exchange.why } as const];
      return { transport: "tcp", failure: { outcome: otherwise.outcome, causes } };
    }
    if (!isEcho(query, exchange.message)) {
      return { transport: "tcp", failure: unreadable("other-question") };
    }
    restoreCase(exchange.message, question.name);
    const read = readMessage(exchange.message);
    if (!read.ok) return { transport: "tcp", failure: unreadable(read.problem) };
    if (read.message.tc) return { transport: "tcp", failure: unreadable("truncated-tcp") };
    return { transport: "tcp", message: read.message };
  }

  #isOver(context: QueryContext): boolean {
    if (this.#options.clock.now() < context.until) return false;
    context.outOfTime = true;
    return true;
  }

  /** Milliseconds to wait for one answer: as long as is usual, or what is left of the time for asking. */
  #patience(context: QueryContext): number {
    // One more, for timers may fire a little early.
    const left = Math.ceil(context.until - this.#options.clock.now()) + 1;
    return Math.max(1, Math.min(left, this.#options.timeoutMs));
  }

  #peculiarities(server: Endpoint): Peculiarities {
    let known = this.#peculiar.get(server);
    if (!known) {
      if (this.#peculiar.size >= REMEMBERED_SERVERS) this.#peculiar.clear();
      known = { noEdns: false, plainCase: false };
      this.#peculiar.set(server, known);
    }
    return known;
  }
}

/** RFC 6891 section 7: servers older than EDNS answer FORMERR or NOTIMP; BADVERS those with a version of their own. */
const ednsRefusals: ReadonlySet<string> = new Set(["FORMERR", "NOTIMP", "BADVERS"]);

/**
 * Whether a reply is what an authoritative server says of a name. Some networks redirect every DNS query to their
 * own resolver, and some of these refuse or fail everything: neither shows that a name server was reached.
 */
export function isOfName({ outcome }: Reading): boolean {
  return isAnswer(outcome) || outcome === "cname" || outcome === "referral";
}

/** Over TCP only the server can answer, so letter case does not matter. */
function isEcho(query: Uint8Array, message: Uint8Array): boolean {
  return echoOf(query, message) !== "foreign";
}

/**
 * Errors of this machine and not of the server: no IPv6, no route, a local firewall, no more sockets or buffers.
 */
const ourErrors: ReadonlySet<string> = new Set([
  ...["ENETUNREACH", "EAFNOSUPPORT", "EADDRNOTAVAIL", "EPERM", "EACCES", "ENETDOWN"],
  ...EXHAUSTED,
]);

const timedOut: Failure = { outcome: "timeout", causes: [] };
/** Not a time-out of the server: its answer was not awaited for the full time. */
const outOfTime = failure("timeout", { kind: "out-of-time" });

function failure(outcome: Failure["outcome"], cause: Cause): Failure {
  return { outcome, causes: [cause] };
}

function unreadable(what: Malformation): Failure {
  return failure("malformed", { kind: "malformed", what });
}

function isOurLack(why: string): boolean {
  return ourErrors.has(why);
}

function ourLack(code: string): Failure {
  return failure("not-asked", { kind: "no-way", code });
}

function failed({ outcome, causes }: Failure = timedOut): Reply {
  return { outcome, causes, records: [], values: [], aliases: [] };
}

function shownRecords({ records }: Reading): string[] {
  if (records.length === 0) return [];
  // The question comes back in the random case in which it was sent; a report must not show that.
  const shown = records
    .slice(0, SHOWN_RECORDS)
    .map((record) => recordText({ ...record, owner: record.owner.toLowerCase() }));
  if (records.length > SHOWN_RECORDS) shown.push(`... ${records.length - SHOWN_RECORDS} more records`);
  return shown;
}

export function smallestTtl(records: readonly { readonly ttl: number }[]): number {
  let least = 0x7fffffff;
  for (const { ttl } of records) if (ttl < least) least = ttl;
  return least;
}

function flagsOf(message: Message): readonly string[] {
  // The two that nearly every answer has.
  if (!message.tc && !message.rd && !message.ra && !message.ad && !message.cd) return message.aa ? qrAa : qr;
  const flags = ["qr"];
  for (const flag of ["aa", "tc", "rd", "ra", "ad", "cd"] as const) if (message[flag]) flags.push(flag);
  return flags;
}

const qr: readonly string[] = ["qr"];
const qrAa: readonly string[] = ["qr", "aa"];

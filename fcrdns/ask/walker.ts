/**
 * Walks down from the root, one referral after the other, and remembers the zone cuts. Answers may be hostile, so
 * referrals, servers and the lookups of servers' addresses are limited.
 *
 * A walker sends all of its queries itself: it does not know of other walks in progress, so it cannot wait for one. Sharing
 * what is in progress is the task of `delegation.ts`, the layer above.
 */

import type { Cause } from "../cause";
import type { Clock } from "../options";
import type { AskingSettings } from "../settings";
import type { Outcome } from "../verdict";
import type { Client, QueryContext, Reply } from "./client";
import { isOfName, smallestTtl } from "./client";
import { DelegationMemory } from "./delegation-memory";
import { isWithin, parentOf } from "./domain-tree";
import { readAuthoritative } from "./reading";
import { namesInternetRoots, ROOT_SERVERS } from "./root-servers";
import { type Endpoint, endpoint, whyNotPublic } from "./server-address";
import type { Message, Question, RecordType } from "./wire";
import type { Asked, Cut, Located, Servers } from "./zone-cut";

/** Referrals in one walk. An address of IPv6 needs about ten. */
export const MAX_REFERRALS = 16;
/** Name servers of one zone that are looked at; the root has 13. */
export const MAX_SERVERS = 20;
/** Addresses of one name server. */
const MAX_ADDRESSES = 8;
/** Servers of a zone on the way down that are tried before the walk ends there. */
const MAX_TRIED = 6;
/** Name servers without glue whose addresses are looked up while the walk only passes through. */
const MAX_LOOKED_UP = 4;
/** How deep the search for a server's address may lead to other servers' addresses. */
const MAX_NESTING = 3;
/** Milliseconds after which the next server is tried as well while the one before has not answered. */
const PATIENCE_MS = 400;
/** Seconds that a delegation is remembered, whatever its TTL says. */
const MIN_MEMORY = 30;
const MAX_MEMORY = 300;

/** Two questions with an answer at every root server: the root's own servers, and the tree of reverse names. */
const rootItself: Question = { name: ".", type: "NS" };
const reverseTree: Question = { name: "in-addr.arpa", type: "NS" };

/** Answers that no root gives for its own NS records. */
const CONTRADICTIONS: ReadonlySet<Outcome> = new Set(["nxdomain", "nodata", "cname"]);

/** Finds the addresses of a name server. */
export type LookUp = (host: string) => Promise<readonly string[]>;

export interface WalkerOptions {
  readonly client: Client;
  readonly clock: Clock;
  readonly random: () => number;
  readonly settings: Pick<AskingSettings, "roots" | "stubs" | "port">;
  /** @default an empty one */
  readonly memory?: DelegationMemory;
}

export class Walker {
  readonly #client: Client;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #port: number;
  /** A given root or stub at an address that is not public allows such addresses everywhere: it is a private DNS. */
  readonly #privateWorld: boolean;
  readonly #fixed = new Map<string, Cut>();
  readonly #memory: DelegationMemory;
  /** Root servers whose denials count. */
  readonly #proven = new Set<string>();
  /** What every root server has to know. */
  readonly #rootKnows: readonly Question[];

  constructor({ client, clock, random, settings, memory }: WalkerOptions) {
    this.#client = client;
    this.#memory = memory ?? new DelegationMemory(clock);
    this.#clock = clock;
    this.#random = random;
    this.#port = settings.port;
    const given = [...(settings.roots ?? []), ...[...settings.stubs.values()].flat()];
    // A private root need not have the public reverse tree.
    this.#rootKnows = settings.roots ? [rootItself] : [rootItself, reverseTree];
    this.#privateWorld = given.some(({ address }) => whyNotPublic(address) !== null);
    const roots =
      settings.roots?.map((server) => endpoint(server, null)) ??
      ROOT_SERVERS.flatMap(({ name, addresses }) =>
        addresses.map((address) => endpoint({ address, port: this.#port }, name)),
      );
    this.#fix(".", "root", roots);
    for (const [zone, servers] of settings.stubs) {
      this.#fix(
        zone,
        "stub",
        servers.map((server) => endpoint(server, null)),
      );
    }
  }

  #fix(zone: string, kind: "root" | "stub", known: readonly Endpoint[]): void {
    const all = { endpoints: known, notAsked: [], withoutAddress: [], tooMany: false };
    const always = Number.POSITIVE_INFINITY;
    const times = { learnt: always, expires: always, allExpires: always };
    this.#fixed.set(zone, { zone, kind, known, names: new Map(), ...times, holdsNames: kind === "stub", all });
  }

  /** The known zone that is nearest to a name. */
  deepest(name: string): Cut {
    for (let zone = name; ; zone = parentOf(zone)) {
      // The root is always known.
      const known = this.#fixed.get(zone) ?? this.#memory.cut(zone);
      if (known) return known;
    }
  }

  /** Whether the name of a name server was found to be an alias, which is not followed. */
  isAlias(host: string): boolean {
    return this.#memory.isAlias(host);
  }

  /** Whether it is known that `name` lies in the zone of `cut` itself. A stub answers for everything below it. */
  isSettled(name: string, cut: Cut): boolean {
    return cut.kind === "stub" || this.#memory.zoneOf(name) === cut.zone;
  }

  /**
   * Forgets the way to a name, so that a changed delegation is seen.
   * @param before only what was learnt before this moment, milliseconds on the clock @default everything
   * @returns whether there was anything to forget
   */
  forget(name: string, before?: number): boolean {
    return this.#memory.forgetWayTo(name, before);
  }

  /**
   * Finds the zone in which a name lies, from the nearest known zone downwards.
   * @param nesting the hosts for whose addresses this walk is made
   */
  async #locate(name: string, context: QueryContext, nesting: readonly string[]): Promise<Located> {
    for (let referrals = 0; referrals < MAX_REFERRALS; referrals++) {
      const cut = this.deepest(name);
      if (this.isSettled(name, cut)) return { cut };
      const found = await this.step(name, cut, context, (host) => this.addressesOf(host, context, nesting));
      if (found) return found;
    }
    return { cut: this.deepest(name), failures: [] };
  }

  /**
   * One step down from `cut`: queries the SOA of the name. A server that serves parent and child gives no referral; the
   * owner of the SOA tells the zone.
   * @param lookUp finds the addresses of name servers that came without
   * @returns where the name lies; undefined when there is one more zone to go to
   */
  async step(name: string, cut: Cut, context: QueryContext, lookUp: LookUp): Promise<Located | undefined> {
    // There is no zone cut at an alias (RFC 1034 section 3.6.2): it lies where the name above it lies.
    for (let asked = name; isWithin(asked, cut.zone) && asked !== cut.zone; asked = parentOf(asked)) {
      if (asked !== name && this.#memory.zoneOf(asked) === cut.zone) break;
      const { found, failures } = await this.#firstToAnswer(cut, { name: asked, type: "SOA" }, context, lookUp);
      if (!found) return { cut, failures };
      const { reply, server } = found;
      if (reply.outcome === "cname") continue;
      if (reply.outcome === "referral") return this.learn(reply, cut) ? undefined : { cut, failures: [found] };
      const apex = reply.outcome === "ok" ? asked : (reply.soa?.zone ?? cut.zone);
      const below = apex !== cut.zone && isWithin(apex, cut.zone);
      // Served by the same servers as the zone above it: its own NS records say who else serves it.
      const holding = below ? this.#remember({ zone: apex, known: [server], names: new Map(), ttl: MAX_MEMORY }) : cut;
      if (asked !== name) this.#settle(asked, holding);
      return this.#settle(name, holding);
    }
    return this.#settle(name, cut);
  }

  #settle(name: string, cut: Cut): Located {
    this.#memory.keepZoneOf(name, cut.zone, MAX_MEMORY);
    cut.holdsNames = true;
    return { cut };
  }

  /**
   * Takes in a referral that a server of `from` gave.
   * @returns the zone further down, undefined when the referral leads nowhere new
   */
  learn(referral: Reply, from: Cut): Cut | undefined {
    const zone = referral.cut;
    if (zone === undefined || zone === from.zone || !isWithin(zone, from.zone) || this.#fixed.has(zone))
      return undefined;
    const names = namesOf(referral, from.zone, referral.message);
    return this.#remember({ zone, known: [], names, ttl: smallestTtl(referral.records) });
  }

  #remember(made: {
    zone: string;
    known: Endpoint[];
    names: ReadonlyMap<string, readonly string[]>;
    ttl: number;
  }): Cut {
    const seconds = Math.min(Math.max(made.ttl, MIN_MEMORY), MAX_MEMORY);
    const { zone, known, names } = made;
    const learnt = this.#clock.now();
    const times = { learnt, expires: learnt + seconds * 1000, allExpires: 0 };
    const cut: Cut = { zone, kind: "delegated", known, names, ...times, holdsNames: false };
    this.#memory.keepCut(cut);
    return cut;
  }

  /**
   * Every address of every server of a zone: those in the parent's delegation and those in the zone's own NS records,
   * glue and addresses of servers elsewhere.
   * @param lookUp finds the addresses of a name server
   * @returns `complete` where the zone itself said who its servers are
   */
  async gather(cut: Cut, context: QueryContext, lookUp: LookUp): Promise<{ servers: Servers; complete: boolean }> {
    const addresses = new Map<string, Promise<readonly string[]>>();
    const addressesOf = (host: string, glue: readonly string[]): void => {
      if (glue.length > 0 || isWithin(host, cut.zone)) addresses.set(host, Promise.resolve(glue));
      else if (!addresses.has(host)) addresses.set(host, lookUp(host));
    };
    const listed = [...cut.names];
    for (const [host, glue] of listed.slice(0, MAX_SERVERS)) addressesOf(host, glue);
    const { found } = await this.#firstToAnswer(cut, { name: cut.zone, type: "NS" }, context, lookUp);
    let tooMany = listed.length > MAX_SERVERS;
    if (found?.reply.outcome === "ok") {
      const own = namesOf(found.reply, cut.zone, found.reply.message);
      tooMany ||= own.size > MAX_SERVERS;
      for (const [host, glue] of [...own].slice(0, MAX_SERVERS)) {
        const fromParent = cut.names.get(host) ?? [];
        addressesOf(host, [...new Set([...fromParent, ...glue])]);
        if (fromParent.length === 0 && glue.length === 0 && isWithin(host, cut.zone)) {
          addresses.set(host, lookUp(host));
        }
      }
    }
    const endpoints = new Map<string, Endpoint>();
    const notAsked: { endpoint: Endpoint; why: Cause }[] = [];
    const withoutAddress: string[] = [];
    for (const [host, promised] of addresses) {
      const list = await promised;
      if (list.length === 0) withoutAddress.push(host);
      for (const address of list.slice(0, MAX_ADDRESSES)) {
        const server = endpoint({ address, port: this.#port }, host);
        const why = this.#whyNot(address);
        if (why !== null) notAsked.push({ endpoint: server, why });
        else if (!endpoints.has(address)) endpoints.set(address, server);
      }
    }
    for (const server of cut.known) {
      const same = [...endpoints.values()].some(
        ({ address, port }) => address === server.address && port === server.port,
      );
      if (!same) endpoints.set(server.text, server);
    }
    const servers = { endpoints: [...endpoints.values()], notAsked, withoutAddress, tooMany };
    return { servers, complete: found !== undefined };
  }

  #whyNot(address: string): Cause | null {
    const what = this.#privateWorld ? null : whyNotPublic(address);
    return what === null ? null : { kind: "not-public", what };
  }

  /** Asks the servers of a zone, one after the other with little patience, until one gives an answer or a referral. */
  async #firstToAnswer(
    cut: Cut,
    question: Question,
    context: QueryContext,
    lookUp: LookUp,
  ): Promise<{ readonly found?: Asked; readonly failures: readonly Asked[] }> {
    const failures: Asked[] = [];
    const running = new Set<Promise<void>>();
    const state: { found?: Asked } = {};
    let tried = 0;
    for await (const server of this.#candidates(cut, question, context, lookUp)) {
      const read = (message: Message) => readAuthoritative(question, cut.zone, message);
      const asking: Promise<void> = this.#ask(cut, server, { question, read }, context).then((reply) => {
        running.delete(asking);
        if (isOfName(reply)) state.found ??= { server, reply };
        else failures.push({ server, reply });
      });
      running.add(asking);
      await patience(asking);
      if (state.found || ++tried >= MAX_TRIED || wasCutShort(context)) break;
    }
    while (!state.found && running.size > 0) await Promise.race(running);
    if (state.found) cut.good = state.found.server;
    return { found: state.found, failures };
  }

  /**
   * Queries one server. Some networks answer every query themselves, with AA: any answer but a referral from the address of
   * a root server counts only if that server knows what a root server knows.
   */
  async #ask(
    { kind }: Cut,
    server: Endpoint,
    { question, read }: { readonly question: Question; readonly read: (message: Message) => Reply },
    context: QueryContext,
  ): Promise<Reply> {
    const doubtful = kind === "root" && !this.#proven.has(server.text);
    const readHere = kind === "root" && this.#rootKnows.length > 1 ? withoutRecursion(read) : read;
    const reply = await this.#client.ask(server, question, { rd: false, read: readHere, doubtful }, context);
    if (!doubtful || !isOfName(reply) || reply.outcome === "referral") return reply;
    for (const known of this.#rootKnows) {
      const readKnown = (message: Message) => readAuthoritative(known, ".", message);
      const control = await this.#client.ask(server, known, { rd: false, read: readKnown, doubtful: true }, context);
      if (this.#isKnown(known, control)) continue;
      // A private root is doubted only for an answer that no root gives.
      if (this.#rootKnows.length === 1 && !CONTRADICTIONS.has(control.outcome)) continue;
      const { outcome } = control;
      const cause = { kind: "no-root", name: known.name, type: known.type, outcome } as const;
      return { outcome: "lame", records: [], values: [], aliases: [], causes: [cause] };
    }
    this.#proven.add(server.text);
    context.heard = true;
    return reply;
  }

  #isKnown(known: Question, { outcome, records }: Reply): boolean {
    if (outcome !== "ok") return outcome === "referral";
    return known !== rootItself || this.#rootKnows.length === 1 || namesInternetRoots(records);
  }

  /** The servers of a zone in the order in which to try them; addresses that are not known are looked up last. */
  async *#candidates(cut: Cut, question: Question, context: QueryContext, lookUp: LookUp): AsyncGenerator<Endpoint> {
    const glued = [...cut.names]
      .slice(0, MAX_SERVERS)
      .flatMap(([host, addresses]) =>
        addresses.slice(0, MAX_ADDRESSES).map((address) => endpoint({ address, port: this.#port }, host)),
      );
    const order = this.#shuffled([...cut.known, ...glued]).sort((a, b) => rank(a, cut) - rank(b, cut));
    for (const server of order)
      if (cut.kind !== "delegated" || this.#mayAsk(server, cut, question, context)) yield server;
    const without = [...cut.names].filter(([host, addresses]) => addresses.length === 0 && !isWithin(host, cut.zone));
    for (const [host] of this.#shuffled(without.slice(0, MAX_SERVERS)).slice(0, MAX_LOOKED_UP)) {
      for (const address of (await lookUp(host)).slice(0, MAX_ADDRESSES)) {
        const server = endpoint({ address, port: this.#port }, host);
        if (this.#mayAsk(server, cut, question, context)) yield server;
      }
    }
  }

  #mayAsk(server: Endpoint, cut: Cut, question: Question, context: QueryContext): boolean {
    const why = cut.known.includes(server) ? null : this.#whyNot(server.address);
    if (why !== null) this.#client.skip(server, question, why, context);
    return why === null;
  }

  /**
   * The addresses of a name server, found by a separate walk; empty when it has none or the walks form a cycle.
   * @param nesting the hosts whose addresses this search is made for
   */
  async addressesOf(host: string, context: QueryContext, nesting: readonly string[] = []): Promise<readonly string[]> {
    const known = this.#memory.addressesOf(host);
    if (known) return known;
    if (nesting.length >= MAX_NESTING || nesting.includes(host)) return [];
    return this.#lookUp(host, context, [...nesting, host]);
  }

  async #lookUp(host: string, context: QueryContext, nesting: readonly string[]): Promise<readonly string[]> {
    const { failures } = await this.#locate(host, context, nesting);
    if (failures) return [];
    const [v4, v6] = await Promise.all([
      this.#answerOf({ name: host, type: "A" }, context, nesting),
      this.#answerOf({ name: host, type: "AAAA" }, context, nesting),
    ]);
    const records = [...(v4?.records ?? []), ...(v6?.records ?? [])];
    const addresses = [...(v4?.values ?? []), ...(v6?.values ?? [])];
    if ((v4 || v6) && !wasCutShort(context)) {
      const ttl = records.length > 0 ? smallestTtl(records) : MIN_MEMORY;
      const seconds = Math.min(Math.max(ttl, MIN_MEMORY), MAX_MEMORY);
      this.#memory.keepAddressesOf(host, addresses, seconds);
      this.#memory.keepAlias(host, v4?.outcome === "cname" || v6?.outcome === "cname");
    }
    return addresses;
  }

  /** The answer of the first server that gives one; aliases of name servers are not followed (RFC 2181 section 10.3). */
  async #answerOf(
    question: { readonly name: string; readonly type: RecordType },
    context: QueryContext,
    nesting: readonly string[],
  ): Promise<Reply | undefined> {
    for (let referrals = 0; referrals < MAX_REFERRALS; referrals++) {
      const { cut, failures } = await this.#locate(question.name, context, nesting);
      if (failures) return undefined;
      const lookUp = (host: string) => this.addressesOf(host, context, nesting);
      const { found } = await this.#firstToAnswer(cut, question, context, lookUp);
      if (found?.reply.outcome !== "referral") return found?.reply;
      if (!this.learn(found.reply, cut)) return undefined;
    }
    return undefined;
  }

  #shuffled<T>(list: readonly T[]): T[] {
    const shuffled = [...list];
    for (let at = shuffled.length - 1; at > 0; at--) {
      const other = Math.floor(this.#random() * (at + 1));
      [shuffled[at], shuffled[other]] = [shuffled[other] as T, shuffled[at] as T];
    }
    return shuffled;
  }
}

/** No root server of the internet offers recursion: what does is a resolver that queries are redirected to. */
function withoutRecursion(read: (message: Message) => Reply): (message: Message) => Reply {
  return (message) => {
    const reply = read(message);
    if (!message.ra || !isOfName(reply)) return reply;
    return { outcome: "lame", records: [], values: [], aliases: [], causes: [{ kind: "no-authority" }] };
  };
}

/** A result that was found under such limits must not be reused. */
export function wasCutShort({ outOfQueries, outOfTime, ended, signal }: QueryContext): boolean {
  return outOfQueries || outOfTime || ended || signal?.aborted === true;
}

/** Waits for an answer, but not long. Real time, like the time-outs of sockets: the injected clock may stand still. */
async function patience(asking: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([asking, enough]);
  clearTimeout(timer);
}

/** The server that answered last comes first, IPv6 after IPv4: a machine without IPv6 notices only when it tries. */
function rank(server: Endpoint, cut: Cut): number {
  if (server.text === cut.good?.text) return 0;
  return server.address.includes(":") ? 2 : 1;
}

/**
 * The name servers in a set of NS records, with such addresses from the additional section as the sender may speak for:
 * those of names within its own zone (RFC 2181 section 5.4.1).
 */
function namesOf({ records }: Reply, zone: string, message: Message | undefined): Map<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const record of records) if (record.type === "NS") names.set(record.target.toLowerCase(), []);
  for (const record of message?.additionals ?? []) {
    if (record.type !== "A" && record.type !== "AAAA") continue;
    const host = record.owner.toLowerCase();
    const addresses = names.get(host);
    if (addresses && isWithin(host, zone) && !addresses.includes(record.address)) addresses.push(record.address);
  }
  return names;
}

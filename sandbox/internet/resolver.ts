/**
 * The recursive resolver of the loopback internet, like a receiver's: it walks down from the root, follows aliases, and
 * caches answers, denials too (RFC 2308). If it is queried too early, it keeps the denial for a while.
 */
import { Buffer } from "node:buffer";
import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { connect, createServer } from "node:net";
import type { Clock } from "./clock";
import {
  encodeName,
  nameKey,
  type Query,
  type Reply,
  type ResourceRecord,
  rcodes,
  readQuery,
  typeNumbers,
  writeReply,
} from "./message";
import { isWithin, type ReadReply, readReply, sameName } from "./read-reply";
import { framed, onMessages } from "./tcp-messages";

export interface ResolverOptions {
  /** IPv4 address to answer at. */
  readonly address: string;
  readonly port: number;
  /** Addresses of the root's name servers. */
  readonly roots: readonly string[];
  /** Port of every name server that it asks. */
  readonly serverPort: number;
  /** The clock of the cache. */
  readonly clock: Pick<Clock, "now">;
  /** How long one name server may take, milliseconds. @default 500 */
  readonly timeoutMs?: number;
  /** The longest time that a denial is cached, seconds. @default 3600 */
  readonly maxNegativeTtl?: number;
}

export interface Resolver {
  /** `ADDRESS:PORT` */
  readonly endpoint: string;
  /** Forgets everything, or everything about one name. */
  flush(name?: string): void;
  /** Queries that it has sent to name servers so far. */
  asked(): number;
  close(): Promise<void>;
}

/** What is known about a name and type. */
type Finding =
  | { readonly kind: "records"; readonly records: readonly ResourceRecord[] }
  | { readonly kind: "nodata" | "nxdomain"; readonly soa?: ResourceRecord }
  | { readonly kind: "failed" };

interface Remembered {
  readonly finding: Finding;
  /** On the clock, milliseconds. */
  readonly since: number;
  readonly until: number;
}

/** Where the walk continues: a zone and its servers, of which some addresses are known. */
interface Cut {
  readonly zone: string;
  readonly servers: readonly { readonly name: string; readonly addresses: readonly string[] }[];
}

const MAX_ALIASES = 12;
const MAX_REFERRALS = 30;
/** Queries for one question: servers without an address lead to other names, and those to others. */
const MAX_QUERIES = 100;

/** Starts the resolver; rejects when its address and port cannot be bound. */
export async function startResolver(options: ResolverOptions): Promise<Resolver> {
  const { address, port, roots, serverPort, clock, timeoutMs = 500, maxNegativeTtl = 3600 } = options;
  const findings = new Map<string, Remembered>();
  const cuts = new Map<string, { readonly cut: Cut; readonly until: number }>();
  const open = new Set<{ destroy(): void }>();
  let asked = 0;
  let closed = false;

  const rootCut: Cut = { zone: "", servers: [{ name: "", addresses: roots }] };

  function remember(name: string, type: string, finding: Finding, ttl: number): void {
    if (ttl <= 0) return;
    const now = clock.now();
    findings.set(`${nameKey(name)} ${type}`, { finding, since: now, until: now + ttl * 1_000 });
  }

  /** A cached answer, with TTLs reduced by its age. */
  function recall(name: string, type: string): Finding | undefined {
    const now = clock.now();
    const key = nameKey(name);
    const own = findings.get(`${key} ${type}`);
    if (own && own.until > now) return aged(own, now);
    // Below a name that does not exist nothing does (RFC 8020).
    for (let ancestor = key; ancestor !== ""; ancestor = parentOf(ancestor)) {
      const none = findings.get(`${ancestor} *`);
      if (none && none.until > now) return aged(none, now);
    }
    return undefined;
  }

  /** The answer to a question: the aliases on the way, then what the last name has. */
  async function resolve(name: string, type: string, budget: { left: number }): Promise<[ResourceRecord[], Finding]> {
    const aliases: ResourceRecord[] = [];
    let at = name;
    while (aliases.length <= MAX_ALIASES) {
      const known = recall(at, "CNAME");
      const finding = known?.kind === "records" ? known : (recall(at, type) ?? (await iterate(at, type, budget)));
      const alias = finding.kind === "records" && type !== "CNAME" ? finding.records[0] : undefined;
      if (alias?.type !== "CNAME") return [aliases, finding];
      aliases.push(alias);
      at = String(alias.value);
      if (aliases.some(({ owner }) => sameName(owner, at))) break;
    }
    return [aliases, { kind: "failed" }];
  }

  /** Walks down from the nearest known zone until an authoritative server answers. */
  async function iterate(name: string, type: string, budget: { left: number }): Promise<Finding> {
    let cut = nearestCut(name);
    for (let referrals = 0; referrals < MAX_REFERRALS; referrals++) {
      const step = await askCut(cut, name, type, budget);
      if ("finding" in step) return step.finding;
      cut = step.cut;
    }
    return { kind: "failed" };
  }

  function nearestCut(name: string): Cut {
    for (let zone = nameKey(name); zone !== ""; zone = parentOf(zone)) {
      const known = cuts.get(zone);
      if (known && known.until > clock.now()) return known.cut;
    }
    return rootCut;
  }

  /** Queries one zone's servers in random order until one gives a usable answer. */
  async function askCut(
    cut: Cut,
    name: string,
    type: string,
    budget: { left: number },
  ): Promise<{ readonly finding: Finding } | { readonly cut: Cut }> {
    for (const server of shuffled(cut.servers)) {
      for (const serverAddress of shuffled(await addressesOf(server, budget))) {
        if (budget.left-- <= 0) return { finding: { kind: "failed" } };
        const reply = await ask(serverAddress, name, type);
        const step = reply && judge(reply, cut, name, type);
        if (step) return step;
      }
    }
    return { finding: { kind: "failed" } };
  }

  async function addressesOf(server: Cut["servers"][number], budget: { left: number }): Promise<readonly string[]> {
    if (server.addresses.length > 0) return server.addresses;
    if (budget.left <= 0) return [];
    const [, finding] = await resolve(server.name, "A", budget);
    return finding.kind === "records" ? finding.records.map(({ value }) => String(value)) : [];
  }

  /** What a reply says; undefined: nothing usable, the next server is queried. */
  function judge(
    reply: ReadReply,
    cut: Cut,
    name: string,
    type: string,
  ): { readonly finding: Finding } | { readonly cut: Cut } | undefined {
    if (reply.rcode !== rcodes.noerror && reply.rcode !== rcodes.nxdomain) return undefined;
    if (reply.aa) {
      for (const wanted of [type, "CNAME"]) {
        const records = reply.answer.filter((record) => record.type === wanted && sameName(record.owner, name));
        if (records.length === 0) continue;
        const finding: Finding = { kind: "records", records };
        remember(name, wanted, finding, Math.min(...records.map(({ ttl }) => ttl)));
        return { finding };
      }
      const soa = reply.authority.find((record) => record.type === "SOA" && isWithin(name, record.owner));
      const kind = reply.rcode === rcodes.nxdomain ? "nxdomain" : "nodata";
      const ttl = soa ? Math.min(soa.ttl, Number(String(soa.value).split(" ").at(-1)), maxNegativeTtl) : 0;
      const finding: Finding = { kind, ...(soa ? { soa: { ...soa, ttl } } : {}) };
      remember(name, kind === "nxdomain" ? "*" : type, finding, ttl);
      return { finding };
    }
    const delegation = reply.authority.filter(
      ({ type: kind, owner }) =>
        kind === "NS" && isWithin(name, owner) && isWithin(owner, cut.zone) && !sameName(owner, cut.zone),
    );
    const zone = delegation[0]?.owner;
    if (zone === undefined) return undefined;
    const servers = delegation.map(({ value }) => ({
      name: String(value),
      // The address of a server outside of the queried zone is not trusted.
      addresses: reply.additional.flatMap((record) =>
        record.type === "A" && sameName(record.owner, String(value)) && isWithin(record.owner, cut.zone)
          ? [String(record.value)]
          : [],
      ),
    }));
    const next: Cut = { zone, servers };
    const ttl = Math.min(...delegation.map((record) => record.ttl));
    cuts.set(nameKey(zone), { cut: next, until: clock.now() + ttl * 1_000 });
    return { cut: next };
  }

  async function ask(server: string, name: string, type: string): Promise<ReadReply | null> {
    if (closed) return null;
    asked++;
    const id = randomInt(0x10000);
    const query = writeQuery(id, name, type);
    const fits = (message: Buffer): ReadReply | null => {
      const reply = readReply(message);
      return reply && reply.id === id && reply.type === type && sameName(reply.name, name) ? reply : null;
    };
    const reply = await askByUdp(server, query, fits);
    return reply?.tc ? askByTcp(server, query, fits) : reply;
  }

  function askByUdp(
    server: string,
    query: Buffer,
    fits: (message: Buffer) => ReadReply | null,
  ): Promise<ReadReply | null> {
    return new Promise((done) => {
      const socket = createSocket("udp4");
      const finish = (reply: ReadReply | null) => {
        clearTimeout(limit);
        if (open.delete(handle)) socket.close();
        done(reply);
      };
      const handle = { destroy: () => finish(null) };
      open.add(handle);
      const limit = setTimeout(() => finish(null), timeoutMs);
      socket.on("message", (message) => {
        const reply = fits(message);
        if (reply) finish(reply);
      });
      socket.on("error", () => finish(null));
      socket.connect(serverPort, server, () => socket.send(query));
    });
  }

  function askByTcp(
    server: string,
    query: Buffer,
    fits: (message: Buffer) => ReadReply | null,
  ): Promise<ReadReply | null> {
    return new Promise((done) => {
      const connection = connect({ host: server, port: serverPort });
      const finish = (reply: ReadReply | null) => {
        clearTimeout(limit);
        open.delete(connection);
        connection.destroy();
        done(reply);
      };
      open.add(connection);
      const limit = setTimeout(() => finish(null), timeoutMs);
      connection.on("error", () => finish(null));
      connection.on("close", () => finish(null));
      connection.on("connect", () => connection.write(framed(query)));
      onMessages(connection, (message) => finish(fits(message)));
    });
  }

  async function answer(query: Query, limit: number): Promise<Buffer> {
    const reply: Reply = {
      rcode: rcodes.noerror,
      aa: false,
      tc: false,
      ra: true,
      ad: false,
      answer: [],
      authority: [],
      additional: [],
    };
    // A query without RD would read the cache, which the resolver does not allow.
    if (!query.rd) return writeReply(query, { ...reply, rcode: rcodes.refused }, limit);
    const [aliases, finding] = await resolve(query.name, query.type, { left: MAX_QUERIES });
    if (finding.kind === "failed") return writeReply(query, { ...reply, rcode: rcodes.servfail }, limit);
    reply.answer.push(...aliases);
    if (finding.kind === "records") reply.answer.push(...finding.records);
    else if (finding.soa) reply.authority.push(finding.soa);
    if (finding.kind === "nxdomain") reply.rcode = rcodes.nxdomain;
    return writeReply(query, reply, limit);
  }

  const udp = createSocket({ type: "udp4" });
  udp.on("message", (message, from) => {
    const query = readQuery(message);
    if (!query) return;
    answer(query, Math.max(512, query.edns?.udpSize ?? 512)).then((reply) => {
      if (!closed) udp.send(reply, from.port, from.address);
    });
  });
  const tcp = createServer({ noDelay: true }, (connection) => {
    open.add(connection);
    connection.on("close", () => open.delete(connection));
    connection.on("error", () => {});
    onMessages(connection, (message) => {
      const query = readQuery(message);
      if (query) answer(query, 65_535).then((reply) => connection.writable && connection.write(framed(reply)));
    });
  });
  await new Promise<void>((done, failed) => {
    tcp.once("error", failed);
    tcp.listen({ host: address, port }, done);
  });
  try {
    await new Promise<void>((done, failed) => {
      udp.once("error", failed);
      udp.bind({ address, port }, done);
    });
  } catch (error) {
    tcp.close();
    throw error;
  }
  udp.removeAllListeners("error").on("error", () => {});

  return {
    endpoint: `${address}:${port}`,
    flush(name) {
      if (name === undefined) {
        findings.clear();
        cuts.clear();
        return;
      }
      for (const key of findings.keys()) {
        if (sameName(key.slice(0, key.lastIndexOf(" ")), name)) findings.delete(key);
      }
    },
    asked: () => asked,
    async close() {
      closed = true;
      for (const handle of [...open]) handle.destroy();
      open.clear();
      await Promise.all([
        new Promise<void>((done) => udp.close(() => done())),
        new Promise<void>((done) => tcp.close(() => done())),
      ]);
    },
  };
}

function writeQuery(id: number, name: string, type: string): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt16BE(id, 0);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(1, 10);
  const end = Buffer.alloc(4);
  end.writeUInt16BE(typeNumbers[type] ?? Number(type.replace("TYPE", "")), 0);
  end.writeUInt16BE(1, 2);
  const opt = Buffer.from([0, 0, 41, 0x04, 0xd0, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([header, encodeName(name), end, opt]);
}

function aged({ finding, since }: Remembered, now: number): Finding {
  const age = Math.floor((now - since) / 1_000);
  const older = (record: ResourceRecord): ResourceRecord => ({ ...record, ttl: Math.max(0, record.ttl - age) });
  switch (finding.kind) {
    case "records":
      return { kind: "records", records: finding.records.map(older) };
    case "failed":
      return finding;
    default:
      return { kind: finding.kind, ...(finding.soa ? { soa: older(finding.soa) } : {}) };
  }
}

function parentOf(key: string): string {
  return key.replace(/^(?:\\.|[^.\\])+\.?/, "");
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, order: randomInt(0x10000) }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

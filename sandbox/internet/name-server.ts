/**
 * An authoritative name server in this process, UDP and TCP on one port, with zones that may change and faults that may
 * be switched on while it runs. With `recursion` it acts as a resolver that knows only its own zones.
 */
import { Buffer } from "node:buffer";
import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { createServer, type Server, type Socket } from "node:net";
import { type FaultKind, type FaultRule, Faults } from "./faults";
import { nameKey, type Query, type Reply, type ResourceRecord, rcodes, readQuery, writeReply } from "./message";
import { framed, onMessages } from "./tcp-messages";
import type { Delegation, Zone } from "./zone";

export { type FaultKind, type FaultRule, fanOut } from "./faults";
export type { Query, Reply, ResourceRecord } from "./message";
export { type Delegation, Zone, type ZoneOptions } from "./zone";

export interface NameServerOptions {
  /** IPv4 or IPv6 address of this machine, for example `127.0.3.7` or `::1`. */
  readonly address: string;
  /** 0 picks a free one. @default 0 */
  readonly port?: number;
  readonly zones: readonly Zone[];
  readonly faults?: readonly FaultRule[];
  /** Answers as a resolver would: AA=0, RA=1, CNAMEs followed through all zones. @default false */
  readonly recursion?: boolean;
  /**
   * How far an authoritative answer follows a CNAME: within the zone (NSD), through all zones of this server (BIND), or
   * not at all (RFC 2317 allows it).
   * @default "zone"
   */
  readonly chase?: "zone" | "server" | "none";
  /** Serves without EDNS: OPT is ignored and answers over 512 octets are truncated. @default false */
  readonly withoutEdns?: boolean;
}

/** One query as it came. */
export interface LoggedQuery {
  /** Wire case, special octets escaped. */
  readonly name: string;
  readonly type: string;
  readonly rd: boolean;
  readonly cd: boolean;
  readonly edns: boolean;
  readonly transport: "udp" | "tcp";
  /** Source port: tests of randomness read it. */
  readonly from: number;
  readonly id: number;
}

export interface NameServer {
  readonly address: string;
  readonly port: number;
  /** `ADDRESS:PORT`, IPv6 in brackets: what `--root`, `--stub` and `--resolver` take. */
  readonly endpoint: string;
  /** May be changed at any time. */
  readonly zones: Zone[];
  /** The latest queries, oldest first; at least the last 10,000 are kept. */
  readonly queries: LoggedQuery[];
  /** Switches a fault on. @returns a function that switches it off */
  fault(rule: FaultRule | FaultKind): () => void;
  clearFaults(): void;
  /** Ends sockets and connections. */
  close(): Promise<void>;
}

/**
 * Starts a name server.
 * @returns rejects when the address and port cannot be bound
 */
export async function startNameServer(options: NameServerOptions): Promise<NameServer> {
  const zones = [...options.zones];
  const faults = new Faults();
  for (const rule of options.faults ?? []) faults.add(rule);
  const queries: LoggedQuery[] = [];
  const connections = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();

  const { udp, tcp, port } = await bind(options.address, options.port ?? 0);

  udp.on("message", (message, from) => {
    receive(message, "udp", from.port, (reply, otherPort) => {
      if (!otherPort) {
        udp.send(reply, from.port, from.address);
        return;
      }
      const stranger = createSocket(udpType(options.address));
      stranger.bind(0, options.address, () => stranger.send(reply, from.port, from.address, () => stranger.close()));
    });
  });
  udp.on("error", () => {});

  tcp.on("connection", (connection) => {
    connections.add(connection);
    connection.on("close", () => connections.delete(connection));
    connection.on("error", () => {});
    onMessages(connection, (message) =>
      receive(message, "tcp", connection.remotePort ?? 0, (reply, _otherPort, broken) => {
        if (broken === "drop-tcp") {
          connection.destroy();
          return;
        }
        const whole = framed(reply);
        connection.write(broken === "stall-tcp" ? whole.subarray(0, whole.length >> 1) : whole);
      }),
    );
  });

  function receive(
    message: Buffer,
    transport: "udp" | "tcp",
    from: number,
    send: (reply: Buffer, otherPort: boolean, broken?: FaultKind) => void,
  ): void {
    const query = readQuery(message);
    if (!query) return;
    if (queries.length >= 20_000) queries.splice(0, 10_000);
    const { name, type, rd, cd, id } = query;
    queries.push({ name, type, rd, cd, edns: query.edns !== undefined, transport, from, id });
    const rule = faults.match(query, transport);
    const fault = rule?.fault;
    const answer = (): void => {
      if (fault === "timeout") return;
      send(
        write(options.withoutEdns ? { ...query, edns: undefined } : query, transport, fault),
        fault === "wrong-port",
        fault,
      );
    };
    if (!rule?.delayMs) {
      answer();
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      answer();
    }, rule.delayMs);
    timers.add(timer);
  }

  function write(query: Query, transport: "udp" | "tcp", fault: FaultKind | undefined): Buffer {
    const reply = compose(query, transport, fault);
    const limit = transport === "tcp" ? 65535 : Math.max(512, query.edns?.udpSize ?? 512);
    switch (fault) {
      case "wrong-id":
        return writeReply({ ...query, id: (query.id + 1) & 0xffff }, reply, limit);
      case "wrong-question": {
        const question = Buffer.from(query.question);
        if (question.length > 5) question[1] = (question[1] as number) ^ 1;
        return writeReply(query, reply, limit, question);
      }
      case "lower-case-question":
        return writeReply(
          query,
          reply,
          limit,
          mapLetters(query.question, (letter) => letter | 0x20),
        );
      case "wrong-case-question":
        return writeReply(
          query,
          reply,
          limit,
          mapLetters(query.question, (letter) => letter ^ 0x20),
        );
      case "no-question": {
        const bytes = writeReply(query, { ...reply, answer: [], authority: [], additional: [] }, limit);
        const header = Buffer.from(bytes.subarray(0, 12));
        header.fill(0, 4, 12);
        return header;
      }
      case "echo": {
        const bytes = writeReply(query, { ...reply, answer: [], authority: [], additional: [] }, limit);
        bytes[2] = (bytes[2] as number) & 0x7f;
        return bytes;
      }
      case "garbage":
        return Buffer.from(
          Array.from({ length: Math.floor(Math.random() * 100) }, () => Math.floor(Math.random() * 256)),
        );
      case "garbage-records": {
        const bytes = writeReply(query, { ...reply, answer: [], authority: [], additional: [] }, limit);
        bytes.writeUInt16BE(3, 6);
        return Buffer.concat([bytes, Buffer.from(Array.from({ length: 40 }, () => Math.floor(Math.random() * 256)))]);
      }
      case "cut-short": {
        const bytes = writeReply(query, reply, limit);
        return bytes.subarray(0, Math.max(12, bytes.length - 14));
      }
      case "compression-loop": {
        const bytes = writeReply(
          { ...query, edns: undefined },
          { ...reply, answer: [], authority: [], additional: [] },
          limit,
        );
        bytes.writeUInt16BE(1, 6);
        const at = bytes.length;
        return Buffer.concat([
          bytes,
          Buffer.from([0xc0 | (at >> 8), at & 0xff, 0, 12, 0, 1, 0, 0, 0, 60, 0, 2, 0xc0, 12]),
        ]);
      }
      case "huge": {
        const bytes = writeReply(query, reply, limit);
        // As many records as fit are the whole answer here.
        if (transport === "tcp") bytes[2] = (bytes[2] as number) & ~2;
        return bytes;
      }
      default:
        if (typeof fault === "object" && "message" in fault) return Buffer.from(fault.message(query));
        return writeReply(query, reply, limit);
    }
  }

  function compose(query: Query, transport: "udp" | "tcp", fault: FaultKind | undefined): Reply {
    if (query.edns && query.edns.version > 0) return empty(rcodes.badvers);
    switch (fault) {
      case "servfail":
      case "refused":
      case "formerr":
      case "notimp":
      case "badvers":
        return empty(rcodes[fault]);
      case "nxdomain":
      case "nodata":
        return negative(query, fault);
      case "upward-referral":
        return referral({ cut: "", servers: ["a.root-servers.net", "b.root-servers.net"], glue: {} });
      case "self-referral": {
        const zone = zoneOf(query.name);
        const servers = (zone?.get(zone.origin, "NS") ?? []).map(String);
        return referral({
          cut: zone?.origin ?? "",
          servers,
          glue: { [servers[0] ?? "ns.invalid"]: [options.address] },
        });
      }
      case "truncated-forever":
        return { ...empty(rcodes.noerror), aa: true, tc: true };
      case "truncated":
        if (transport === "udp") return { ...empty(rcodes.noerror), aa: true, tc: true };
        break;
      case "huge":
        if (transport === "udp") return { ...empty(rcodes.noerror), aa: true, tc: true };
        return { ...empty(rcodes.noerror), aa: true, answer: fill(query) };
      case "bogus":
        if (!query.cd) return empty(rcodes.servfail);
        break;
      default:
        break;
    }
    if (typeof fault === "object") {
      if ("referral" in fault) return referral({ cut: fault.referral, servers: fault.servers, glue: fault.glue ?? {} });
      if ("answer" in fault) return { ...empty(rcodes.noerror), ...authority(), answer: [...fault.answer] };
      if ("values" in fault) {
        const { values, ttl = 60 } = fault;
        const answer = values.map((value) => ({ owner: query.name, type: query.type, ttl, value }));
        return { ...empty(rcodes.noerror), ...authority(), answer };
      }
    }
    const reply = answerOf(query);
    return fault === "lame" ? { ...reply, aa: false } : reply;
  }

  function authority(): Pick<Reply, "aa" | "ra"> {
    return options.recursion ? { aa: false, ra: true } : { aa: true, ra: false };
  }

  /** RFC 1034 section 4.3.2, with RFC 4592 and RFC 6672. */
  function answerOf(query: Query): Reply {
    const reply: Reply = { ...empty(rcodes.noerror), ...authority() };
    let name = query.name;
    let zone = zoneOf(name);
    if (!zone) return { ...reply, aa: false, rcode: rcodes.refused };
    const first = zone;
    for (let links = 0; links < 16; links++) {
      const found: ReturnType<Zone["lookup"]> = zone.lookup(name, query.type);
      switch (found.kind) {
        case "records":
          reply.answer.push(...found.records.map((record) => (links === 0 ? { ...record, owner: name } : record)));
          return reply;
        case "referral":
          if (reply.answer.length === 0) return referral(found.delegation);
          return reply;
        case "nodata":
          reply.authority.push(negativeSoa(zone));
          return reply;
        case "nxdomain":
          reply.authority.push(negativeSoa(zone));
          reply.rcode = rcodes.nxdomain;
          return reply;
        case "cname": {
          if (found.by) reply.answer.push(found.by);
          reply.answer.push(links === 0 ? { ...found.record, owner: name } : found.record);
          if (query.type === "CNAME" || options.chase === "none") return reply;
          name = found.target;
          const next = zoneOf(name);
          const allowed = options.recursion || options.chase === "server" ? next : next === first ? first : undefined;
          if (!allowed) return reply;
          zone = allowed;
        }
      }
    }
    return reply;
  }

  function negative(query: Query, kind: "nxdomain" | "nodata"): Reply {
    const zone = zoneOf(query.name);
    return {
      ...empty(rcodes[kind === "nxdomain" ? "nxdomain" : "noerror"]),
      ...authority(),
      authority: zone ? [negativeSoa(zone)] : [],
    };
  }

  function referral({ cut, servers, glue }: Delegation): Reply {
    return {
      ...empty(rcodes.noerror),
      authority: servers.map((value) => ({ owner: cut, type: "NS", ttl: 300, value })),
      additional: Object.entries(glue).flatMap(([owner, addresses]) =>
        addresses.map((value) => ({ owner, type: value.includes(":") ? "AAAA" : "A", ttl: 300, value })),
      ),
    };
  }

  function zoneOf(name: string): Zone | undefined {
    const key = nameKey(name);
    let best: Zone | undefined;
    for (const zone of zones) {
      if (best && zone.key.length <= best.key.length) continue;
      if (zone.key === "" || key === zone.key || key.endsWith(`.${zone.key}`)) best = zone;
    }
    return best;
  }

  return {
    address: options.address,
    port,
    endpoint: options.address.includes(":") ? `[${options.address}]:${port}` : `${options.address}:${port}`,
    zones,
    queries,
    fault: (rule) => faults.add(isKind(rule) ? { fault: rule } : rule),
    clearFaults: () => faults.clear(),
    async close() {
      for (const timer of timers) clearTimeout(timer);
      for (const connection of connections) connection.destroy();
      await Promise.all([
        new Promise<void>((done) => udp.close(() => done())),
        new Promise<void>((done) => tcp.close(() => done())),
      ]);
    },
  };
}

function isKind(rule: FaultRule | FaultKind): rule is FaultKind {
  return typeof rule === "string" || "values" in rule || "answer" in rule || "referral" in rule || "message" in rule;
}

function empty(rcode: number): Reply {
  return { rcode, aa: false, tc: false, ra: false, ad: false, answer: [], authority: [], additional: [] };
}

/** RFC 2308 section 3: the TTL of the SOA in a negative answer is the smaller of its own and MINIMUM. */
function negativeSoa(zone: Zone): ResourceRecord {
  const soa = zone.soa();
  const minimum = Number(String(soa.value).split(" ").at(-1));
  return { ...soa, ttl: Math.min(soa.ttl, minimum) };
}

function fill(query: Query): ResourceRecord[] {
  return Array.from({ length: 3500 }, (_, index) => ({
    owner: query.name,
    type: query.type,
    ttl: 60,
    value:
      query.type === "A"
        ? `198.51.${100 + (index >> 8)}.${index & 255}`
        : query.type === "AAAA"
          ? `2001:db8::${index.toString(16)}`
          : query.type === "PTR" || query.type === "NS" || query.type === "CNAME"
            ? `h${index}.huge.test`
            : Uint8Array.of(3, 0x61, 0x62, 0x63),
  }));
}

function mapLetters(question: Uint8Array, change: (letter: number) => number): Buffer {
  const end = question.length - 4;
  return Buffer.from(
    question.map((octet, at) => (at < end && (octet | 0x20) >= 0x61 && (octet | 0x20) <= 0x7a ? change(octet) : octet)),
  );
}

function udpType(address: string): "udp4" | "udp6" {
  return address.includes(":") ? "udp6" : "udp4";
}

/** TCP first, then UDP on the port it got; another port when UDP has that one taken. */
async function bind(address: string, wanted: number): Promise<{ udp: UdpSocket; tcp: Server; port: number }> {
  for (let attempt = 0; ; attempt++) {
    const tcp = createServer({ noDelay: true });
    await new Promise<void>((done, failed) => {
      tcp.once("error", failed);
      tcp.listen({ host: address, port: wanted, ipv6Only: true }, done);
    });
    const { port } = tcp.address() as { port: number };
    const udp = createSocket({ type: udpType(address), recvBufferSize: 4 << 20, sendBufferSize: 4 << 20 });
    try {
      await new Promise<void>((done, failed) => {
        udp.once("error", failed);
        udp.bind({ address, port }, done);
      });
      udp.removeAllListeners("error");
      tcp.removeAllListeners("error");
      tcp.on("error", () => {});
      return { udp, tcp, port };
    } catch (error) {
      udp.close();
      await new Promise((done) => tcp.close(done));
      if (wanted !== 0 || attempt >= 20) throw error;
    }
  }
}

/**
 * Queries over real UDP and TCP sockets. A server is asked through a few sockets, each with a source port that the
 * kernel chose at random and with a bounded number of queries in flight, so that its receive buffer never overflows.
 * Sockets are connected: the kernel drops datagrams from anybody else and reports a closed port at once.
 */
import { createSocket, type Socket } from "node:dgram";
import { connect } from "node:net";
import { onAbort } from "./on-abort";
import { PerServer } from "./per-server";
import type { Exchange, ServerAddress, Transport } from "./transport";

/** Queries in flight on one socket. More gain nothing and lose answers on small receive buffers. */
const IN_FLIGHT = 50;
/** Sockets for one server. */
const SOCKETS_PER_SERVER = 8;
/** Queries after which a socket is replaced by one with another port. */
const USES = 1000;
/** Sockets in all. Above that idle ones are closed, oldest first, and each server keeps one. */
const OPEN_SOCKETS = 256;
const RECEIVE_BUFFER = 1 << 20;
/** A DNS message over TCP with its length (RFC 1035 section 4.2.2). */
const MAX_FRAME_LENGTH = 2 + 65535;

/** A query that waits for its answer. */
class Pending {
  readonly query: Uint8Array;
  readonly id: number;
  readonly timeoutMs: number;
  readonly accept: (message: Uint8Array) => boolean;
  readonly #resolve: (exchange: Exchange) => void;
  finished = false;
  timer?: NodeJS.Timeout;
  /** The socket that it was sent through. */
  socket?: UdpSocket;
  /** Stops waiting for an abort. */
  release?: () => void;

  constructor(
    query: Uint8Array,
    timeoutMs: number,
    accept: (message: Uint8Array) => boolean,
    resolve: (exchange: Exchange) => void,
  ) {
    this.query = query;
    this.id = idOf(query);
    this.timeoutMs = timeoutMs;
    this.accept = accept;
    this.#resolve = resolve;
  }

  finish(exchange: Exchange): void {
    if (this.finished) return;
    this.finished = true;
    clearTimeout(this.timer);
    this.socket?.leave(this);
    this.release?.();
    this.#resolve(exchange);
  }
}

/** Makes a transport of this machine's sockets. Idle sockets do not keep the process alive. */
export function socketTransport(): Transport {
  return new Sockets();
}

class Sockets implements Transport {
  readonly #servers = new PerServer<UdpServer>();
  readonly #open = new Set<UdpSocket>();
  readonly #connections = new Set<() => void>();
  #closed = false;

  udp(
    server: ServerAddress,
    query: Uint8Array,
    timeoutMs: number,
    accept: (message: Uint8Array) => boolean,
    signal?: AbortSignal,
  ): Promise<Exchange> {
    if (this.#closed) return Promise.resolve({ kind: "unreachable", why: "closed" });
    return new Promise((resolve) => {
      const pending = new Pending(query, timeoutMs, accept, resolve);
      if (signal?.aborted) {
        pending.finish(aborted);
        return;
      }
      pending.release = signal && onAbort(signal, () => pending.finish(aborted));
      this.#server(server).send(pending);
    });
  }

  tcp(server: ServerAddress, query: Uint8Array, timeoutMs: number, signal?: AbortSignal): Promise<Exchange> {
    if (this.#closed) return Promise.resolve({ kind: "unreachable", why: "closed" });
    if (signal?.aborted) return Promise.resolve(aborted);
    return new Promise((resolve) => {
      const connection = connect({ host: server.address, port: server.port, noDelay: true });
      const finish = (exchange: Exchange): void => {
        clearTimeout(timer);
        release?.();
        this.#connections.delete(close);
        connection.destroy();
        resolve(exchange);
      };
      const close = (): void => finish({ kind: "unreachable", why: "closed" });
      const release = signal && onAbort(signal, () => finish(aborted));
      const timer = setTimeout(() => finish({ kind: "timeout" }), timeoutMs);
      this.#connections.add(close);
      const framed = Buffer.allocUnsafe(query.length + 2);
      framed.writeUInt16BE(query.length);
      framed.set(query, 2);
      connection.write(framed);
      const received = Buffer.allocUnsafe(MAX_FRAME_LENGTH);
      let length = 0;
      connection.on("data", (chunk: Buffer) => {
        length += chunk.copy(received, length);
        if (length < 2) return;
        const end = 2 + received.readUInt16BE(0);
        if (length >= end) finish({ kind: "answer", message: received.subarray(2, end) });
      });
      connection.on("error", (error) => finish({ kind: "unreachable", why: errorCode(error) }));
      connection.on("close", () => finish({ kind: "unreachable", why: "connection closed" }));
    });
  }

  close(): void {
    this.#closed = true;
    for (const close of [...this.#connections]) close();
    for (const socket of [...this.#open]) socket.fail({ kind: "unreachable", why: "closed" });
    for (const server of this.#servers.values()) server.drain({ kind: "unreachable", why: "closed" });
    this.#servers.clear();
  }

  #server(server: ServerAddress): UdpServer {
    let found = this.#servers.get(server);
    if (!found) {
      found = new UdpServer(
        server,
        () => this.#open.size >= OPEN_SOCKETS,
        (socket) => this.#opened(socket),
        (socket) => this.#open.delete(socket),
      );
      this.#servers.set(server, found);
    }
    return found;
  }

  #opened(socket: UdpSocket): void {
    this.#open.add(socket);
    if (this.#open.size <= OPEN_SOCKETS) return;
    for (const candidate of this.#open) {
      if (candidate !== socket && candidate.idle) {
        candidate.close();
        return;
      }
    }
  }
}

const aborted: Exchange = { kind: "unreachable", why: "ended" };

/** The sockets that are connected to one server, and the queries that wait for room on them. */
class UdpServer {
  readonly address: ServerAddress;
  readonly #isCrowded: () => boolean;
  readonly #opened: (socket: UdpSocket) => void;
  readonly #closed: (socket: UdpSocket) => void;
  readonly #sockets: UdpSocket[] = [];
  #waiting: Pending[] = [];
  #next = 0;
  #serving = false;

  constructor(
    address: ServerAddress,
    isCrowded: () => boolean,
    opened: (socket: UdpSocket) => void,
    closed: (socket: UdpSocket) => void,
  ) {
    this.address = address;
    this.#isCrowded = isCrowded;
    this.#opened = opened;
    this.#closed = closed;
  }

  send(pending: Pending): void {
    const socket = this.#room(pending);
    if (socket) socket.send(pending);
    else this.#waiting.push(pending);
  }

  drain(exchange: Exchange): void {
    for (const pending of this.#waiting.splice(0)) pending.finish(exchange);
  }

  /** A socket with room that has no query of this id in flight: a new one while there are few, then each in turn. */
  #room(pending: Pending): UdpSocket | undefined {
    if (this.#sockets.length < (this.#isCrowded() ? 1 : SOCKETS_PER_SERVER)) {
      const opened = this.#open();
      // Where no more sockets can be opened, the open ones are used.
      if (!opened.failure || this.#sockets.length === 0) return opened;
    }
    for (let tried = 0; tried < this.#sockets.length; tried++) {
      this.#next = (this.#next + 1) % this.#sockets.length;
      const socket = this.#sockets[this.#next] as UdpSocket;
      if (!socket.takes(pending)) continue;
      if (++socket.uses < USES) return socket;
      // Leaves the rotation now and closes after its last answer.
      this.#sockets.splice(this.#next, 1);
      socket.retire();
      return this.#open();
    }
    return undefined;
  }

  /** A new socket; if none can be opened it is closed already, and every query through it fails with the reason. */
  #open(): UdpSocket {
    const socket = new UdpSocket(this);
    if (!socket.failure) {
      this.#sockets.push(socket);
      this.#opened(socket);
    }
    return socket;
  }

  /** There may be room for a query that waits. */
  freed(): void {
    // A query that ends at once, or a socket that cannot be opened, calls this again.
    if (this.#serving) return;
    this.#serving = true;
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const socket = next.finished ? undefined : this.#room(next);
      if (!socket && !next.finished) break;
      this.#waiting.shift();
      socket?.send(next);
    }
    this.#serving = false;
  }

  gone(socket: UdpSocket): void {
    this.#closed(socket);
    const at = this.#sockets.indexOf(socket);
    if (at >= 0) this.#sockets.splice(at, 1);
    this.freed();
  }
}

class UdpSocket {
  uses = 0;
  /** Why it can be used no more. */
  failure?: Exchange;
  readonly #server: UdpServer;
  readonly #socket: Socket;
  /** By the query's id. */
  readonly #pending = new Map<number, Pending>();
  /** Not yet handed to the kernel. */
  readonly #outbox: Pending[] = [];
  #connected = false;
  #retired = false;
  #closed = false;

  constructor(server: UdpServer) {
    this.#server = server;
    const { address, port } = server.address;
    const family = address.includes(":") ? 6 : 4;
    this.#socket = createSocket({
      type: family === 6 ? "udp6" : "udp4",
      recvBufferSize: RECEIVE_BUFFER,
      // Addresses only: nothing to look up, and nothing to wait for.
      lookup: (host, _options, callback) => callback(null, host, family),
    });
    this.#socket.on("error", (error) => this.fail({ kind: "unreachable", why: errorCode(error) }));
    this.#socket.on("message", (message) => this.#receive(message));
    // Both may report a failure before they return: no free socket, no IPv6 in the kernel.
    this.#socket.connect(port, address, (error?: Error) => {
      if (this.#closed) return;
      if (error) {
        this.fail({ kind: "unreachable", why: errorCode(error) });
        return;
      }
      this.#connected = true;
      this.#socket.unref();
      this.#transmit();
    });
  }

  get idle(): boolean {
    return this.#pending.size === 0;
  }

  takes(pending: Pending): boolean {
    return this.#pending.size < IN_FLIGHT && !this.#pending.has(pending.id);
  }

  send(pending: Pending): void {
    if (this.failure) {
      pending.finish(this.failure);
      return;
    }
    this.#pending.set(pending.id, pending);
    pending.socket = this;
    // The timer runs while the socket is unreferenced, so that a wait for an answer keeps the process alive.
    pending.timer = setTimeout(timeOut, pending.timeoutMs, pending);
    // Queries of one turn of the event loop are sent together: each datagram that arrives alone at a server on this machine
    // costs the sender a wake-up of that server.
    if (this.#outbox.push(pending) === 1 && this.#connected) setImmediate(() => this.#transmit());
  }

  leave({ id }: Pending): void {
    this.#pending.delete(id);
    if (this.#retired && this.idle) this.close();
    else this.#server.freed();
  }

  retire(): void {
    this.#retired = true;
    if (this.idle) this.close();
  }

  fail(exchange: Exchange): void {
    this.failure ??= exchange;
    this.close();
    for (const pending of [...this.#pending.values()]) pending.finish(exchange);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.close();
    this.#server.gone(this);
  }

  #transmit(): void {
    for (const pending of this.#outbox.splice(0)) {
      if (!pending.finished && !this.#closed) this.#socket.send(pending.query);
    }
  }

  #receive(message: Buffer): void {
    if (message.length < 2) return;
    const pending = this.#pending.get(idOf(message));
    if (pending?.accept(message)) pending.finish({ kind: "answer", message });
  }
}

function timeOut(pending: Pending): void {
  pending.finish({ kind: "timeout" });
}

function idOf(message: Uint8Array): number {
  return ((message[0] as number) << 8) | (message[1] as number);
}

function errorCode(error: Error): string {
  return (error as NodeJS.ErrnoException).code ?? error.message;
}

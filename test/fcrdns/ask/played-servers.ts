/** Name servers in this process: a transport that answers every query with the octets that a function returns. */
import { setTimeout as pause } from "node:timers/promises";
import type { Exchange, ServerAddress, Transport } from "../../../fcrdns/index";
import { type Query, type Reply, type ResourceRecord, readQuery, writeReply } from "../../../sandbox/internet/message";

/** An answer; `null` is silence; octets go out as they are. */
export type Answer = Partial<Reply> | Uint8Array | null;

export interface Played extends Transport {
  /** Everything that was sent: `ADDRESS NAME TYPE`. */
  readonly sent: string[];
}

/** @param delayMs before each answer */
export function played(answer: (query: Query, server: ServerAddress) => Answer, delayMs = 0): Played {
  const sent: string[] = [];
  const exchange = async (
    server: ServerAddress,
    octets: Uint8Array,
    timeoutMs: number,
    limit: number,
    signal?: AbortSignal,
  ): Promise<Exchange> => {
    const query = readQuery(octets);
    if (!query) return { kind: "timeout" };
    sent.push(`${server.address} ${query.name.toLowerCase()} ${query.type}`);
    const said = answer(query, server);
    try {
      if (said === null || delayMs > timeoutMs) {
        await pause(timeoutMs, undefined, { signal });
        return { kind: "timeout" };
      }
      if (delayMs > 0) await pause(delayMs, undefined, { signal });
    } catch {
      return { kind: "unreachable", why: "ended" };
    }
    if (said instanceof Uint8Array) return { kind: "answer", message: said };
    const reply = { rcode: 0, aa: true, tc: false, ra: false, ad: false, answer: [], authority: [], additional: [] };
    return { kind: "answer", message: writeReply(query, { ...reply, ...said }, limit) };
  };
  return {
    sent,
    udp: async (server, query, timeoutMs, accept, signal) => {
      const ended = await exchange(server, query, timeoutMs, 1232, signal);
      return ended.kind === "answer" && !accept(ended.message) ? { kind: "timeout" } : ended;
    },
    tcp: (server, query, timeoutMs, signal) => exchange(server, query, timeoutMs, 65535, signal),
    close: () => {},
  };
}

export function record(owner: string, type: string, value: string): ResourceRecord {
  return { owner, type, ttl: 300, value };
}

export function soa(zone: string): ResourceRecord {
  return record(zone, "SOA", "ns.invalid host.invalid 1 3600 600 86400 300");
}

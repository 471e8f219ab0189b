/** The ways in which the loopback internet's name servers misbehave, per server, name and type, switchable at any time. */
import type { Query, ResourceRecord } from "./message";
import { nameKey } from "./message";

/** What is wrong with an answer. Plain words need no argument; the rest are objects. */
export type FaultKind =
  /** RCODE 2, 5, 1, 4, 3, and NOERROR without answer. */
  | "servfail"
  | "refused"
  | "formerr"
  | "notimp"
  | "nxdomain"
  | "nodata"
  /** RCODE 16, as to an EDNS version the server does not know. */
  | "badvers"
  /** No answer at all. */
  | "timeout"
  /** The right answer with the AA bit clear. */
  | "lame"
  /** A referral to the root zone, as old BIND gave for zones that it does not serve. */
  | "upward-referral"
  /** A referral to the zone's own name servers. */
  | "self-referral"
  | "wrong-id"
  | "wrong-question"
  /** The echoed question in lower case: breaks 0x20. */
  | "lower-case-question"
  /** The echoed question with the case of every letter inverted. */
  | "wrong-case-question"
  | "no-question"
  /** QR=0: the query itself comes back. */
  | "echo"
  /** From a port other than the one asked. */
  | "wrong-port"
  /** TC, without records, over UDP; TCP works. */
  | "truncated"
  /** TC over UDP and over TCP. */
  | "truncated-forever"
  /** 0 to 100 random octets. */
  | "garbage"
  /** Right header and question, then random octets. */
  | "garbage-records"
  /** The right answer, cut in the middle. */
  | "cut-short"
  /** A name that is a compression pointer to itself. */
  | "compression-loop"
  /** TC over UDP; over TCP 64 KiB full of records of the type asked for. */
  | "huge"
  /** TCP connections are closed as soon as the query came. */
  | "drop-tcp"
  /** TCP answers stop after half the message. */
  | "stall-tcp"
  /** SERVFAIL unless the query has CD set: what a validating resolver says of a broken signature. */
  | "bogus"
  | { readonly values: readonly string[]; readonly ttl?: number }
  | { readonly answer: readonly ResourceRecord[] }
  /** A referral: to nowhere, in a circle, or to hundreds of servers (NXNS). */
  | {
      readonly referral: string;
      readonly servers: readonly string[];
      readonly glue?: Readonly<{ [server: string]: readonly string[] }>;
    }
  /** Any octets in place of the answer. */
  | { readonly message: (query: Query) => Uint8Array };

export interface FaultRule {
  /** Absent: only the delay applies. */
  readonly fault?: FaultKind;
  /** Milliseconds before the answer goes out. */
  readonly delayMs?: number;
  /** Only for this owner name. @default every name */
  readonly name?: string;
  /** Only for this name and everything below it. */
  readonly under?: string;
  /** @default every type */
  readonly type?: string;
  /** @default both */
  readonly transport?: "udp" | "tcp";
  /** Only for queries with (true) or without (false) an OPT record. */
  readonly edns?: boolean;
  /** Only for the first so many queries that match: a server that is late. */
  readonly first?: number;
  /** Only for every second matching query, beginning with the first: a server that flaps. */
  readonly flapping?: boolean;
}

/** The rules of one server, in the order they were made; the first that matches decides. */
export class Faults {
  readonly #rules = new Map<FaultRule, { seen: number; readonly name?: string; readonly under?: string }>();

  /** Switches a fault on. @returns a function that switches it off */
  add(rule: FaultRule): () => void {
    this.#rules.set(rule, {
      seen: 0,
      name: rule.name === undefined ? undefined : nameKey(rule.name),
      under: rule.under === undefined ? undefined : nameKey(rule.under),
    });
    return () => this.#rules.delete(rule);
  }

  clear(): void {
    this.#rules.clear();
  }

  match(query: Query, transport: "udp" | "tcp"): FaultRule | undefined {
    if (this.#rules.size === 0) return undefined;
    const key = nameKey(query.name);
    for (const [rule, state] of this.#rules) {
      if (state.name !== undefined && state.name !== key) continue;
      if (state.under && key !== state.under && !key.endsWith(`.${state.under}`)) continue;
      if (rule.type !== undefined && rule.type !== query.type) continue;
      if (rule.transport !== undefined && rule.transport !== transport) continue;
      if (rule.edns !== undefined && rule.edns !== (query.edns !== undefined)) continue;
      const seen = state.seen++;
      if (rule.first !== undefined && seen >= rule.first) continue;
      if (rule.flapping && seen % 2 === 1) continue;
      return rule;
    }
    return undefined;
  }
}

/** Twenty referral targets that do not exist, or as many as asked for: the fan-out of an NXNS attack. */
export function fanOut(cut: string, width = 20, zone = "victim.test"): FaultKind {
  return { referral: cut, servers: Array.from({ length: width }, (_, index) => `ns${index}.${zone}`) };
}

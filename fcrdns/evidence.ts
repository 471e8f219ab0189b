/**
 * What was heard, before anybody judges it: the plain values that the asking half of this room (`verify.ts` and what it
 * calls) hands to the judging half (`judge.ts`). A failure of DNS is a value here, never a throw.
 */
import type { Cause, ServerName } from "./cause";
import type { Helo } from "./names/helo";
import type { Hop, Outcome } from "./verdict";

export type QuestionType = "PTR" | "A" | "AAAA" | "MX" | "TXT";

/** The negative answer's SOA: how long resolvers may keep the "no" (RFC 2308 section 5). */
export interface NegativeSoa {
  readonly zone: string;
  readonly primary: string;
  /** min(SOA.MINIMUM, SOA TTL), seconds. */
  readonly negativeTtlSeconds: number;
}

/** The final word of one server on one question, after CNAMEs were followed. */
export interface ServerAnswer {
  /** As in {@link Hop.server}. */
  readonly server: string;
  /** `ok`, `nxdomain` and `nodata` are answers; every other outcome is "unknown", never "absent". */
  readonly outcome: Outcome;
  /** PTR: the target names in wire case with special octets escaped. A/AAAA: canonical address texts. MX: the targets; TXT: the texts. Sorted. */
  readonly values: readonly string[];
  /** Smallest TTL of the records, seconds. */
  readonly ttl?: number;
  readonly soa?: NegativeSoa;
  /** With `unreachable`, `not-asked` and `malformed`: what was wrong; with `lame`: why a "no" is not believed. */
  readonly why?: readonly Cause[];
  /** With `servfail` of a resolver: it answers repeatedly if asked not to check signatures. */
  readonly bogus?: true;
}

/** All servers' words on one question. */
export interface Lookup {
  readonly name: string;
  readonly type: QuestionType;
  /** The zone that holds the final records (after CNAMEs), as far as the walk came; null in recursive mode. */
  readonly zone: string | null;
  /** The CNAME chain from `name`, targets only, in order; empty when there is no alias. */
  readonly aliases: readonly string[];
  /** One entry a server address. Never empty: when no server could be found at all there is one entry that says why. */
  readonly answers: readonly ServerAnswer[];
}

export interface ForwardLookups {
  /** Canonical host name: lower case, A-labels, no final dot. */
  readonly name: string;
  readonly a: Lookup;
  readonly aaaa: Lookup;
}

/** An address of the other family that the host's name has too, and its own round trip. */
export interface OtherAddress {
  /** Canonical text. */
  readonly ip: string;
  /** The name of the host that has it. */
  readonly name: string;
  readonly ptr: Lookup;
  readonly forward: readonly ForwardLookups[];
}

/** Everything known about one address at one moment. */
export interface Evidence {
  /** Canonical text. */
  readonly ip: string;
  readonly family: 4 | 6;
  readonly arpa: string;
  /** Canonical, or null. */
  readonly expected: string | null;
  /** What the mail server says in EHLO. @default not known */
  readonly helo?: Helo | null;
  /** The domain whose organisation sends, canonical. @default not said */
  readonly domain?: string | null;
  readonly mode: "full" | "authoritative" | "recursive";
  readonly ptr: Lookup;
  /** The expected name and the EHLO name (always, when there is one) and the PTR names, at most `maxNames`; each once. */
  readonly forward: readonly ForwardLookups[];
  /** In mode `full`, after the authoritative servers agreed: what the recursive resolvers say of the same. */
  readonly recursive?: { readonly ptr: Lookup; readonly forward: readonly ForwardLookups[] };
  /** Asked for once the round trip of the address itself holds. */
  readonly others?: readonly OtherAddress[];
  /** Whether the address fails where one of {@link others} does not round-trip. @default false */
  readonly everyFamily?: boolean;
  /** Whether the asking was ended before the first round was complete: then nothing here is the last word. */
  readonly interrupted?: boolean;
  /** Whether a server that showed something else in an earlier round does not answer now: what it shows is not known. */
  readonly fellSilent?: boolean;
  /** Wrong answers that were visible so far. @default none */
  readonly memory?: Memory;
  /** What only the asking could notice. */
  readonly notes: readonly Note[];
  readonly hops: readonly AskedHop[];
  readonly ms: number;
}

/** What others may remember of earlier states of DNS. Times are UTC, milliseconds since 1970. */
export interface Memory {
  readonly now: number;
  readonly answers: readonly WrongAnswer[];
  /** Receivers that refuse mail in a state that was visible, and remember it. */
  readonly receivers: readonly { readonly name: string; readonly seconds: number; readonly until: number | null }[];
}

/** One answer that was not what is wanted. */
export interface WrongAnswer {
  readonly by: "name-server" | "resolver";
  readonly name: string;
  readonly type: QuestionType;
  /** As in {@link ServerAnswer.server}. */
  readonly server: string;
  /** Canonical; none: a denial. */
  readonly values: readonly string[];
  /** How long resolvers may keep it: the TTL, or that of the denial. */
  readonly seconds: number;
  /** The zone whose SOA says how long a denial may be kept. */
  readonly zone?: string;
  /** Until when it may have been given; null: it still is. */
  readonly until: number | null;
}

/** A {@link Hop} before it is worded. */
export interface AskedHop extends Omit<Hop, "note"> {
  readonly causes?: readonly Cause[];
}

/** What the asking noticed beside the answers. Servers are named as in {@link ServerAnswer.server}. */
export type Note =
  /** It failed in so many rounds in a row that it is no longer waited for. */
  | { readonly kind: "excluded"; readonly server: string }
  /** Name servers of a zone for which no address was found. */
  | { readonly kind: "without-address"; readonly zone: string; readonly hosts: readonly ServerName[] }
  /** The zone has more name servers than are asked. */
  | { readonly kind: "limit"; readonly of: "servers"; readonly zone: string }
  /** @param question where the asking ended */
  | { readonly kind: "limit"; readonly of: "queries"; readonly question: string | undefined }
  /** @param last what was waited for */
  | { readonly kind: "out-of-time"; readonly last: Pick<Hop, "server" | "question"> | undefined }
  /** No authoritative server could be asked from here. */
  | {
      readonly kind: "blocked";
      /** Nobody answered; only with errors; something else answered in place of root servers; and denied what those know. */
      readonly how: "silent" | "failing" | "redirected" | "denying";
      readonly roots: number;
    }
  /** A resolver said "no" after the authoritative servers had said "yes". */
  | {
      readonly kind: "denied";
      readonly server: string;
      readonly name: string;
      readonly type: QuestionType;
      readonly soa: NegativeSoa | undefined;
      /** Milliseconds since 1970, UTC. */
      readonly at: number;
    }
  /** A resolver denied or contradicted what it cannot know. */
  | { readonly kind: "not-believed"; readonly server: string }
  /** Nobody said which resolver knows the DNS that was asked. */
  | { readonly kind: "no-resolver" };

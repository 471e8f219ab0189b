/**
 * The verdict of one address: contract 4.1, schema 1. Plain values only: the type is all that a consumer needs.
 */

/** The verdict of this project, stricter than a receiver's. `unknown`: DNS gave no definite answer. */
export type Status = "pass" | "fail" | "unknown";

/** What a receiver would compute: RFC 8601 section 2.7.3. There is no "none". */
export type Iprev = "pass" | "fail" | "temperror" | "permerror";

/**
 * The one cause behind {@link Status} and {@link Iprev}; `ok` goes with `pass` alone. A generic or invalid name that
 * confirms is `bad-name`, and so is one that the server says in EHLO. An EHLO name that is not the PTR and does not have the
 * address is `unexpected-name`. If one of several PTRs confirms and another could not be looked up, `iprev` is `pass` and
 * `status` is `unknown`, with the reason of the failed look-up.
 */
export type Reason =
  | "ok"
  | "no-ptr"
  | "no-forward"
  | "forward-mismatch"
  | "unexpected-name"
  | "unconfirmed-ptr"
  | "servers-disagree"
  | "no-answer"
  | "servfail"
  | "lame"
  | "refused"
  | "bad-name"
  | "too-many-names"
  | "cname-loop";

export type Severity = "error" | "warning" | "info";

/** One thing to know or to fix. */
export interface Finding {
  /** Stable identifier, kebab-case, for example `extra-ptr-unconfirmed`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What was found and where. DNS text in it is already escaped (see `fcrdns/report/escape.ts`). */
  readonly message: string;
  /** The next step, in one sentence. */
  readonly fix: string;
  /** Who makes the fix: the domain's DNS host, the owner of the address, the provider's support, with the name server. */
  readonly who: string;
}

/** The outcome of one query. `referral` and `cname` are steps of the walk, the others end it. */
export type Outcome =
  | "ok"
  | "nxdomain"
  | "nodata"
  | "referral"
  | "cname"
  | "servfail"
  | "refused"
  | "formerr"
  | "notimp"
  | "timeout"
  | "unreachable"
  | "lame"
  | "malformed"
  | "cname-loop"
  | "not-asked";

/** One query and its answer, as it went over the wire. */
export interface Hop {
  /** Owner name and type, for example `10.2.0.192.in-addr.arpa PTR`. */
  readonly question: string;
  /** Name (when known), address and port: `ns1.example.net 192.0.2.53:53`; IPv6 as `[2001:db8::53]:53`. */
  readonly server: string;
  readonly transport: "udp" | "tcp";
  readonly outcome: Outcome;
  /** The authoritative-answer bit. */
  readonly aa: boolean;
  /** Milliseconds from the first packet to the answer or the time-out. */
  readonly ms: number;
  /** Answer records (for a referral: the NS records) in presentation format, hostile text escaped. */
  readonly records: readonly string[];
  /** Header flags seen, lower case, for example `["qr", "aa", "rd", "ra", "ad", "tc"]`. */
  readonly flags?: readonly string[];
  /** Smallest TTL of the records, in seconds. */
  readonly ttl?: number;
  /** The cause of the outcome, if the outcome alone does not say it (`lame`, `malformed`, `not-asked`). */
  readonly note?: string;
}

export interface Verdict {
  readonly schema: 1;
  /** Canonical text of the address; an IPv4-mapped IPv6 address is written as IPv4. */
  readonly ip: string;
  /** Its reverse name, no final dot. */
  readonly arpa: string;
  /** The host name that the PTR must be; null: any confirmed name passes. */
  readonly expected: string | null;
  /** What the mail server says in EHLO, as far as that was handed in: canonical where it is a name, else escaped. */
  readonly helo?: string;
  readonly status: Status;
  readonly iprev: Iprev;
  readonly reason: Reason;
  /** Canonical (lower case, A-labels, no final dot), sorted. */
  readonly ptr: readonly string[];
  /** The addresses of each name that was looked up, canonical text, sorted. */
  readonly forward: Readonly<Record<string, readonly string[]>>;
  /** The PTR names whose addresses include `ip`. */
  readonly confirmed: readonly string[];
  /**
   * From when it is safe to send, UTC, ISO 8601: a wrong answer was visible while the check waited, and resolvers or receivers
   * may remember it until then; the findings `not-before` say who. @default nothing of the kind is known
   */
  readonly notBefore?: string;
  readonly findings: readonly Finding[];
  readonly hops: readonly Hop[];
  /** Authoritative servers (or resolvers, in recursive mode) queried for the PTR and the forward records, and how many agreed. */
  readonly servers: { readonly asked: number; readonly agreed: number };
  /** Milliseconds from the first query to the verdict. */
  readonly ms: number;
}

/**
 * Why a query came to what it came to, as values: the asking half of this room says which, and `report/cause-text.ts` puts
 * it into words. Names and numbers in them are as DNS gave them: not yet escaped.
 */
import type { NegativeSoa } from "./evidence";
import type { Outcome } from "./verdict";

/** What is wrong with a message that cannot be read. */
export type Malformation =
  | "short-header"
  | "record-overrun"
  | "record-length"
  | "record-cut"
  | "name-overrun"
  | "name-too-long"
  | "label-overrun"
  | "label-type"
  | "pointer-cut"
  | "pointer-count"
  | "pointer-forward"
  | "pointer-header"
  | "truncated-tcp"
  | "other-question";

/** What an answer section holds that does not answer the question. */
export type Unusable = "other-records" | "other-class" | "off-the-chain" | "denied-records";

export type Cause =
  // Not asked, or not waited for.
  /** The caller ended the asking. */
  | { readonly kind: "ended" }
  | { readonly kind: "query-limit" }
  | { readonly kind: "out-of-time" }
  | { readonly kind: "name-does-not-fit" }
  /** @param what the kind of address, as in IANA's special-purpose registries */
  | { readonly kind: "not-public"; readonly what: string }
  | { readonly kind: "no-server"; readonly zone: string; readonly hosts: readonly ServerName[] }
  /** @param code of the error: this machine has no way there */
  | { readonly kind: "no-way"; readonly code: string }
  // The way to the server.
  | { readonly kind: "unreachable"; readonly transport: "udp" | "tcp"; readonly code: string }
  | { readonly kind: "foreign-datagrams"; readonly count: number }
  | { readonly kind: "letter-case" }
  | { readonly kind: "no-edns"; readonly rcode: string }
  | { readonly kind: "truncated" }
  | { readonly kind: "asked-over-tcp" }
  | { readonly kind: "malformed"; readonly what: Malformation }
  // What the server said.
  /** @param rcode of an answer without records */
  | { readonly kind: "no-authority"; readonly rcode?: string }
  | { readonly kind: "no-recursion" }
  /** @param upwards the zone that it refers to; null: the zone that it should serve itself */
  | { readonly kind: "bad-referral"; readonly upwards: string | null }
  | { readonly kind: "rcode"; readonly rcode: string }
  | { readonly kind: "unusable"; readonly what: Unusable }
  | { readonly kind: "several-aliases"; readonly name: string }
  | { readonly kind: "alias-loop"; readonly aliases: readonly string[]; readonly next: string }
  | { readonly kind: "alias-limit" }
  | { readonly kind: "negative"; readonly soa: NegativeSoa | undefined }
  /** A resolver that denies, or contradicts, what it cannot know. */
  | { readonly kind: "not-believed" }
  /** What stands in a root server's place does not know what a root server knows. */
  | { readonly kind: "no-root"; readonly name: string; readonly type: string; readonly outcome: Outcome };

/** Errors that say that this machine has no socket, file or buffer left. */
export const EXHAUSTED: ReadonlySet<string> = new Set(["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM", "EAGAIN"]);

/** The name of a name server. */
export interface ServerName {
  readonly name: string;
  /** Which the name of a name server must not be (RFC 2181 section 10.3). */
  readonly isAlias: boolean;
}

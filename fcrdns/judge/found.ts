/**
 * A finding before it is turned into text: what was found, the fix, and who makes it. The judging half decides these, and
 * `report/finding-text.ts` puts them into words. All text in them is as DNS gave it: not yet escaped.
 */

import type { Consensus, DistinctAnswer } from "../ask/consensus";
import type { Lookup, Note, QuestionType, ServerAnswer } from "../evidence";
import type { Relation } from "../names/organisation";
import type { Severity } from "../verdict";
import type { FindingRuleId } from "./finding-rules";
import type { Rememberer } from "./memory-findings";

export interface Found {
  readonly rule: FindingRuleId;
  /** @default the rule's own */
  readonly severity?: Severity;
  readonly seen: Seen;
  /** @default the rule's own */
  readonly step?: Step;
  readonly owner: Who;
}

type Question = Pick<Lookup, "name" | "type">;
type AddressType = "A" | "AAAA";

export type Seen =
  | { readonly kind: "note"; readonly note: Note }
  | { readonly kind: "interrupted"; readonly ip: string }
  // The PTR.
  | { readonly kind: "no-ptr"; readonly ip: string; readonly arpa: string; readonly answers: readonly ServerAnswer[] }
  | { readonly kind: "ptr-unanswered"; readonly ip: string; readonly silent: readonly ServerAnswer[] }
  | { readonly kind: "several-ptrs"; readonly ip: string; readonly count: number; readonly names: readonly string[] }
  | { readonly kind: "too-many-ptrs"; readonly ip: string; readonly count: number }
  | {
      readonly kind: "other-ptr";
      readonly ip: string;
      readonly names: readonly string[];
      readonly expected: string;
    }
  // The way back from a name.
  /** @param addresses of the name */
  | {
      readonly kind: "unconfirmed";
      readonly role: NameRole;
      readonly name: string;
      readonly ip: string;
      readonly addresses: readonly string[];
      readonly answers: readonly ServerAnswer[];
    }
  | { readonly kind: "not-looked-up"; readonly name: string }
  | { readonly kind: "forward-unanswered"; readonly question: Question; readonly silent: readonly ServerAnswer[] }
  /** @param ip that is among all of the different answers */
  | {
      readonly kind: "forward-differs";
      readonly question: Question;
      readonly ip: string;
      readonly words: readonly DistinctAnswer[];
    }
  /** @param given the type of which the name has records */
  | {
      readonly kind: "denied";
      readonly name: string;
      readonly type: AddressType;
      readonly given: AddressType;
      readonly servers: readonly string[];
    }
  | { readonly kind: "alias"; readonly name: string; readonly aliases: readonly string[] }
  // Either way.
  | { readonly kind: "disagreement"; readonly question: Question; readonly words: readonly DistinctAnswer[] }
  | { readonly kind: "alias-loop"; readonly lookup: Lookup }
  | { readonly kind: "alias-limit"; readonly lookup: Lookup }
  // The name itself.
  /** @param problem what the inspection of the name says */
  | { readonly kind: "bad-name"; readonly role: NameRole; readonly name: string; readonly problem: string }
  | { readonly kind: "bare-domain"; readonly name: string }
  | { readonly kind: "numeric-label"; readonly name: string; readonly label: string }
  // What may be remembered.
  /** @param end UTC, milliseconds since 1970; null: it begins with the fix */
  | ({ readonly kind: "remembered"; readonly ip: string; readonly end: number | null } & Rememberer)
  // The organisation.
  | {
      readonly kind: "relation";
      readonly ip: string;
      readonly name: string;
      readonly domain: string;
      readonly relation: Relation;
    }
  | {
      readonly kind: "service-address";
      readonly ip: string;
      readonly name: string;
      readonly domain: string;
      readonly service: string;
    }
  // What the mail server says in EHLO.
  /** @param problem what the inspection of the name says */
  | { readonly kind: "bad-helo"; readonly helo: string; readonly problem: string }
  /**
   * @param names of the PTR
   * @param back whether the EHLO name has the address; `none`: it is no name, or that is said elsewhere
   * @param addresses of the EHLO name
   */
  | {
      readonly kind: "helo-mismatch";
      readonly helo: string;
      readonly ip: string;
      readonly names: readonly string[];
      readonly back: "confirmed" | "unconfirmed" | "unknown" | "none";
      readonly addresses: readonly string[];
      readonly answers: readonly ServerAnswer[];
    }
  | {
      readonly kind: "helo-unanswered";
      readonly helo: string;
      readonly type: QuestionType;
      readonly silent: readonly ServerAnswer[];
    }
  | { readonly kind: "helo-alias"; readonly helo: string; readonly aliases: readonly string[] }
  // The other family.
  /** @param type of the records that are unknown */
  | {
      readonly kind: "other-type-unanswered";
      readonly question: Question;
      readonly ip: string;
      readonly type: AddressType;
      readonly silent: readonly ServerAnswer[];
    }
  | {
      readonly kind: "other-address-unanswered";
      readonly name: string;
      readonly ip: string;
      readonly silent: readonly ServerAnswer[];
    }
  | {
      readonly kind: "other-address-fails";
      readonly name: string;
      readonly ip: string;
      readonly ptr: Consensus;
      readonly ptrNames: readonly string[];
    }
  // Servers and resolvers.
  | { readonly kind: "server"; readonly answer: ServerAnswer; readonly question: Question }
  | { readonly kind: "resolver"; readonly answer: ServerAnswer; readonly question: Question }
  | {
      readonly kind: "resolver-remembers";
      readonly answer: ServerAnswer;
      readonly word: DistinctAnswer;
      readonly question: Question;
    }
  | { readonly kind: "bogus"; readonly server: string; readonly name: string; readonly type: QuestionType };

/** What a name is to the address. */
export type NameRole = "ptr" | "expected";

/** The next step. */
export type Step =
  /** @param to null: whatever the mail server is called */
  | { readonly kind: "set-ptr"; readonly ip: string; readonly to: string | null }
  /** The name asked for is somebody else's. */
  | { readonly kind: "own-name"; readonly ip: string; readonly foreign: string }
  | { readonly kind: "remove-ptr"; readonly ip: string; readonly name: string }
  | { readonly kind: "keep-ptr"; readonly ip: string; readonly name: string }
  | { readonly kind: "add-address"; readonly name: string; readonly type: AddressType; readonly ip: string }
  /** @param first or the record, where the name is the sender's own */
  | {
      readonly kind: "or-add-address";
      readonly first: Step;
      readonly name: string;
      readonly type: AddressType;
      readonly ip: string;
    }
  /** @param name null: its own full host name */
  | { readonly kind: "say-helo"; readonly ip: string; readonly name: string | null }
  /** @param first or the server says the PTR's name */
  | { readonly kind: "or-say-helo"; readonly first: Step; readonly ip: string; readonly name: string }
  | { readonly kind: "send-after"; readonly ip: string; readonly at: string }
  /** @param fix in the words of the table of services */
  | { readonly kind: "at-service"; readonly fix: string }
  /** This machine itself cannot reach the servers. */
  | { readonly kind: "reach-servers" }
  /** This machine has no socket left. */
  | { readonly kind: "free-sockets" }
  /** The fix of another finding of this verdict, which is the cause of this one. */
  | { readonly kind: "as-for"; readonly rule: FindingRuleId }
  | { readonly kind: "replace-alias"; readonly name: string }
  | { readonly kind: "cover-or-remove"; readonly ip: string; readonly name: string; readonly type: AddressType };

/** Who can take the step. */
export type Who =
  | { readonly kind: "address-owner"; readonly ip: string; readonly lookup: Lookup }
  /** @param behind the servers that do not yet say what is wanted */
  | { readonly kind: "reverse-operator"; readonly lookup: Lookup; readonly behind?: readonly string[] }
  /** @param servers those that the finding is about */
  | {
      readonly kind: "dns-host";
      readonly lookup: Lookup;
      readonly behind?: readonly string[];
      readonly servers?: readonly string[];
    }
  | { readonly kind: "name-owner"; readonly name: string }
  | { readonly kind: "zone-operator"; readonly zone: string | undefined }
  | { readonly kind: "server-operator"; readonly server: string }
  | { readonly kind: "resolver-operator"; readonly server: string }
  | { readonly kind: "mail-server"; readonly ip: string }
  | { readonly kind: "service-customer"; readonly service: string }
  | { readonly kind: "network-operator" }
  | { readonly kind: "checker" };

/**
 * A request to people for a PTR, where no API takes one: a typed value that is rendered as text, never submitted.
 */
import type { Family } from "../../cloud";

/** What the people are asked to do. */
export type Ask =
  | { readonly kind: "ptr" }
  | { readonly kind: "ptr+port25" }
  | { readonly kind: "rfc2317"; readonly cidr: string; readonly nameServers: readonly string[] }
  | { readonly kind: "removal" };

/** What an authoritative server answered, and when: the host name has the address. */
export interface ForwardAnswer {
  /** Name, address and port. */
  readonly server: string;
  readonly hostname: string;
  readonly address: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Shows that the forward record is there. */
export interface ForwardProof extends ForwardAnswer {
  /** The record for people: `mail.example.com. A 203.0.113.7`. */
  readonly answer: string;
}

export interface TicketAddress {
  readonly address: string;
  readonly family: Family;
  readonly hostname: string;
  readonly arpa: string;
  /** IPv6 written out in full, all 32 digits; absent for IPv4. */
  readonly fullAddress?: string;
  /** The names that the PTR has now, plain ASCII; empty: none; undefined: not known. */
  readonly currentPtrs?: readonly string[];
  /** The same for people, joined by commas; null: none; undefined: not known. */
  readonly currentPtr?: string | null;
  readonly proof?: ForwardProof;
}

/** Where the text goes. */
export interface TicketRoute {
  /** How: "support ticket", "web form", "service request", "mail". */
  readonly by: string;
  readonly url?: string;
  readonly department?: string;
  /** From whose account it must be sent. */
  readonly account: string;
}

/** What only the sender of the ticket knows. One line each; never invented, left out where not given. */
export interface TicketDetails {
  /** The server or service as the provider's panel names it. */
  readonly service?: string;
  /** Account number, customer number or PIN, where the provider wants one. */
  readonly account?: string;
  /** Where the provider may answer. */
  readonly email?: string;
  /** What mail is sent and to whom. */
  readonly purpose?: string;
  /** Messages a day. */
  readonly volume?: string;
  /** Mail server software. */
  readonly mta?: string;
  /** Where complaints go. */
  readonly abuse?: string;
  /** What keeps spam from leaving: authenticated senders only, opt-in, unsubscribe ... */
  readonly controls?: string;
  /** What was tried before, with the error that the panel or API gave. */
  readonly tried?: string;
}

export type TicketDetail = keyof TicketDetails;

/** What to send when nothing happens. */
export interface Reminder {
  /** One line, ASCII. */
  readonly subject: string;
  /** Lines, ASCII. Names the day of the request, so that it stays true however late it is sent. */
  readonly body: string;
}

export interface Ticket {
  readonly provider: string;
  readonly title: string;
  readonly route: TicketRoute;
  readonly ask: Ask;
  /** Those of which something is left to ask; all of them when it is `done`. */
  readonly addresses: readonly TicketAddress[];
  readonly details?: TicketDetails;
  /**
   * `ready`: may be sent. `blocked`: must not be sent yet, `missing` says what must come first. `done`: DNS already shows
   * all that is asked, there is nothing to send.
   */
  readonly state: "ready" | "blocked" | "done";
  readonly missing: readonly string[];
  /** What the provider requires of the account or the server; only the reader can check it. */
  readonly prerequisites?: readonly string[];
  /** One line, ASCII. */
  readonly subject: string;
  /** Lines, ASCII; empty unless `ready`. */
  readonly body: string;
  /** The form's own words -> what to enter, where the provider has a form. */
  readonly fields: Readonly<Record<string, string>>;
  /** When the provider was asked, ISO 8601, UTC; absent: not asked yet. */
  readonly since?: string;
  /** Days after `since` from which on the reminder is due; with `since`. */
  readonly remindAfterDays?: number;
  /** With `since`. */
  readonly reminder?: Reminder;
  /** The whole as text for people, as the command prints it: where it goes, what to enter, what to send. */
  readonly text?: string;
}

/**
 * A request to people for a PTR, where no API takes one: a typed value that is rendered as text, never submitted.
 */
import type { Family } from "../clouds/cloud";

/** What the people are asked to do. */
export type Ask =
  | { readonly kind: "ptr" }
  | { readonly kind: "ptr+port25" }
  | { readonly kind: "rfc2317"; readonly cidr: string; readonly nameServers: readonly string[] }
  | { readonly kind: "removal" };

/** Shows that the forward record is there: what an authoritative server answered, and when. */
export interface ForwardProof {
  readonly server: string;
  readonly answer: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface TicketAddress {
  readonly address: string;
  readonly family: Family;
  readonly hostname: string;
  readonly arpa: string;
  /** null: none; undefined: not known. */
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

export interface Ticket {
  readonly provider: string;
  readonly title: string;
  readonly route: TicketRoute;
  readonly ask: Ask;
  readonly addresses: readonly TicketAddress[];
  /** `ready`: may be sent. `blocked`: must not be sent yet, `missing` says what must come first. */
  readonly state: "ready" | "blocked";
  readonly missing: readonly string[];
  /** One line, ASCII. */
  readonly subject: string;
  /** Lines, ASCII; empty while `blocked`. */
  readonly body: string;
  /** The form's own words -> what to enter, where the provider has a form. */
  readonly fields: Readonly<Record<string, string>>;
}

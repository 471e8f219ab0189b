/**
 * Who sends, by the word of a mail server's configuration, of a message, or of a domain's SPF and MX. Plain values: what
 * reads files or asks DNS for them is elsewhere.
 */

/** The place of a statement in a file. */
export interface Place {
  /** As it was given. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** One address that mail leaves by, with the name that the server says there. */
export interface Sender {
  /** Canonical text; a block in CIDR notation where a whole network may send. */
  readonly address: string;
  /** What the server says in EHLO or HELO, canonical; null: not known, or no name at all (an address literal). */
  readonly name: string | null;
  /**
   * What the server says in EHLO or HELO where that is no name that can be expected of a PTR: `[192.0.2.1]`,
   * `localhost`, `mail_1.example.com`. As it was read.
   * @default the name
   */
  readonly helo?: string;
  /** The name that the PTR must be, where another one is planned than the server says. @default the name */
  readonly ptr?: string;
  /** @default not from a file */
  readonly place?: Place;
  /** The very line that keeps mail from leaving by this address: `inet_protocols = ipv4`. @default not known */
  readonly switchOff?: string;
  /** Addresses outside of NAT that mail arrives at; whether it leaves by them is not said. @default not known */
  readonly arrivesAt?: readonly string[];
}

/** What may send, but cannot be known from the input alone. */
export interface LeftOut {
  /** What it is about: `smtp_bind_address`, `include:%{i}.example.com`. Not escaped. */
  readonly what: string;
  /** Why, and what to do, in words that follow `what`. Not escaped. */
  readonly why: string;
  /** @default no place in a file */
  readonly place?: Place;
}

/** Everything that was found, in the order found. */
export interface FoundSenders {
  readonly senders: readonly Sender[];
  readonly leftOut: readonly LeftOut[];
}

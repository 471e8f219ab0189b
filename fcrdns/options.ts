/** Arguments of `verify` and `verifyAll`: DNS servers to query (settings), what to expect, and the environment. */

import type { Transport } from "./ask/transport";
import type { DnsSettings } from "./settings";

/** The clock, passed in so that tests need not wait. */
export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number;
  /** UTC milliseconds since 1970, for "until when". */
  utc(): number;
  /** Resolves after `ms` milliseconds or as soon as `signal` aborts (never rejects). */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Progress while `verify` waits. All DNS text in it is escaped. */
export interface Progress {
  readonly ip: string;
  readonly expected: string | null;
  /** 1 for the first round. */
  readonly round: number;
  readonly elapsedSeconds: number;
  readonly servers: { readonly asked: number; readonly agreed: number };
  /** What is still wrong, one sentence per server: `ns2.example.net 192.0.2.53:53 answers NXDOMAIN to ... PTR`. */
  readonly waitingFor: readonly string[];
  /** Seconds until the next round. */
  readonly nextInSeconds: number;
}

export interface VerifyOptions extends DnsSettings {
  /** The host name that the PTR must be, any case, with or without final dot. @default null, any confirmed name passes */
  readonly expected?: string | null;
  /**
   * What the mail server says in EHLO or HELO when it sends from the address: any text. That it is not the PTR, generic or no
   * host name is a finding; it fails the address unless it is the PTR or has the address itself. `iprev` does not change.
   * @default null, not known
   */
  readonly helo?: string | null;
  /**
   * The domain whose organisation sends: a finding of level info then says whether the PTR's name has the same registered
   * domain, or is a mail service's. The status does not change.
   * @default null, not said
   */
  readonly domain?: string | null;
  /**
   * Fails the address if its host name has an address of the other family (AAAA beside A, A beside AAAA) that does not
   * round-trip. `iprev` does not change; without this option there is only the finding `other-family-uncovered`.
   * @default false
   */
  readonly everyFamily?: boolean;
  /** Stops the check early; the verdict is then what is known so far. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** How queries are sent. @default UDP and TCP sockets */
  readonly transport?: Transport;
  /** @default the system's */
  readonly clock?: Clock;
  /** Numbers in [0, 1) for ids, 0x20 case and jitter. @default a cryptographic source */
  readonly random?: () => number;
}

export interface VerifyAllOptions extends VerifyOptions {
  /** Addresses checked at the same time. @default 50 */
  readonly concurrency?: number;
}

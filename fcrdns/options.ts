/** Arguments of `verify` and `verifyAll`: whom to ask (settings), what to expect, and the world outside, handed in. */

import type { Transport } from "./ask/transport";
import type { DnsSettings } from "./settings";

/** Time, handed in so that tests need not wait. */
export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number;
  /** UTC milliseconds since 1970, for "until when". */
  utc(): number;
  /** Resolves after `ms` milliseconds or as soon as `signal` aborts (never rejects). */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** One line of news while `verify` waits. All DNS text in it is escaped. */
export interface Progress {
  readonly ip: string;
  readonly expected: string | null;
  /** 1 for the first round. */
  readonly round: number;
  readonly elapsedSeconds: number;
  readonly servers: { readonly asked: number; readonly agreed: number };
  /** What is still wrong, one sentence a server: `ns2.example.net 192.0.2.53:53 answers NXDOMAIN to ... PTR`. */
  readonly waitingFor: readonly string[];
  /** Seconds until the next round. */
  readonly nextInSeconds: number;
}

export interface VerifyOptions extends DnsSettings {
  /** The host name that the PTR must be, any case, with or without final dot. @default null, any confirmed name is good */
  readonly expected?: string | null;
  /**
   * Fails the address where its host name has an address of the other family (AAAA beside A, A beside AAAA) that does not
   * round-trip. `iprev` stays what it is; without this it is the finding `other-family-uncovered` alone.
   * @default false
   */
  readonly everyFamily?: boolean;
  /** Ends the asking early; the verdict is then what is known so far. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** How queries travel. @default UDP and TCP sockets */
  readonly transport?: Transport;
  /** @default the system's */
  readonly clock?: Clock;
  /** Numbers in [0, 1) for ids, 0x20 case and jitter. @default a cryptographic source */
  readonly random?: () => number;
}

export interface VerifyAllOptions extends VerifyOptions {
  /** Addresses in work at the same time. @default 50 */
  readonly concurrency?: number;
}

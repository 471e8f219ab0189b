/**
 * Everything outside the command: its input and output, the clock, files, other programs and the network. Passed in, so
 * that a test controls all of it.
 */
import type { RecordLookups } from "../fcrdns/look-up-records";
import type { Clock, VerifyAllOptions } from "../fcrdns/options";
import type { DnsSettings } from "../fcrdns/settings";
import type { Verdict } from "../fcrdns/verdict";

export interface Output {
  /** Whether a person may be watching. */
  readonly isTerminal: boolean;
  /** Characters in a line of the terminal. */
  readonly columns: number;
  /** Resolves when there is room for more; to false when no more can be written. Never rejects. */
  write(text: string): Promise<boolean>;
  /**
   * Why a write failed: the code of the system call (`ENOSPC`). Null also if the reader closed the pipe (`EPIPE`), as
   * `head` does.
   */
  readonly failure: string | null;
}

export interface AddressToCheck {
  readonly ip: string;
  readonly expected?: string | null;
  readonly helo?: string | null;
}

/** The checker, loaded only when something is to be checked. */
export interface Checker {
  /** Verdicts in the order of `addresses`, which are taken as they are needed. */
  verifyAll(addresses: Iterable<AddressToCheck>, options: VerifyAllOptions): AsyncIterable<Verdict>;
}

export type ProgramEnd =
  | { readonly kind: "ended"; readonly status: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: "not-found" };

export type PostEnd = { readonly ok: true } | { readonly ok: false; readonly why: string };

export interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export interface Listening {
  /** `http://127.0.0.1:9110`. */
  readonly url: string;
  close(): Promise<void>;
}

export interface Environment {
  readonly stdin: AsyncIterable<string | Uint8Array>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** Rejects with an error whose `code` is that of the system call. */
  readFile(path: string): Promise<string>;
  /** The names in a folder. Rejects as {@link readFile} does. */
  readFolder(path: string): Promise<string[]>;
  appendFile(path: string, text: string): Promise<void>;
  /** Calls `listener` at the first request to stop (Ctrl-C, SIGTERM). @returns a function that ends this */
  onStop(listener: () => void): () => void;
  /** Runs a program without a shell and waits for its end. */
  runProgram(program: string, args: readonly string[]): Promise<ProgramEnd>;
  /** Sends JSON over HTTP. Never rejects. */
  postJson(url: string, body: string, timeoutMs: number): Promise<PostEnd>;
  /** Serves pages over HTTP; rejects when the address cannot be bound. */
  servePages(address: string, port: number, page: (path: string) => Page): Promise<Listening>;
  checker(): Promise<Checker>;
  /** Look-ups of records in the DNS that the settings say, until the signal. */
  recordLookups(settings: DnsSettings, signal: AbortSignal): Promise<RecordLookups>;
}

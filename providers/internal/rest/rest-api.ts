/**
 * What an API that sets PTRs must define: one file per API. The session underneath sends, retries and explains;
 * the file says which requests mean read, write and reset, and what the API's own errors ask of the reader.
 */
import type { Family } from "../../cloud";
import type { Shape } from "./shape";

/** A secret or name that the API wants, and where the user puts it. */
export interface Credential {
  /** `token`, `user`, `password` ... */
  readonly name: string;
  /** Key of the stack's config: `hostinger:token`. */
  readonly config: string;
  /** Environment variable, as the vendor's own tools call it where they do. */
  readonly environment: string;
  /** A name, no secret: it may stand in the config in the clear. @default false */
  readonly open?: true;
}

export type Credentials = Readonly<Record<string, string>>;

/** One request. `path` is appended to the API's address. */
export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  /** What a 2xx answer must be; one that is not is no answer of the API. @default any JSON, or no body */
  readonly shape?: Shape;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
}

/** A final answer: not a transient error. */
export interface Answer {
  readonly status: number;
  /** The parsed JSON; undefined where there is none. */
  readonly body: unknown;
  /** The body where it is no JSON. */
  readonly text?: string;
  /** Where a redirect points to. */
  readonly location?: string;
}

/** What an API says about its own error. */
export interface ApiProblem {
  /** `PTR_RECORD_INVALID`, where the API has such words. */
  readonly code?: string;
  readonly message?: string;
}

/** The PTR that is meant. */
export interface Target {
  /** Canonical text. */
  readonly address: string;
  readonly family: Family;
  /** What the user said besides: `virtualMachine`, `ipv6Range` ... */
  readonly settings: Readonly<Record<string, string>>;
}

/** The address is not (or no longer) in the account of the credentials. */
export interface NoAddress {
  readonly kind: "no-address";
  /** The answer that said so, or our own words where the address was missing in a list. */
  readonly why: Answer | string;
}

export interface Session {
  /**
   * Sends one request; retries transient errors (429, 5xx, no answer).
   * @returns the answer, whatever its status; rejects with {@link RestPtrError} when there is none, when a 2xx is not the
   * API's ({@link Call.shape}), and when the API has refused the credentials before in this run
   */
  call(call: Call): Promise<Answer>;
  /** The error for an answer that ends it, in the API's and in our words. */
  refused(answer: Answer): Error;
  /** The error for an address that is not in the account. */
  noAddress(found: NoAddress): Error;
  /** The error for a change that was accepted but does not show; `said` as in "still shows old.example.net". */
  unfinished(said: string): Error;
  /** Text of the API, fit to print. */
  printable(text: string): string;
  /** Milliseconds of waiting, for APIs that do their work later. */
  pause(milliseconds: number): Promise<void>;
}

/**
 * Gets a token by OAuth 2.0 (RFC 6749 section 5), where credentials are no token yet. The only call without the token.
 * @returns the headers that carry it; rejects with what the vendor says and the next step
 */
export type Exchange = (form: Readonly<Record<string, string>>) => Promise<Authorization>;

export interface Authorization {
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds that it may be used again. @default the whole run */
  readonly lastsSeconds?: number;
  /** It was fetched with the credentials, and another one can be when it is no longer taken. @default false */
  readonly fetched?: true;
}

export interface RestApi {
  /** As people write it. */
  readonly title: string;
  /** The vendor's own address, without final slash. */
  readonly endpoint: string;
  /** Where tokens are handed out, if anywhere. */
  readonly tokenEndpoint?: string;
  /** Sets of credentials, any one of which will do; the first is the one to recommend. */
  readonly credentials: readonly (readonly Credential[])[];
  /** Settings that {@link Target} may carry. */
  readonly settings: readonly string[];
  /** Headers of every request. */
  authorize(credentials: Credentials, exchange: Exchange): Promise<Authorization>;
  /** What to do when the credentials are refused at the token endpoint, where there is one. */
  readonly tokenAdvice?: string;
  /** Headers that differ with each request. */
  readonly eachRequest?: () => Readonly<Record<string, string>>;
  /** The PTR as the API has it; null: none. */
  read(session: Session, target: Target): Promise<string | null | NoAddress>;
  /** Sets the PTR, whether there was one or not; doing it again changes nothing. The caller reads it back. */
  write(session: Session, target: Target, hostname: string): Promise<void>;
  /**
   * Takes the PTR away, or puts `previous` back where the API cannot delete. The caller reads it back.
   * @returns `stays` when the API can do neither
   */
  reset(session: Session, target: Target, previous: string | null): Promise<"done" | "stays">;
  /** The API's own words in an answer that is an error. */
  problem(answer: Answer): ApiProblem;
  /** What to do about an error, by the API's code or by status (`"401"`). */
  readonly advice: Readonly<Record<string, string>>;
  /** Seconds to wait, when the answer means "too many requests" without saying so in its status. */
  readonly busySeconds?: (answer: Answer) => number | undefined;
}

/** A member of parsed JSON; undefined where the shape is another. */
export function member(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? (inner as Record<string | number, unknown>)[key] : undefined,
    value,
  );
}

export function textMember(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = member(value, ...path);
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** Several sentences of an API as one; undefined when there is none. */
export function sentences(...texts: readonly unknown[]): string | undefined {
  const given = texts.filter((text): text is string => typeof text === "string" && text.trim() !== "");
  const different = [...new Set(given.map((text) => text.trim().replace(/\.$/, "")))];
  return different.length === 0 ? undefined : different.join("; ");
}

export function listMember(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = member(value, ...path);
  return Array.isArray(found) ? found : [];
}

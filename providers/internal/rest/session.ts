/** The way to one API: who we are, retries of transient errors, timeouts, and errors that say what to do. */
import { isIPv4 } from "node:net";
import { described, nextStep, strangerNextStep, tokenNextStep, wordsOf } from "./advice";
import { type NoAnswer, noAnswer } from "./no-answer";
import { printable } from "./printable";
import {
  type Answer,
  type Authorization,
  type Call,
  type Credentials,
  member,
  type RestApi,
  type Session,
} from "./rest-api";
import { RestPtrError } from "./rest-ptr-error";
import { type FirstOutcome, RunMemory } from "./run-memory";
import { anyBody, object, type Shape, text } from "./shape";

export interface SessionOptions {
  /** @default the vendor's */
  readonly endpoint?: string;
  /** @default the vendor's */
  readonly tokenEndpoint?: string;
  readonly credentials: Credentials;
  /** How often one request is sent before it counts as failed. @default 5 */
  readonly tries?: number;
  /** Seconds that one request may take. @default 30 */
  readonly timeoutSeconds?: number;
  /** What is being done, for errors: "set the PTR of 203.0.113.7 to mail.example.com". */
  readonly purpose: string;
  /** What this run knows of the credentials. @default nothing, and nobody else learns of it */
  readonly memory?: RunMemory;
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch;
  /** @default the system's */
  readonly clock?: Clock;
  /** Number in [0, 1) for jitter. @default Math.random */
  readonly random?: () => number;
}

export interface Clock {
  /** UTC milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

const DEFAULT_TRIES = 5;
const DEFAULT_TIMEOUT_SECONDS = 30;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 15_000;
/** Who asks for a longer pause (Retry-After) is not waited for within one run. */
const MAX_REQUESTED_PAUSE_MS = 60_000;
/** How long a token is used that does not say how long it lasts (RFC 6749 section 5.1 recommends that it does). */
const UNSTATED_TOKEN_SECONDS = 120;

const AGAIN = "run this again; it works whether or not the last request took effect";

const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
};

/** What came of one attempt. */
type Attempt =
  | { readonly kind: "answer"; readonly answer: Answer }
  /** No attempt will end otherwise. */
  | { readonly kind: "hopeless"; readonly failure: NoAnswer }
  /** It may be transient. */
  | {
      readonly kind: "again";
      readonly why: string;
      readonly waitMs?: number;
      readonly nextStep?: string;
      /** It was sent, and what became of it is not known: no answer, or one of a gateway in between. */
      readonly unanswered?: boolean;
      /** Nobody answered at all. */
      readonly unreachable?: boolean;
    };

/** Where a request goes, and under which argument the user can change that. */
interface Destination {
  readonly url: string;
  readonly endpoint: string;
  readonly setting: "endpoint" | "tokenEndpoint";
}

/** RFC 6749 section 5.1. */
const tokenShape: Shape = object({ access_token: (body) => text(body) && body !== "" });

/** Opens the way to an API. Nothing is sent until the first call. */
export function openSession(api: RestApi, options: SessionOptions): Session {
  const { purpose, credentials } = options;
  const clock = options.clock ?? systemClock;
  const endpoint = checkedEndpoint(api, options.endpoint ?? api.endpoint);
  const tokenEndpoint = checkedEndpoint(api, options.tokenEndpoint ?? api.tokenEndpoint ?? api.endpoint);
  const memory = (options.memory ?? new RunMemory()).of(
    JSON.stringify([api.title, endpoint, tokenEndpoint, credentials]),
  );
  for (const secret of Object.values(credentials)) memory.secrets.add(secret);
  const shown = (words: string): string => printable(words, memory.secrets);

  async function request(call: Call, to: Destination, headers: Readonly<Record<string, string>>): Promise<Attempt> {
    const body = bodyOf(call);
    const timeoutSeconds = options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;
    try {
      const response = await (options.fetch ?? fetch)(to.url, {
        method: call.method,
        headers: { accept: "application/json", ...body.headers, ...headers, ...api.eachRequest?.() },
        ...(body.text !== undefined && { body: body.text }),
        // A redirect would carry the credentials to somebody else.
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutSeconds * 1000),
      });
      const answer = await answerOf(response);
      const busySeconds = api.busySeconds?.(answer);
      if (busySeconds !== undefined) return { kind: "again", why: "too many requests", waitMs: busySeconds * 1000 };
      if (response.status !== 429 && response.status < 500) return { kind: "answer", answer };
      const waitMs = retryAfter(response.headers.get("retry-after"), clock.now());
      const unanswered = response.status >= 500;
      return { kind: "again", why: described(api, answer), unanswered, ...(waitMs !== undefined && { waitMs }) };
    } catch (error) {
      const failure = noAnswer(error, timeoutSeconds);
      if (!failure.passing) return { kind: "hopeless", failure };
      return {
        kind: "again",
        why: failure.why,
        unanswered: failure.sent,
        unreachable: true,
        ...(failure.nextStep !== undefined && { nextStep: failure.nextStep }),
      };
    }
  }

  function unreachable(why: string, next: string, to: Destination, uncertain: boolean): Unreachable {
    const { host } = new URL(to.url);
    const said = `${api.title} (${host}) could not ${purpose}: ${why}.\nFix: ${next}.`;
    return new Unreachable(said, uncertain, { why, next, to });
  }

  /** Tries until there is a final answer, with growing pauses, or as the API asks in Retry-After (RFC 9110 section 10.2.3). */
  async function withRetry(attempt: () => Promise<Attempt>, to: Destination, changes: boolean): Promise<Answer> {
    const tries = Math.max(1, options.tries ?? DEFAULT_TRIES);
    const { host } = new URL(to.url);
    let unanswered = false;
    for (let n = 1; ; n++) {
      const result = await attempt();
      if (result.kind === "answer") return result.answer;
      if (result.kind === "hopeless") {
        throw unreachable(shown(result.failure.why), result.failure.nextStep ?? AGAIN, to, false);
      }
      unanswered ||= result.unanswered === true;
      if (result.waitMs !== undefined && result.waitMs > MAX_REQUESTED_PAUSE_MS) {
        const until = new Date(clock.now() + result.waitMs).toISOString().slice(0, 16).replace("T", " ");
        throw new RestPtrError(
          `${api.title} (${host}) will not ${purpose} now: ${shown(result.why)}, and asks to wait ` +
            `${Math.ceil(result.waitMs / 1000)} s.\nFix: run this again after ${until} UTC.`,
          changes && unanswered,
        );
      }
      if (n >= tries) {
        const why = `${shown(result.why)} (${n} ${n === 1 ? "try" : "tries"})`;
        const error = unreachable(why, result.nextStep ?? AGAIN, to, changes && unanswered);
        throw result.unreachable ? error : new RestPtrError(error.message, error.uncertain);
      }
      await clock.sleep(result.waitMs ?? pauseMs(n, options.random ?? Math.random));
    }
  }

  /** @throws RestPtrError for a 2xx that is not the API's */
  function checked(answer: Answer, shape: Shape, to: Destination, changes: boolean): Answer {
    const isSuccess = answer.status >= 200 && answer.status < 300;
    if (!isSuccess || (answer.text === undefined && shape(answer.body))) return answer;
    throw stranger(answer, to, changes);
  }

  function stranger(answer: Answer, to: Destination, changes: boolean): RestPtrError {
    const words = wordsOf(answer);
    return new RestPtrError(
      `${api.title} (${new URL(to.url).host}) could not ${purpose}: HTTP ${answer.status}, but the body is not ` +
        `an answer of its API${words === undefined ? "" : `: ${shown(words)}`}.\n` +
        `Fix: ${strangerNextStep(api, to.endpoint, to.setting)}.`,
      changes,
    );
  }

  async function exchange(form: Readonly<Record<string, string>>): Promise<Authorization> {
    const to: Destination = { url: tokenEndpoint, endpoint: tokenEndpoint, setting: "tokenEndpoint" };
    const call: Call = { method: "POST", path: "", form };
    const answer = checked(await withRetry(() => request(call, to, {}), to, false), tokenShape, to, false);
    if (answer.status < 200 || answer.status >= 300) {
      const code = member(answer.body, "error");
      const words = member(answer.body, "error_description") ?? wordsOf(answer);
      const status = `HTTP ${answer.status}${typeof code === "string" && code !== words ? ` ${code}` : ""}`;
      const said = answer.location === undefined ? words : `a redirect to ${answer.location}`;
      throw new Refused({
        said: shown(`it gave no token: ${typeof said === "string" ? `${said} (${status})` : status}`),
        nextStep: tokenNextStep(api, answer, tokenEndpoint),
      });
    }
    const token = String(member(answer.body, "access_token"));
    const refreshToken = member(answer.body, "refresh_token");
    if (typeof refreshToken === "string") memory.secrets.add(refreshToken);
    const lasts = Number(member(answer.body, "expires_in"));
    return {
      headers: { authorization: `Bearer ${token}` },
      lastsSeconds: Number.isFinite(lasts) && lasts > 0 ? lasts : UNSTATED_TOKEN_SECONDS,
      fetched: true,
    };
  }

  /** One call with the run's token; a token that is no longer taken is fetched once more. */
  async function authorizedCall(call: Call): Promise<Answer> {
    const to: Destination = { url: `${endpoint}${call.path}`, endpoint, setting: "endpoint" };
    const changes = call.method !== "GET";
    for (let again = false; ; again = true) {
      const authorization = memory.authorization(clock.now, () => api.authorize(credentials, exchange));
      const { headers, fetched } = await authorization;
      for (const value of Object.values(headers)) memory.secrets.add(value.replace(/^\w+ /, ""));
      const answer = await withRetry(() => request(call, to, headers), to, changes);
      // "No such address" takes a PTR out of the state: a page that somebody else's server sends does not.
      if (answer.status === 404 && answer.text !== undefined) throw stranger(answer, to, changes);
      if (answer.status !== 401 || !fetched || again) return checked(answer, call.shape ?? anyBody, to, changes);
      memory.forget(authorization);
    }
  }

  function learned(result: { readonly value: Answer } | { readonly error: unknown }): FirstOutcome {
    if ("value" in result) {
      if (result.value.status !== 401) return { kind: "accepted" };
      return {
        kind: "refused",
        refusal: { said: shown(described(api, result.value)), nextStep: nextStep(api, result.value, endpoint) },
      };
    }
    if (result.error instanceof Refused) return { kind: "refused", refusal: result.error.refusal };
    if (result.error instanceof Unreachable) return { kind: "unreachable", error: result.error };
    return { kind: "unknown" };
  }

  const refusedBecause = (said: string, next: string): RestPtrError =>
    new RestPtrError(`${api.title} refused to ${purpose}: ${said}.\nFix: ${next}.`);

  return {
    call: (call) =>
      memory
        .send(
          () => authorizedCall(call),
          learned,
          ({ said, nextStep: next }) =>
            refusedBecause(
              `${said}; the same credentials were already rejected in this run and are not sent again`,
              next,
            ),
          (error) =>
            error instanceof Unreachable
              ? unreachable(
                  `${error.found.why}; found by another request of this run`,
                  error.found.next,
                  error.found.to,
                  false,
                )
              : error,
        )
        .catch((error: unknown) => {
          throw error instanceof Refused ? refusedBecause(error.refusal.said, error.refusal.nextStep) : error;
        }),
    refused: (answer) => refusedBecause(shown(described(api, answer)), nextStep(api, answer, endpoint)),
    noAddress: ({ why }) =>
      typeof why === "string"
        ? refusedBecause(shown(why), nextStep(api, { status: 404, body: undefined }, endpoint))
        : refusedBecause(shown(described(api, why)), nextStep(api, why, endpoint)),
    unfinished: (said) =>
      new RestPtrError(
        `${api.title} accepted the request to ${purpose}, but ${shown(said)}.\n` +
          `Fix: look at the address in ${api.title}'s panel and run this again in a few minutes; if nothing has changed, ask ` +
          `${api.title}'s support.`,
        true,
      ),
    printable: shown,
    pause: (milliseconds) => clock.sleep(milliseconds),
  };
}

/** The endpoint that hands out tokens gave none; worded for each address by its own session. */
class Refused extends Error {
  public constructor(public readonly refusal: { readonly said: string; readonly nextStep: string }) {
    super(refusal.said);
  }
}

/** Nobody answered; the others that wait for this request need not find it out again. */
class Unreachable extends RestPtrError {
  public constructor(
    message: string,
    uncertain: boolean,
    public readonly found: { readonly why: string; readonly next: string; readonly to: Destination },
  ) {
    super(message, uncertain);
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const content = await response.text();
  const location = headers.get("location");
  const isSuccess = status >= 200 && status < 300;
  // Errors come from anybody and in any dress; a success counts only as what the API sends.
  const isJson = !isSuccess || /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(headers.get("content-type") ?? "");
  const body = isJson ? parsed(content) : undefined;
  return {
    status,
    body,
    ...(body === undefined && content.trim() !== "" && { text: content }),
    ...(location !== null && status >= 300 && status < 400 && { location }),
  };
}

function pauseMs(failures: number, random: () => number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), MAX_PAUSE_MS) * (0.75 + random() / 2);
}

/** Milliseconds from Retry-After, which is a number of seconds or a date. */
function retryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function bodyOf(call: Call): { readonly text?: string; readonly headers: Readonly<Record<string, string>> } {
  if (call.form !== undefined) {
    return {
      text: new URLSearchParams({ ...call.form }).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    };
  }
  if (call.json !== undefined) {
    return { text: JSON.stringify(call.json), headers: { "content-type": "application/json" } };
  }
  return { headers: {} };
}

function parsed(content: string): unknown {
  try {
    return content === "" ? undefined : JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** Secrets travel by TLS, or not beyond this machine. */
function checkedEndpoint(api: RestApi, endpoint: string): string {
  const problem = endpointProblem(endpoint);
  if (problem !== undefined) throw new RestPtrError(`${api.title}: endpoint ${problem}.`);
  return endpoint.replace(/\/+$/, "");
}

/** Why an endpoint cannot be used; undefined: it can. */
export function endpointProblem(endpoint: string): string | undefined {
  if (!URL.canParse(endpoint))
    return `${JSON.stringify(endpoint)} is not a URL: give one such as https://api.example.com`;
  const { protocol, hostname, username, password } = new URL(endpoint);
  if (username !== "" || password !== "") return "contains a password: put it into the stack's secret config instead";
  const here = hostname === "localhost" || hostname === "[::1]" || (isIPv4(hostname) && hostname.startsWith("127."));
  if (protocol === "https:" || (protocol === "http:" && here)) return undefined;
  return `${endpoint} would send the credentials in the clear: give an https URL`;
}

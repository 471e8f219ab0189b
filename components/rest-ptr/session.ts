/** The way to one API: who we are, retries of what time may mend, timeouts, and errors that say what to do. */
import { isIPv4 } from "node:net";
import { forTerminal } from "../../fcrdns/escape";
import type { Answer, Authorization, Call, Credentials, Exchange, RestApi, Session } from "./rest-api";
import { RestPtrError } from "./rest-ptr-error";

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
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch;
  /** @default the system's */
  readonly clock?: {
    /** UTC milliseconds. */
    now(): number;
    sleep(milliseconds: number): Promise<void>;
  };
  /** Number in [0, 1) for jitter. @default Math.random */
  readonly random?: () => number;
}

const DEFAULT_TRIES = 5;
const DEFAULT_TIMEOUT_SECONDS = 30;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** Who asks for a longer pause (Retry-After) is not waited for within one run. */
const LONGEST_REQUESTED_PAUSE_MS = 60_000;

const systemClock = {
  now: () => Date.now(),
  sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
};

/** What came of one attempt. */
type Attempt =
  | { readonly kind: "answer"; readonly answer: Answer }
  /** Time may mend it. */
  | {
      readonly kind: "again";
      readonly why: string;
      readonly waitMs?: number;
      /** It was sent, and what became of it is not known: no answer, or one of a gateway in between. */
      readonly unanswered?: boolean;
    };

/** Opens the way to an API. Nothing is sent until the first call. */
export function openSession(api: RestApi, options: SessionOptions): Session {
  const clock = options.clock ?? systemClock;
  const endpoint = checkedEndpoint(api, options.endpoint ?? api.endpoint);
  const tokenEndpoint = checkedEndpoint(api, options.tokenEndpoint ?? api.tokenEndpoint ?? api.endpoint);
  let authorization: Promise<Authorization> | undefined;

  const exchange: Exchange = (url, form) =>
    insistently(url, () => attempt({ method: "POST", path: "", form }, url, {}), options, api, clock, false);

  const authorized = (): Promise<Authorization> => {
    authorization ??= reusable(`${api.title} ${tokenEndpoint} ${JSON.stringify(options.credentials)}`, clock, () =>
      api.authorize(options.credentials, exchange, tokenEndpoint),
    );
    return authorization;
  };

  async function attempt(call: Call, url: string, headers: Readonly<Record<string, string>>): Promise<Attempt> {
    const body = bodyOf(call);
    try {
      const response = await (options.fetch ?? fetch)(url, {
        method: call.method,
        headers: { accept: "application/json", ...body.headers, ...headers, ...api.eachRequest?.() },
        ...(body.text !== undefined && { body: body.text }),
        // A redirect would carry the token to somebody else.
        redirect: "manual",
        signal: AbortSignal.timeout((options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000),
      });
      const answer = { status: response.status, body: parsed(await response.text()) };
      const busySeconds = api.busySeconds?.(answer);
      if (busySeconds !== undefined) return { kind: "again", why: "too many requests", waitMs: busySeconds * 1000 };
      if (response.status !== 429 && response.status < 500) return { kind: "answer", answer };
      const waitMs = retryAfter(response.headers.get("retry-after"), clock.now());
      const why = described(api, answer, options.credentials);
      const unanswered = response.status >= 500;
      return { kind: "again", why, unanswered, ...(waitMs !== undefined && { waitMs }) };
    } catch (error) {
      return { kind: "again", why: whyNoAnswer(error, options), unanswered: true };
    }
  }

  return {
    call: async (call) => {
      const { headers } = await authorized();
      const url = `${endpoint}${call.path}`;
      return insistently(url, () => attempt(call, url, headers), options, api, clock, call.method !== "GET");
    },
    refused: (answer) =>
      new RestPtrError(
        `${api.title} refused to ${options.purpose}: ${described(api, answer, options.credentials)}.\n` +
          `Next step: ${advice(api, answer)}.`,
      ),
    pause: (milliseconds) => clock.sleep(milliseconds),
  };
}

/** Tries until there is a final answer, with growing pauses, or as the API asks in Retry-After (RFC 9110 section 10.2.3). */
async function insistently(
  url: string,
  attempt: () => Promise<Attempt>,
  options: SessionOptions,
  api: RestApi,
  clock: NonNullable<SessionOptions["clock"]>,
  changes: boolean,
): Promise<Answer> {
  const tries = Math.max(1, options.tries ?? DEFAULT_TRIES);
  const { host } = new URL(url);
  let unanswered = false;
  for (let n = 1; ; n++) {
    const result = await attempt();
    if (result.kind === "answer") return result.answer;
    unanswered ||= result.unanswered === true;
    if (result.waitMs !== undefined && result.waitMs > LONGEST_REQUESTED_PAUSE_MS) {
      const until = new Date(clock.now() + result.waitMs).toISOString().slice(0, 16).replace("T", " ");
      throw new RestPtrError(
        `${api.title} (${host}) will not ${options.purpose} now: ${result.why}, and asks to wait ` +
          `${Math.ceil(result.waitMs / 1000)} s.\nNext step: run this again after ${until} UTC.`,
        changes && unanswered,
      );
    }
    if (n >= tries) {
      throw new RestPtrError(
        `${api.title} (${host}) could not be asked to ${options.purpose}: ${result.why} (${n} ${n === 1 ? "try" : "tries"}).\n` +
          "Next step: run this again; whether the last request took effect or not, the next run puts it right.",
        changes && unanswered,
      );
    }
    await clock.sleep(result.waitMs ?? pauseMs(n, options.random ?? Math.random));
  }
}

function pauseMs(failures: number, random: () => number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS) * (0.75 + random() / 2);
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

function parsed(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function whyNoAnswer(error: unknown, options: SessionOptions): string {
  if (error instanceof Error && error.name === "TimeoutError") {
    return `no answer within ${options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS} s`;
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return shown(`no answer: ${cause instanceof Error ? cause.message : String(cause)}${code}`, options.credentials);
}

function described(api: RestApi, answer: Answer, credentials: Credentials): string {
  const { code, message } = api.problem(answer);
  const status = [`HTTP ${answer.status}`, code].filter((word) => word !== undefined).join(" ");
  return shown(message === undefined ? status : `${message} (${status})`, credentials);
}

/** Text of an API on one line, without our own secrets: some echo them in their errors. */
function shown(text: string, credentials: Credentials): string {
  const hidden = Object.values(credentials)
    .filter((secret) => secret.length > 3)
    .reduce((rest, secret) => rest.replaceAll(secret, "[hidden]"), text);
  return forTerminal(hidden.replace(/\s+/g, " ").trim()).slice(0, 300).replace(/\.$/, "");
}

function advice(api: RestApi, answer: Answer): string {
  const { code } = api.problem(answer);
  const known = code === undefined ? undefined : api.advice[code];
  if (known !== undefined) return known;
  const keys = (api.credentials[0] ?? []).map(({ config }) => config).join(", ");
  switch (answer.status) {
    case 401:
      return `set working credentials (${keys}) with \`pulumi config set --secret\``;
    case 403:
      return `give the credentials (${keys}) the right to change reverse DNS, or use those of the account that holds the address`;
    case 404:
      return "check that the address belongs to the account of these credentials";
    case 400:
    case 409:
    case 422:
      return "correct what the API names; the host name may have to resolve to the address first";
    default:
      return `look at ${api.title}'s status page, then run this again`;
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
  if (username !== "" || password !== "") return "carries a password: put it into the stack's secret config instead";
  const here = hostname === "localhost" || hostname === "[::1]" || (isIPv4(hostname) && hostname.startsWith("127."));
  if (protocol === "https:" || (protocol === "http:" && here)) return undefined;
  return `${endpoint} would send the credentials in the clear: give an https URL`;
}

const authorizations = new Map<string, { readonly until: number; readonly value: Promise<Authorization> }>();

/** Tokens are fetched once for all addresses of a run, not once an address. */
function reusable(
  key: string,
  clock: NonNullable<SessionOptions["clock"]>,
  authorize: () => Promise<Authorization>,
): Promise<Authorization> {
  const known = authorizations.get(key);
  if (known !== undefined && known.until > clock.now()) return known.value;
  const value = authorize();
  value.then(
    ({ lastsSeconds }) => {
      if (lastsSeconds !== undefined) authorizations.set(key, { until: clock.now() + lastsSeconds * 500, value });
    },
    () => authorizations.delete(key),
  );
  return value;
}

/** What an API says in an answer that ends the matter, and the next step that follows from it. */
import { type Answer, member, type RestApi, sentences } from "./rest-api";

/** Words for work that goes on at the vendor's; time ends it. */
const BUSY = /maintenance|in progress|in process|being processed|locked|\bbusy\b|pending|try again|temporarily/i;

/** The API's own words with the status, not yet fit to print: `message (HTTP 404 CODE)`. */
export function described(api: RestApi, answer: Answer): string {
  const { code, message } = api.problem(answer);
  const status = [`HTTP ${answer.status}`, code].filter((word) => word !== undefined).join(" ");
  const words = redirect(answer) ?? message ?? wordsOf(answer);
  return words === undefined ? status : `${words} (${status})`;
}

/** @param endpoint where the request went */
export function nextStep(api: RestApi, answer: Answer, endpoint: string): string {
  const { code } = api.problem(answer);
  const known = (code === undefined ? undefined : api.advice[code]) ?? api.advice[String(answer.status)];
  if (known !== undefined) return known;
  const keys = (api.credentials[0] ?? []).map(({ config }) => config).join(", ");
  const busy = isBusy(api, answer);
  const { status } = answer;
  if (status >= 300 && status < 400) return ELSEWHERE(api.title, endpoint);
  switch (status) {
    case 401:
      return `set working credentials (${keys}) with \`pulumi config set --secret\``;
    case 403:
      return `give the credentials (${keys}) permission to change reverse DNS, or use those of the account that has the address`;
    case 404:
      return "check that the address belongs to the account of these credentials";
    case 423:
      return AFTERWARDS(api.title);
    case 409:
      return busy
        ? AFTERWARDS(api.title)
        : `look at the address in ${api.title}'s panel: something there prevents the change; resolve it, then run this again`;
    case 400:
    case 422:
      return busy
        ? AFTERWARDS(api.title)
        : "correct what the API names; the host name may have to resolve to the address first";
    default:
      return busy ? AFTERWARDS(api.title) : `look at ${api.title}'s status page, then run this again`;
  }
}

function isBusy(api: RestApi, answer: Answer): boolean {
  const { code, message } = api.problem(answer);
  return BUSY.test(`${code ?? ""} ${message ?? wordsOf(answer) ?? ""}`);
}

/** For a refusal by the endpoint that hands out tokens. */
export function tokenNextStep(api: RestApi, answer: Answer, tokenEndpoint: string): string {
  const { status } = answer;
  if (status >= 300 && status < 400) return ELSEWHERE(api.title, tokenEndpoint, "tokenEndpoint");
  if (status === 404 || status === 405 || status === 410) {
    return `check \`tokenEndpoint\`: ${tokenEndpoint} issues no token${
      tokenEndpoint === api.tokenEndpoint ? "" : `; ${api.title}'s own is ${api.tokenEndpoint}`
    }`;
  }
  // 400, 401 and 403 speak of the credentials (RFC 6749 section 5.2), whatever their words.
  const waits = ![400, 401, 403].includes(status) && (status === 423 || isBusy(api, answer));
  return waits ? AFTERWARDS(api.title) : (api.tokenAdvice ?? nextStep(api, answer, tokenEndpoint));
}

/** For an answer that says yes but is not the API's. */
export function strangerNextStep(api: RestApi, endpoint: string, setting: "endpoint" | "tokenEndpoint"): string {
  const own = setting === "endpoint" ? api.endpoint : api.tokenEndpoint;
  return (
    `check what answers at ${endpoint}${endpoint === own ? "" : ` (\`${setting}\`; ${api.title}'s own is ${own})`}: ` +
    "a proxy or a network's sign-in page may be answering instead; then run this again"
  );
}

const AFTERWARDS = (title: string): string =>
  `wait until ${title} has finished the operation in the answer (see its panel or status page), then run this again`;

const ELSEWHERE = (title: string, endpoint: string, setting = "endpoint"): string =>
  `check \`${setting}\` (${endpoint}): redirects are not followed, because they would forward the credentials; if ${title} has moved ` +
  "set it to the new address, otherwise a proxy or a network's sign-in page answers instead";

function redirect({ status, location }: Answer): string | undefined {
  return status >= 300 && status < 400 && location !== undefined ? `a redirect to ${location}` : undefined;
}

/** Where the API's own form of error is not met: the usual members, the text of a page, or the answer as it is. */
export function wordsOf({ body, text }: Answer): string | undefined {
  if (text !== undefined) return pageWords(text);
  const usual = sentences(
    ...["message", "error_description", "errorMessage", "error_message", "detail", "title", "description", "error"].map(
      (name) => member(body, name),
    ),
    member(body, "error", "message"),
  );
  if (usual !== undefined) return usual;
  if (body === undefined || body === null || JSON.stringify(body).length <= 2) return undefined;
  return JSON.stringify(body);
}

/** What a page says: its title, else its text without the marks. */
function pageWords(page: string): string | undefined {
  const start = page.slice(0, 20_000);
  const title = /<title[^>]{0,200}>([^<]*)/i.exec(start)?.[1]?.trim();
  if (title !== undefined && title !== "") return title;
  const words = start
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, " ")
    .replace(/<[^>]{0,2000}>/g, " ")
    .trim();
  return words === "" ? undefined : words;
}

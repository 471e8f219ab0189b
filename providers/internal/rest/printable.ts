/**
 * The one place that makes a vendor's text fit to print. An answer may be anybody's: a proxy's page, an error that repeats
 * the password it was sent, text chosen to move the cursor or to command a CI system that reads the log.
 */
import { forTerminal } from "../../../fcrdns/report/escape";

/** Longer text is cut; an error is one line that people read. */
const LONGEST = 300;
/** Of an endless answer no more is looked at. */
const MAX_LOOKED_AT = 100_000;
const HIDDEN = "[hidden]";
/** Shorter ones would blank out ordinary words. */
const MIN_SECRET = 4;
/** Base64 of a part of a secret is recognised from this length on. */
const MIN_BASE64 = 8;

/** JSON web tokens (RFC 7519) and what follows the names under which OAuth and HTTP carry secrets. */
const TOKENS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/\beyJ[\w-]{5,}(?:\.[\w-]*){1,4}/g, HIDDEN],
  [/\b(bearer|basic)(\s+|%20|\+)(?=[\w+/~.=-]*[\d=])[\w+/~.=-]{8,}/gi, `$1 ${HIDDEN}`],
  [
    /\b((?:access|refresh|id)_?token|client_?secret|passw(?:or)?d|api_?key)(=|%3D|["']\s*:\s*["'])(?!\[hidden])[^\s"'&,;<>]+/gi,
    `$1$2${HIDDEN}`,
  ],
];

/** Commands that GitHub Actions takes from anywhere in a log, `::error::...`. */
const WORKFLOW_COMMANDS =
  /::(?=(?:add-mask|add-matcher|add-path|debug|echo|endgroup|error|group|notice|remove-matcher|save-state|set-env|set-output|stop-commands|warning)\b)/gi;

/**
 * One short line with nothing in it that acts on a terminal or a CI log, and without the secrets in any spelling: plain,
 * percent-encoded, as a form sends them, JSON or HTML escapes, base64.
 * @param text anything
 * @param secrets passwords, tokens; those of fewer than four characters are not looked for
 * @example
 * printable("bad token t0p-secret\n::error::owned", ["t0p-secret"]); // "bad token [hidden] : :error::owned"
 */
export function printable(text: string, secrets: Iterable<string>): string {
  const page = text.replace(/\s+/g, " ").trim().slice(0, MAX_LOOKED_AT);
  const patterns = [...new Set(secrets)]
    .filter((secret) => secret.length >= MIN_SECRET)
    .sort((a, b) => b.length - a.length)
    .map(spellings);
  const masked = patterns.reduce((rest, pattern) => rest.replace(pattern, HIDDEN), page);
  const tokensMasked = TOKENS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), masked);
  const line = forTerminal(tokensMasked)
    .replace(WORKFLOW_COMMANDS, ": :")
    // Azure Pipelines and TeamCity: ##vso[...], ##[error], ##teamcity[...].
    .replace(/##(?=\[|vso\[|teamcity\[)/gi, "# #");
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line.replace(/\.$/, "");
}

/** Matches the secret in every spelling in which an error may repeat it. */
function spellings(secret: string): RegExp {
  const letters = [...secret].map(spellingsOfLetter).join("");
  return new RegExp([letters, ...base64Parts(secret)].join("|"), "g");
}

function spellingsOfLetter(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  const percent = [...Buffer.from(letter, "utf8")]
    .map((byte) => `%${anyCase(byte.toString(16).padStart(2, "0"))}`)
    .join("");
  const units = [...letter].flatMap((one) => Array.from({ length: one.length }, (_, index) => one.charCodeAt(index)));
  const json = units.map((unit) => `\\\\u${anyCase(unit.toString(16).padStart(4, "0"))}`).join("");
  const named = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", " ": "\\+" }[letter];
  const forms = [
    escaped(letter),
    percent,
    // Encoded twice, as a URL within a URL is.
    percent.replaceAll("%", "%25"),
    json,
    `&#0*${code};`,
    `&#[xX]0*${anyCase(code.toString(16))};`,
    ...(named === undefined ? [] : [named]),
    ...(/[\w\s]/.test(letter) ? [] : [`\\\\${escaped(letter)}`]),
  ];
  return `(?:${forms.join("|")})`;
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/**
 * What base64 of any text that holds the secret must hold: the secret may start at each of three positions within a group
 * of three bytes, and the letters at its ends are shared with its neighbours.
 */
function base64Parts(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  return [0, 1, 2].flatMap((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const first = [0, 2, 3][offset] ?? 0;
    const last = (offset + bytes.length) % 3 === 0 ? whole.length : whole.length - 1;
    const core = whole.slice(first, last);
    if (core.length < MIN_BASE64) return [];
    const either = escaped(core).replace(/\\\+/g, "[+-]").replace(/\\\//g, "[/_]");
    return [`[\\w+/-]{0,4}${either}[\\w+/-]{0,4}={0,2}`];
  });
}

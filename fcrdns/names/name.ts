/**
 * Domain names as text: one canonical form to compare and print, and what a host name may look like. A name on the wire
 * is a row of labels of any octets (RFC 2181 section 11); as text, octets that mean something else are escaped as in
 * RFC 1035 section 5.1 (`\.`, `\\`, `\DDD`), so that nothing is lost between the two.
 */
import { domainToASCII } from "node:url";
import { getPublicSuffix } from "tldts";
import { forTerminal } from "../report/escape";
import { isAddressText } from "./address";

export type NameResult = { readonly ok: true; readonly name: string } | { readonly ok: false; readonly reason: string };

/** One thing that is wrong with a host name. */
export interface NameProblem {
  /** Stable identifier, kebab-case. */
  readonly rule: string;
  /** The label or part that is wrong, as it stands in the canonical name. */
  readonly part: string;
  /** One sentence. */
  readonly message: string;
}

const MAX_LABEL_LENGTH = 63;
/** RFC 1035 section 2.3.4: 255 octets on the wire, length octets and the root included. */
const MAX_NAME_LENGTH = 255;

/** Each octet as `\DDD`, which is the longest that a name can be in presentation format. */
const MAX_TEXT_LENGTH = MAX_NAME_LENGTH * 4;

/** Labels that are written on the wire as they stand, in lengths that fit: nearly every name. The whole is checked apart. */
const PLAIN_NAME = /^(?:[A-Za-z0-9_-]{1,63}\.)*[A-Za-z0-9_-]{1,63}$/;

/** The dots that IDNA takes for a full stop (UTS #46): full stop, ideographic, fullwidth, halfwidth ideographic. */
const ANY_DOT = /[.\u3002\uff0e\uff61]/u;

/**
 * The one form in which names are compared and printed: lower case (RFC 4343: ASCII only), one final dot stripped,
 * U-labels as A-labels (RFC 5890), octets that are not plain printable ASCII as `\DDD`, a dot or backslash within a label
 * as `\.` and `\\`. The root is `.`. Applying it again changes nothing.
 * Refused with a reason: what cannot be a name in DNS (empty labels, a label above 63 octets, a name above 253
 * characters) and what IDNA does not take. Whether it may be a *host's* name is {@link hostnameProblems}.
 * @param text a name as a person wrote it or in presentation format
 * @example
 * canonicalName("Mail.Bücher.Example."); // { ok: true, name: "mail.xn--bcher-kva.example" }
 */
export function canonicalName(text: string): NameResult {
  if (text === "") return refused("no name given");
  // Nothing to escape or encode: the letters' case is all that can differ, two octets come on the wire beside the text.
  if (text.length + 2 <= MAX_NAME_LENGTH && PLAIN_NAME.test(text)) return { ok: true, name: text.toLowerCase() };
  // Before anything else: a text of any length costs nothing.
  if (text.length > MAX_TEXT_LENGTH) return refused(`${quoted(text)} is longer than the 253 characters that DNS takes`);
  const read = labelsOfText(text);
  if (!read.ok) return refused(read.reason);
  const name = nameFromLabels(read.labels);
  if (read.labels.some((label) => label.length === 0)) {
    return refused(`${quoted(text)} has an empty label: two dots in a row, or a dot in front`);
  }
  const long = read.labels.find((label) => label.length > MAX_LABEL_LENGTH);
  if (long !== undefined) {
    return refused(
      `${quoted(text)} has a label of ${long.length} octets, more than the ${MAX_LABEL_LENGTH} that DNS takes`,
    );
  }
  if (wireLength(read.labels) > MAX_NAME_LENGTH) {
    return refused(`${quoted(text)} is longer than the 253 characters that DNS takes`);
  }
  return { ok: true, name };
}

/**
 * The canonical text of a name that came over the wire.
 * @param labels the labels' octets in order, without the root's empty label; none is the root
 */
export function nameFromLabels(labels: readonly Uint8Array[]): string {
  return labels.length === 0 ? "." : labels.map(labelText).join(".");
}

/**
 * The octets of each label of a name in presentation format, for the wire; no length is checked. Null where the text is
 * not presentation format (a broken escape, characters beyond ASCII).
 * @param name canonical or not; a final dot is ignored
 */
export function labelsFromName(name: string): Uint8Array[] | null {
  const read = labelsOfText(name);
  return read.ok && !/[^\0-\x7f]/.test(name) ? read.labels : null;
}

/** Whether two names are the same name; names that cannot be read are the same as nothing. */
export function sameName(a: string, b: string): boolean {
  const first = canonicalName(a);
  const second = canonicalName(b);
  return first.ok && second.ok && first.name === second.name;
}

/**
 * Everything that keeps a name from being a good name of a mail server, in the order of the name; empty for a good one.
 * Letters, digits and inner hyphens only (RFC 952, RFC 1123 section 2.1), labels to 63 and the name to 253 characters
 * (RFC 1035 section 2.3.4), at least two labels (RFC 5321 section 2.3.5), a top-level label that is not all digits (RFC
 * 1123 section 2.1, RFC 3696 section 2), not an address, A-labels that decode (RFC 5890). An all-digit label further
 * left is allowed by RFC 1123 and stands in real mail servers' names, though RFC 1912 section 2.1 frowns on it.
 * @param text a name as a person wrote it or in presentation format
 */
export function hostnameProblems(text: string): NameProblem[] {
  const bare = text.replace(/\.$/, "");
  if (isAddressText(bare) || /^\[.*\]$/.test(bare)) {
    return [{ rule: "name-is-address", part: forTerminal(bare), message: `${quoted(text)} is an address, not a name` }];
  }
  if (text === ".") {
    return [{ rule: "name-is-root", part: ".", message: "the root of DNS (an empty name) is not a host's name" }];
  }
  const canonical = canonicalName(text);
  if (!canonical.ok) return [{ rule: problemOf(text), part: forTerminal(text), message: canonical.reason }];

  const labels = canonical.name.includes("\\")
    ? (labelsFromName(canonical.name) ?? []).map(labelText)
    : canonical.name.split(".");
  const problems = labels.flatMap(labelProblems);
  const top = labels.at(-1) ?? "";
  if (/^\d+$/.test(top) || /^0x[0-9a-f]*$/.test(top)) {
    problems.push({
      rule: "name-numeric-tld",
      part: top,
      message: `the last label "${top}" is a number: no top-level domain is, so programs take the name for an address`,
    });
  }
  if (labels.length === 1) {
    problems.push({
      rule: "name-single-label",
      part: top,
      message: `"${top}" is a single label: a mail server needs a full name below a domain`,
    });
  } else if (isPublicSuffix(labels)) {
    problems.push({
      rule: "name-public-suffix",
      part: canonical.name,
      message: `"${canonical.name}" is where others register domains, not a host's name`,
    });
  }
  return problems;
}

/**
 * The canonical form of a name that a person gives as a host's. Refused is what no host can have: an address, brackets,
 * spaces, control characters, a hyphen at an edge, a number as the last label. What hosts do have, though they should not
 * (an underscore, a single label), is taken and judged.
 */
export function canonicalHostname(text: string): NameResult {
  const problem = hostnameProblems(text).find(({ rule }) => !BAD_STYLE.has(rule));
  return problem === undefined ? canonicalName(text) : refused(`${quoted(text)} is no host name: ${problem.message}`);
}

const BAD_STYLE: ReadonlySet<string> = new Set(["name-underscore", "name-single-label", "name-public-suffix"]);

/**
 * How many labels at the end of a name make the domain that somebody registered: the public suffix and one more
 * (`example.com`, `example.co.uk`). It decides only which labels are looked at for an address or a word, never who owns
 * what.
 * @param labels of a canonical name
 */
export function registrableLabelCount(labels: readonly string[]): number {
  const suffix = getPublicSuffix(labels.join("."), LISTED);
  return Math.min(labels.length, suffix === null ? 2 : suffix.split(".").length + 1);
}

/**
 * The part of the Public Suffix List that ICANN's registries make. Below the "private" rest of it (`github.io`) others
 * have their names too, but the name itself may be a host.
 */
const LISTED = {
  allowPrivateDomains: false,
  extractHostname: false,
  validateHostname: false,
  detectIp: false,
} as const;

function isPublicSuffix(labels: readonly string[]): boolean {
  const name = labels.join(".");
  return getPublicSuffix(name, LISTED) === name;
}

function labelProblems(label: string): NameProblem[] {
  if (label.includes("_")) {
    return [problem("name-underscore", label, "has an underscore, which no host name may have (RFC 952)")];
  }
  if (!/^[a-z0-9-]+$/.test(label)) {
    return [problem("name-not-ldh", label, "has a character other than letters, digits and hyphens")];
  }
  if (label.startsWith("-") || label.endsWith("-")) {
    return [problem("name-hyphen-edge", label, "begins or ends with a hyphen")];
  }
  if (label.startsWith("xn--") && domainToASCII(`${label}.test`) === "") {
    return [problem("name-bad-a-label", label, "is not the encoding of any international label")];
  }
  return [];
}

function problem(rule: string, label: string, what: string): NameProblem {
  return { rule, part: label, message: `the label "${label}" ${what}` };
}

/** Which rule a name breaks that has no canonical form. */
function problemOf(text: string): string {
  const read = labelsOfText(text);
  if (text === "" || (read.ok && read.labels.some((label) => label.length === 0))) return "name-empty-label";
  return read.ok ? "name-too-long" : "name-unreadable";
}

type LabelsResult =
  | { readonly ok: true; readonly labels: Uint8Array[] }
  | { readonly ok: false; readonly reason: string };

function labelsOfText(text: string): LabelsResult {
  if (/[^\0-\x7f]/.test(text)) return labelsOfInternationalText(text);
  if (text === ".") return { ok: true, labels: [] };
  const labels: number[][] = [[]];
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? "";
    if (character === ".") {
      labels.push([]);
    } else if (character !== "\\") {
      labels.at(-1)?.push(character.charCodeAt(0));
    } else {
      const digits = /^\d{3}/.exec(text.slice(i + 1, i + 4))?.[0];
      const octet = digits === undefined ? text.charCodeAt(i + 1) : Number(digits);
      if (Number.isNaN(octet) || octet > 255 || (digits === undefined && /\d/.test(text[i + 1] ?? ""))) {
        return {
          ok: false,
          reason: `${quoted(text)} has a broken escape: a backslash takes one character or three digits to 255`,
        };
      }
      labels.at(-1)?.push(octet);
      i += digits === undefined ? 1 : 3;
    }
  }
  if (labels.length > 1 && labels.at(-1)?.length === 0) labels.pop();
  return { ok: true, labels: labels.map((label) => Uint8Array.from(label)) };
}

/**
 * Label by label: given a whole name, node's conversion would also turn `１２７.1` into an address and unescape `%41`.
 */
function labelsOfInternationalText(text: string): LabelsResult {
  const labels = text.split(ANY_DOT);
  if (labels.at(-1) === "") labels.pop();
  const encoded: Uint8Array[] = [];
  for (const label of labels) {
    const ascii = /[^\0-\x7f]/.test(label) ? aLabel(label) : label;
    if (ascii === null || /[\\%]/.test(label)) {
      return {
        ok: false,
        reason: `${quoted(text)} has a label that no international domain name can have: ${quoted(label)}`,
      };
    }
    encoded.push(Uint8Array.from(ascii, (character) => character.charCodeAt(0)));
  }
  return { ok: true, labels: encoded };
}

function aLabel(label: string): string | null {
  const ascii = domainToASCII(`${label}.test`).replace(/\.test$/, "");
  return ascii === "" || ascii.includes(".") ? null : ascii;
}

function labelText(label: Uint8Array): string {
  let text = "";
  for (const octet of label) {
    const lower = octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet;
    const character = String.fromCharCode(lower);
    if (lower <= 0x20 || lower >= 0x7f) text += `\\${String(lower).padStart(3, "0")}`;
    else if (/[.\\"();@$]/.test(character)) text += `\\${character}`;
    else text += character;
  }
  return text;
}

function wireLength(labels: readonly Uint8Array[]): number {
  return labels.reduce((sum, label) => sum + label.length + 1, 1);
}

function refused(reason: string): NameResult {
  return { ok: false, reason };
}

function quoted(text: string): string {
  return `"${forTerminal(text.length > 80 ? `${text.slice(0, 80)}...` : text)}"`;
}

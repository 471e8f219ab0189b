/**
 * An SPF record's text as terms, by the grammar of RFC 7208 section 12. Names are not looked up and macros not expanded
 * here. The text is anybody's: one pass over it, whatever it holds.
 */
import { parseAddress } from "../../fcrdns/names/address";

/** What a matching mechanism says of the address (RFC 7208 section 4.6.2). */
export type Qualifier = "pass" | "fail" | "softfail" | "neutral";

/** A name in a term (`domain-spec`), as written. */
export interface DomainSpec {
  readonly text: string;
  /** Literal characters and macros, in order; a name without macros is one piece. */
  readonly pieces: readonly (string | Macro)[];
}

/** `%{d2r.-}` */
export interface Macro {
  readonly letter: MacroLetter;
  /** The value goes into a name as in a URL (RFC 3986): the letter was written in upper case. */
  readonly isUrl: boolean;
  /** How many labels from the right are kept. @default all */
  readonly keep?: number;
  readonly reversed: boolean;
  /** Characters that part the value. */
  readonly delimiters: string;
}

/** `c`, `r` and `t` stand in explanations only (RFC 7208 section 7.2). */
export type MacroLetter = "s" | "l" | "o" | "d" | "i" | "p" | "h" | "c" | "r" | "t" | "v";

/** Lengths of prefixes, bits. */
interface PrefixLengths {
  /** 0 to 32. */
  readonly bits4: number;
  /** 0 to 128. */
  readonly bits6: number;
}

export type Mechanism =
  | { readonly kind: "all" }
  | { readonly kind: "include" | "exists"; readonly domain: DomainSpec }
  /** @param domain null: the domain whose record it is */
  | ({ readonly kind: "a" | "mx"; readonly domain: DomainSpec | null } & PrefixLengths)
  | { readonly kind: "ptr"; readonly domain: DomainSpec | null }
  | {
      readonly kind: "ip4" | "ip6";
      /** 4 octets of `ip4`, 16 of `ip6`; those past the prefix as written. */
      readonly bytes: Uint8Array;
      readonly bits: number;
    };

export type Directive = Mechanism & {
  /** As written: `-ip4:192.0.2.0/24`. */
  readonly term: string;
  readonly qualifier: Qualifier;
};

/** `redirect=_spf.example.com` */
export interface Redirect {
  /** As written. */
  readonly term: string;
  readonly domain: DomainSpec;
}

export interface SpfRecord {
  /** In order, those behind an `all` too. */
  readonly directives: readonly Directive[];
  readonly redirect?: Redirect;
  /** Where the explanation of a fail is. */
  readonly explanation?: DomainSpec;
}

export type SpfRecordResult =
  | { readonly ok: true; readonly record: SpfRecord }
  /** @param term the first that is wrong, as written. @param problem in words that follow it */
  | { readonly ok: false; readonly term: string; readonly problem: string };

/** Whether a text is meant as an SPF record (RFC 7208 section 4.5): others are passed over. */
export function isSpfRecord(text: string): boolean {
  return /^v=spf1(?: |$)/i.test(text);
}

/**
 * Reads a text that {@link isSpfRecord}. One term that breaks the grammar makes the whole record a permerror (RFC 7208
 * section 4.6).
 */
export function parseSpfRecord(text: string): SpfRecordResult {
  const directives: Directive[] = [];
  const modifiers = new Map<string, Redirect>();
  for (const term of text.split(" ").slice(1)) {
    if (term === "") continue;
    const modifier = /^([a-z][a-z0-9._-]*)=(.*)$/is.exec(term);
    if (modifier === null) {
      const read = readDirective(term);
      if (!read.ok) return { ok: false, term, problem: read.problem };
      directives.push({ ...read.value, term });
      continue;
    }
    const name = (modifier[1] as string).toLowerCase();
    const value = modifier[2] as string;
    if (name !== "redirect" && name !== "exp") {
      const pieces = macroString(value);
      if (pieces === null) return { ok: false, term, problem: BAD_MACRO };
      continue;
    }
    if (modifiers.has(name)) return { ok: false, term, problem: `is the second "${name}="; there may be one` };
    const domain = domainSpec(value);
    if (!domain.ok) return { ok: false, term, problem: domain.problem };
    modifiers.set(name, { term, domain: domain.value });
  }
  const redirect = modifiers.get("redirect");
  const explanation = modifiers.get("exp")?.domain;
  return { ok: true, record: { directives, ...(redirect && { redirect }), ...(explanation && { explanation }) } };
}

type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

const QUALIFIERS: Readonly<Record<string, Qualifier>> = { "+": "pass", "-": "fail", "~": "softfail", "?": "neutral" };

const BAD_MACRO = `has a "%" that begins no macro, or a character that may not stand there`;

function readDirective(term: string): Read<Mechanism & { readonly qualifier: Qualifier }> {
  const qualifier = QUALIFIERS[term[0] as string];
  const rest = qualifier === undefined ? term : term.slice(1);
  const name = /^[a-z0-9]*/i.exec(rest)?.[0] ?? "";
  const mechanism = readMechanism(name.toLowerCase(), rest.slice(name.length));
  return mechanism.ok
    ? { ok: true, value: { ...mechanism.value, qualifier: qualifier ?? "pass" } }
    : { ok: false, problem: mechanism.problem };
}

/** @param rest what follows the name: `:mail.example.com/24` */
function readMechanism(name: string, rest: string): Read<Mechanism> {
  switch (name) {
    case "all":
      return rest === "" ? good({ kind: name }) : wrong(`is "all" with something behind it`);
    case "include":
    case "exists": {
      if (!rest.startsWith(":")) return wrong(`has no name: write ${name}:NAME`);
      const domain = domainSpec(rest.slice(1));
      return domain.ok ? good({ kind: name, domain: domain.value }) : domain;
    }
    case "ptr": {
      if (rest === "") return good({ kind: name, domain: null });
      if (!rest.startsWith(":")) return wrong(`has something else than ":NAME" behind "ptr"`);
      const domain = domainSpec(rest.slice(1));
      return domain.ok ? good({ kind: name, domain: domain.value }) : domain;
    }
    case "a":
    case "mx": {
      const lengths = prefixLengths(rest);
      if (!lengths.ok) return lengths;
      const { before, ...bits } = lengths.value;
      if (before === "") return good({ kind: name, domain: null, ...bits });
      if (!before.startsWith(":")) return wrong(`has something else than ":NAME" or "/LENGTH" behind "${name}"`);
      const domain = domainSpec(before.slice(1));
      return domain.ok ? good({ kind: name, domain: domain.value, ...bits }) : domain;
    }
    case "ip4":
    case "ip6":
      return network(name, rest);
    default:
      return wrong("is not a mechanism of SPF");
  }
}

/** `:mail.example.com/24//64` (`dual-cidr-length`). */
function prefixLengths(text: string): Read<PrefixLengths & { readonly before: string }> {
  const [, length4, length6] = /(?<!\/)(?:\/(\d{1,4}))?(?:\/\/(\d{1,4}))?$/.exec(text) ?? [];
  const written = [length4 === undefined ? "" : `/${length4}`, length6 === undefined ? "" : `//${length6}`].join("");
  const bits4 = bitsOf(length4, 32);
  const bits6 = bitsOf(length6, 128);
  if (bits4 === null || bits6 === null) return wrong(badLength(bits4 === null ? 32 : 128));
  return good({ before: text.slice(0, text.length - written.length), bits4, bits6 });
}

function network(kind: "ip4" | "ip6", rest: string): Read<Mechanism> {
  const [, address = "", length] = /^:([^/]*)(?:\/(.*))?$/s.exec(rest) ?? [];
  const width = kind === "ip4" ? 32 : 128;
  const bits = bitsOf(length, width);
  const bytes = kind === "ip4" ? ip4Bytes(address) : ip6Bytes(address);
  if (bytes === null) return wrong(`does not hold an ${kind === "ip4" ? "IPv4" : "IPv6"} address`);
  return bits === null ? wrong(badLength(width)) : good({ kind, bytes, bits });
}

function ip4Bytes(text: string): Uint8Array | null {
  const parsed = parseAddress(text);
  return parsed.ok && !text.includes(":") ? parsed.address.bytes : null;
}

/** An IPv4-mapped address stays one of IPv6 here. */
function ip6Bytes(text: string): Uint8Array | null {
  const parsed = parseAddress(text);
  if (!parsed.ok || !text.includes(":")) return null;
  const { bytes } = parsed.address;
  return bytes.length === 16 ? bytes : Uint8Array.from([...Array(10).fill(0), 0xff, 0xff, ...bytes]);
}

/** Absent: the whole address. No leading zeros. Null: not a length. */
function bitsOf(text: string | undefined, width: number): number | null {
  if (text === undefined) return width;
  return /^(?:0|[1-9]\d{0,2})$/.test(text) && Number(text) <= width ? Number(text) : null;
}

function badLength(width: number): string {
  return `has a length of a prefix that is not a number from 0 to ${width}`;
}

function domainSpec(text: string): Read<DomainSpec> {
  if (text === "") return wrong("has an empty name");
  const pieces = macroString(text);
  if (pieces === null) return wrong(BAD_MACRO);
  if (pieces.some((piece) => typeof piece !== "string" && /[crt]/.test(piece.letter))) {
    return wrong("has a macro that only an explanation may have (c, r, t)");
  }
  const last = pieces.at(-1) as string | Macro;
  if (typeof last !== "string" || /%[%_-]$/.test(text)) return good({ text, pieces });
  // The end of a name: a dot and a label that is not a number (`domain-end`, `toplabel`).
  const top = /\.([a-z0-9-]+)\.?$/i.exec(last)?.[1] ?? "";
  const isTop = /^[a-z0-9]/i.test(top) && /[a-z0-9]$/i.test(top) && /[a-z-]/i.test(top);
  return isTop ? good({ text, pieces }) : wrong(`has a name that does not end with a dot and a top-level domain`);
}

/** The pieces of a `macro-string`, or null if it is none. */
export function macroString(text: string): readonly (string | Macro)[] | null {
  const pieces: (string | Macro)[] = [];
  let literal = "";
  for (let at = 0; at < text.length; ) {
    const character = text[at] as string;
    if (character < "!" || character > "~") return null;
    if (character !== "%") {
      literal += character;
      at++;
      continue;
    }
    const constant = CONSTANTS[text[at + 1] ?? ""];
    if (constant !== undefined) {
      literal += constant;
      at += 2;
      continue;
    }
    MACRO.lastIndex = at;
    const [whole, letter, digits, reversed, delimiters] = MACRO.exec(text) ?? [];
    // "%{d0}" keeps nothing, which section 7.1 forbids.
    if (whole === undefined || letter === undefined || (digits !== "" && Number(digits) === 0)) return null;
    if (literal !== "") pieces.push(literal);
    literal = "";
    pieces.push({
      letter: letter.toLowerCase() as MacroLetter,
      isUrl: letter !== letter.toLowerCase(),
      ...(digits === "" ? {} : { keep: Number(digits) }),
      reversed: reversed !== "",
      delimiters: delimiters === "" ? "." : (delimiters as string),
    });
    at += whole.length;
  }
  if (literal !== "") pieces.push(literal);
  return pieces;
}

const CONSTANTS: Readonly<Record<string, string>> = { "%": "%", _: " ", "-": "%20" };

/** At most as many digits as a number can have that means anything: a name has 127 labels. */
const MACRO = /%\{([slodiphcrtv])(\d*)(r?)([.\-+,/_=]*)\}/iy;

function good<T>(value: T): Read<T> {
  return { ok: true, value };
}

function wrong(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}

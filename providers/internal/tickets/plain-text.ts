/**
 * Text that people at a provider will read: plain ASCII, one line per value. What a user typed or DNS answered can make
 * neither a new line nor a new field of it.
 */

/** Spellings that have an obvious plain one; other letters lose their accents, the rest becomes `?`. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  Æ: "AE",
  ø: "o",
  Ø: "O",
  œ: "oe",
  Œ: "OE",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  "\u2018": "'",
  "\u2019": "'",
  "\u201c": '"',
  "\u201d": '"',
  "\u2013": "-",
  "\u2014": "-",
  "\u2212": "-",
  "\u2026": "...",
  "\u00a0": " ",
};

/** Longest value that a ticket takes over. */
const LONGEST = 1000;

/**
 * One line of printable ASCII: line breaks and control characters become a space, runs of spaces one space.
 * @example
 * plainLine("Grüße\nSubject: x"); // "Grusse Subject: x"
 */
export function plainLine(text: string): string {
  const plain = [...text.slice(0, LONGEST)]
    .map((character) => PLAIN[character] ?? character)
    .join("")
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]/gu, " ")
    .replace(/[\p{Cf}\p{Cs}]/gu, "")
    .replace(/[^\x20-\x7e]/gu, "?");
  return plain.replace(/ {2,}/g, " ").trim();
}

/**
 * The characters of a text that a ticket system may show as question marks, once each: every letter and digit that is not
 * ASCII, and what has no plain spelling. Whether `ü` should become `u` or `ue` is for the writer to say. Typographic quotes,
 * dashes and spaces have a plain spelling.
 * @example
 * notPlain("Grüße, 日本 – bye"); // ["ü", "ß", "日", "本"]
 */
export function notPlain(text: string): string[] {
  return [...new Set(text.normalize("NFC"))].filter(
    (character) =>
      /[^\p{ASCII}]/u.test(character) && (/[\p{L}\p{N}\p{M}]/u.test(character) || plainLine(character).includes("?")),
  );
}

/** A name that DNS answered: whatever is no letter, digit, hyphen, underscore or dot is written as `\DDD` of its octets. */
export function plainName(name: string): string {
  return [...Buffer.from(name.slice(0, LONGEST), "utf8")]
    .map((octet) => {
      const character = String.fromCharCode(octet);
      return /[A-Za-z0-9._\\-]/.test(character) ? character : `\\${String(octet).padStart(3, "0")}`;
    })
    .join("");
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(values: readonly string[]): string {
  if (values.length < 2) return values.join("");
  return `${values.slice(0, -1).join(", ")} and ${values[values.length - 1]}`;
}

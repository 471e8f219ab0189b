/**
 * Text that came out of DNS, made harmless for a terminal. Whoever runs a reverse zone chooses what stands in it: escape
 * sequences that recolour or clear a terminal, newlines that forge a line of the report, right-to-left overrides that
 * make one name look like another. Formats with rules of their own (XML, Markdown, GitHub annotations) escape again.
 */

/** Letters, digits, punctuation, symbols and the plain space; all else is invisible, moves the cursor or reorders text. */
const HARMLESS = /^[\p{L}\p{N}\p{P}\p{S} ]$/u;

/** All of ASCII that is harmless: nearly every text, and quick to recognise. */
const PLAIN = /^[ -~]*$/;

/** Bidirectional marks and fillers that Unicode counts as letters or symbols but that show nothing. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\u2800/u;

/**
 * The text on one line with every character that is not plainly visible written as `\u{hex}`: control characters (ESC,
 * newline, NUL, C1), bidirectional controls, zero-width and unassigned characters, lone surrogates, combining marks.
 * Applying it again changes nothing.
 * @param text anything
 * @example
 * forTerminal("mail\u001b[2J.example.com"); // "mail\\u{1b}[2J.example.com"
 */
export function forTerminal(text: string): string {
  if (PLAIN.test(text)) return text;
  let shown = "";
  for (const character of text) {
    const harmless = HARMLESS.test(character) && !INVISIBLE.test(character);
    shown += harmless ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  }
  return shown;
}

/** TXT as character-strings (RFC 1035 section 3.3): at most 255 octets each, several in one record. */

const MAX_OCTETS = 255;

/**
 * Splits text into character-strings; put together again they are the text (RFC 7208 section 3.3).
 * @param text what the TXT record says
 * @returns at least one
 */
export function characterStrings(text: string): string[] {
  const strings: string[] = [];
  let current = "";
  // By code point, so that no UTF-8 sequence is torn apart.
  for (const character of text) {
    if (Buffer.byteLength(current + character) > MAX_OCTETS) {
      strings.push(current);
      current = "";
    }
    current += character;
  }
  return [...strings, current];
}

/**
 * Text as a zone file has it: `"first 255 octets" "the rest"`, with `"` and `\` escaped (RFC 1035 section 5.1).
 * @example
 * quotedCharacterStrings("v=spf1 -all"); // "\"v=spf1 -all\""
 */
export function quotedCharacterStrings(text: string): string {
  return characterStrings(text)
    .map((string) => `"${escapedCharacterString(string)}"`)
    .join(" ");
}

export function escapedCharacterString(string: string): string {
  return string.replace(/["\\]/g, "\\$&");
}

/** A structured header field (RFC 5322 section 3.2) as tokens: words, comments, domain literals, paths. */

export interface Token {
  readonly kind: "word" | "comment" | "literal" | "path" | "quoted" | "semicolon";
  /** Without the delimiters; comments within a comment keep theirs. Of a semicolon, all that follows it. */
  readonly text: string;
  /** Whether nothing stands between it and the token before. */
  readonly isAttached: boolean;
}

const CLOSING: Readonly<Record<string, Token["kind"]>> = { "[": "literal", "<": "path" };

export interface TokenOptions {
  /** Before this word `"` is a character like any other. @default it always begins a quoted string */
  readonly quotedAfter?: string;
  /** Ends with the first semicolon, whatever follows. @default false */
  readonly toSemicolon?: boolean;
}

/**
 * One pass, in time linear in the length of the text.
 * @returns null if a comment does not end, or ends without having begun: nothing is sure of such a field
 */
export function tokens(text: string, { quotedAfter, toSemicolon }: TokenOptions = {}): Token[] | null {
  const found: Token[] = [];
  let at = 0;
  let endOfLast = -1;
  let quotes = quotedAfter === undefined;
  const add = (kind: Token["kind"], content: string, end: number): void => {
    found.push({ kind, text: content, isAttached: at === endOfLast });
    at = end;
    endOfLast = end;
  };
  while (at < text.length) {
    const character = text[at] ?? "";
    if (/\s/.test(character)) {
      at++;
    } else if (character === "(") {
      const end = endOfComment(text, at);
      if (end === undefined) return null;
      add("comment", text.slice(at + 1, end).trim(), end + 1);
    } else if (character === ")") {
      return null;
    } else if (character === ";") {
      add("semicolon", text.slice(at + 1), at + 1);
      if (toSemicolon) return found;
    } else if (character === '"' && quotes) {
      const end = endOfQuoted(text, at);
      add("quoted", text.slice(at + 1, end).replace(/\\(.)/gs, "$1"), end + 1);
    } else if (character === "[" || character === "<") {
      const end = endOfPath(text, at, character);
      add(CLOSING[character] ?? "word", text.slice(at + 1, end).trim(), end + 1);
    } else {
      const end = endOfWord(text, at, quotes);
      const word = text.slice(at, end);
      add("word", word, end);
      quotes ||= word.toLowerCase() === quotedAfter;
    }
  }
  return found;
}

/** Comments nest (RFC 5322 section 3.2.2). */
function endOfComment(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === "(") depth++;
    else if (character === ")" && --depth === 0) return at;
  }
  return undefined;
}

function endOfQuoted(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length && text[at] !== '"'; at++) if (text[at] === "\\") at++;
  return Math.min(at, text.length);
}

/** Of `[...]`, which may hold `[...]` itself (`[[UNIX: localhost]]`), and of `<...>`, where quoted strings may hold a `>`. */
function endOfPath(text: string, start: number, opening: "[" | "<"): number {
  const closing = opening === "[" ? "]" : ">";
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === opening) depth++;
    else if (character === closing && --depth === 0) return at;
    else if (character === '"' && opening === "<") at = endOfQuoted(text, at);
  }
  return text.length;
}

function endOfWord(text: string, start: number, quotes: boolean): number {
  const end = quotes ? /[\s()[\]<>;"]/ : /[\s()[\]<>;]/;
  let at = start + 1;
  while (at < text.length && !end.test(text[at] ?? "")) at++;
  return at;
}

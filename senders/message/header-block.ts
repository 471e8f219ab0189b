/**
 * The header block of a message (RFC 5322 section 2.2), as it lies in a file: with or without a body, LF or CRLF, after a
 * byte order mark, empty lines or the `From ` line of a mailbox.
 */

export interface HeaderField {
  /** Lower case. */
  readonly name: string;
  /** Unfolded: the line ends are gone, the spaces after them are not. */
  readonly value: string;
  /** Line of the file that it begins on, from 1. */
  readonly line: number;
}

export interface HeaderBlock {
  /** From the top down. */
  readonly fields: readonly HeaderField[];
  /** Line of the `From ` that begins a second message, if the file is a mailbox. */
  readonly secondMessage?: number;
}

/** Trace fields stand at the top; no server takes a header as large as this (Exim, the most generous, takes 1 MiB). */
const MAX_HEADER_LENGTH = 4 * 1024 * 1024;

/** RFC 5322 section 2.2; white space before the colon is obsolete syntax (section 4.5). */
const FIELD = /^([!-9;-~]+)[ \t]*:/;

/** `From sender@example.com Sat Jan  3 01:05:34 1996` (RFC 4155). */
const MAILBOX_LINE = /^From \S.*\d{2}:\d{2}.*\d{4}/;

/**
 * Reads the fields before the first empty line. What is neither a field nor a continuation ends the block too: nothing
 * below it can be told from a body.
 * @returns null if the text does not begin with a header field
 */
export function headerBlock(text: string): HeaderBlock | null {
  const lineEnd = text.includes("\n") ? "\n" : "\r";
  const fields: { name: string; value: string; line: number }[] = [];
  let isMailbox = false;
  let number = 0;
  for (let from = text.startsWith("\ufeff") ? 1 : 0; from < text.length; ) {
    const end = text.indexOf(lineEnd, from);
    const next = end < 0 ? text.length : end + 1;
    const line = text.slice(from, end < 0 ? next : end).replace(/\r$/, "");
    number++;
    from = next;
    const last = fields.at(-1);
    const field = FIELD.exec(line);
    if (line === "" && last !== undefined) break;
    if (field) fields.push({ name: (field[1] ?? "").toLowerCase(), value: line.slice(field[0].length), line: number });
    else if (last !== undefined && /^[ \t]/.test(line)) last.value += line;
    else if (last === undefined && /^From /.test(line) && !isMailbox) isMailbox = true;
    else if (!(last === undefined ? line.trim() === "" : /^>?From /.test(line))) break;
    if (from > MAX_HEADER_LENGTH) break;
  }
  if (fields.length === 0) return null;
  const secondMessage = isMailbox ? lineOfSecondMessage(text, lineEnd) : undefined;
  return { fields, ...(secondMessage !== undefined && { secondMessage }) };
}

/** Mailboxes have an empty line before each `From ` line; a line of text that looks like one is written `>From `. */
function lineOfSecondMessage(text: string, lineEnd: string): number | undefined {
  for (let at = text.indexOf(`${lineEnd}From `); at >= 0; at = text.indexOf(`${lineEnd}From `, at + 1)) {
    const before = text.slice(Math.max(0, at - 2), at);
    const isAfterEmptyLine = before.endsWith(lineEnd) || before === `${lineEnd}\r`;
    if (isAfterEmptyLine && MAILBOX_LINE.test(text.slice(at + 1, at + 300).split(lineEnd)[0] ?? "")) {
      return lineCount(text, at + 1, lineEnd) + 1;
    }
  }
  return undefined;
}

function lineCount(text: string, end: number, lineEnd: string): number {
  let count = 0;
  for (let at = text.indexOf(lineEnd); at >= 0 && at < end; at = text.indexOf(lineEnd, at + 1)) count++;
  return count;
}

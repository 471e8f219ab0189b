/** Lines of `main.cf` and `master.cf`: a line that begins with white space continues the one before (postconf(5)). */
import type { Place } from "../../sender";
import type { ConfigurationFile } from "../mail-server";

export interface LogicalLine {
  readonly text: string;
  /** Of its first line. */
  readonly place: Place;
}

/** Empty lines and comments are left out, also those between a line and its continuation. */
export function logicalLines({ name, text }: ConfigurationFile): LogicalLine[] {
  const lines: { text: string; place: Place }[] = [];
  for (const [index, line] of text.split(/\r\n|\n/).entries()) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const last = lines.at(-1);
    // Postfix ignores a continuation of nothing.
    if (!/^\s/.test(line)) lines.push({ text: line.trimEnd(), place: { file: name, line: index + 1 } });
    else if (last !== undefined) last.text += ` ${line.trim()}`;
  }
  return lines;
}

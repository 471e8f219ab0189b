/** Tables of OpenSMTPD: lists and mappings, in `smtpd.conf` or in a file. Source: table(5), read 2026-11-22. */
import type { OpenIncluded } from "../mail-server";
import { isMark, type Statement, type Word } from "./statements";

export interface Entry {
  readonly key: string;
  /** Of a mapping. */
  readonly value?: string;
}

export type Table =
  | { readonly ok: true; readonly entries: readonly Entry[] }
  | { readonly ok: false; readonly why: string };

/** Every table that has a name. */
export async function tablesOf(statements: readonly Statement[], open: OpenIncluded): Promise<Map<string, Table>> {
  const tables = new Map<string, Table>();
  for (const { words, place } of statements) {
    const [first, name, content] = words;
    if (first?.text !== "table" || first.quoted || name === undefined || content === undefined) continue;
    tables.set(
      name.text,
      isMark(content, "{")
        ? { ok: true, entries: entriesIn(words.slice(3)) }
        : await fileTable(content.text, place.file, open),
    );
  }
  return tables;
}

/** What stands in braces. @param words from after the opening one */
export function entriesIn(words: readonly Word[]): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at < words.length && !isMark(words[at], "}"); at++) {
    const word = words[at] as Word;
    if (isMark(word, ",")) continue;
    const value = words[at + 2];
    if (isMark(words[at + 1], "=") && value !== undefined) {
      entries.push({ key: word.text, value: value.text });
      at += 2;
    } else entries.push({ key: word.text });
  }
  return entries;
}

async function fileTable(source: string, from: string, open: OpenIncluded): Promise<Table> {
  const [, backend = "file", path = ""] = /^(?:([a-z-]+):)?(.*)$/s.exec(source) ?? [];
  if (backend !== "file")
    return { ok: false, why: `is in ${source}, which is not a text file: give its addresses to fcrdns verify` };
  const opened = await open(path, from);
  if (!opened.ok) return { ok: false, why: `is in ${path}, which was not read: ${opened.why}` };
  const lines = opened.files.flatMap(({ text }) => text.split(/\r?\n/)).map((line) => line.replace(/#.*$/, "").trim());
  const entries = lines
    .filter((line) => line !== "")
    .map((line) => {
      const [key = "", value] = line.split(/\s+/, 2);
      return { key, ...(value !== undefined && { value }) };
    });
  return { ok: true, entries };
}

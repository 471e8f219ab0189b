/**
 * The statements of `smtpd.conf` after comments, macros and includes: smtpd.conf(5) of OpenSMTPD 6.8.0p2, and what its
 * `smtpd -n` takes; read 2026-11-22.
 */
import type { LeftOut, Place } from "../../sender";
import type { ConfigurationFile, OpenIncluded } from "../mail-server";

export interface Word {
  readonly text: string;
  readonly quoted: boolean;
}

/** Words and the marks `{ } < > , = !` up to the end of the line; a line may end within braces. */
export interface Statement {
  readonly words: readonly Word[];
  readonly place: Place;
}

export interface Statements {
  readonly statements: readonly Statement[];
  readonly leftOut: readonly LeftOut[];
}

const MAX_INCLUDES = 20;

export async function statementsOf(files: readonly ConfigurationFile[], open: OpenIncluded): Promise<Statements> {
  const macros = new Map<string, string>();
  const statements: Statement[] = [];
  const leftOut: LeftOut[] = [];
  const read = async (file: ConfigurationFile, depth: number): Promise<void> => {
    for (const statement of statementsIn(file, macros)) {
      const [first, second, third] = statement.words;
      if (first?.text === "include" && second !== undefined) {
        const opened =
          depth < MAX_INCLUDES
            ? await open(second.text, file.name)
            : ({ ok: false, why: "it includes itself" } as const);
        if (opened.ok) for (const each of opened.files) await read(each, depth + 1);
        else
          leftOut.push({
            what: `include "${second.text}"`,
            why: `was not read: ${opened.why}`,
            place: statement.place,
          });
      } else if (isMark(second, "=") && first !== undefined && third !== undefined) {
        macros.set(first.text, third.text);
      } else statements.push(statement);
    }
  };
  for (const file of files) await read(file, 0);
  return { statements, leftOut };
}

export function isMark(word: Word | undefined, mark: string): boolean {
  return word !== undefined && !word.quoted && word.text === mark;
}

const WORD = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([{}<>,=!()])|(#.*)|([^\s"'{}<>,=!()#]+)/gs;

function* statementsIn({ name, text }: ConfigurationFile, macros: ReadonlyMap<string, string>): Generator<Statement> {
  let words: Word[] = [];
  let start = 1;
  let level = 0;
  let before = "";
  for (const [index, physical] of text.split(/\r?\n/).entries()) {
    if (before === "" && level === 0) start = index + 1;
    const line = before + physical;
    // A comment is continued too.
    if (line.endsWith("\\")) {
      before = `${line.slice(0, -1)} `;
      continue;
    }
    before = "";
    for (const word of wordsOf(line, macros, 0)) {
      if (isMark(word, "{")) level++;
      if (isMark(word, "}")) level--;
      words.push(word);
    }
    if (level > 0) continue;
    level = 0;
    if (words.length > 0) yield { words, place: { file: name, line: start } };
    words = [];
  }
  if (words.length > 0) yield { words, place: { file: name, line: start } };
}

const MAX_DEPTH = 20;

/** A macro that is not defined stays as it is written. */
function wordsOf(line: string, macros: ReadonlyMap<string, string>, depth: number): Word[] {
  return [...line.matchAll(WORD)].flatMap(([, double, single, mark, comment, word = ""]): Word[] => {
    if (comment !== undefined) return [];
    const quoted = double ?? single;
    if (quoted !== undefined) return [{ text: quoted.replace(/\\(.)/gs, "$1"), quoted: true }];
    if (mark !== undefined) return [{ text: mark, quoted: false }];
    const value = word.startsWith("$") ? macros.get(word.slice(1)) : undefined;
    if (value === undefined || depth > MAX_DEPTH) return [{ text: word, quoted: false }];
    return wordsOf(value, macros, depth + 1);
  });
}

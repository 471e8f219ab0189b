/** Files with one entry per line, and standard input. */
import { forTerminal } from "../fcrdns/report/escape";
import type { Environment } from "./environment";
import { UsageProblem } from "./usage-problem";

export interface InputLine {
  /** From 1. */
  readonly number: number;
  /** One or more; only the one after an equals sign may be empty. */
  readonly fields: readonly string[];
}

/**
 * The lines with content: comments (from `#` at the beginning or after a space) and blank lines are skipped.
 * @param file `-` is standard input
 */
export async function linesOf(
  file: string,
  environment: Pick<Environment, "stdin" | "readFile">,
): Promise<Iterable<InputLine> & { readonly empty: boolean }> {
  const text = (await textOf(file, environment)).replace(/^\ufeff/, "");
  const lines = { [Symbol.iterator]: () => linesOfText(text) };
  return { ...lines, empty: linesOfText(text).next().done === true };
}

/** Lazily: a file may have very many. */
function* linesOfText(text: string): Generator<InputLine> {
  const end = /\r\n|\r|\n|$/g;
  let number = 0;
  for (let from = 0; from <= text.length; from = end.lastIndex) {
    end.lastIndex = from;
    const found = end.exec(text);
    const to = found?.index ?? text.length;
    const content = text
      .slice(from, to)
      .replace(/(^|\s)#.*$/, "")
      .trim();
    number++;
    if (content !== "") yield { number, fields: fieldsOf(content) };
    if (to === text.length) return;
  }
}

/** The two sides of `IP=HOST` or of `IP HOST`. An address has no equals sign, so the first one ends it. */
export function fieldsOf(text: string): string[] {
  const equals = text.indexOf("=");
  if (equals < 0) return text.trim().split(/\s+/);
  return [
    text.slice(0, equals).trim(),
    ...text
      .slice(equals + 1)
      .trim()
      .split(/\s+/),
  ];
}

/**
 * The whole text of a file.
 * @param file `-` is standard input
 */
export async function textOf(file: string, environment: Pick<Environment, "stdin" | "readFile">): Promise<string> {
  const text = await decodedText(file, environment);
  const where = file === "-" ? "standard input" : forTerminal(file);
  const start = text.slice(0, 1000);
  if (isUtf16(start)) {
    throw new UsageProblem(
      `${where} is UTF-16, as PowerShell writes it: save it as UTF-8, with Out-File -Encoding utf8 instead of >`,
    );
  }
  if (start.includes("\0")) throw new UsageProblem(`${where} is not a text file: give a text file in UTF-8`);
  return text;
}

/**
 * Every second octet of ASCII in UTF-16 is zero, and its byte order mark is no UTF-8. Other files with zeros have fewer of
 * them, or (UTF-32) more.
 */
function isUtf16(text: string): boolean {
  const share = (text.match(/\0/g) ?? []).length / text.length;
  return share >= (text.startsWith("\ufffd\ufffd") ? 0.2 : 0.4) && share <= 0.6;
}

async function decodedText(file: string, environment: Pick<Environment, "stdin" | "readFile">): Promise<string> {
  if (file !== "-") {
    try {
      return await environment.readFile(file);
    } catch (error) {
      throw new UsageProblem(`cannot read ${forTerminal(file)}: ${whyUnreadable(error)}`);
    }
  }
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const chunk of environment.stdin)
      text += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
  } catch (error) {
    throw new UsageProblem(`cannot read standard input: ${whyUnreadable(error)}`);
  }
  return text + decoder.decode();
}

function whyUnreadable(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return "there is no such file; check the name and the folder";
    case "EACCES":
    case "EPERM":
      return "this user may not read it; change its permissions";
    case "EISDIR":
      return "it is a folder; give a file";
    default:
      return forTerminal(error instanceof Error ? error.message : String(error));
  }
}

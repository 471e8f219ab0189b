/** Files of one entry a line, and standard input. */
import { forTerminal } from "../fcrdns/escape";
import { UsageProblem } from "./usage-problem";
import type { World } from "./world";

export interface InputLine {
  /** From 1. */
  readonly number: number;
  /** One or more, none empty but what stands after an equals sign. */
  readonly fields: readonly string[];
}

/**
 * The lines that say something: comments (from `#` at the beginning or after a space) and blank lines are left out.
 * @param file `-` is standard input
 */
export async function linesOf(file: string, world: Pick<World, "stdin" | "readFile">): Promise<InputLine[]> {
  const text = await textOf(file, world);
  return text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\r|\n/)
    .flatMap((line, index) => {
      const said = line.replace(/(^|\s)#.*$/, "").trim();
      return said === "" ? [] : [{ number: index + 1, fields: fieldsOf(said) }];
    });
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
export async function textOf(file: string, world: Pick<World, "stdin" | "readFile">): Promise<string> {
  if (file !== "-") {
    try {
      return await world.readFile(file);
    } catch (error) {
      throw new UsageProblem(`cannot read ${forTerminal(file)}: ${whyUnreadable(error)}`);
    }
  }
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const chunk of world.stdin)
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

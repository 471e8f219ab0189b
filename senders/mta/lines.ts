/** The lines of a configuration file, and the files that it includes. */
import type { Place } from "../sender";
import type { ConfigurationFile, OpenIncluded } from "./mail-server";

export interface Line {
  readonly text: string;
  readonly place: Place;
}

/** Lines that end in LF, CRLF or CR, without a byte order mark. */
export function* linesOf({ name, text }: ConfigurationFile): Generator<Line> {
  let line = 1;
  for (const each of withoutMark(text).split(/\r\n|\r|\n/)) yield { text: each, place: { file: name, line: line++ } };
}

export function withoutMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

/** Includes that nest deeper, or open more files in all, are a loop or worse. */
const MAX_DEPTH = 20;
const MAX_FILES = 2000;

export type Included =
  | { readonly ok: true; readonly files: readonly { readonly file: ConfigurationFile; readonly inside: Includes }[] }
  /** `isMissing`: it cannot be opened, which says nothing against it. */
  | { readonly ok: false; readonly why: string; readonly isMissing?: true };

/** The files that are open, one inside the other, so that a file that includes itself is noticed. */
export class Includes {
  private constructor(
    private readonly openFile: OpenIncluded,
    private readonly chain: readonly string[],
    private readonly count: { files: number },
  ) {}

  /** @param file one that was given */
  static of(file: ConfigurationFile, open: OpenIncluded): Includes {
    return new Includes(open, [file.name], { files: 0 });
  }

  /** @returns the files, or why there are none, in words that follow the path */
  async open(path: string): Promise<Included> {
    if (this.chain.length > MAX_DEPTH)
      return { ok: false, why: `is not followed: ${MAX_DEPTH} files include one another` };
    const opened = await this.openFile(path, this.chain.at(-1) ?? "");
    if (!opened.ok) return { ...opened, isMissing: true };
    const again = opened.files.find(({ name }) => this.chain.includes(name));
    if (again !== undefined) return { ok: false, why: `is not followed: ${again.name} includes itself that way` };
    this.count.files += opened.files.length;
    if (this.count.files > MAX_FILES)
      return { ok: false, why: `is not followed: more than ${MAX_FILES} files are included` };
    const files = opened.files.map((file) => ({
      file,
      inside: new Includes(this.openFile, [...this.chain, file.name], this.count),
    }));
    return { ok: true, files };
  }
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.replace(/^.*[/\\]/, "");
}

/** Whether a file that another one names by its path on the server was given too, by whatever path it has here. */
export function isGiven(path: string, files: readonly ConfigurationFile[]): boolean {
  return files.some(({ name }) => baseName(name) === baseName(path));
}

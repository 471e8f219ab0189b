/**
 * The lines of Exim's configuration after macros, conditions, includes, comments and continuations: Exim specification,
 * chapter 6 ("The Exim runtime configuration file").
 */
import type { LeftOut, Place } from "../../sender";
import type { ConfigurationFile, OpenIncluded } from "../mail-server";

export interface Line {
  readonly text: string;
  /** Of its first physical line. */
  readonly place: Place;
}

export interface Lines {
  readonly lines: readonly Line[];
  readonly leftOut: readonly LeftOut[];
  /** Every macro with its last value. */
  readonly macros: ReadonlyMap<string, string>;
}

const MAX_INCLUDES = 20;

/** @param files in the order that Exim reads them */
export async function linesOf(files: readonly ConfigurationFile[], open: OpenIncluded): Promise<Lines> {
  const reader = new Reader(open);
  for (const file of files) await reader.read(file, 0);
  return reader;
}

class Reader implements Lines {
  readonly lines: { text: string; place: Place }[] = [];
  readonly leftOut: LeftOut[] = [];
  /** In the order of their definition, which is the order of replacement. */
  readonly macros = new Map<string, string>();
  /** Whether each `.ifdef` around the line holds now, and whether one of its branches has held. */
  private readonly conditions: { holds: boolean; held: boolean }[] = [];
  private continued = false;

  public constructor(private readonly open: OpenIncluded) {}

  public async read(file: ConfigurationFile, depth: number): Promise<void> {
    for (const [index, physical] of file.text.split(/\r?\n/).entries()) {
      const place = { file: file.name, line: index + 1 };
      const { text, replaced } = this.replaced(physical.trim());
      if (this.isCondition(text, replaced)) continue;
      if (this.conditions.some(({ holds }) => !holds) || text.startsWith("#")) continue;
      const [, whether, path] = /^\.(include|include_if_exists)\s+"?([^"]*?)"?$/.exec(text) ?? [];
      if (path !== undefined) await this.include(path, whether === "include", place, depth);
      else this.add(text, place);
    }
  }

  private add(text: string, place: Place): void {
    const continues = text.endsWith("\\");
    const part = continues ? text.slice(0, -1) : text;
    const last = this.lines.at(-1);
    if (this.continued && last !== undefined) last.text += part;
    else if (text !== "") this.lines.push({ text: part, place });
    this.continued = continues;
    const whole = this.lines.at(-1);
    if (!continues && whole !== undefined && this.define(whole.text)) this.lines.pop();
  }

  /** `NAME = text`, and `NAME == text` for a macro that exists. */
  private define(line: string): boolean {
    const [, name, text] = /^([A-Z]\w*)\s*==?\s*(.*)$/s.exec(line) ?? [];
    if (name === undefined || text === undefined) return false;
    this.macros.set(name, text.trim());
    return true;
  }

  /** Each macro in turn; in a definition only what follows the name. */
  private replaced(line: string): { readonly text: string; readonly replaced: boolean } {
    const name = /^[A-Z]\w*(?=\s*=)/.exec(line)?.[0] ?? "";
    let rest = line.slice(name.length);
    const before = rest;
    for (const [macro, text] of this.macros) rest = rest.replaceAll(macro, () => text);
    return {
      text: name + rest,
      replaced: rest !== before || [...this.macros.keys()].some((each) => before.includes(each)),
    };
  }

  /** `.ifdef` and its like; a macro of Exim's own (`_HAVE_IPV6`) is taken as defined. */
  private isCondition(text: string, replaced: boolean): boolean {
    const [, directive, rest = ""] = /^\.(ifdef|ifndef|elifdef|elifndef|else|endif)\b(.*)$/.exec(text) ?? [];
    const current = this.conditions.at(-1);
    const defined = replaced || /(?:^|\s)_(?:HAVE|DRIVER|OPT|LOG|EXP)_/.test(rest);
    switch (directive) {
      case undefined:
        return false;
      case "ifdef":
      case "ifndef": {
        const holds = defined === (directive === "ifdef");
        this.conditions.push({ holds, held: holds });
        return true;
      }
      case "endif":
        this.conditions.pop();
        return true;
      default:
        if (current !== undefined) {
          const wanted = directive === "else" || defined === (directive === "elifdef");
          current.holds = !current.held && wanted;
          current.held ||= current.holds;
        }
        return true;
    }
  }

  private async include(path: string, needed: boolean, place: Place, depth: number): Promise<void> {
    if (depth >= MAX_INCLUDES) {
      this.leftOut.push({ what: `.include ${path}`, why: "is an include that includes itself", place });
      return;
    }
    const opened = await this.open(path, place.file);
    if (opened.ok) for (const file of opened.files) await this.read(file, depth + 1);
    else {
      const what = `${needed ? ".include" : ".include_if_exists"} ${path}`;
      this.leftOut.push({ what, why: `was not read: ${opened.why}`, place });
    }
  }
}

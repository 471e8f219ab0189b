/** Haraka's INI files, by the expressions of haraka-config (lib/regex.js, lib/readers/ini.js of 1.5). */
import type { Place } from "../../sender";
import { linesOf } from "../lines";
import type { ConfigurationFile } from "../mail-server";

export interface IniValue {
  readonly text: string;
  readonly place: Place;
}

/** Sections by their names, in the order of the file; what stands before the first one is in `main`. */
export type Ini = ReadonlyMap<string, ReadonlyMap<string, IniValue>>;

export function readIni(file: ConfigurationFile): Ini {
  let section = new Map<string, IniValue>();
  const sections = new Map([["main", section]]);
  let before = "";
  for (const { text, place } of linesOf(file)) {
    if (/^\s*(?:[;#].*)?$/.test(text)) continue;
    const name = /^\s*\[([^\]]*)\]\s*$/.exec(text)?.[1]?.trim();
    if (name !== undefined) {
      section = sections.get(name) ?? new Map();
      sections.set(name, section);
      continue;
    }
    if (/\\[ \t]*$/.test(text)) {
      before += text.replace(/\\[ \t]*$/, "");
      continue;
    }
    const [, key, value = ""] = /^\s*([\w@:._+\-/[\]]+)\s*(?:=\s*(.*?)\s*)?$/.exec(before + text) ?? [];
    before = "";
    if (key !== undefined) section.set(key, { text: value, place });
  }
  return sections;
}

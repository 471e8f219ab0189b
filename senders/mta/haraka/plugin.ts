/**
 * What a plugin's JavaScript sets for outgoing connections, where it is written as text: `mx.bind`, `mx.bind_helo` of the
 * hook `get_mx`, and before 3.0 the transaction's notes `outbound_ip` and `outbound_helo`.
 */
import type { Place } from "../../sender";
import { withoutMark } from "../lines";
import type { ConfigurationFile } from "../mail-server";

interface Text {
  readonly text: string;
  readonly place: Place;
}

/** Something set in a plugin; the address or the name may be missing. */
export interface Bound {
  readonly address?: Text;
  readonly helo?: Text;
}

export interface PluginSettings {
  readonly bound: readonly Bound[];
  /** What is set to something other than a text. */
  readonly computed: readonly { readonly what: string; readonly expression: string; readonly place: Place }[];
}

/** Texts and comments, so that neither is read for the other, and what sets a value. */
const TOKENS =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?<![\w$-])(?<quote>['"]?)(?<name>bind|bind_helo|outbound_ip|outbound_helo)\k<quote>\]?\s*(?:=(?!=)|:)\s*(?:(?<mark>['"`])(?<text>(?:(?!\k<mark>)[^\\\n])*)\k<mark>(?!\s*[+.])|(?<expression>[^,;\n}]*))|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;

/** Two settings that are further apart belong to different connections. */
const NEAR_LINES = 15;

export function readPlugin(file: ConfigurationFile): PluginSettings {
  const text = withoutMark(file.text);
  const bound: { address?: Text; helo?: Text }[] = [];
  const computed: { what: string; expression: string; place: Place }[] = [];
  let line = 1;
  let counted = 0;
  for (const { index, groups } of text.matchAll(TOKENS)) {
    const what = groups?.name;
    if (groups === undefined || what === undefined) continue;
    for (; counted < index; counted++) if (text.charCodeAt(counted) === 10) line += 1;
    const place: Place = { file: file.name, line };
    if (groups.text === undefined || groups.text.includes("${")) {
      const expression = (groups.expression ?? groups.text ?? "").trim();
      if (expression !== "" && expression !== "null" && expression !== "undefined")
        computed.push({ what, expression, place });
      continue;
    }
    const side = what === "bind" || what === "outbound_ip" ? "address" : "helo";
    const last = bound.at(-1);
    const lastLine = (last?.address ?? last?.helo)?.place.line ?? 0;
    if (last === undefined || last[side] !== undefined || line - lastLine > NEAR_LINES) {
      bound.push({ [side]: { text: groups.text, place } });
    } else {
      last[side] = { text: groups.text, place };
    }
  }
  return { bound, computed };
}

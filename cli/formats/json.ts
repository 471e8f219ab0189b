/** `{ "schema": 1, "results": [verdict, ...] }`, written while the verdicts come. */
import { asciiJson } from "./escape";
import type { Format } from "./format";
import { record } from "./record";

export const json: Format = async function* (results, context) {
  yield '{\n  "schema": 1,\n  "results": [';
  let between = "\n";
  for await (const checked of results) {
    yield `${between}${indentedBy(4, asciiJson(await record(checked, context), 2))}`;
    between = ",\n";
  }
  const unchecked = context.unchecked();
  yield `${between === "\n" ? "" : "\n  "}]${unchecked > 0 ? `,\n  "unchecked": ${unchecked}` : ""}\n}\n`;
};

function indentedBy(spaces: number, text: string): string {
  return text.replace(/^/gm, " ".repeat(spaces));
}

/** One verdict a line, in the order of the input, as they come. */
import { asciiJson } from "./escape";
import type { Format } from "./format";
import { record } from "./record";

export const ndjson: Format = async function* (results, context) {
  for await (const checked of results) yield `${asciiJson(await record(checked, context))}\n`;
};

/** All formats, each loaded only when it is used; a new one is a new file and a line here. */
import { nearest } from "../../fcrdns/names/nearest";
import { UsageProblem } from "../usage-problem";
import type { Format } from "./format";

export const formats = {
  text: async () => (await import("./text")).text,
  json: async () => (await import("./json")).json,
  ndjson: async () => (await import("./ndjson")).ndjson,
  junit: async () => (await import("./junit")).junit,
  sarif: async () => (await import("./sarif")).sarif,
  github: async () => (await import("./github")).github,
  markdown: async () => (await import("./markdown")).markdown,
} as const satisfies Record<string, () => Promise<Format>>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as FormatName[];

/**
 * The format with this name, among those that a command has.
 * @throws UsageProblem that names the nearest
 */
export function formatNamed<Name extends string>(name: string, among: readonly Name[]): Name {
  const found = among.find((candidate) => candidate === name);
  if (found !== undefined) return found;
  const meant = nearest(name, among);
  const advice =
    meant === undefined ? `choose one of ${among.join(", ")}` : `did you mean ${meant}? (${among.join(", ")})`;
  throw new UsageProblem(`there is no format ${JSON.stringify(name)} here: ${advice}`);
}

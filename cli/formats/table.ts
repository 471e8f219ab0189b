/** All formats, each loaded only when it is used; a new one needs a file and a line here. */
import { nearest } from "../../fcrdns/names/nearest";
import { UsageProblem } from "../usage-problem";
import type { Format } from "./format";

interface NamedFormat {
  /** What it is for, shown in `docs/command.md`. */
  readonly what: string;
  readonly load: () => Promise<Format>;
}

export const formats = {
  text: {
    what: "people; colours only on a terminal, never with `NO_COLOR`, always with `FORCE_COLOR`",
    load: async () => (await import("./text")).text,
  },
  json: { what: '`{ "schema": 1, "results": [verdict, ...] }`', load: async () => (await import("./json")).json },
  ndjson: {
    what: "one verdict per line, in the order of the input, as soon as it is known; memory use does not grow with the report",
    load: async () => (await import("./ndjson")).ndjson,
  },
  junit: {
    what: "one test case per address: `failure` for a failure, `error` for unknown",
    load: async () => (await import("./junit")).junit,
  },
  sarif: {
    what: "SARIF 2.1.0 with every rule explained; addresses from a file are located by their line, which code scanning requires",
    load: async () => (await import("./sarif")).sarif,
  },
  github: {
    what: "annotations in GitHub Actions, at the line of the file, and the job summary",
    load: async () => (await import("./github")).github,
  },
  markdown: {
    what: "a comment for a pull request; long lists are shortened to fit",
    load: async () => (await import("./markdown")).markdown,
  },
} as const satisfies Record<string, NamedFormat>;

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
  throw new UsageProblem(`there is no format ${JSON.stringify(name)} for this command: ${advice}`);
}

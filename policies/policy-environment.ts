/** The environment of the rules: DNS, time, progress output, and what the engine says about this run. */
import { readFileSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { allConfig } from "@pulumi/pulumi/runtime/config";
import { isDryRun } from "@pulumi/pulumi/runtime/settings";
import { systemClock } from "../fcrdns/clock";
import type { Clock } from "../fcrdns/options";
import { forTerminal } from "../fcrdns/report/escape";
import { Verifier } from "../fcrdns/verify";
import type { ObservedText } from "./rule";
import type { VerificationsOptions } from "./verifications";

export interface PolicyEnvironment {
  readonly openVerifier: VerificationsOptions["openVerifier"];
  readonly clock: Clock;
  /** Shows one line of progress. */
  readonly progress: (line: string) => void;
  readonly isPreview: () => boolean;
  /** The resources come from state, not from a running program. */
  readonly isExistingState: () => boolean;
  /** Never throws. */
  readonly readFile: (path: string) => ObservedText;
  /** `fcrdns:*`, without the namespace. */
  readonly stackConfig: () => Readonly<Record<string, string>>;
}

export const policyEnvironment: PolicyEnvironment = {
  openVerifier: (settings, clock) => new Verifier({ ...settings, clock }),
  clock: systemClock,
  // The engine shows stderr live; a line on stdout before the port would keep the pack from starting.
  progress: (line) => void process.stderr.write(`${line}\n`),
  isPreview: isDryRun,
  // `pulumi policy analyze` starts packs without naming a stack.
  isExistingState: () => !process.env.PULUMI_NODEJS_STACK,
  readFile,
  stackConfig: () =>
    Object.fromEntries(
      Object.entries(allConfig())
        .filter(([key]) => key.startsWith("fcrdns:"))
        .map(([key, value]) => [key.slice("fcrdns:".length), value]),
    ),
};

/**
 * A relative path is one from where `pulumi` was started. The engine starts packs in the pack's folder or in the project's,
 * as it has a language plugin or not, and hands on the shell's `PWD`.
 */
function readFile(path: string): ObservedText {
  const folders = [process.env.PWD, process.cwd()].filter((folder) => folder !== undefined);
  const places = isAbsolute(path) ? [path] : [...new Set(folders.map((folder) => resolve(folder, path)))];
  let problem = "";
  for (const place of places) {
    try {
      return { ok: true, path, text: readFileSync(place, "utf8") };
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      const why = code === "ENOENT" ? "it does not exist" : code === "EISDIR" ? "it is a folder" : `error ${code}`;
      problem ||= `${forTerminal(place)} cannot be read: ${why}`;
    }
  }
  return { ok: false, path, problem };
}

/** The flags for the DNS servers to query, the same for every command that queries DNS. */
import type { Command } from "commander";
import { nearest } from "../fcrdns/names/nearest";
import { parseServer } from "../fcrdns/parse-server";
import { forTerminal } from "../fcrdns/report/escape";
import { checkSettings, type DnsSettings } from "../fcrdns/settings";
import type { Environment } from "./environment";
import { UsageProblem } from "./usage-problem";

/** As commander passes them: text. */
export interface DnsFlags {
  readonly mode?: string;
  readonly stub?: readonly string[];
  readonly root?: readonly string[];
  readonly resolver?: readonly string[];
  readonly port?: string;
  readonly timeout?: string;
  readonly tries?: string;
  readonly deadline?: string;
  readonly concurrency?: string;
}

const flagOf: Readonly<Record<keyof DnsSettings, string>> = {
  mode: "--mode",
  stubs: "--stub",
  roots: "--root",
  resolvers: "--resolver",
  port: "--port",
  timeoutSeconds: "--timeout",
  tries: "--tries",
  deadlineSeconds: "--deadline",
};

const modes = ["full", "authoritative", "recursive"];

/** Adds every flag about DNS to a command. */
export function addDnsOptions(command: Command): Command {
  command.option(
    "--mode <mode>",
    "full, authoritative or recursive; full: authoritative, then recursive (default: full)",
  );
  return addAuthoritativeOptions(command)
    .option("--resolver <address[:port]>", "recursive resolver (repeatable; default: the system's)", appended)
    .option("--deadline <seconds>", "keep checking for that long until every address passes (default: 0, check once)");
}

/** Adds the flags for querying authoritative servers once. */
export function addAuthoritativeOptions(command: Command): Command {
  return command
    .option(
      "--stub <zone=address[:port]>",
      'query this server for ZONE and everything below it; "." means all names (repeatable)',
      appended,
    )
    .option("--root <address[:port]>", "start at this server instead of the root servers (repeatable)", appended)
    .option("--port <number>", "port of the authoritative servers that are found (default: 53)")
    .option("--timeout <seconds>", "time limit per query (default: 2)")
    .option("--tries <number>", "attempts per query (default: 2)");
}

/** Adds `--concurrency`, for the commands that check several addresses. */
export function addConcurrency(command: Command): Command {
  return command.option("--concurrency <number>", "addresses checked at the same time (default: 50)");
}

export function appended(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Flags for servers that a mode does not query. */
const UNUSED: Readonly<Record<string, readonly (keyof DnsFlags & keyof typeof NAMES)[]>> = {
  authoritative: ["resolver"],
  recursive: ["stub", "root", "port"],
};
const NAMES = { resolver: "--resolver", stub: "--stub", root: "--root", port: "--port" } as const;

/**
 * The settings from the flags; a flag that the mode ignores is reported on standard error.
 * @throws UsageProblem that names the flag
 */
export async function dnsSettings(flags: DnsFlags, { stderr }: Pick<Environment, "stderr">): Promise<DnsSettings> {
  const settings = settingsOf(flags);
  const unused = (UNUSED[flags.mode ?? ""] ?? [])
    .filter((flag) => flags[flag] !== undefined)
    .map((flag) => NAMES[flag]);
  if (unused.length > 0) {
    const queried = flags.mode === "recursive" ? "resolvers only" : "authoritative servers only";
    await stderr.write(`fcrdns: ${unused.join(", ")} ignored: --mode ${flags.mode} queries ${queried}\n`);
  }
  return settings;
}

function settingsOf(flags: DnsFlags): DnsSettings {
  if (flags.mode !== undefined && !modes.includes(flags.mode)) {
    const meant = nearest(flags.mode, modes);
    throw new UsageProblem(
      `--mode ${quoted(flags.mode)} is not a mode: ${meant === undefined ? `write ${modes.join(", ")}` : `did you mean ${meant}?`}`,
    );
  }
  for (const [flag, servers] of [
    ["--root", flags.root],
    ["--resolver", flags.resolver],
  ] as const) {
    for (const server of servers ?? []) checkServer(flag, server);
  }
  const settings: { -readonly [Key in keyof DnsSettings]: unknown } = {
    mode: flags.mode,
    stubs: stubs(flags.stub),
    roots: flags.root,
    resolvers: flags.resolver,
    port: numberOf("--port", flags.port),
    timeoutSeconds: numberOf("--timeout", flags.timeout),
    tries: numberOf("--tries", flags.tries),
    deadlineSeconds: numberOf("--deadline", flags.deadline),
  };
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  const checked = checkSettings(given, (key) => flagOf[key]);
  if (checked.ok) return checked.settings;
  throw new UsageProblem(checked.problems.map(({ message }) => forTerminal(message)).join("\n"));
}

/** @throws UsageProblem */
export function concurrencyOf({ concurrency }: DnsFlags): number {
  return wholeNumber("--concurrency", concurrency, 1, 1000) ?? 50;
}

/** @throws UsageProblem if it is not a number */
export function numberOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number)) {
    throw new UsageProblem(`${flag} ${quoted(text)} is not a number: write for example ${flag} 5`);
  }
  return number;
}

/** @throws UsageProblem */
export function wholeNumber(flag: string, text: string | undefined, least: number, most: number): number | undefined {
  const number = numberOf(flag, text);
  if (number === undefined || (Number.isInteger(number) && number >= least && number <= most)) return number;
  throw new UsageProblem(`${flag} ${quoted(text ?? "")} is not a whole number from ${least} to ${most}`);
}

/** A zone may be given several times, with one server each. */
function stubs(flags: readonly string[] | undefined): Record<string, string[]> | undefined {
  if (flags === undefined) return undefined;
  const all = new Map<string, string[]>();
  for (const flag of flags) {
    const equals = flag.lastIndexOf("=");
    const zone = flag.slice(0, equals).trim();
    if (equals < 0 || zone === "") {
      throw new UsageProblem(
        `--stub ${quoted(flag)} does not say which zone: write ZONE=ADDRESS[:PORT], such as 2.0.192.in-addr.arpa=192.0.2.53:5353`,
      );
    }
    const server = flag.slice(equals + 1).trim();
    checkServer("--stub", server);
    all.set(zone, [...(all.get(zone) ?? []), server]);
  }
  return Object.fromEntries(all);
}

function checkServer(flag: string, text: string): void {
  const parsed = parseServer(text);
  if (!parsed.ok) throw new UsageProblem(`${flag}: ${forTerminal(parsed.problem)}`);
}

function quoted(text: string): string {
  return `"${forTerminal(text)}"`;
}

/**
 * Where and how to ask: the same settings for the command's flags, the stack config and the policy config.
 */

import type { ServerAddress } from "./ask/transport";
import { InputError } from "./input-error";
import { canonicalName } from "./names/name";
import { nearest } from "./names/nearest";
import { parseServer } from "./parse-server";

/** Seconds to keep polling where something waits for the answer and nobody said how long. */
export const DEFAULT_DEADLINE_SECONDS = 300;

export type Mode = "full" | "authoritative" | "recursive";

export interface DnsSettings {
  /**
   * `authoritative`: ask the servers of the zones themselves. `recursive`: ask resolvers. `full`: authoritative until
   * they agree, then recursive.
   * @default "full"
   */
  readonly mode?: Mode;
  /** Start the walk at these servers instead of the root servers, each `ADDRESS[:PORT]`. @default the root servers */
  readonly roots?: readonly string[];
  /**
   * Ask this server (or each of these) as the authority of ZONE and everything below: ZONE -> `ADDRESS[:PORT]`; `"."` is
   * everything.
   */
  readonly stubs?: Readonly<Record<string, string | readonly string[]>>;
  /**
   * Recursive resolvers, each `ADDRESS[:PORT]`.
   * @default the system's; none in mode `full` when `roots` or `stubs` point at a DNS of your own
   */
  readonly resolvers?: readonly string[];
  /** Port of the authoritative servers that the walk finds. @default 53 */
  readonly port?: number;
  /** Seconds that one query may take. @default 2 */
  readonly timeoutSeconds?: number;
  /** How often one query is sent before it counts as a timeout. @default 2 */
  readonly tries?: number;
  /** Seconds to keep polling until the round trip holds; 0 asks once. @default 0 */
  readonly deadlineSeconds?: number;
}

/** One thing wrong with the settings. */
export interface SettingsProblem {
  /** Where: `timeoutSeconds`, `roots[1]`, `stubs["2.0.192.in-addr.arpa"]`; empty for the settings as a whole. */
  readonly key: string;
  /** What was seen and what was expected. */
  readonly message: string;
  /** The next step. */
  readonly fix: string;
}

export type SettingsResult =
  | { readonly ok: true; readonly settings: DnsSettings }
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] };

const modes: readonly Mode[] = ["full", "authoritative", "recursive"];

/** @param name of the setting, as the user writes it */
type Check = (key: string, value: unknown, name: string) => SettingsProblem[];

const checks: Readonly<Record<keyof DnsSettings, Check>> = {
  mode: checkMode,
  roots: checkServers,
  stubs: checkStubs,
  resolvers: checkServers,
  port: number(1, 65535, "whole"),
  timeoutSeconds: number(0.01, 600, "any"),
  tries: number(1, 20, "whole"),
  deadlineSeconds: number(0, 604_800, "any"),
};

/**
 * Checks settings that no compiler has seen: a policy's config, a stack's config, a JSON file. Keys that are `undefined`
 * count as absent.
 * @param value parsed JSON
 * @param nameOf what the user calls a setting, for the messages @default its key
 * @example
 * checkSettings({ timeoutSecond: 5 }); // { ok: false, problems: [{ key: "timeoutSecond", fix: "write timeoutSeconds ..." }] }
 */
export function checkSettings(
  value: unknown,
  nameOf: (key: keyof DnsSettings) => string = (key) => key,
): SettingsResult {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const message = `the DNS settings are ${kindOf(value)}, not an object`;
    return {
      ok: false,
      problems: [{ key: "", message, fix: `write an object with any of: ${Object.keys(checks).join(", ")}` }],
    };
  }
  const problems = Object.entries(value).flatMap(([key, entry]) => {
    if (entry === undefined) return [];
    if (!Object.hasOwn(checks, key)) return [unknownKey(key)];
    const known = key as keyof DnsSettings;
    return checks[known](key, entry, nameOf(known));
  });
  return problems.length === 0 ? { ok: true, settings: value as DnsSettings } : { ok: false, problems };
}

function unknownKey(key: string): SettingsProblem {
  const names = Object.keys(checks);
  const meant = nearest(key, names);
  const fix = meant ? `write ${meant} instead of ${key}` : `remove it; the settings are: ${names.join(", ")}`;
  return { key, message: `there is no setting named ${shown(key)}`, fix };
}

function checkMode(key: string, value: unknown): SettingsProblem[] {
  if (modes.some((mode) => mode === value)) return [];
  const meant = typeof value === "string" ? nearest(value, modes) : undefined;
  const fix = meant ? `write "${meant}"` : `write one of ${modes.map((mode) => `"${mode}"`).join(", ")}`;
  return [{ key, message: `mode is ${shown(value)}, which is not a mode`, fix }];
}

function checkServers(key: string, value: unknown): SettingsProblem[] {
  if (!Array.isArray(value)) {
    return [{ key, message: `${key} is ${kindOf(value)}, not a list`, fix: `write a list: ["192.0.2.53:53"]` }];
  }
  if (value.length === 0) {
    return [{ key, message: `${key} is an empty list`, fix: "name a server, or leave it out for the default" }];
  }
  return value.flatMap((entry, index) => checkServer(`${key}[${index}]`, entry));
}

function checkServer(key: string, value: unknown): SettingsProblem[] {
  const fix = `write ADDRESS or ADDRESS:PORT, for example "192.0.2.53" or "[2001:db8::53]:5353"`;
  if (typeof value !== "string")
    return [{ key, message: `${key} is ${kindOf(value)}, not the address of a server`, fix }];
  const parsed = parseServer(value);
  return parsed.ok ? [] : [{ key, message: parsed.problem, fix }];
}

function checkStubs(key: string, value: unknown, setting: string): SettingsProblem[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const fix = `write an object from zone to server: { "2.0.192.in-addr.arpa": "192.0.2.53" }`;
    return [{ key, message: `${key} is ${kindOf(value)}, not an object`, fix }];
  }
  return Object.entries(value).flatMap(([zone, entry]) => {
    const where = `${key}[${shown(zone)}]`;
    const name = canonicalName(zone);
    if (!name.ok)
      return [{ key: where, message: `${setting}: ${name.reason}`, fix: `write a zone's name, or "." for everything` }];
    if (!Array.isArray(entry)) return checkServer(where, entry);
    if (entry.length === 0) return [{ key: where, message: "the list of servers is empty", fix: "name a server" }];
    return entry.flatMap((server, index) => checkServer(`${where}[${index}]`, server));
  });
}

function number(least: number, most: number, kind: "whole" | "any"): Check {
  return (key, value, name) => {
    const good =
      typeof value === "number" && value >= least && value <= most && (kind === "any" || Number.isInteger(value));
    if (good) return [];
    const wanted = `a ${kind === "whole" ? "whole " : ""}number from ${least} to ${most}`;
    const fix =
      typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))
        ? `write ${Number(value)} without quotes`
        : `write ${wanted}`;
    return [{ key, message: `${name} is ${shown(value)}, not ${wanted}`, fix }];
  };
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : shown(value);
}

function shown(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

/** Settings with every default filled in, in the units of the code. */
export interface AskingSettings {
  readonly mode: Mode;
  /** Null: the root servers of the internet. */
  readonly roots: readonly ServerAddress[] | null;
  /** By canonical zone name. */
  readonly stubs: ReadonlyMap<string, readonly ServerAddress[]>;
  /** Null: the system's. */
  readonly resolvers: readonly ServerAddress[] | null;
  readonly port: number;
  readonly timeoutMs: number;
  readonly tries: number;
  readonly deadlineMs: number;
}

/** Reads settings that {@link checkSettings} found good. */
export function readSettings(settings: DnsSettings): AskingSettings {
  const server = (text: string): ServerAddress[] => {
    const parsed = parseServer(text);
    return parsed.ok ? [parsed.server] : [];
  };
  const list = (texts: readonly string[] | undefined) => (texts?.length ? texts.flatMap(server) : null);
  const stubs = Object.entries(settings.stubs ?? {}).map(([zone, entry]): [string, ServerAddress[]] => {
    const name = canonicalName(zone);
    return [name.ok ? name.name : zone, (typeof entry === "string" ? [entry] : entry).flatMap(server)];
  });
  return {
    mode: settings.mode ?? "full",
    roots: list(settings.roots),
    stubs: new Map(stubs),
    resolvers: list(settings.resolvers),
    port: settings.port ?? 53,
    timeoutMs: (settings.timeoutSeconds ?? 2) * 1000,
    tries: settings.tries ?? 2,
    deadlineMs: (settings.deadlineSeconds ?? 0) * 1000,
  };
}

/**
 * What settings that somebody wrote come to.
 * @throws InputError that names everything wrong with them
 */
export function askingSettings(settings: DnsSettings): AskingSettings {
  const checked = checkSettings(settings);
  if (checked.ok) return readSettings(checked.settings);
  throw new InputError(checked.problems.map(({ message, fix }) => `${message}: ${fix}`).join("\n"));
}

/** Said where mode `recursive` has nobody to ask. */
export const NO_RESOLVER = "no resolver is known: name one (resolvers), or use the authoritative mode";

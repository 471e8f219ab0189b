/**
 * The gate's configuration from all its sources, checked. From lowest to highest precedence: stack config (`fcrdns:*`), the arguments
 * of `fcrdns({...})`, the engine's policy configuration (`--policy-pack-config`). Pure: plain values in, plain values out.
 */
import { parseAddress } from "../fcrdns/names/address";
import { nearest } from "../fcrdns/names/nearest";
import { forTerminal } from "../fcrdns/report/escape";
import { checkSettings, type DnsSettings } from "../fcrdns/settings";
import { PROGRAM_KEYS } from "./program-keys";
import { RULE_NAMES, RULES } from "./rule-table";
import {
  type ConfigProblem,
  endlessProblem,
  endOf,
  isEndless,
  isExpired,
  meant,
  readWaivers,
  type Waiver,
} from "./waiver";

/** The rule whose configuration holds what all rules share: DNS servers to query, tickets, waivers. */
const HOME = "fcrdns-round-trip";

const DNS_KEYS = ["mode", "roots", "stubs", "resolvers", "port", "timeoutSeconds", "tries", "deadlineSeconds"] as const;
const GATE_KEYS: readonly string[] = [
  ...DNS_KEYS,
  "ticketLevel",
  "ticketEscalatesAfterDays",
  "ticketSince",
  "observed",
  "ignore",
];
/** Every key that the namespace `fcrdns` of a stack's config may have. */
const STACK_KEYS = [...new Set([...GATE_KEYS, ...PROGRAM_KEYS])];

const LEVELS = ["advisory", "mandatory", "disabled"] as const;

type Properties = Readonly<Record<string, unknown>>;

export interface GateSources {
  /** `fcrdns:*` of the stack, texts as Pulumi keeps them, without the namespace. */
  readonly stack: Readonly<Record<string, string>>;
  /** Properties by rule, enforcement levels taken out: the arguments of `fcrdns({...})`. */
  readonly given: Readonly<Record<string, Properties>>;
  /** Enforcement levels by rule as they were given to `fcrdns({...})`; the engine checks its own. */
  readonly givenLevels?: Readonly<Record<string, unknown>>;
  /** Properties by rule as the engine has them. */
  readonly configured: Readonly<Record<string, Properties>>;
  /** The pack has no rules but ours, so that every other name is a typo. */
  readonly onlyOurRules: boolean;
}

export interface GateConfig {
  readonly settings: DnsSettings;
  readonly rules: Readonly<Record<string, Properties>>;
  /** Those that apply now. */
  readonly waivers: readonly Waiver[];
  readonly problems: readonly ConfigProblem[];
}

export function gateConfig(sources: GateSources, now: Date): GateConfig {
  const problems: ConfigProblem[] = [];
  const stack = fromStack(sources.stack, problems);
  const policy: Record<string, Properties> = {};
  for (const layer of [sources.given, sources.configured]) {
    for (const [name, properties] of Object.entries(layer)) {
      const checked = checkedRule(name, properties, sources.onlyOurRules, problems);
      policy[name] = { ...policy[name], ...checked };
    }
  }
  for (const [name, level] of Object.entries(sources.givenLevels ?? {})) {
    if (!LEVELS.includes(level as (typeof LEVELS)[number])) {
      problems.push({ at: name, message: "is not a level", fix: meant(shortText(level), LEVELS) });
    }
  }
  // Waivers from all sources apply, not only those of the source with the highest precedence.
  const lists = [
    { value: stack.ignore, at: "fcrdns:ignore" },
    { value: sources.given[HOME]?.ignore, at: `${HOME}.ignore` },
    ...(sources.configured[HOME]?.ignore === sources.given[HOME]?.ignore
      ? []
      : [{ value: sources.configured[HOME]?.ignore, at: `${HOME}.ignore` }]),
  ];
  const waivers = lists.flatMap(({ value, at }) => {
    if (value === undefined) return [];
    const read = readWaivers(value, at, RULE_NAMES);
    problems.push(...read.problems);
    return read.waivers;
  });
  for (const waiver of waivers.filter((each) => isExpired(each, now))) {
    problems.push({
      at: `the waiver for ${waiver.address}`,
      message: `ended on ${waiver.until.slice(0, 10)} (it was: ${shortText(waiver.reason)})`,
      fix: "remove it, or renew it with a new day and reason",
      expired: true,
    });
  }
  for (const waiver of waivers.filter((each) => isEndless(each, now))) problems.push(endlessProblem(waiver));
  const home = { ...stack, ...policy[HOME] };
  problems.push(...futureTickets(home.ticketSince, now));
  return {
    settings: Object.fromEntries(DNS_KEYS.filter((key) => key in home).map((key) => [key, home[key]])) as DnsSettings,
    rules: { ...policy, [HOME]: home },
    waivers: waivers.filter((each) => !isExpired(each, now)),
    problems: problems.filter((each, index) => problems.findIndex((other) => same(each, other)) === index),
  };
}

/** A given value, shortened for a message. */
function shortText(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return forTerminal(text.length > 80 ? `${text.slice(0, 80)}...` : text);
}

function same(a: ConfigProblem, b: ConfigProblem): boolean {
  return a.at === b.at && a.message === b.message;
}

/** A rule's properties that may be used; what is wrong with the others goes to `problems`. */
function checkedRule(
  name: string,
  properties: Properties,
  onlyOurRules: boolean,
  problems: ConfigProblem[],
): Properties {
  const rule = RULES.find((each) => each.name === name);
  if (rule === undefined) {
    if (name === "all") {
      for (const key of Object.keys(properties)) {
        problems.push({
          at: `all.${key}`,
          message: "is ignored: all takes only a level",
          fix: `write it under ${HOME}, where it applies to all rules`,
        });
      }
      return {};
    }
    // In your own pack, the name may be one of your rules.
    if (onlyOurRules || name.startsWith("fcrdns-") || nearest(name, RULE_NAMES) !== undefined) {
      problems.push({
        at: `policy configuration: ${JSON.stringify(shortText(name))}`,
        message: "is not a rule",
        fix: meant(shortText(name), RULE_NAMES),
      });
    }
    return {};
  }
  const keys = Object.keys(rule.config ?? {});
  const good: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    const found = keys.includes(key) ? valueProblems(`${name}.${key}`, key, value) : [unknownKey(name, key, keys)];
    problems.push(...found);
    if (found.length === 0) good[key] = value;
  }
  return good;
}

function unknownKey(rule: string, key: string, keys: readonly string[]): ConfigProblem {
  const elsewhere =
    rule !== HOME && GATE_KEYS.includes(key) ? `write it under ${HOME}, where it applies to all rules` : undefined;
  return {
    at: `${rule}.${shortText(key)}`,
    message: "is not a key of this rule",
    fix: elsewhere ?? meant(shortText(key), [...keys, "enforcementLevel"]),
  };
}

/** `at` stands before every message. */
function valueProblems(at: string, key: string, value: unknown): readonly ConfigProblem[] {
  if (key === "ticketLevel") {
    if (value === "advisory" || value === "mandatory") return [];
    return [
      { at, message: "is not a level for open tickets", fix: meant(shortText(value), ["advisory", "mandatory"]) },
    ];
  }
  if (key === "ticketEscalatesAfterDays") {
    if (typeof value === "number" && value >= 0) return [];
    return [{ at, message: "is not a number of days", fix: "write a number from 0" }];
  }
  if (key === "ticketSince") return ticketSinceProblems(at, value);
  if (key === "observed") {
    return typeof value === "string" && value.trim() !== ""
      ? []
      : [{ at, message: "is not the path of a file", fix: "write a path as text, or remove the key" }];
  }
  // Waivers are read together, with their expiry.
  if (key === "ignore") return [];
  const result = checkSettings({ [key]: value });
  return result.ok
    ? []
    : result.problems.map(({ key: part, message, fix }) => ({
        at: at.replace(/[^.]*$/, part),
        message: `is wrong: ${message}`,
        fix,
      }));
}

function ticketSinceProblems(at: string, value: unknown): readonly ConfigProblem[] {
  const fix = 'write { "192.0.2.10": "2030-01-31" }: address -> day on which the ticket was sent';
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [{ at, message: "is not an object from address to day", fix }];
  }
  return Object.entries(value).flatMap(([address, day]) =>
    parseAddress(address).ok && endOf(day) !== undefined
      ? []
      : [{ at: `${at}.${address}`, message: "is not an address with a day", fix }],
  );
}

/** A ticket that was sent in the future would never escalate. The day may have begun where it was written: UTC+14. */
function futureTickets(ticketSince: unknown, now: Date): readonly ConfigProblem[] {
  const today = new Date(now.getTime() + 14 * 60 * 60 * 1000).toISOString().slice(0, 10);
  return Object.entries((ticketSince ?? {}) as Readonly<Record<string, string>>).flatMap(([address, day]) =>
    day.slice(0, 10) <= today
      ? []
      : [
          {
            at: `ticketSince of ${address}`,
            message: `is ${day.slice(0, 10)}, a day in the future`,
            fix: "write the day on which the ticket was sent",
          },
        ],
  );
}

/**
 * The gate's keys in the stack config, which shares the namespace with the program: a key that neither knows is an error,
 * as it is in the policy config. Values are never repeated in messages: any of them may be a secret.
 */
function fromStack(texts: Readonly<Record<string, string>>, problems: ConfigProblem[]): Properties {
  const good: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(texts)) {
    const at = `stack config fcrdns:${forTerminal(key.length > 80 ? `${key.slice(0, 80)}...` : key)}`;
    if (!GATE_KEYS.includes(key)) {
      if (!PROGRAM_KEYS.includes(key)) problems.push(unknownStackKey(at, key));
      continue;
    }
    const value = stackValue(key, text);
    if (value === NOT_SET) continue;
    const found = value === UNREADABLE ? [{ at, message: "", fix: "" }] : valueProblems(at, key, value);
    if (found.length > 0) {
      problems.push({
        at,
        message: `has a value that is not allowed: it must be ${mustBe(key)}`,
        fix: `pulumi config set fcrdns:${key} VALUE`,
      });
    } else {
      good[key] = value;
    }
  }
  return good;
}

function unknownStackKey(at: string, key: string): ConfigProblem {
  if (key === "enforcementLevel") {
    return {
      at,
      message: "is ignored: levels are set in the policy config",
      fix: `pulumi config rm fcrdns:enforcementLevel; then --policy-pack-config with { "${HOME}": "advisory" }`,
    };
  }
  // Each key has its place: a long name is no near miss of any of them.
  const near = key.length > 80 ? undefined : nearest(key, STACK_KEYS);
  return {
    at,
    message: near === undefined ? "is not a known key" : `is not a known key; ${near} is`,
    fix:
      near === undefined
        ? `pulumi config rm fcrdns:${forTerminal(key.slice(0, 80))}`
        : `pulumi config rm fcrdns:${forTerminal(key)}; pulumi config set fcrdns:${near} VALUE`,
  };
}

const NOT_SET = Symbol("not set");
const UNREADABLE = Symbol("unreadable");

/** Pulumi keeps lists and objects as JSON. An empty value is the project's way to say "not set". */
function stackValue(key: string, text: string): unknown {
  if (["", "[]", "{}", "null"].includes(text.trim())) return NOT_SET;
  if (key === "mode" || key === "ticketLevel" || key === "observed") return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return UNREADABLE;
  }
}

function mustBe(key: string): string {
  return RULES.find(({ name }) => name === HOME)?.config?.[key]?.mustBe ?? "a value of another kind";
}

/** A waiver: this address may break rules until a day, for a stated reason. */
import { parseAddress } from "../fcrdns/names/address";
import { nearest } from "../fcrdns/names/nearest";

export interface Waiver {
  /** IPv4 or IPv6 address. */
  readonly address: string;
  /** Why, for later readers of the config. */
  readonly reason: string;
  /** Last day on which it applies (UTC), `YYYY-MM-DD`. */
  readonly until: string;
  /** Rules that may be broken. @default all */
  readonly rules?: readonly string[];
}

/** One thing wrong with the gate's configuration. */
export interface ConfigProblem {
  /** Where: `fcrdns-round-trip.deadlineSeconds`, `fcrdns:roots`. */
  readonly at: string;
  /** What was found and what was expected. */
  readonly message: string;
  /** The next step. */
  readonly fix: string;
  /** It was valid once: the rule's own level applies, while any other problem is an error. */
  readonly expired?: true;
}

/** Years that a waiver may last from today. */
const MAX_YEARS = 5;

const KEYS = ["address", "reason", "until", "rules"];

/**
 * Reads a list of waivers; an incomplete one is ignored.
 * @param at where the list is, for messages
 * @param ruleNames what `rules` may name
 */
export function readWaivers(
  value: unknown,
  at: string,
  ruleNames: readonly string[],
): { readonly waivers: readonly Waiver[]; readonly problems: readonly ConfigProblem[] } {
  const example = '{ "address": "192.0.2.10", "reason": "ticket 4711 is open", "until": "2030-01-31" }';
  if (!Array.isArray(value)) {
    return { waivers: [], problems: [{ at, message: "is not a list of waivers", fix: `write [${example}]` }] };
  }
  const waivers: Waiver[] = [];
  const problems: ConfigProblem[] = [];
  for (const [index, entry] of value.entries()) {
    const found = waiverProblems(entry, `${at}[${index}]`, ruleNames, example);
    problems.push(...found);
    if (found.length === 0) waivers.push(withCanonicalAddress(entry as Waiver));
  }
  return { waivers, problems };
}

function waiverProblems(
  entry: unknown,
  at: string,
  ruleNames: readonly string[],
  example: string,
): readonly ConfigProblem[] {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
    return [{ at, message: "is not a waiver", fix: `write ${example}` }];
  }
  const { address, reason, until, rules } = entry as Readonly<Record<string, unknown>>;
  const problems: ConfigProblem[] = Object.keys(entry)
    .filter((key) => !KEYS.includes(key))
    .map((key) => ({ at: `${at}.${key}`, message: "is not a key of a waiver", fix: meant(key, KEYS) }));
  const parsed = typeof address === "string" ? parseAddress(address) : undefined;
  if (!parsed?.ok) {
    problems.push({
      at: `${at}.address`,
      message: parsed === undefined ? "is missing: it is the waived address" : parsed.reason,
      fix: "write one IP address",
    });
  }
  if (typeof reason !== "string" || reason.trim() === "") {
    problems.push({
      at: `${at}.reason`,
      message: "is missing: a waiver needs a reason",
      fix: "write one sentence, for example the number of the provider's ticket",
    });
  }
  if (endOf(until) === undefined) {
    problems.push({
      at: `${at}.until`,
      message: until === undefined ? "is missing: a waiver needs an end" : "is not a valid date",
      fix: "write the last day as YYYY-MM-DD",
    });
  }
  if (rules !== undefined && !Array.isArray(rules)) {
    problems.push({ at: `${at}.rules`, message: "is not a list of rules", fix: 'write ["fcrdns-round-trip"]' });
  }
  if (Array.isArray(rules) && rules.length === 0) {
    problems.push({
      at: `${at}.rules`,
      message: "is an empty list: the waiver applies to no rule",
      fix: "name the rules, or remove the key so that it applies to all of them",
    });
  }
  const unknown = Array.isArray(rules) ? rules.filter((name) => !ruleNames.includes(String(name))) : [];
  for (const name of unknown) {
    problems.push({
      at: `${at}.rules`,
      message: `there is no rule ${JSON.stringify(String(name).slice(0, 80))}`,
      fix: meant(String(name), ruleNames),
    });
  }
  return problems;
}

function withCanonicalAddress(waiver: Waiver): Waiver {
  const parsed = parseAddress(waiver.address);
  return parsed.ok ? { ...waiver, address: parsed.address.text } : waiver;
}

/** The moment after which a waiver no longer applies, UTC milliseconds; undefined: not a day. */
export function endOf(until: unknown): number | undefined {
  const match =
    typeof until === "string" ? /^(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/.exec(until) : null;
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const start = new Date(Date.UTC(year, month - 1, day));
  const exists = start.getUTCMonth() === month - 1 && start.getUTCDate() === day;
  return exists ? start.getTime() + 24 * 60 * 60 * 1000 : undefined;
}

export function isExpired(waiver: Waiver, now: Date): boolean {
  return now.getTime() >= (endOf(waiver.until) ?? 0);
}

/** Whether the end is too far away. */
export function isEndless(waiver: Waiver, now: Date): boolean {
  const limit = Date.UTC(now.getUTCFullYear() + MAX_YEARS, now.getUTCMonth(), now.getUTCDate() + 1);
  return (endOf(waiver.until) ?? 0) > limit;
}

/** The problem with such a waiver. */
export function endlessProblem({ address, until }: Waiver): ConfigProblem {
  return {
    at: `the waiver for ${address}`,
    message: `runs until ${until.slice(0, 10)}, more than ${MAX_YEARS} years from now: that is too long`,
    fix: "write a date on which somebody reviews it",
    expired: true,
  };
}

/** "write X" for a misspelt value, or all possible values. */
export function meant(word: string, choice: readonly string[]): string {
  const near = nearest(word, choice);
  return near === undefined ? `remove it; possible values: ${choice.join(", ")}` : `write ${near}`;
}

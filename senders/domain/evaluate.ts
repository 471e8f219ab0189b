/**
 * SPF for whole sets of addresses at once: each address gets the result that `check_host()` (RFC 7208 section 4) has for
 * it, because the limits are counted for each group of addresses on its own way through the records. One address with its
 * session is `check_host()`; all addresses without a session are what a domain lets send.
 */
import { type IpAddress, parseAddress, reverseName } from "../../fcrdns/names/address";
import { canonicalName } from "../../fcrdns/names/name";
import {
  type AddressSet,
  difference,
  everyAddress,
  type Family,
  intersection,
  networkOf,
  type Range,
  united,
} from "./address-set";
import { expandedName, hasMacro, type MacroValues, macroValues, type Session, usesMacro } from "./macros";
import {
  type Directive,
  type DomainSpec,
  isSpfRecord,
  parseSpfRecord,
  type Qualifier,
  type SpfRecord,
} from "./spf-record";

/** Terms that take look-ups, of one evaluation (RFC 7208 section 4.6.4). */
export const MAX_LOOK_UPS = 10;
/** Look-ups that find nothing. */
export const MAX_VOID_LOOK_UPS = 2;
/** Exchanges of one `mx`, and names of one PTR. */
const MAX_NAMES = 10;

export type DnsType = "A" | "AAAA" | "MX" | "TXT" | "PTR";

export type DnsAnswer =
  /** None: the name or the type does not exist there. */
  | {
      readonly known: true;
      readonly values: readonly string[];
      /** The names that aliases lead to on the way. @default none */
      readonly aliases?: readonly string[];
    }
  /** No answer, which is not "none". @param why in words that follow a colon */
  | { readonly known: false; readonly why: string };

/** @param name canonical, or what a macro made of it */
export type DnsLookUp = (name: string, type: DnsType) => Promise<DnsAnswer>;

export type SpfResult = Qualifier | "none" | "temperror" | "permerror";

/** Why there is no result, or no certain one. */
export type Trouble =
  | { readonly kind: "look-up-limit" | "void-limit" | "macro" | "ptr" }
  | { readonly kind: "no-record" | "several-records" | "mx-limit"; readonly domain: string }
  | { readonly kind: "syntax"; readonly domain: string; readonly term: string; readonly problem: string }
  | { readonly kind: "no-answer"; readonly domain: string; readonly type: DnsType; readonly why: string };

/** A term, and the domain whose record has it. */
export interface Step {
  readonly domain: string;
  /** The names that aliases of the domain lead to. @default none */
  readonly aliases?: readonly string[];
  /** As written. */
  readonly term: string;
}

/** Addresses whose way through the records was the same so far. */
interface Group {
  readonly family: Family;
  readonly addresses: AddressSet;
  readonly lookUps: number;
  readonly voids: number;
}

/** A group that has its result. */
export interface Decision extends Group {
  readonly result: SpfResult;
  /** The terms that led to it, from the domain's own record inwards. */
  readonly steps: readonly Step[];
  /** What decided names no address: `all`, or `exists` of a name that exists. */
  readonly unlisted?: true;
  /** Of `none`, `temperror` and `permerror`. */
  readonly trouble?: Trouble;
}

/** A term of which nobody can say without a session, or without an answer, which addresses it matches. */
export interface Undecided {
  readonly steps: readonly Step[];
  readonly trouble: Trouble;
  /** What it says of an address that it matches. */
  readonly qualifier: Qualifier;
}

/** The networks of a term that lets send, also those of which an earlier term has decided already. */
export interface Named {
  readonly family: Family;
  readonly ranges: readonly Range[];
  readonly steps: readonly Step[];
}

export interface Evaluation {
  /** Together every address of the groups, in the order of the terms. */
  readonly decisions: readonly Decision[];
  readonly undecided: readonly Undecided[];
  /** In the order of the terms. */
  readonly named: readonly Named[];
}

interface Run {
  readonly lookUp: DnsLookUp;
  /** Null: whatever depends on it is undecided, and matches nothing. */
  readonly session: Session | null;
}

/**
 * What a domain's SPF record says of every address.
 * @param domain canonical
 */
export function evaluateEvery(domain: string, lookUp: DnsLookUp): Promise<Evaluation> {
  const groups = ([4, 6] as const).map((family) => ({
    family,
    addresses: everyAddress[family],
    lookUps: 0,
    voids: 0,
  }));
  return evaluate(domain, groups, { lookUp, session: null }, []);
}

/** What a domain's SPF record says of one session. @param domain canonical */
export async function evaluateOne(domain: string, session: Session, lookUp: DnsLookUp): Promise<Decision> {
  const { family, bytes } = session.ip;
  const groups = [{ family, addresses: [networkOf(bytes, 8 * bytes.length)], lookUps: 0, voids: 0 }];
  const { decisions } = await evaluate(domain, groups, { lookUp, session }, []);
  return decisions[0] as Decision;
}

async function evaluate(
  domain: string,
  groups: readonly Group[],
  run: Run,
  steps: readonly Step[],
): Promise<Evaluation> {
  const read = await recordOf(domain, run);
  if (!read.ok) {
    return {
      ...NOTHING,
      decisions: groups.map((group) => ({ ...group, result: read.result, steps, trouble: read.trouble })),
    };
  }
  const { directives, redirect } = read.record;
  const place = { domain, ...(read.aliases && { aliases: read.aliases }) };
  if (run.session === null) askAhead(directives, domain, groups, run.lookUp);
  const decisions: Decision[] = [];
  const undecided: Undecided[] = [];
  const named: Named[] = [];
  let left = groups;
  for (const directive of directives) {
    if (left.length === 0) break;
    const here = [...steps, { ...place, term: directive.term }];
    const counted = TAKES_LOOK_UP.has(directive.kind) ? withLookUp(left, here) : { groups: left, beyond: [] };
    const outcome = await applied(directive, domain, counted.groups, run, here);
    decisions.push(...counted.beyond, ...outcome.decisions);
    undecided.push(...outcome.undecided);
    named.push(...outcome.named);
    left = merged(outcome.left);
  }
  if (redirect !== undefined && left.length > 0) {
    const here = [...steps, { ...place, term: redirect.term }];
    const { groups: within, beyond } = withLookUp(left, here);
    decisions.push(...beyond);
    const target = await targetOf(redirect.domain, domain, run);
    if (target === null) {
      undecided.push({ steps: here, trouble: { kind: "macro" }, qualifier: "pass" });
      left = within;
    } else {
      const rest = within.length === 0 ? NOTHING : await evaluate(target, within, run, here);
      decisions.push(...rest.decisions.map((each) => (each.result === "none" ? { ...each, ...PERMERROR } : each)));
      undecided.push(...rest.undecided);
      named.push(...rest.named);
      left = [];
    }
  }
  decisions.push(...left.map((group): Decision => ({ ...group, result: "neutral", steps })));
  return { decisions, undecided, named };
}

/** Each term waits for the one before; the questions need not. Whoever remembers the answers has them sooner. */
function askAhead(directives: readonly Directive[], domain: string, groups: readonly Group[], lookUp: DnsLookUp): void {
  const left = MAX_LOOK_UPS - Math.min(...groups.map(({ lookUps }) => lookUps));
  const terms = directives.filter(({ kind }) => TAKES_LOOK_UP.has(kind)).slice(0, left);
  for (const term of terms) {
    if (!("domain" in term) || term.kind === "ptr" || (term.domain !== null && hasMacro(term.domain))) continue;
    const name = term.domain === null ? domain : inPresentation(expandedName(term.domain, {}));
    const types = { include: ["TXT"], exists: ["A"], a: ["A", "AAAA"], mx: ["MX"] } as const;
    for (const type of types[term.kind]) void answerOf(name, type, lookUp);
  }
}

const NOTHING: Evaluation = { decisions: [], undecided: [], named: [] };
const PERMERROR = { result: "permerror" } as const;

const TAKES_LOOK_UP: ReadonlySet<string> = new Set(["include", "a", "mx", "ptr", "exists"]);

type ReadRecord =
  | { readonly ok: true; readonly record: SpfRecord; readonly aliases: readonly string[] | undefined }
  | { readonly ok: false; readonly result: SpfResult; readonly trouble: Trouble };

/** RFC 7208 sections 4.3 to 4.6. */
async function recordOf(domain: string, { lookUp }: Run): Promise<ReadRecord> {
  const answer = await answerOf(domain, "TXT", lookUp);
  if (!answer.known) {
    return { ok: false, result: "temperror", trouble: { kind: "no-answer", domain, type: "TXT", why: answer.why } };
  }
  const [text, ...more] = answer.values.filter(isSpfRecord);
  if (text === undefined) return { ok: false, result: "none", trouble: { kind: "no-record", domain } };
  if (more.length > 0) return { ok: false, ...PERMERROR, trouble: { kind: "several-records", domain } };
  const parsed = parseSpfRecord(text);
  if (parsed.ok) return { ...parsed, aliases: answer.aliases };
  const { term, problem } = parsed;
  return { ok: false, ...PERMERROR, trouble: { kind: "syntax", domain, term, problem } };
}

/** A name that DNS cannot hold has no records (RFC 7208 section 4.8), and is no void look-up: nothing was looked up. */
async function answerOf(
  name: string,
  type: DnsType,
  lookUp: DnsLookUp,
): Promise<DnsAnswer & { readonly isVoid: boolean }> {
  const canonical = canonicalName(name);
  if (!canonical.ok || canonical.name === ".") return { known: true, values: [], isVoid: false };
  const answer = await lookUp(canonical.name, type);
  return { ...answer, isVoid: answer.known && answer.values.length === 0 };
}

function withLookUp(
  groups: readonly Group[],
  steps: readonly Step[],
): { readonly groups: readonly Group[]; readonly beyond: readonly Decision[] } {
  const within = groups.filter(({ lookUps }) => lookUps < MAX_LOOK_UPS);
  const beyond = groups.filter(({ lookUps }) => lookUps >= MAX_LOOK_UPS);
  return {
    groups: within.map((group) => ({ ...group, lookUps: group.lookUps + 1 })),
    beyond: beyond.map((group) => ({ ...group, ...PERMERROR, steps, trouble: { kind: "look-up-limit" } })),
  };
}

/** What a term leaves of the groups. */
interface Applied extends Evaluation {
  readonly left: readonly Group[];
}

/** Applies one mechanism (RFC 7208 section 5) to groups that may still look something up. */
async function applied(
  directive: Directive,
  domain: string,
  groups: readonly Group[],
  run: Run,
  steps: readonly Step[],
): Promise<Applied> {
  const { kind, qualifier } = directive;
  const unknown = (trouble: Trouble): Applied => ({
    ...NOTHING,
    undecided: [{ steps, trouble, qualifier }],
    left: groups,
  });
  if (groups.length === 0) return { ...NOTHING, left: groups };
  switch (kind) {
    case "all":
      return every(groups, qualifier, steps);
    case "ip4":
    case "ip6": {
      const range = networkOf(directive.bytes, directive.bits);
      const family = kind === "ip4" ? 4 : 6;
      return joined(groups.map((group) => split(group, group.family === family ? [range] : [], qualifier, steps)));
    }
    case "include": {
      const target = await targetOf(directive.domain, domain, run);
      if (target === null) return unknown({ kind: "macro" });
      return included(await evaluate(target, groups, run, steps), qualifier, run);
    }
    case "exists": {
      const target = await targetOf(directive.domain, domain, run);
      if (target === null) return unknown({ kind: "macro" });
      const answer = await answerOf(target, "A", run.lookUp);
      if (!answer.known) return noAnswer(groups, { target, type: "A", why: answer.why }, qualifier, run, steps);
      if (answer.values.length > 0) return every(groups, qualifier, steps);
      return joined(groups.map((group) => withVoids(group, answer.isVoid ? 1 : 0, steps)));
    }
    case "ptr": {
      if (run.session === null) return unknown({ kind: "ptr" });
      const target = await targetOf(directive.domain, domain, run);
      const { names, isVoid } = await validatedNames(run.session.ip, run.lookUp);
      if (names.some((name) => isBelow(name, target ?? domain))) return every(groups, qualifier, steps);
      return joined(groups.map((group) => withVoids(group, isVoid ? 1 : 0, steps)));
    }
    case "a": {
      const target = await targetOf(directive.domain, domain, run);
      if (target === null) return unknown({ kind: "macro" });
      return joined(
        await Promise.all(groups.map((group) => ofHosts(group, [target], directive, qualifier, run, steps))),
      );
    }
    case "mx": {
      const target = await targetOf(directive.domain, domain, run);
      if (target === null) return unknown({ kind: "macro" });
      const answer = await answerOf(target, "MX", run.lookUp);
      if (!answer.known) return noAnswer(groups, { target, type: "MX", why: answer.why }, qualifier, run, steps);
      if (answer.values.length > MAX_NAMES) {
        const trouble = { kind: "mx-limit", domain: target } as const;
        return { ...NOTHING, decisions: groups.map((group) => ({ ...group, ...PERMERROR, steps, trouble })), left: [] };
      }
      if (answer.values.length === 0)
        return joined(groups.map((group) => withVoids(group, answer.isVoid ? 1 : 0, steps)));
      return joined(
        await Promise.all(groups.map((group) => ofHosts(group, answer.values, directive, qualifier, run, steps))),
      );
    }
  }
}

function joined(parts: readonly Applied[]): Applied {
  return {
    decisions: parts.flatMap(({ decisions }) => decisions),
    undecided: parts.flatMap(({ undecided }) => undecided),
    named: parts.flatMap(({ named }) => named),
    left: parts.flatMap(({ left }) => left),
  };
}

function every(groups: readonly Group[], result: Qualifier, steps: readonly Step[]): Applied {
  return { ...NOTHING, decisions: groups.map((group) => ({ ...group, result, steps, unlisted: true })), left: [] };
}

/** The addresses within the ranges have their result, the others go on. */
function split(group: Group, ranges: readonly Range[], result: Qualifier, steps: readonly Step[]): Applied {
  const named = result === "pass" && ranges.length > 0 ? [{ family: group.family, ranges, steps }] : [];
  const matched = intersection(group.addresses, ranges);
  if (matched.length === 0) return { ...NOTHING, named, left: [group] };
  const others = difference(group.addresses, ranges);
  return {
    ...NOTHING,
    named,
    decisions: [{ ...group, addresses: matched, result, steps }],
    left: others.length === 0 ? [] : [{ ...group, addresses: others }],
  };
}

/** Counts look-ups that found nothing. */
function withVoids(group: Group, voids: number, steps: readonly Step[]): Applied {
  const counted = { ...group, voids: group.voids + voids };
  if (counted.voids <= MAX_VOID_LOOK_UPS) return { ...NOTHING, left: [counted] };
  return { ...NOTHING, decisions: [{ ...counted, ...PERMERROR, steps, trouble: { kind: "void-limit" } }], left: [] };
}

/** What an evaluated `include` says (RFC 7208 section 5.2): only a pass is a match. */
function included({ decisions, undecided, named }: Evaluation, result: Qualifier, { session }: Run): Applied {
  const decided: Decision[] = [];
  const left: Group[] = [];
  const unanswered: Undecided[] = [];
  for (const decision of decisions) {
    const { trouble, steps } = decision;
    if (decision.result === "pass") decided.push({ ...decision, result });
    else if (decision.result === "none" || decision.result === "permerror") decided.push({ ...decision, ...PERMERROR });
    else if (decision.result === "temperror" && session !== null) decided.push(decision);
    else left.push(groupOf(decision));
    if (decision.result === "temperror" && session === null && trouble !== undefined) {
      unanswered.push({ steps, trouble, qualifier: result });
    }
  }
  return {
    decisions: decided,
    undecided: [...undecided.map((each) => combined(each, result)), ...unanswered.slice(0, 1)],
    named: result === "pass" ? named : [],
    left,
  };
}

/** What an inner term that passes says of an address here. */
function combined(inner: Undecided, outer: Qualifier): Undecided {
  return inner.qualifier === "pass" ? { ...inner, qualifier: outer } : inner;
}

/** Without a session the question is which addresses the records name: the terms behind are read nevertheless. */
function noAnswer(
  groups: readonly Group[],
  { target, type, why }: { readonly target: string; readonly type: DnsType; readonly why: string },
  qualifier: Qualifier,
  { session }: Run,
  steps: readonly Step[],
): Applied {
  const trouble = { kind: "no-answer", domain: target, type, why } as const;
  if (session === null) return { ...NOTHING, undecided: [{ steps, trouble, qualifier }], left: groups };
  return {
    ...NOTHING,
    decisions: groups.map((group) => ({ ...group, result: "temperror", steps, trouble })),
    left: [],
  };
}

/** The addresses of hosts, as `a` and `mx` take them. A match counts before what other hosts lack. */
async function ofHosts(
  group: Group,
  hosts: readonly string[],
  { bits4, bits6 }: { readonly bits4: number; readonly bits6: number },
  qualifier: Qualifier,
  run: Run,
  steps: readonly Step[],
): Promise<Applied> {
  const type = group.family === 4 ? "A" : "AAAA";
  const answers = await Promise.all(
    hosts.map(async (target) => ({ target, answer: await answerOf(target, type, run.lookUp) })),
  );
  const ranges = answers.flatMap(({ answer }) =>
    (answer.known ? answer.values : []).flatMap((value): Range[] => {
      const parsed = parseAddress(value);
      const fits = parsed.ok && parsed.address.family === group.family;
      return fits ? [networkOf(parsed.address.bytes, group.family === 4 ? bits4 : bits6)] : [];
    }),
  );
  const matched = split(group, ranges, qualifier, steps);
  const voids = answers.filter(({ answer }) => answer.isVoid).length;
  const counted = joined(matched.left.map((others) => withVoids(others, voids, steps)));
  const failed = answers.flatMap(({ target, answer }) =>
    answer.known ? [] : [{ target, type, why: answer.why } as const],
  );
  const [first] = failed;
  const rest = first === undefined ? [] : [noAnswer(counted.left, first, qualifier, run, steps)];
  return joined([{ ...matched, left: [] }, first === undefined ? counted : { ...counted, left: [] }, ...rest]);
}

/** The names of an address that lead back to it (RFC 7208 section 5.5); what fails there matches nothing. */
async function validatedNames(
  ip: IpAddress,
  lookUp: DnsLookUp,
): Promise<{ readonly names: readonly string[]; readonly isVoid: boolean }> {
  const answer = await answerOf(reverseName(ip), "PTR", lookUp);
  const names = answer.known ? answer.values.slice(0, MAX_NAMES) : [];
  const confirmed = await Promise.all(
    names.map(async (name) => {
      const addresses = await answerOf(name, ip.family === 4 ? "A" : "AAAA", lookUp);
      return addresses.known && addresses.values.some((value) => isSame(value, ip)) ? [name] : [];
    }),
  );
  return { names: confirmed.flat(), isVoid: answer.isVoid };
}

function isSame(text: string, { text: ip }: IpAddress): boolean {
  const parsed = parseAddress(text);
  return parsed.ok && parsed.address.text === ip;
}

/** The name of a term; null: it depends on a session that nobody knows. */
async function targetOf(spec: DomainSpec | null, domain: string, { session, lookUp }: Run): Promise<string | null> {
  if (spec === null) return domain;
  if (session === null) return hasMacro(spec) ? null : inPresentation(expandedName(spec, {}));
  const p: MacroValues = usesMacro(spec, "p") ? { p: await nameOf(session.ip, domain, lookUp) } : {};
  return inPresentation(expandedName(spec, { ...macroValues(session, domain), ...p }));
}

/** A backslash in a record is an octet of the name, not an escape. */
function inPresentation(name: string): string {
  return name.replace(/\\/g, "\\\\");
}

/** `%{p}` (RFC 7208 section 7.3): the domain itself, else a name below it, else any that leads back. */
export async function nameOf(ip: IpAddress, domain: string, lookUp: DnsLookUp): Promise<string> {
  const { names } = await validatedNames(ip, lookUp);
  const wanted = domain.toLowerCase();
  return (
    names.find((name) => name.toLowerCase() === wanted) ??
    names.find((name) => isBelow(name, domain)) ??
    names[0] ??
    "unknown"
  );
}

function isBelow(name: string, domain: string): boolean {
  return `.${name.toLowerCase()}`.endsWith(`.${domain.toLowerCase()}`);
}

function groupOf({ family, addresses, lookUps, voids }: Group): Group {
  return { family, addresses, lookUps, voids };
}

/** Groups that may look up as much as each other are one. */
function merged(groups: readonly Group[]): readonly Group[] {
  const all = new Map<string, Group>();
  for (const group of groups) {
    const key = `${group.family} ${group.lookUps} ${group.voids}`;
    const before = all.get(key);
    const addresses = before === undefined ? group.addresses : united([...before.addresses, ...group.addresses]);
    all.set(key, { ...group, addresses });
  }
  return [...all.values()];
}

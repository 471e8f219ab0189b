/** What is to be said of a domain's senders beside the addresses. Names and terms are as DNS has them: not escaped. */
import type { LeftOut } from "../sender";
import type { Family } from "./address-set";
import type { DomainSenders, Failure, Permission, Unlisted } from "./domain-senders";
import { MAX_LOOK_UPS, MAX_VOID_LOOK_UPS, type Step, type Undecided } from "./evaluate";

/** Everything that the addresses listed do not show, the errors first. */
export function leftOutOf(found: DomainSenders): LeftOut[] {
  return [
    ...found.failures.map((failure) => failureLine(failure, found.domain)),
    ...found.unlisted.map(unlistedLine),
    ...found.undecided.map(undecidedLine),
    ...found.exchanges.map(({ name, type, why }) =>
      name === found.domain
        ? { what: `MX of ${name}`, why: `could not be looked up (${why}): run the command again` }
        : exchangeLine(name, type, why, found.domain),
    ),
  ];
}

/**
 * `SPF of example.com: 4 of 10 look-ups, 0 of 2 void look-ups`, with `(1 for IPv6 addresses)` where the families differ;
 * undefined where there is no record to evaluate.
 */
export function limitsLine({ domain, lookUps, voids, failures }: DomainSenders): string | undefined {
  if (failures.some(({ steps }) => steps.length === 0)) return undefined;
  const isExceeded = failures.some(({ trouble }) => trouble.kind === "look-up-limit");
  const used = `${isExceeded ? "more than " : ""}${lookUps} of ${MAX_LOOK_UPS} look-ups`;
  const [count4, count6] = ([4, 6] as const).map((family) =>
    voids[family] > MAX_VOID_LOOK_UPS ? `more than ${MAX_VOID_LOOK_UPS}` : `${voids[family]}`,
  );
  const other = count6 === count4 ? "" : ` (${count6} for IPv6 addresses)`;
  return `SPF of ${domain}: ${used}, ${count4} of ${MAX_VOID_LOOK_UPS} void look-ups${other}`;
}

/** What lets a network send: `include:_spf.example.net > ip4:192.0.2.0/24`. */
export function permissionText(by: Permission): string {
  return by.kind === "mx" ? `MX ${by.exchange}` : by.steps.map(({ term }) => shortened(term)).join(" > ");
}

function failureLine({ result, trouble, steps, families }: Failure, domain: string): LeftOut {
  const answer = `receivers answer ${result}${onlyText(families)}`;
  const behind = `${answer}, and what stands behind it lets nobody send`;
  switch (trouble.kind) {
    case "no-record":
      return steps.length === 0
        ? { what: domain, why: "has no SPF record" }
        : { what: termText(steps), why: `is an error: ${trouble.domain} has no SPF record; ${behind}` };
    case "several-records":
      return { what: trouble.domain, why: `has several SPF records, and one is allowed: ${behind}; merge them` };
    case "syntax":
      return {
        what: `${shortened(trouble.term)} in the SPF record of ${trouble.domain}`,
        why: `${trouble.problem}: ${answer}, and the whole record lets nobody send`,
      };
    case "look-up-limit":
      return {
        what: termText(steps),
        why: `is look-up ${MAX_LOOK_UPS + 1}, and ${MAX_LOOK_UPS} are allowed: ${behind}; remove terms that look something up (include, a, mx, ptr, exists, redirect)`,
      };
    case "void-limit":
      return {
        what: termText(steps),
        why: `is one look-up too many that finds nothing, and ${MAX_VOID_LOOK_UPS} are allowed: ${behind}; remove terms whose names have no records`,
      };
    case "mx-limit":
      return {
        what: termText(steps),
        why: `leads to more than 10 exchanges of ${trouble.domain}, and 10 are allowed: ${behind}`,
      };
    case "no-answer":
      return {
        what: `${trouble.type} of ${trouble.domain}`,
        why: `could not be looked up (${trouble.why}), so what it lets send is not known: run the command again`,
      };
    case "macro":
    case "ptr":
      return { what: termText(steps), why: `is not evaluated: ${behind}` };
  }
}

function unlistedLine({ steps, families }: Unlisted): LeftOut {
  const reason = /^\+?exists/i.test(steps.at(-1)?.term ?? "") ? "names something that exists and so " : "";
  return {
    what: termText(steps),
    why: `${reason}lets every ${families.length === 1 ? `IPv${families[0]} ` : ""}address of the internet send, which is not listed: with it SPF protects nothing, end the record with -all`,
  };
}

function undecidedLine({ steps, trouble, qualifier, service }: Undecided & { readonly service?: string }): LeftOut {
  const whose = service === undefined ? "" : ` (${service})`;
  const what = `${termText(steps)}${whose}`;
  if (trouble.kind === "no-answer") {
    const undone = qualifier === "pass" ? "was not evaluated" : "may exclude addresses that are listed";
    return {
      what,
      why: `${undone}: ${trouble.type} of ${trouble.domain} could not be looked up (${trouble.why}); run the command again`,
    };
  }
  const depends = trouble.kind === "ptr" ? "on the PTR of each address" : "on each message";
  const reason = trouble.kind === "ptr" ? "" : "has a macro: ";
  return qualifier === "pass"
    ? {
        what,
        why: `is not listed: ${reason}which addresses it lets send depends ${depends}; check those that you know with fcrdns verify`,
      }
    : { what, why: `may exclude addresses that are listed: ${reason}which ones depends ${depends}` };
}

function exchangeLine(name: string, type: string, why: string | undefined, domain: string): LeftOut {
  return why === undefined
    ? { what: `${name}, an MX of ${domain},`, why: "has no address" }
    : {
        what: `${type} of ${name}, an MX of ${domain},`,
        why: `could not be looked up (${why}): run the command again`,
      };
}

/** `ip4:192.0.2.1 in the SPF record of b.example, which a.example reaches by include:b.example` */
function termText(steps: readonly Step[]): string {
  const last = steps.at(-1);
  if (last === undefined) return "";
  const before = steps.slice(0, -1).map(({ term }) => shortened(term));
  const way = before.length === 0 ? "" : ` (reached by ${before.join(" > ")})`;
  return `${shortened(last.term)} in the SPF record of ${last.domain}${way}`;
}

function onlyText(families: readonly Family[]): string {
  return families.length === 1 ? ` to clients with IPv${families[0]}` : "";
}

/** Terms come from DNS: of any length. */
function shortened(term: string): string {
  return term.length > 120 ? `${term.slice(0, 120)}...` : term;
}

/**
 * What a message means as the answer to a question: pure functions of the message, one for authoritative servers and one
 * for resolvers.
 */

import type { Cause, Unusable } from "../cause";
import type { NegativeSoa } from "../evidence";
import type { Outcome } from "../verdict";
import { isWithin } from "./domain-tree";
import type { Message, Question, ResourceRecord } from "./wire";

export interface Reading {
  readonly outcome: Outcome;
  /** The reason, where the outcome alone does not say it. */
  readonly causes: readonly Cause[];
  /** The records that answer the question, or the NS records of a referral. */
  readonly records: readonly ResourceRecord[];
  /** PTR: targets in wire case; A and AAAA: canonical address texts; MX: the targets; TXT: the texts. Sorted, each once. */
  readonly values: readonly string[];
  /** Lower case: the targets of the aliases followed, in order; of an authoritative answer only the first. */
  readonly aliases: readonly string[];
  /** Of a referral: the zone that it leads to, lower case. */
  readonly cut?: string;
  readonly soa?: NegativeSoa;
}

/**
 * How many aliases in a row are followed: as many as the resolvers that receivers use most. Measured 2026-11-21 with Unbound
 * 1.17.1 and BIND 9.18.49: both resolve a chain of 11 and answer SERVFAIL to one of 12, whether a name server gives the
 * chain whole or one alias at a time (test/fcrdns/ask/real-resolvers.test.ts). Each calls the limit `max-query-restarts`.
 */
export const MAX_ALIAS_CHAIN_LENGTH = 11;

/**
 * Reads what an authoritative server of `zone` answered. Without AA nothing is an answer: the server is lame, or refers
 * to the servers of a zone further down. A referral that leads upwards or stays is lame too (RFC 1912 section 2.8).
 */
export function readAuthoritative(question: Question, zone: string, message: Message): Reading {
  const failure = failureOf(message);
  if (failure) return failure;
  const name = question.name.toLowerCase();
  const answers = message.answers.filter((record) => isOwnedBy(record, name));
  const matching = answers.filter((record) => record.type === question.type);
  const aliases = aliasesAmong(answers);
  if (!message.aa) {
    if (matching.length > 0 || aliases.length > 0) {
      return reading("lame", { records: answers, causes: [{ kind: "no-authority" }] });
    }
    const referral = message.rcode === "NOERROR" ? referralOf(name, message) : undefined;
    if (referral && referral.cut !== zone && isWithin(referral.cut, zone)) return referral;
    if (referral) {
      const upwards = referral.cut === zone ? null : referral.cut;
      return reading("lame", { records: referral.records, causes: [{ kind: "bad-referral", upwards }] });
    }
    return reading("lame", { causes: [{ kind: "no-authority", rcode: message.rcode }] });
  }
  if (matching.length > 0) return recordsIn(message, { records: matching, values: valuesOf(matching) });
  if (aliases.length > 1) return severalAliases(answers, name);
  if (aliases.length === 1) return reading("cname", { records: answers.filter(isAlias).slice(0, 1), aliases });
  const stray = unusableAnswer(message);
  if (stray) return stray;
  if (message.rcode === "NXDOMAIN") return negative("nxdomain", name, message);
  const referral = referralOf(name, message);
  // Some servers set AA on referrals; NS records of a zone further down can be nothing else.
  if (referral && referral.cut !== zone && isWithin(referral.cut, zone) && !soaOf(name, message)) return referral;
  return negative("nodata", name, message);
}

/**
 * Records whose name the same message denies reach no receiver: of such an answer, Unbound 1.17.1 makes NXDOMAIN, and
 * BIND 9.18.49 SERVFAIL.
 */
function recordsIn({ rcode }: Message, found: Pick<Reading, "records" | "values"> & Partial<Reading>): Reading {
  if (rcode !== "NXDOMAIN") return reading("ok", found);
  return { ...unusable("denied-records", found.records), aliases: found.aliases ?? nothing };
}

/** An answer section without any record that answers the question. An empty one would be a denial. */
function unusableAnswer({ answers, answersPassedOver }: Message): Reading | undefined {
  if (answers.length > 0) return unusable("other-records", answers);
  return answersPassedOver === 0 ? undefined : unusable("other-class");
}

/** Records of the type asked for that no alias leads to. */
function strayRecords({ answers }: Message, type: string): Reading | undefined {
  if (!answers.some((record) => record.type === type)) return undefined;
  return unusable("off-the-chain", answers);
}

function unusable(what: Unusable, records: readonly ResourceRecord[] = nothing): Reading {
  return reading("malformed", { records, causes: [{ kind: "unusable", what }] });
}

/** The targets of the aliases among these records, each once. */
function aliasesAmong(records: readonly ResourceRecord[]): string[] {
  const targets: string[] = [];
  for (const record of records) {
    if (record.type !== "CNAME") continue;
    const target = record.target.toLowerCase();
    if (!targets.includes(target)) targets.push(target);
  }
  return targets;
}

function isAlias({ type }: ResourceRecord): boolean {
  return type === "CNAME";
}

/** Several aliases at one name; RFC 2181 section 10.1 allows one, and none of them is the right one. */
function severalAliases(records: readonly ResourceRecord[], name: string): Reading {
  return reading("malformed", { records, causes: [{ kind: "several-aliases", name }] });
}

/** Reads what a resolver answered: it follows aliases itself, and the records at their end are the answer. */
export function readRecursive(question: Question, message: Message): Reading {
  const failure = failureOf(message);
  if (failure) return failure;
  const aliases: string[] = [];
  let name = question.name.toLowerCase();
  for (;;) {
    const here = message.answers.filter((record) => isOwnedBy(record, name));
    const records = here.filter((record) => record.type === question.type);
    if (records.length > 0) return recordsIn(message, { records, values: valuesOf(records), aliases });
    const targets = aliasesAmong(here);
    if (targets.length > 1) return { ...severalAliases(here, name), aliases };
    const [target] = targets;
    if (target === undefined) break;
    name = target;
    if (aliases.includes(name) || name === question.name.toLowerCase()) {
      const causes = [{ kind: "alias-loop", aliases: [...aliases], next: name }] as const;
      return reading("cname-loop", { records: message.answers, aliases, causes });
    }
    if (aliases.length === MAX_ALIAS_CHAIN_LENGTH) {
      return reading("cname", { records: message.answers, aliases, causes: [{ kind: "alias-limit" }] });
    }
    aliases.push(name);
  }
  // Behind an alias the answer section holds the aliases at least; without one, its records are of no use.
  const stray = aliases.length === 0 ? unusableAnswer(message) : strayRecords(message, question.type);
  if (stray) return { ...stray, aliases };
  if (message.rcode === "NXDOMAIN") return { ...negative("nxdomain", name, message), aliases };
  if (!message.ra && !message.aa) return reading("lame", { causes: [{ kind: "no-recursion" }] });
  return { ...negative("nodata", name, message), aliases };
}

function failureOf(message: Message): Reading | undefined {
  switch (message.rcode) {
    case "NOERROR":
    case "NXDOMAIN":
      return undefined;
    case "SERVFAIL":
      return reading("servfail");
    case "REFUSED":
      return reading("refused");
    case "FORMERR":
      return reading("formerr");
    case "NOTIMP":
      return reading("notimp");
    case "NOTAUTH":
      return reading("lame", { causes: [{ kind: "rcode", rcode: message.rcode }] });
    case "BADVERS":
      return reading("notimp", { causes: [{ kind: "rcode", rcode: message.rcode }] });
    default:
      return reading("servfail", { causes: [{ kind: "rcode", rcode: message.rcode }] });
  }
}

function referralOf(name: string, message: Message): (Reading & { readonly cut: string }) | undefined {
  const first = message.authorities.find(
    (record) => record.type === "NS" && isWithin(name, record.owner.toLowerCase()),
  );
  if (!first) {
    const elsewhere = message.authorities.find((record) => record.type === "NS");
    return elsewhere && { ...reading("referral", { records: [elsewhere] }), cut: elsewhere.owner.toLowerCase() };
  }
  const cut = first.owner.toLowerCase();
  const records = message.authorities.filter((record) => record.type === "NS" && record.owner.toLowerCase() === cut);
  return { ...reading("referral", { records }), cut };
}

function negative(outcome: "nxdomain" | "nodata", name: string, message: Message): Reading {
  const soa = soaOf(name, message);
  return reading(outcome, { soa, causes: [{ kind: "negative", soa }] });
}

/** The SOA that comes with a negative answer must be of a zone above the name. */
function soaOf(name: string, message: Message): NegativeSoa | undefined {
  for (const record of message.authorities) {
    if (record.type !== "SOA") continue;
    const zone = record.owner.toLowerCase();
    if (!isWithin(name, zone)) continue;
    return { zone, primary: record.primary.toLowerCase(), negativeTtlSeconds: Math.min(record.minimum, record.ttl) };
  }
  return undefined;
}

function valuesOf(records: readonly ResourceRecord[]): string[] {
  const values: string[] = [];
  for (const record of records) {
    if ("address" in record) values.push(record.address);
    else if ("target" in record) values.push(record.target);
    else if ("text" in record) values.push(record.text);
  }
  return values.length === 1 ? values : [...new Set(values)].sort();
}

/** @param name lower case */
function isOwnedBy({ owner }: ResourceRecord, name: string): boolean {
  return owner === name || owner.toLowerCase() === name;
}

const nothing: readonly never[] = [];

function reading(outcome: Outcome, more: Partial<Reading> = {}): Reading {
  const { causes = nothing, records = nothing, values = nothing, aliases = nothing, cut, soa } = more;
  return { outcome, causes, records, values, aliases, cut, soa };
}

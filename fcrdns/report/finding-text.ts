/** Findings as text: the message, the fix, and who makes it. All text from DNS is escaped here. */

import type { Consensus, DistinctAnswer } from "../ask/consensus";
import { MAX_ALIAS_CHAIN_LENGTH } from "../ask/reading";
import type { Lookup, ServerAnswer } from "../evidence";
import { FINDING_RULES } from "../judge/finding-rules";
import type { Found, Seen, Step, Who } from "../judge/found";
import { atSecond } from "../judge/memory-findings";
import { MAX_NAMES } from "../judge/round-trip";
import { foreignOwnerOf } from "../names/foreign-name";
import type { Finding, Outcome, Severity } from "../verdict";
import { causesText } from "./cause-text";
import { forTerminal } from "./escape";
import { noteText } from "./note-text";

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Each finding once, errors first. */
export function worded(found: readonly Found[]): Finding[] {
  if (found.length === 0) return [];
  const once = new Map(found.map(findingOf).map((one) => [`${one.rule}\n${one.message}`, one]));
  return [...once.values()].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
}

function findingOf({ rule, severity, seen, step, owner }: Found): Finding {
  const { severity: usual, fix } = FINDING_RULES[rule];
  return {
    rule,
    severity: severity ?? usual,
    message: seenText(seen),
    fix: step ? stepText(step) : fix,
    who: whoText(owner),
  };
}

function seenText(seen: Seen): string {
  switch (seen.kind) {
    case "note":
      return noteText(seen.note);
    case "interrupted":
      return `the check of ${seen.ip} was stopped before every answer had arrived`;
    case "no-ptr":
      return `${seen.ip} has no PTR record: ${answersText(seen.answers)} for ${seen.arpa}`;
    case "ptr-unanswered":
      return `no server could say whether ${seen.ip} has a PTR record: ${answersText(seen.silent)}`;
    case "several-ptrs":
      return `${seen.ip} has ${seen.count} PTR records: ${nameList(seen.names)}`;
    case "too-many-ptrs":
      return `${seen.ip} has ${seen.count} PTR records, and receivers look at no more than ${MAX_NAMES} of them`;
    case "other-ptr":
      return `the PTR of ${seen.ip} is ${listed(seen.names.map(withOwner), 5)}, not ${forTerminal(seen.expected)}`;
    case "unconfirmed": {
      const name = `${seen.role === "ptr" ? "the PTR name" : "the expected name"} ${withOwner(seen.name)}`;
      const has = seen.addresses.length === 0 ? "it has no address" : `its addresses are ${nameList(seen.addresses)}`;
      return `${name} does not confirm ${seen.ip}: ${has}, ${answersText(seen.answers)}`;
    }
    case "not-looked-up":
      return `no server was queried for the addresses of the PTR name ${forTerminal(seen.name)}`;
    case "forward-unanswered": {
      const { name, type } = seen.question;
      return `no server could say which ${type} records ${forTerminal(name)} has: ${answersText(seen.silent)}`;
    }
    case "forward-differs": {
      const { name, type } = seen.question;
      return `the servers give different ${type} records for ${forTerminal(name)}, all including ${seen.ip}: ${distinctText(seen.words)}`;
    }
    case "denied": {
      const name = forTerminal(seen.name);
      return `${serverList(seen.servers, 3)} answers NXDOMAIN for ${name} ${seen.type}, although ${name} has ${seen.given} records there: resolvers may then deny the whole name`;
    }
    case "alias":
      return `the name ${forTerminal(seen.name)} is an alias: ${[seen.name, ...seen.aliases].map(forTerminal).join(" CNAME ")}`;
    case "disagreement":
      return `the servers disagree about ${questionText(seen.question)}: ${distinctText(seen.words)}`;
    case "alias-loop":
      return `the aliases from ${forTerminal(seen.lookup.name)} form a loop${chainText(seen.lookup)}`;
    case "alias-limit":
      return `the aliases from ${forTerminal(seen.lookup.name)} continue after ${MAX_ALIAS_CHAIN_LENGTH}, where Unbound and BIND stop${chainText(seen.lookup)}`;
    case "bad-name":
      return seen.role === "expected"
        ? `the expected name is not suitable: ${seen.problem}`
        : `the PTR name ${withOwner(seen.name)} is not suitable: ${seen.problem}`;
    case "bare-domain":
      return `the PTR name ${seen.name} is a registered domain itself`;
    case "numeric-label":
      return `the PTR name ${seen.name} has the label "${seen.label}", which is all digits`;
    case "remembered":
      return rememberedText(seen);
    case "relation": {
      const name = `the PTR name ${withOwner(seen.name)} of ${seen.ip}`;
      if (seen.relation === "same") return `${name} belongs to the organisation of ${forTerminal(seen.domain)}`;
      if (seen.relation === "other")
        return `${name} does not belong to the organisation of ${forTerminal(seen.domain)}`;
      return `whether ${name} belongs to the organisation of ${forTerminal(seen.domain)} is not known: below it others have names too`;
    }
    case "service-address":
      return `the PTR name ${forTerminal(seen.name)} of ${seen.ip} is a name of ${seen.service}, not of ${forTerminal(seen.domain)}: the address is the service's, and so is the PTR`;
    case "bad-helo":
      return `the mail server says ${quoted(seen.helo)} in EHLO, which is not suitable: ${seen.problem}`;
    case "helo-mismatch":
      return heloMismatchText(seen);
    case "helo-unanswered":
      return `no server could say which ${seen.type} records the EHLO name ${forTerminal(seen.helo)} has: ${answersText(seen.silent)}`;
    case "helo-alias":
      return `the EHLO name ${forTerminal(seen.helo)} is an alias: ${[seen.helo, ...seen.aliases].map(forTerminal).join(" CNAME ")}`;
    case "other-type-unanswered":
      return `${questionText(seen.question)} confirms ${seen.ip}, but its ${seen.type} records are unknown: ${answersText(seen.silent)}`;
    case "other-address-unanswered":
      return `${alsoHas(seen)}, and no server could say whether that address round-trips: ${answersText(seen.silent)}`;
    case "other-address-fails":
      return `${alsoHas(seen)}, which does not round-trip: ${otherFailure(seen)}`;
    case "server":
      return `the name server ${forTerminal(seen.answer.server)} ${outcomeText(seen.answer)} for ${questionText(seen.question)}, which other servers answer`;
    case "resolver":
      return `the resolver ${forTerminal(seen.answer.server)} ${outcomeText(seen.answer)} for ${questionText(seen.question)}`;
    case "resolver-remembers": {
      const seconds = seen.answer.soa?.negativeTtlSeconds ?? seen.answer.ttl;
      const still = `the resolver ${forTerminal(seen.answer.server)} still answers ${valuesText(seen.word)} for ${questionText(seen.question)}`;
      return seconds === undefined ? still : `${still}, possibly for another ${seconds} s`;
    }
    case "bogus":
      return `the resolver ${forTerminal(seen.server)} answers SERVFAIL to ${questionText(seen)}, but answers if asked not to check signatures`;
  }
}

function stepText(step: Step): string {
  switch (step.kind) {
    case "set-ptr":
      return `Set the PTR of ${step.ip} to ${step.to === null ? "the mail server's host name" : forTerminal(step.to)}.`;
    case "own-name":
      return `Expect a host name of your own domain, such as mail.example.com, instead of ${withOwner(step.foreign)}: give it the address ${step.ip}, then set the PTR to it.`;
    case "remove-ptr":
      return `Remove the PTR record ${forTerminal(step.name)} of ${step.ip}.`;
    case "keep-ptr":
      return `Remove every PTR record of ${step.ip} except ${forTerminal(step.name)}.`;
    case "add-address":
      return `Add ${forTerminal(step.name)} ${step.type} ${step.ip} to the zone.`;
    case "or-add-address": {
      const name = forTerminal(step.name);
      return `${stepText(step.first).slice(0, -1)}, or, if ${name} is yours, add ${name} ${step.type} ${step.ip}.`;
    }
    case "send-after":
      return `Do not send from ${step.ip} before ${step.at}.`;
    case "at-service":
      return step.fix;
    case "say-helo":
      return `Have the mail server say ${step.name === null ? "its own full host name, such as mail.example.com," : forTerminal(step.name)} in EHLO when it sends from ${step.ip}.`;
    case "or-say-helo":
      return `${stepText(step.first).slice(0, -1)}, or have the mail server say ${forTerminal(step.name)} in EHLO when it sends from there.`;
    case "reach-servers":
      return "Check again from a machine that can reach these servers: the error in parentheses comes from this machine.";
    case "free-sockets":
      return "Raise this machine's limit of open files (ulimit -n), or check fewer addresses at the same time (concurrency, or --concurrency).";
    case "as-for":
      return FINDING_RULES[step.rule].fix;
    case "replace-alias":
      return `Replace the CNAME record of ${forTerminal(step.name)} with A and AAAA records.`;
    case "cover-or-remove":
      return `Set the PTR of ${step.ip} to ${forTerminal(step.name)}, or remove the ${step.type} record if no mail is sent from there.`;
  }
}

function whoText(who: Who): string {
  switch (who.kind) {
    case "address-owner":
      return `the owner of ${who.ip}, in the provider's panel or API or through its support${placeOf(who.lookup)}`;
    case "reverse-operator":
      return `whoever runs the reverse zone, usually the provider of the address${placeOf(who.lookup)}${behindText(who.behind)}`;
    case "dns-host": {
      const { zone, name } = who.lookup;
      const host = `the DNS host of ${zone === null ? `the name ${forTerminal(name)}` : forTerminal(zone)}${placeOf(who.lookup, false)}`;
      return `${host}${who.servers ? `, for ${serverList(who.servers, 3)}` : ""}${behindText(who.behind)}`;
    }
    case "name-owner":
      return `the DNS host of ${forTerminal(who.name)}`;
    case "zone-operator":
      return `whoever runs the zone ${who.zone === undefined ? "in question" : forTerminal(who.zone)}`;
    case "server-operator":
      return `whoever runs the name server ${forTerminal(who.server)}`;
    case "resolver-operator":
      return `whoever runs the resolver ${forTerminal(who.server)}`;
    case "service-customer":
      return `the customer of ${who.service}, in its settings or through its support`;
    case "mail-server":
      return `whoever configures the mail server that sends from ${who.ip}`;
    case "network-operator":
      return "whoever runs the network that this check runs in";
    case "checker":
      return "whoever runs this check";
  }
}

function behindText(behind: readonly string[] = []): string {
  return behind.length === 0 ? "" : `; not up to date: ${serverList(behind, 4)}`;
}

/** ` (zone 2.0.192.in-addr.arpa, name server ns1.example.net 192.0.2.53:53)`: what to change, and where. */
function placeOf({ zone, answers }: Lookup, withZone = true): string {
  const servers = [...new Set(answers.filter(({ outcome }) => outcome !== "not-asked").map(({ server }) => server))];
  const primary = answers.find(({ soa }) => soa !== undefined)?.soa?.primary;
  const parts = [
    zone === null || !withZone ? "" : `zone ${forTerminal(zone)}`,
    // Without a zone only resolvers were asked, where nothing can be changed.
    servers.length === 0 ? "" : `${zone === null ? "seen at the resolver" : "name server"} ${serverList(servers, 4)}`,
    primary === undefined ? "" : `primary ${forTerminal(primary)}`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

/** `o1.ptr.sendgrid.net (a name of Twilio SendGrid)` */
function withOwner(name: string): string {
  const owner = foreignOwnerOf(name);
  if (owner === undefined) return forTerminal(name);
  return `${forTerminal(name)} (${owner.as === "service" ? "a name" : "a default name"} of ${owner.name})`;
}

function rememberedText(seen: Extract<Seen, { readonly kind: "remembered" }>): string {
  const how = (text: string) =>
    seen.end === null ? `${text} for ${seen.seconds} s after the fix` : `${text} until ${atSecond(seen.end)}`;
  if (seen.who === "receiver") {
    return how(
      `mail that left from ${seen.ip} while DNS was wrong was refused by ${seen.name}, which may remember that`,
    );
  }
  const { by, server, values, zone } = seen;
  const what = values.length === 0 ? "that there is no such record" : nameList(values);
  const where = zone === undefined ? "the TTL of the record" : `the SOA of ${forTerminal(zone)}`;
  const source = `${by === "resolver" ? "the resolver" : "the name server"} ${forTerminal(server)}`;
  const gave = seen.end === null ? "answers" : "answered";
  return `${how(`${source} ${gave} ${what} for ${questionText(seen)}, which resolvers may remember`)} (${seen.seconds} s, from ${where})`;
}

function heloMismatchText({
  helo,
  ip,
  names,
  back,
  addresses,
  answers,
}: Extract<Seen, { readonly kind: "helo-mismatch" }>): string {
  const ptr = names.length === 0 ? "" : `, but the PTR of ${ip} is ${listed(names.map(withOwner), 5)}`;
  const said = `the mail server says ${quoted(helo)} in EHLO${ptr}`;
  const name = forTerminal(helo);
  if (back === "confirmed") return `${said}; ${name} has the address ${ip}`;
  if (back !== "unconfirmed") return said;
  const has = addresses.length === 0 ? "it has no address" : `its addresses are ${nameList(addresses)}`;
  return `${said}, and ${name} does not confirm ${ip}: ${has}, ${answersText(answers)}`;
}

/** What a mail server says in EHLO may be anything. */
function quoted(text: string): string {
  return /^[a-z0-9._-]+$/.test(text) ? text : `"${forTerminal(text)}"`;
}

function alsoHas({ name, ip }: { readonly name: string; readonly ip: string }): string {
  return `${forTerminal(name)} also has ${ip.includes(":") ? "AAAA" : "A"} ${ip}`;
}

function otherFailure({
  ptr,
  ptrNames,
  name,
}: {
  readonly ptr: Consensus;
  readonly ptrNames: readonly string[];
  readonly name: string;
}): string {
  const [word] = ptr.words;
  if (ptr.words.length > 1) return `the servers disagree about its PTR: ${distinctText(ptr.words)}`;
  if (word?.kind === "loop") return "the aliases from its reverse name form a loop";
  if (ptrNames.length === 0) return `it has no PTR record, ${answersText(ptr.words.flatMap(({ answers }) => answers))}`;
  return `its PTR is ${nameList(ptrNames)}, not ${forTerminal(name)}`;
}

function questionText({ name, type }: Pick<Lookup, "name" | "type">): string {
  return `${forTerminal(name)} ${type}`;
}

function chainText({ name, aliases }: Lookup): string {
  return aliases.length === 0 ? "" : `: ${listed([name, ...aliases].map(forTerminal), 6, " CNAME ")}`;
}

/** `ns1.example.net 192.0.2.53:53 answers NXDOMAIN, ns2.example.net 192.0.2.54:53 does not answer` */
function answersText(answers: readonly ServerAnswer[]): string {
  if (answers.length === 0) return "no server was queried";
  return listed(
    answers.map((answer) => `${forTerminal(answer.server)} ${outcomeText(answer)}`),
    3,
  );
}

function distinctText(words: readonly DistinctAnswer[]): string {
  const servers = ({ answers }: DistinctAnswer) =>
    serverList(
      answers.map(({ server }) => server),
      3,
    );
  return words.map((word) => `${servers(word)}: ${valuesText(word)}`).join("; ");
}

function valuesText({ kind, values, answers }: DistinctAnswer): string {
  if (kind === "records") return nameList(values);
  if (kind === "loop") return "a loop of aliases";
  return answers.some(({ outcome }) => outcome === "nxdomain") ? "NXDOMAIN" : "no such record";
}

function nameList(names: readonly string[]): string {
  return listed(names.map(forTerminal), 5);
}

function serverList(servers: readonly string[], most: number): string {
  return listed(servers.map(forTerminal), most);
}

function listed(items: readonly string[], most: number, between = ", "): string {
  const more = items.length - most;
  return items.slice(0, most).join(between) + (more > 0 ? `${between}and ${more} more` : "");
}

function outcomeText({ outcome, why }: ServerAnswer): string {
  if (why?.some(({ kind }) => kind === "not-believed")) return "is not trusted";
  // No resolver has authority: that is not what it lacks.
  if (why?.some(({ kind }) => kind === "no-recursion")) return causesText(why);
  return `${OUTCOMES[outcome]}${why === undefined ? "" : ` (${forTerminal(causesText(why))})`}`;
}

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  ok: "answers",
  nxdomain: "answers NXDOMAIN",
  nodata: "answers that the record does not exist",
  servfail: "answers SERVFAIL",
  refused: "answers REFUSED",
  formerr: "answers FORMERR",
  notimp: "answers NOTIMP",
  timeout: "does not answer",
  unreachable: "cannot be reached",
  lame: "answers without authority (lame)",
  malformed: "sends an answer that cannot be used",
  referral: "only refers to other servers",
  cname: "returns too many aliases in a row",
  "cname-loop": "leads into a loop of aliases",
  "not-asked": "was not asked",
};

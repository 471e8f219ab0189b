/** What a verdict has to tell: each finding with what was seen where, the next step, and who can take it. */

import type { Consensus, DistinctAnswer } from "../ask/consensus";
import type { OtherVerdict } from "../ask/other-family";
import { MAX_ALIAS_CHAIN_LENGTH } from "../ask/reading";
import type { Evidence, ForwardLookups, Lookup, ServerAnswer } from "../evidence";
import type { IpAddress } from "../names/address";
import { cloudDefaultOf } from "../names/cloud-defaults";
import type { NameInspection } from "../names/inspect-name";
import { mailServiceOf } from "../names/mail-services";
import { registrableLabelCount } from "../names/name";
import { causesText } from "../report/cause-text";
import { forTerminal } from "../report/escape";
import type { Finding, Iprev, Outcome, Severity } from "../verdict";
import { type FindingRuleId, finding, findingRule } from "./finding-rules";
import { noteFinding } from "./note-findings";
import { MAX_NAMES, type NameWord, type RoundTrip } from "./round-trip";

export interface Judged {
  readonly evidence: Evidence;
  readonly ip: IpAddress;
  /** From the authoritative servers, or from the resolvers where only they were asked. */
  readonly trip: RoundTrip;
  /** From the resolvers, after the authoritative servers agreed. */
  readonly resolved: RoundTrip | undefined;
  /** The host's addresses of the other family. */
  readonly others: readonly OtherVerdict[];
  readonly iprev: Iprev;
  /** Of names for {@link ip}. */
  readonly inspect: (name: string) => NameInspection;
}

/** Every finding, errors first. Notes of the asking come in as they are, and are not said twice. */
export function findingsOf(judged: Judged): Finding[] {
  const { evidence } = judged;
  if (evidence.interrupted) return [interruptedFinding(evidence)];
  const all = [
    ...ptrFindings(judged),
    ...[...judged.trip.names.values()].flatMap((word) => forwardFindings(judged, word)),
    ...expectedFindings(judged),
    ...nameFindings(judged),
    ...resolverFindings(judged),
    ...bogusFindings(evidence),
    ...otherFamilyFindings(judged),
    ...evidence.notes.map(noteFinding),
    ...serverFindings(evidence),
  ];
  if (all.length === 0) return [];
  const order: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
  const once = new Map(all.map((one) => [`${one.rule}\n${one.message}`, one]));
  return [...once.values()].sort((a, b) => order[a.severity] - order[b.severity]);
}

/** The servers that the asking has given up. */
export function excludedServers({ notes }: Pick<Evidence, "notes">): ReadonlySet<string> {
  return new Set(notes.flatMap((note) => (note.kind === "excluded" ? [note.server] : [])));
}

/** Silence of servers that were not given their time is no fault of theirs. */
function interruptedFinding({ ip }: Evidence): Finding {
  const message = `the check of ${ip} was ended before every answer had come`;
  return finding("check-interrupted", { message, who: "whoever makes this check" });
}

function ptrFindings({ evidence, ip, trip }: Judged): Finding[] {
  const { ptr: lookup, arpa, expected } = evidence;
  const who = () => addressOwner(ip, lookup);
  const setPtr = () => setPtrText(ip, expected);
  const found: Finding[] = [];
  const [word] = trip.ptr.words;
  if (isTooLong(lookup)) {
    found.push(tooLongFinding(arpa, lookup, reverseOperator(lookup)));
  } else if (word === undefined) {
    const message = `nobody could say whether ${ip.text} has a PTR record: ${saidBy(trip.ptr.silent)}`;
    found.push(finding("ptr-unanswered", { message, who: reverseOperator(lookup) }));
  } else if (trip.ptr.words.length > 1) {
    const message = `the servers disagree about ${arpa} PTR: ${trip.ptr.words.map(wordText).join("; ")}`;
    const behind = serversBehind(trip.ptr, (values) => expected !== null && values.includes(expected));
    found.push(finding("servers-disagree", { message, who: `${reverseOperator(lookup)}${behind}` }));
  } else if (word.kind === "loop") {
    const message = `the aliases from ${arpa} lead in a circle${chainText(lookup)}`;
    found.push(finding("cname-loop", { message, who: reverseOperator(lookup) }));
  } else if (word.kind === "absent") {
    const message = `${ip.text} has no PTR record: ${saidBy(word.answers)} for ${arpa}`;
    found.push(finding("no-ptr", { message, who: who(), fix: setPtr() }));
  }

  const several = trip.ptr.words.some(({ values }) => values.length > 1);
  if (several) {
    const count = Math.max(...trip.ptr.words.map(({ values }) => values.length));
    const message = `${ip.text} has ${count} PTR records: ${nameList(trip.ptrNames)}`;
    const remove = expected !== null && trip.ptrNames.includes(expected);
    const fix = remove ? `Remove every PTR record of ${ip.text} but ${forTerminal(expected)}.` : undefined;
    found.push(finding("several-ptrs", { message, who: who(), fix }));
    if (count > MAX_NAMES) {
      found.push(
        finding("too-many-names", {
          message: `${ip.text} has ${count} PTR records, and receivers look at no more than ${MAX_NAMES}`,
          who: who(),
          fix,
        }),
      );
    }
  }
  if (expected !== null && trip.ptrNames.length > 0 && !trip.ptrNames.includes(expected)) {
    const message = `the PTR of ${ip.text} is ${listed(trip.ptrNames.map(withOwner), 5)}, not ${forTerminal(expected)}`;
    found.push(finding("unexpected-name", { message, who: who(), fix: setPtr() }));
  }
  return found;
}

function setPtrText(ip: IpAddress, expected: string | null): string {
  if (expected !== null && foreignOwnerOf(expected) !== undefined) return ownNameText(ip, expected);
  return `Set the PTR of ${ip.text} to ${expected === null ? "the mail server's host name" : forTerminal(expected)}.`;
}

/** `a name of Twilio SendGrid`: whose the name is, where it is known to be a mail service's or a provider's. */
function foreignOwnerOf(name: string): string | undefined {
  const service = mailServiceOf(name);
  if (service !== undefined) return `a name of ${service}`;
  const cloud = cloudDefaultOf(name);
  return cloud === null ? undefined : `a default name of ${cloud.entry.provider}`;
}

/** `o1.ptr.sendgrid.net (a name of Twilio SendGrid)` */
function withOwner(name: string): string {
  const owner = foreignOwnerOf(name);
  return owner === undefined ? forTerminal(name) : `${forTerminal(name)} (${owner})`;
}

/** Nobody can add records to another's name or greet with it, also where it is the name that was asked for. */
function ownNameText(ip: IpAddress, foreign: string): string {
  return `Expect a host name of your own domain, such as mail.example.com, in place of ${withOwner(foreign)}: give it the address ${ip.text}, then set the PTR to it.`;
}

/**
 * What is wrong on the way from a name back to the address. A PTR name that is not the expected one may be anybody's: the
 * advice is then about the PTR alone, never about records under that name.
 */
function forwardFindings(judged: Judged, word: NameWord): Finding[] {
  const { evidence, ip, trip } = judged;
  const { expected } = evidence;
  const found = forwardFaults(judged, word);
  if (expected === null || word.name === expected) return found;
  const fix = trip.ptrNames.includes(expected)
    ? `Remove the PTR record ${forTerminal(word.name)} of ${ip.text}.`
    : setPtrText(ip, expected);
  return found.map((one) => ({ ...one, fix, who: addressOwner(ip, evidence.ptr) }));
}

function forwardFaults({ evidence, ip, trip, iprev, inspect }: Judged, word: NameWord): Finding[] {
  const { name, state, lookups, own, other } = word;
  const shown = forTerminal(name);
  const isPtr = trip.ptrNames.includes(name);
  if (lookups === undefined) {
    if (state !== "unknown" || !isPtr || trip.ptrNames.length > MAX_NAMES) return [];
    const message = `nobody was asked for the addresses of the PTR name ${shown}`;
    return [finding("forward-unanswered", { message, who: `the DNS host of ${shown}` })];
  }
  const type = ip.family === 4 ? "A" : "AAAA";
  const lookup = ip.family === 4 ? lookups.a : lookups.aaaa;
  const who = () => dnsHost(lookup);
  const found: Finding[] = [];

  // With another name confirmed, a PTR name that does not confirm is the one to remove, not the one to repair.
  const isExtra = isPtr && iprev === "pass" && name !== evidence.expected;
  // Where no name is expected, nobody has said that the name is the sender's own.
  const isAnybodys = isPtr && evidence.expected === null;
  const isOthers = isAnybodys && (mailServiceOf(name) !== undefined || !inspect(name).valid || inspect(name).generic);
  const unconfirmed = (rule: FindingRuleId, what: string): void => {
    const message = `${isPtr ? "the PTR name" : "the expected name"} ${withOwner(name)} does not lead back to ${ip.text}: ${what}`;
    const add = `add ${shown} ${type} ${ip.text}`;
    if (isExtra || isAnybodys) {
      const remedy = isExtra ? `Remove the PTR record ${shown} of ${ip.text}.` : setPtrText(ip, null);
      const fix = isOthers ? remedy : `${remedy.slice(0, -1)}, or, if ${shown} is yours, ${add}.`;
      const addressed = addressOwner(ip, evidence.ptr);
      found.push(finding(isExtra ? "extra-ptr-unconfirmed" : rule, { message, fix, who: addressed }));
    } else if (foreignOwnerOf(name) !== undefined) {
      found.push(finding(rule, { message, fix: ownNameText(ip, name), who: addressOwner(ip, evidence.ptr) }));
    } else {
      const fix = `${add.replace(/^a/, "A")} to the zone.`;
      found.push(finding(rule, { message, fix, who: who() }));
    }
  };

  switch (state) {
    case "absent":
      unconfirmed(isPtr ? "no-forward" : "expected-no-forward", `it has no address, ${saidBy(answersOf(own))}`);
      break;
    case "denied":
      // Said below, whatever the state.
      break;
    case "elsewhere":
      unconfirmed(
        isPtr ? "forward-mismatch" : "expected-forward-mismatch",
        `its addresses are ${nameList(word.addresses)}, ${saidBy(answersOf(own))}`,
      );
      break;
    case "split": {
      const message = `the servers disagree about ${shown} ${type}: ${own.words.map(wordText).join("; ")}`;
      const behind = serversBehind(own, (values) => values.includes(ip.text));
      found.push(finding("servers-disagree", { message, who: `${who()}${behind}` }));
      break;
    }
    case "loop":
      found.push(
        finding("cname-loop", {
          message: `the aliases from ${shown} lead in a circle${chainText(lookup)}`,
          who: who(),
        }),
      );
      break;
    case "unknown": {
      if (isTooLong(lookup)) {
        found.push(tooLongFinding(shown, lookup, who()));
        break;
      }
      const message = `nobody could say which ${type} records ${shown} has: ${saidBy(own.silent)}`;
      found.push(finding("forward-unanswered", { message, who: who() }));
      break;
    }
    case "confirmed":
      if (own.words.length > 1) {
        const message = `the servers give different ${type} records of ${shown}, each with ${ip.text} among them: ${own.words.map(wordText).join("; ")}`;
        found.push(finding("forward-servers-differ", { message, who: who() }));
      }
      if (other.words.length === 0) {
        const otherType = type === "A" ? "AAAA" : "A";
        const message = `${shown} ${type} confirms ${ip.text}, but its ${otherType} records are unknown: ${saidBy(other.silent)}`;
        found.push(finding("other-family-unanswered", { message, who: who() }));
      }
      break;
  }

  if (word.deniers.length > 0) found.push(deniedFinding(shown, word, lookups));

  const aliases = aliasesOf(lookups);
  if (aliases.length > 0 && state !== "loop") {
    const message = `the name ${shown} is an alias: ${[shown, ...aliases.map(forTerminal)].join(" CNAME ")}`;
    if (foreignOwnerOf(name) !== undefined) {
      const fix = setPtrText(ip, evidence.expected);
      found.push(finding("ptr-target-alias", { message, fix, who: addressOwner(ip, evidence.ptr) }));
    } else {
      const fix = `Replace the CNAME record of ${shown} by A and AAAA records.`;
      found.push(finding("ptr-target-alias", { message, fix, who: who() }));
    }
  }
  return found;
}

/** NXDOMAIN speaks of the name and not of the type, so it contradicts the records that the same server gives. */
function deniedFinding(shown: string, { deniers }: NameWord, { a, aaaa }: ForwardLookups): Finding {
  const deniesA = a.answers.some(({ server, outcome }) => outcome === "nxdomain" && deniers.includes(server));
  const [denied, given, lookup] = deniesA ? ["A", "AAAA", a] : ["AAAA", "A", aaaa];
  const servers = listed(deniers.map(forTerminal), 3);
  const message = `${servers} answers NXDOMAIN for ${shown} ${denied}, though ${shown} has ${given} records there: resolvers may then deny the whole name`;
  return finding("existing-name-denied", { message, who: `${dnsHost(lookup)}, for ${servers}` });
}

function isTooLong({ answers }: Lookup): boolean {
  return answers.some(({ outcome }) => outcome === "cname");
}

function tooLongFinding(shown: string, lookup: Lookup, who: string): Finding {
  const message = `the aliases from ${shown} go on after ${MAX_ALIAS_CHAIN_LENGTH}, where Unbound and BIND give up${chainText(lookup)}`;
  return finding("alias-chain-too-long", { message, who });
}

/** The name of a host that is to have this PTR, where the PTR is still another. */
function expectedFindings({ evidence: { expected, ptr }, ip, trip, inspect }: Judged): Finding[] {
  if (expected === null || trip.ptrNames.includes(expected)) return [];
  return inspect(expected).reasons.map(({ rule, message }) =>
    nameFinding(rule, `the expected name is not a good one: ${message}`, addressOwner(ip, ptr)),
  );
}

function nameFindings({ evidence, ip, trip, inspect }: Judged): Finding[] {
  return trip.ptrNames.slice(0, MAX_NAMES).flatMap((name) => {
    const { valid, reasons } = inspect(name);
    const who = () => addressOwner(ip, evidence.ptr);
    const { expected } = evidence;
    const found = reasons.map(({ rule, message }) => {
      const one = nameFinding(rule, `the PTR name ${withOwner(name)} is not a good one: ${message}`, who());
      if (expected === null || name === expected) return one;
      const isExtra = trip.ptrNames.includes(expected);
      const fix = isExtra ? `Remove the PTR record ${forTerminal(name)} of ${ip.text}.` : setPtrText(ip, expected);
      return { ...one, fix };
    });
    if (!valid || (expected !== null && name !== expected)) return found;
    const labels = name.split(".");
    if (labels.length === registrableLabelCount(labels)) {
      found.push(
        finding("name-bare-domain", { message: `the PTR name ${name} is a registered domain itself`, who: who() }),
      );
    }
    const digits = labels.find((label) => /^\d+$/.test(label));
    if (digits !== undefined) {
      const message = `the PTR name ${name} has the label "${digits}", which is all digits`;
      found.push(finding("name-numeric-label", { message, who: who() }));
    }
    return found;
  });
}

function nameFinding(rule: string, message: string, who: string): Finding {
  const known = findingRule(rule);
  return { rule, severity: known?.severity ?? "error", message, fix: known?.fix ?? "Choose another name.", who };
}

/** What resolvers still remember or cannot say, after the authoritative servers agreed. */
function resolverFindings({ evidence, resolved, ip, trip }: Judged): Finding[] {
  if (evidence.recursive === undefined || resolved === undefined) return [];
  const isNoted = (server: string, { name, type }: Lookup): boolean =>
    evidence.notes.some(
      (note) => note.kind === "denied" && note.server === server && note.name === name && note.type === type,
    );
  const found: Finding[] = [];
  const expectedPtr = evidence.expected === null ? trip.ptrNames : [evidence.expected];
  const look = (lookup: Lookup, consensus: Consensus, isWanted: (values: readonly string[]) => boolean): void => {
    const question = `${forTerminal(lookup.name)} ${lookup.type}`;
    for (const word of consensus.words) {
      if (isWanted(word.values)) continue;
      for (const answer of word.answers) {
        if (isNoted(answer.server, lookup)) continue;
        const shown = forTerminal(answer.server);
        const seconds = answer.soa?.negativeTtlSeconds ?? answer.ttl;
        const message = `the resolver ${shown} still gives ${valuesText(word)} for ${question}${seconds === undefined ? "" : `, and may for another ${seconds} s`}`;
        found.push(finding("resolver-denies", { message, who: `whoever runs the resolver ${shown}` }));
      }
    }
    for (const answer of consensus.silent) {
      const { server } = answer;
      const message = `the resolver ${forTerminal(server)} ${outcomeText(answer)} for ${question}`;
      found.push(finding("resolver-unanswered", { message, who: `whoever runs the resolver ${forTerminal(server)}` }));
    }
  };
  look(evidence.recursive.ptr, resolved.ptr, (values) => expectedPtr.some((name) => values.includes(name)));
  for (const { name, lookups, own } of resolved.names.values()) {
    if (lookups === undefined || !expectedPtr.includes(name)) continue;
    look(ip.family === 4 ? lookups.a : lookups.aaaa, own, (values) => values.includes(ip.text));
  }
  return found;
}

/** The addresses of the same host that mail may leave from as well. */
function otherFamilyFindings({ others }: Judged): Finding[] {
  return others.flatMap(({ other, status, trip }) => {
    if (status === "pass") return [];
    const shown = forTerminal(other.name);
    const type = other.ip.includes(":") ? "AAAA" : "A";
    const has = `${shown} also has ${type} ${other.ip}`;
    if (status === "unknown") {
      const silent = [...trip.ptr.silent, ...[...trip.names.values()].flatMap(({ own }) => own.silent)];
      const message = `${has}, and nobody could say whether that address round-trips: ${saidBy(silent)}`;
      return [finding("other-family-unanswered", { message, who: reverseOperator(other.ptr) })];
    }
    const fix = `Set the PTR of ${other.ip} to ${shown}, or remove the ${type} record if no mail leaves from there.`;
    const owner = { text: other.ip };
    return [
      finding("other-family-uncovered", {
        message: `${has}, which does not round-trip: ${otherFailure(trip, shown)}`,
        fix,
        who: addressOwner(owner, other.ptr),
      }),
    ];
  });
}

function otherFailure({ ptr, ptrNames }: RoundTrip, wanted: string): string {
  const [word] = ptr.words;
  if (ptr.words.length > 1) return `the servers disagree about its PTR: ${ptr.words.map(wordText).join("; ")}`;
  if (word?.kind === "loop") return "the aliases from its reverse name lead in a circle";
  if (ptrNames.length === 0) return `it has no PTR record, ${saidBy(answersOf(ptr))}`;
  return `its PTR is ${nameList(ptrNames)}, not ${wanted}`;
}

/** Where resolvers answer only when they are told not to check signatures. */
function bogusFindings({ ptr, forward, recursive }: Evidence): Finding[] {
  const heard = recursive ?? { ptr, forward };
  return [heard.ptr, ...heard.forward.flatMap(({ a, aaaa }) => [a, aaaa])].flatMap((lookup) =>
    lookup.answers
      .filter(({ bogus }) => bogus)
      .map(({ server }) => {
        const message = `the resolver ${forTerminal(server)} answers SERVFAIL to ${forTerminal(lookup.name)} ${lookup.type}, but does answer when told not to check signatures`;
        return finding("dnssec-bogus", { message, who: dnsHost(lookup) });
      }),
  );
}

const SERVER_RULES: Partial<Record<Outcome, FindingRuleId>> = {
  timeout: "server-no-answer",
  unreachable: "server-no-answer",
  servfail: "server-servfail",
  refused: "server-refused",
  lame: "server-lame",
  referral: "server-lame",
  malformed: "server-malformed",
  formerr: "server-malformed",
  notimp: "server-malformed",
};

/** The servers that failed while others answered, once for each kind of failure. */
function serverFindings(evidence: Evidence): Finding[] {
  // The name servers of somebody else's name are somebody else's to mend.
  const own = evidence.forward.filter(({ name }) => evidence.expected === null || name === evidence.expected);
  const lookups = [evidence.ptr, ...own.flatMap(({ a, aaaa }) => [a, aaaa])];
  const found = new Map<string, Finding>();
  const excluded = excludedServers(evidence);
  for (const lookup of lookups) {
    if (lookup.answers.every(({ outcome }) => SERVER_RULES[outcome] !== undefined)) continue;
    for (const answer of lookup.answers) {
      const { server, outcome } = answer;
      const rule = SERVER_RULES[outcome] ?? (isNotPublic(answer) ? "server-not-asked" : undefined);
      if (rule === undefined) continue;
      const key = `${rule} ${server}`;
      if (excluded.has(server) || found.has(key)) continue;
      const shown = forTerminal(server);
      const message = `the name server ${shown} ${outcomeText(answer)} for ${forTerminal(lookup.name)} ${lookup.type}, which other servers answer`;
      found.set(key, finding(rule, { message, who: `whoever runs the name server ${shown}` }));
    }
  }
  return [...found.values()];
}

/** A zone of the public DNS names a server at an address that the internet cannot reach. */
function isNotPublic({ why }: ServerAnswer): boolean {
  return why?.some(({ kind }) => kind === "not-public") ?? false;
}

/** The owner of the address, and where the record lives. */
function addressOwner(ip: Pick<IpAddress, "text">, lookup: Lookup): string {
  return `the owner of ${ip.text}, in the provider's panel or API or through its support${placeOf(lookup)}`;
}

function reverseOperator(lookup: Lookup): string {
  return `whoever runs the reverse zone, most often the provider of the address${placeOf(lookup)}`;
}

function dnsHost(lookup: Lookup): string {
  const zone = lookup.zone === null ? `the name ${forTerminal(lookup.name)}` : forTerminal(lookup.zone);
  return `the DNS host of ${zone}${placeOf({ ...lookup, zone: null })}`;
}

/** `; zone 2.0.192.in-addr.arpa on ns1.example.net 192.0.2.53:53`: the zone and the name servers to be changed. */
function placeOf({ zone, answers }: Lookup): string {
  const servers = [...new Set(answers.filter(({ outcome }) => outcome !== "not-asked").map(({ server }) => server))];
  const primary = answers.find(({ soa }) => soa !== undefined)?.soa?.primary;
  const parts = [
    zone === null ? "" : `zone ${forTerminal(zone)}`,
    servers.length === 0 ? "" : `name server ${listed(servers.map(forTerminal), 4)}`,
    primary === undefined ? "" : `primary ${forTerminal(primary)}`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

/** `; behind: ns2 ...`: the servers that do not yet say what is wanted. */
function serversBehind({ words }: Consensus, isWanted: (values: readonly string[]) => boolean): string {
  if (!words.some(({ values }) => isWanted(values))) return "";
  const behind = words.filter(({ values }) => !isWanted(values)).flatMap(({ answers }) => answers);
  return `; behind: ${listed(
    behind.map(({ server }) => forTerminal(server)),
    4,
  )}`;
}

function aliasesOf({ a, aaaa }: ForwardLookups): readonly string[] {
  return a.aliases.length > 0 ? a.aliases : aaaa.aliases;
}

function chainText({ name, aliases }: Lookup): string {
  return aliases.length === 0 ? "" : `: ${listed([name, ...aliases].map(forTerminal), 6, " CNAME ")}`;
}

function answersOf({ words }: Consensus): readonly ServerAnswer[] {
  return words.flatMap(({ answers }) => answers);
}

/** `ns1.example.net 192.0.2.53:53 and 1 other answer NXDOMAIN`. */
function saidBy(answers: readonly ServerAnswer[]): string {
  if (answers.length === 0) return "nobody was asked";
  return listed(
    answers.map((answer) => `${forTerminal(answer.server)} ${outcomeText(answer)}`),
    3,
  );
}

function wordText(word: DistinctAnswer): string {
  const servers = listed(
    word.answers.map(({ server }) => forTerminal(server)),
    3,
  );
  return `${servers}: ${valuesText(word)}`;
}

function valuesText({ kind, values, answers }: DistinctAnswer): string {
  if (kind === "records") return nameList(values);
  if (kind === "loop") return "a loop of aliases";
  return answers.some(({ outcome }) => outcome === "nxdomain") ? "NXDOMAIN" : "no such record";
}

function nameList(names: readonly string[]): string {
  return listed(names.map(forTerminal), 5);
}

function listed(items: readonly string[], most: number, between = ", "): string {
  const more = items.length - most;
  return items.slice(0, most).join(between) + (more > 0 ? `${between}and ${more} more` : "");
}

function outcomeText({ outcome, why }: ServerAnswer): string {
  return `${outcomeWords(outcome)}${why === undefined ? "" : ` (${forTerminal(causesText(why))})`}`;
}

function outcomeWords(outcome: Outcome): string {
  switch (outcome) {
    case "ok":
      return "answers";
    case "nxdomain":
      return "answers NXDOMAIN";
    case "nodata":
      return "answers that there is no such record";
    case "servfail":
      return "answers SERVFAIL";
    case "refused":
      return "answers REFUSED";
    case "formerr":
      return "answers FORMERR";
    case "notimp":
      return "answers NOTIMP";
    case "timeout":
      return "does not answer";
    case "unreachable":
      return "cannot be reached";
    case "lame":
      return "answers without authority (lame)";
    case "malformed":
      return "sends an answer that cannot be read";
    case "referral":
      return "only refers to other servers";
    case "cname":
      return "gives too many aliases in a row";
    case "cname-loop":
      return "leads in a circle of aliases";
    case "not-asked":
      return "was not asked";
  }
}

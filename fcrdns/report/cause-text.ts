/** The cause of a query's outcome as text. DNS text in it is not escaped: the caller escapes it. */
import { MAX_ALIAS_CHAIN_LENGTH } from "../ask/reading";
import { type Cause, EXHAUSTED, type Malformation, type ServerName, type Unusable } from "../cause";
import type { AskedHop } from "../evidence";
import type { Hop } from "../verdict";

const MALFORMATIONS: Readonly<Record<Malformation, string>> = {
  "short-header": "it is shorter than a header",
  "record-overrun": "a record runs past the end of the message",
  "record-length": "a record's length does not fit its content",
  "record-cut": "the message ends within a record",
  "name-overrun": "a name runs past its end",
  "name-too-long": "a name is too long",
  "label-overrun": "a label runs past its end",
  "label-type": "a label begins with a reserved octet",
  "pointer-cut": "a compression pointer is cut off",
  "pointer-count": "a name follows too many compression pointers",
  "pointer-forward": "a compression pointer does not point backwards (a loop)",
  "pointer-header": "a compression pointer points into the header",
  "truncated-tcp": "it is truncated even over TCP",
  "other-question": "it is not an answer to this question",
};

const UNUSABLE: Readonly<Record<Unusable, string>> = {
  "other-records": "the records are not those of the queried name and type",
  "other-class": "the answer section has records, but none of the queried class and type",
  "denied-records": "it holds records and says NXDOMAIN, that their name does not exist",
  "off-the-chain": "the records are not those that the aliases lead to",
};

/** A hop as a verdict shows it. */
export function hopOf(asked: AskedHop): Hop {
  const { causes, flags, ttl } = asked;
  if (causes === undefined) return asked;
  // Property by property: there are many hops, and rest properties are slow.
  const { question, server, transport, outcome, aa, ms, records } = asked;
  const hop: { -readonly [Key in keyof Hop]: Hop[Key] } = { question, server, transport, outcome, aa, ms, records };
  if (flags) hop.flags = flags;
  if (ttl !== undefined) hop.ttl = ttl;
  hop.note = causesText(causes);
  return hop;
}

export function causesText(causes: readonly Cause[]): string {
  return causes.map(causeText).join("; ");
}

function causeText(cause: Cause): string {
  switch (cause.kind) {
    case "ended":
      return "the check was stopped before an answer arrived";
    case "query-limit":
      return "the limit of queries for one verdict was reached";
    case "out-of-time":
      return "the time for queries was over";
    case "name-does-not-fit":
      return "the name is too long for DNS";
    case "not-public":
      return `not a public address (${cause.what}): no name server of the public DNS can have it`;
    case "no-server":
      return cause.hosts.length > 0
        ? `no address was found for the name servers of ${cause.zone}: ${serverNames(cause.hosts)}`
        : `no server of ${cause.zone} could be found`;
    case "no-way":
      return EXHAUSTED.has(cause.code)
        ? `this machine has no socket left (${cause.code})`
        : `this machine cannot reach it (${cause.code})`;
    case "unreachable":
      return `${cause.transport.toUpperCase()}: ${cause.code}`;
    case "foreign-datagrams":
      return `${cause.count} datagrams ignored that do not answer this question`;
    case "letter-case":
      return "changes the letter case of the echoed question; queried again without mixed case";
    case "no-edns":
      return `answers ${cause.rcode} to EDNS; queried again without`;
    case "truncated":
      return "truncated over UDP";
    case "asked-over-tcp":
      return "queried again over TCP";
    case "malformed":
      return `malformed: ${MALFORMATIONS[cause.what]}`;
    case "no-authority":
      return cause.rcode === undefined
        ? "answers without authority (AA=0), as from a cache"
        : `${cause.rcode} without authority (AA=0)`;
    case "no-recursion":
      return "is not a resolver: it offers no recursion (RA=0)";
    case "bad-referral":
      return `refers ${cause.upwards === null ? "to the zone that it should serve itself" : `upwards, to ${cause.upwards}`}`;
    case "rcode":
      return rcodeText(cause.rcode);
    case "unusable":
      return UNUSABLE[cause.what];
    case "several-aliases":
      return `${cause.name} has more than one CNAME record (RFC 2181 section 10.1)`;
    case "alias-loop":
      return cause.aliases.includes(cause.next)
        ? `the aliases form a loop: ${[...cause.aliases, cause.next].join(" -> ")}`
        : `the alias ${cause.next} leads back to itself`;
    case "alias-limit":
      return `more than ${MAX_ALIAS_CHAIN_LENGTH} aliases in a row; the rest was not followed`;
    case "negative":
      return cause.soa === undefined
        ? "without SOA: resolvers should not remember it (RFC 2308 section 5)"
        : `resolvers may remember this for ${cause.soa.negativeTtlSeconds} s (SOA of ${cause.soa.zone})`;
    case "not-believed":
      return "its answer is not trusted";
    case "no-root":
      return cause.outcome === "ok"
        ? `it names other servers for ${cause.name} ${cause.type} than the internet's root servers do`
        : `as a root server it should know ${cause.name} ${cause.type}, but: ${cause.outcome.toUpperCase()}`;
  }
}

function rcodeText(rcode: string): string {
  if (rcode === "NOTAUTH") return "answers that it does not serve the zone (NOTAUTH)";
  if (rcode === "BADVERS") return "answers BADVERS to a query without EDNS";
  return `answers ${rcode}`;
}

/** The first few names of name servers. */
export function serverNames(hosts: readonly ServerName[]): string {
  const shown = hosts.slice(0, 5).map(({ name, isAlias }) => (isAlias ? `${name} (an alias)` : name));
  const more = hosts.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

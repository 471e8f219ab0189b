/**
 * Every kind of finding there is, in one table: what it means, how bad it is, how it is mended and by whom. Verdicts name
 * the rule; reports (SARIF) and the documentation read the rest from here.
 */
import type { Finding, Severity } from "../verdict";

/** Who can mend it. */
export type Owner =
  /** Whoever runs the DNS zone of the host name. */
  | "dns-host"
  /** Whoever the address is assigned to: in the provider's panel, API or by ticket. */
  | "address-owner"
  /** Whoever runs the name servers of the reverse zone, most often the provider of the address. */
  | "reverse-dns-operator"
  /** Whoever runs the name server that the finding names. */
  | "server-operator"
  /** Whoever runs the resolver that the finding names. */
  | "resolver-operator"
  /** Whoever runs the network that this check was made from. */
  | "network-operator";

export interface FindingRule {
  /** `error`: this address must not send mail yet. `warning`: works today, or for most receivers. `info`: to know. */
  readonly severity: Severity;
  /** What was found, a few words. */
  readonly cause: string;
  /** Why it matters, one or two sentences. */
  readonly explanation: string;
  /** The next step, one sentence; a finding may say it more exactly. */
  readonly fix: string;
  readonly who: Owner;
  /** Where it is written. */
  readonly source: string;
}

const RENAME =
  "Set the PTR to a host name of your own domain, such as mail.example.com, and give that name this address.";
const VALID_NAME = "Set the PTR to a full host name of letters, digits and hyphens, such as mail.example.com.";

export const FINDING_RULES = {
  "no-ptr": {
    severity: "error",
    cause: "The address has no PTR record",
    explanation:
      "Reverse DNS has no name for the address, so a receiver has nothing to confirm; most large receivers refuse or slow such mail.",
    fix: "Set the PTR of the address to the mail server's host name.",
    who: "address-owner",
    source: "RFC 8601 section 2.7.3 (permerror); RFC 1912 section 2.1",
  },
  "ptr-unanswered": {
    severity: "error",
    cause: "No server could say whether there is a PTR",
    explanation:
      "Every server of the reverse zone failed to answer, so nothing is known: this is not the same as no PTR.",
    fix: "Check again later; if it stays, report it to whoever runs the reverse zone's name servers.",
    who: "reverse-dns-operator",
    source: "RFC 8601 section 2.7.3 (temperror)",
  },
  "several-ptrs": {
    severity: "warning",
    cause: "The address has several PTR records",
    explanation:
      "A receiver that looks at one PTR takes any of them, a different one each time, and may compare it with the name in EHLO.",
    fix: "Keep one PTR record, with the host name that the mail server says in EHLO.",
    who: "address-owner",
    source: "RFC 2181 section 10.2 allows it; Postfix smtpd_peer.c and others look at one",
  },
  "too-many-names": {
    severity: "error",
    cause: "The address has more PTR records than receivers look at",
    explanation: "Receivers must limit how many names they evaluate, usually ten: the right one may not be among them.",
    fix: "Remove every PTR record but the one with the mail server's host name.",
    who: "address-owner",
    source: "RFC 8601 section 3; RFC 7208 section 4.6.4",
  },
  "extra-ptr-unconfirmed": {
    severity: "error",
    cause: "One of several PTR names does not lead back to the address",
    explanation:
      "One PTR confirms and another does not: receivers that look at one name only, or that demand all of them, refuse.",
    fix: "Remove the PTR record whose name does not have this address.",
    who: "address-owner",
    source: "RFC 1912 section 2.1 (PTR and A must match); SEPPmail demands all",
  },
  "unexpected-name": {
    severity: "error",
    cause: "The PTR is another name than the expected one",
    explanation: "The reverse name is not the host name that the mail server greets with, which receivers compare.",
    fix: "Set the PTR of the address to the expected host name.",
    who: "address-owner",
    source: "RFC 5321 section 4.1.4; GMX, web.de and T-Online policy",
  },
  "no-forward": {
    severity: "error",
    cause: "The PTR's name has no address",
    explanation: "The name that the PTR gives does not exist in forward DNS, so it cannot confirm the address.",
    fix: "Set the PTR to the mail server's host name; if that is the name that the PTR gives, add this address to it.",
    who: "dns-host",
    source: "RFC 8601 section 2.7.3 (fail)",
  },
  "forward-mismatch": {
    severity: "error",
    cause: "The PTR's name has other addresses",
    explanation: "Forward DNS of the name does not contain the address: to a receiver the reverse name is forged.",
    fix: "Set the PTR to the mail server's host name; if that is the name that the PTR gives, add this address to it.",
    who: "dns-host",
    source: "RFC 8601 section 2.7.3 (fail)",
  },
  "forward-unanswered": {
    severity: "error",
    cause: "No server could say which addresses the name has",
    explanation:
      "Every server of the name's zone failed to answer, so nothing is known: this is not the same as no address.",
    fix: "Check again later; if it stays, report it to the domain's DNS host.",
    who: "dns-host",
    source: "RFC 8601 section 2.7.3 (temperror)",
  },
  "expected-no-forward": {
    severity: "error",
    cause: "The expected name has no address",
    explanation: "Even with the right PTR the round trip could not hold.",
    fix: "Add an A or AAAA record with this address to the expected name, before the PTR is set.",
    who: "dns-host",
    source: "RFC 8601 section 3",
  },
  "expected-forward-mismatch": {
    severity: "error",
    cause: "The expected name has other addresses",
    explanation: "Even with the right PTR the round trip could not hold.",
    fix: "Add this address to the A or AAAA records of the expected name, before the PTR is set.",
    who: "dns-host",
    source: "RFC 8601 section 3",
  },
  "other-family-unanswered": {
    severity: "warning",
    cause: "The addresses of the other family are unknown",
    explanation:
      "The address is confirmed, but the lookup of the other family (A or AAAA) failed: receivers that wait for both defer the mail.",
    fix: "Have the zone's servers answer both A and AAAA, with an empty answer where there is no record.",
    who: "dns-host",
    source: "RFC 4074; Exim host.c defers on any forward error",
  },
  "other-family-uncovered": {
    severity: "error",
    cause: "The name's address of the other family does not round-trip",
    explanation:
      "The host name also has an address of the other family (AAAA beside A, or A beside AAAA) without a PTR that leads back. A mail server that uses both sends from it too, and receivers refuse that mail; the verdict on this address alone does not show it.",
    fix: "Set the PTR of that address to the host name, or remove its record if no mail leaves from there.",
    who: "address-owner",
    source: "RFC 8601 section 3; Google, Email sender guidelines (IPv6)",
  },
  "cname-loop": {
    severity: "error",
    cause: "CNAME records lead in a circle",
    explanation: "Following the aliases never ends, which resolvers report as an error; a retry does not help.",
    fix: "Remove one of the CNAME records, so that the chain ends at the real record.",
    who: "dns-host",
    source: "RFC 1034 section 3.6.2",
  },
  "ptr-target-alias": {
    severity: "warning",
    cause: "The name is an alias (CNAME)",
    explanation:
      "A PTR must give the primary name and a mail server must greet with one; most receivers follow the alias, some do not.",
    fix: "Replace the CNAME record by A and AAAA records of its own.",
    who: "dns-host",
    source: "RFC 2181 section 10.2; RFC 1912 section 2.1; RFC 5321 section 2.3.5",
  },
  "servers-disagree": {
    severity: "error",
    cause: "The servers of one zone give different answers",
    explanation:
      "A receiver's resolver asks any one of them, so what it sees is a matter of luck; usually a change has not reached all servers yet.",
    fix: "Wait until the change has reached every server, or have the zone's operator mend the one that stays behind.",
    who: "server-operator",
    source: "RFC 1034 section 4.3.5; RFC 1912 section 2.1",
  },
  "forward-servers-differ": {
    severity: "info",
    cause: "The servers give different addresses, each with this one among them",
    explanation: "The round trip holds at every server; the other addresses differ, as they do while a change spreads.",
    fix: "Nothing to do if the name is balanced over several addresses; else wait until the change has reached every server.",
    who: "dns-host",
    source: "RFC 1034 section 4.3.5",
  },
  "server-no-answer": {
    severity: "warning",
    cause: "A name server does not answer",
    explanation:
      "Resolvers wait for it in vain before they ask the next one; when the others fail too, mail is deferred.",
    fix: "Have the server's operator bring it back, or take it out of the zone's NS records.",
    who: "server-operator",
    source: "RFC 1034 section 5.3.3; RFC 2182 section 3",
  },
  "server-servfail": {
    severity: "warning",
    cause: "A name server answers SERVFAIL",
    explanation: "The server has the zone in its configuration but cannot serve it; resolvers go on to the next one.",
    fix: "Have the server's operator look at why it cannot load the zone.",
    who: "server-operator",
    source: "RFC 1035 section 4.1.1; RFC 2308 section 7.1",
  },
  "server-lame": {
    severity: "warning",
    cause: "A name server is lame",
    explanation:
      "The zone is delegated to a server that does not answer for it with authority; resolvers go on to the next one.",
    fix: "Have the zone set up on that server, or take the server out of the zone's NS records.",
    who: "server-operator",
    source: "RFC 1912 section 2.8",
  },
  "server-refused": {
    severity: "warning",
    cause: "A name server refuses to answer",
    explanation:
      "The zone is delegated to a server that does not serve it, or not to this client; resolvers go on to the next one.",
    fix: "Have the zone set up on that server, or take the server out of the zone's NS records.",
    who: "server-operator",
    source: "RFC 1035 section 4.1.1; RFC 1912 section 2.8",
  },
  "server-malformed": {
    severity: "warning",
    cause: "A name server's answer cannot be read",
    explanation: "The answer breaks the protocol or the server rejects plain queries; resolvers go on to the next one.",
    fix: "Have the server's operator update or repair its software.",
    who: "server-operator",
    source: "RFC 1035 section 4.1; RFC 6891 section 7",
  },
  "server-excluded": {
    severity: "warning",
    cause: "A dead name server is no longer waited for",
    explanation: "It failed in three rounds in a row while others answered; the verdict rests on the others.",
    fix: "Have the server's operator bring it back, or take it out of the zone's NS records.",
    who: "server-operator",
    source: "RFC 2182 section 3",
  },
  "server-not-asked": {
    severity: "warning",
    cause: "A name server was not asked",
    explanation:
      "Its address is private, loopback, link-local, multicast or unspecified, which a name server of the public DNS cannot have.",
    fix: "Have the zone's NS records point at servers with public addresses.",
    who: "server-operator",
    source: "RFC 6890; RFC 1918",
  },
  "server-without-address": {
    severity: "warning",
    cause: "A name server has no address",
    explanation:
      "The zone's NS records name a server for which no address can be found, or an alias (CNAME), which resolvers do not follow; they go on to the next one.",
    fix: "Give the name server's name an address (and glue at the parent), or take it out of the zone's NS records.",
    who: "dns-host",
    source: "RFC 1912 section 2.8; RFC 1034 section 4.2.1; RFC 2181 section 10.3 (no alias)",
  },
  "existing-name-denied": {
    severity: "error",
    cause: "A name server denies a name that exists",
    explanation:
      "It answers NXDOMAIN for one record type of a name that has records of another type. Resolvers may apply NXDOMAIN to the whole name, as BIND 9.18 does (Unbound 1.17 does not), so after such an answer the address is gone for them too.",
    fix: "Have the server answer NOERROR with an empty answer section and the SOA for a type that the name does not have.",
    who: "dns-host",
    source: "RFC 2308 section 5; RFC 8020 section 2; RFC 4074 section 4.2",
  },
  "alias-chain-too-long": {
    severity: "error",
    cause: "A chain of aliases is too long",
    explanation:
      "Unbound 1.17 and BIND 9.18 follow 11 aliases in a row and answer SERVFAIL to a longer chain, so receivers behind them get no answer.",
    fix: "Point the first alias directly at the name that has the records.",
    who: "dns-host",
    source: "RFC 1034 section 3.6.2; measured with Unbound 1.17.1 and BIND 9.18.49 on 2026-11-21",
  },
  "check-unfinished": {
    severity: "error",
    cause: "The check could not be made",
    explanation: "What was to be checked is no address or no host name, or the check itself failed: nothing was asked.",
    fix: "Correct what the message names; where it names nothing, report it with the version of pulumi-fcrdns.",
    who: "network-operator",
    source: "the check itself",
  },
  "not-confirmed": {
    severity: "error",
    cause: "The address does not pass",
    explanation: "A report has no finding that explains the verdict, such as one that a newer version made.",
    fix: "Set the PTR to the mail server's host name, and give that name this address.",
    who: "address-owner",
    source: "RFC 8601 section 2.7.3",
  },
  "check-interrupted": {
    severity: "warning",
    cause: "The check was ended before it was complete",
    explanation: "Some questions were not asked or not answered yet, so nothing definite is known of the address.",
    fix: "Run the check again.",
    who: "network-operator",
    source: "a request to stop (a signal, Ctrl-C, a deadline of the caller)",
  },
  "limit-reached": {
    severity: "warning",
    cause: "A safety limit was reached",
    explanation:
      "The answers would have led to more names, servers or queries than any honest zone needs, so asking ended there.",
    fix: "Have the operator of the zone named in the message shorten its chain of aliases, referrals or records.",
    who: "server-operator",
    source: "RFC 8601 section 7.4; RFC 1034 section 5.3.3",
  },
  "resolver-not-believed": {
    severity: "error",
    cause: "A resolver denies what it cannot know",
    explanation:
      "No authoritative server can be reached, and the resolver in their place answers like a captive portal or a filter: nothing is known of the address.",
    fix: "Run the check from a network that lets DNS out (UDP and TCP port 53), or name another resolver.",
    who: "network-operator",
    source: "RFC 2308 sections 2.2 and 3; RFC 8499 section 6",
  },
  "out-of-time": {
    severity: "warning",
    cause: "The time for the check was over before every server had answered",
    explanation:
      "Servers that answer slowly, or delegations that lead from one to the next, took all the time there was; the rest was not asked.",
    fix: "Give the check more time (deadlineSeconds, or --deadline), or have the servers named in the message answer faster.",
    who: "network-operator",
    source: "RFC 8601 section 7.4; RFC 1034 section 5.3.3",
  },
  "port-53-blocked": {
    severity: "warning",
    cause: "The authoritative servers cannot be reached from here",
    explanation:
      "None of them answers but a resolver does: the network lets no DNS out, so only resolvers' caches could be asked.",
    fix: "Allow UDP and TCP port 53 to the outside where this check runs, or check in the recursive mode on purpose.",
    who: "network-operator",
    source: "RFC 7766 section 5",
  },
  "resolver-denies": {
    severity: "error",
    cause: "A resolver still gives an old answer",
    explanation:
      "The authoritative servers agree, but a resolver remembers an answer from before; receivers behind such resolvers refuse until it expires.",
    fix: "Wait until the remembered answer has expired, then check again; nothing needs to be changed.",
    who: "resolver-operator",
    source: "RFC 2308 section 5",
  },
  "resolvers-not-asked": {
    severity: "info",
    cause: "Only the authoritative servers were asked",
    explanation: "The settings point at a DNS of one's own and name no resolver; the system's know nothing of it.",
    fix: "Name a resolver of that DNS to confirm the round trip with it too.",
    who: "network-operator",
    source: "RFC 2308 section 5",
  },
  "resolver-unanswered": {
    severity: "warning",
    cause: "A resolver does not answer",
    explanation: "What receivers behind resolvers see could not be confirmed with this one.",
    fix: "Give another resolver, or check in the authoritative mode.",
    who: "resolver-operator",
    source: "RFC 8601 section 2.7.3 (temperror)",
  },
  "dnssec-bogus": {
    severity: "error",
    cause: "DNSSEC validation fails",
    explanation: "Validating resolvers, which large receivers use, answer SERVFAIL although the record is there.",
    fix: "Sign the zone again or make the DS record at the parent fit its key.",
    who: "dns-host",
    source: "RFC 4035 section 5.5",
  },
  "name-unreadable": {
    severity: "error",
    cause: "The name cannot be read",
    explanation: "It has characters or escapes that no domain name can have.",
    fix: VALID_NAME,
    who: "address-owner",
    source: "RFC 1035 section 5.1; RFC 5891 section 4",
  },
  "name-empty-label": {
    severity: "error",
    cause: "The name has an empty label",
    explanation: "Two dots in a row or a dot in front cannot be a name in DNS.",
    fix: VALID_NAME,
    who: "address-owner",
    source: "RFC 1035 section 3.1",
  },
  "name-too-long": {
    severity: "error",
    cause: "The name is too long",
    explanation: "A label has at most 63 characters and a name at most 253.",
    fix: VALID_NAME,
    who: "address-owner",
    source: "RFC 1035 section 2.3.4",
  },
  "name-is-root": {
    severity: "error",
    cause: "The PTR gives the empty name",
    explanation: 'The root of DNS says "no name here" and has no address.',
    fix: VALID_NAME,
    who: "address-owner",
    source: "RFC 1035 section 3.1",
  },
  "name-is-address": {
    severity: "error",
    cause: "An address stands where a name belongs",
    explanation: "A PTR gives a host name; an address in its place can be confirmed by nothing.",
    fix: VALID_NAME,
    who: "address-owner",
    source: "RFC 1912 section 2.1",
  },
  "name-underscore": {
    severity: "error",
    cause: "The name has an underscore",
    explanation: "Host names have letters, digits and hyphens only; strict receivers drop such a name.",
    fix: VALID_NAME,
    who: "address-owner",
    source: "RFC 952; RFC 1123 section 2.1",
  },
  "name-not-ldh": {
    severity: "error",
    cause: "The name has a character that host names cannot have",
    explanation: "Host names have letters, digits and hyphens only; strict receivers drop such a name.",
    fix: VALID_NAME,
    who: "address-owner",
    source: "RFC 952; RFC 1123 section 2.1",
  },
  "name-hyphen-edge": {
    severity: "error",
    cause: "A label begins or ends with a hyphen",
    explanation: "Hyphens stand within labels only.",
    fix: VALID_NAME,
    who: "address-owner",
    source: "RFC 952; RFC 1123 section 2.1",
  },
  "name-bad-a-label": {
    severity: "error",
    cause: "An international label does not decode",
    explanation: "A label that begins with xn-- must be the encoding of an international label.",
    fix: VALID_NAME,
    who: "address-owner",
    source: "RFC 5890 section 2.3.2.1",
  },
  "name-numeric-tld": {
    severity: "error",
    cause: "The name ends in a number",
    explanation: "No top-level domain is a number; programs take such a name for an address.",
    fix: VALID_NAME,
    who: "address-owner",
    source: "RFC 1123 section 2.1; RFC 3696 section 2",
  },
  "name-single-label": {
    severity: "error",
    cause: "The name is a single label",
    explanation: "A mail server's name is a full domain name.",
    fix: VALID_NAME,
    who: "address-owner",
    source: "RFC 5321 section 2.3.5",
  },
  "name-public-suffix": {
    severity: "error",
    cause: "The name is one below which others register domains",
    explanation: "Such a name is nobody's host.",
    fix: VALID_NAME,
    who: "address-owner",
    source: "RFC 9499 section 2 (public suffix)",
  },
  "name-bare-domain": {
    severity: "info",
    cause: "The name is a registered domain itself",
    explanation: "It is valid, but some filters think a little less of it than of a name such as mail.example.com.",
    fix: "Give the mail server a host name below the domain.",
    who: "address-owner",
    source: "Cloudmark's advice, quoted in YunoHost issue 2035",
  },
  "name-numeric-label": {
    severity: "info",
    cause: "A label is all digits",
    explanation: "RFC 1123 allows it and RFC 1912 does not; old software may stumble.",
    fix: "Prefer labels that begin with a letter.",
    who: "address-owner",
    source: "RFC 1912 section 2.1; RFC 1123 section 2.1",
  },
  "generic-cloud-default": {
    severity: "error",
    cause: "The name is a provider's default",
    explanation:
      "The name belongs to the provider's customers at large, not to you; many receivers treat it like no PTR.",
    fix: RENAME,
    who: "address-owner",
    source: "GMX and web.de policy; Yahoo sender guidelines",
  },
  "generic-address": {
    severity: "error",
    cause: "The name is made from the address",
    explanation: "Such names are given by machine to whole networks; filters know the pattern.",
    fix: RENAME,
    who: "address-owner",
    source: "SpamAssassin RDNS_DYNAMIC; M3AAWG sender best practices",
  },
  "generic-access-word": {
    severity: "error",
    cause: "The name has a word of access networks or address pools",
    explanation:
      "Words such as dyn, dhcp, dsl, pool or customer say that a subscriber, not a mail server, is behind it.",
    fix: RENAME,
    who: "address-owner",
    source: "SpamAssassin RDNS_DYNAMIC; rspamd hfilter",
  },
  "generic-machine-label": {
    severity: "error",
    cause: "The name has a label that only a machine would give",
    explanation: "A UUID, a long hexadecimal or numbered label is what hosters give to servers that nobody has named.",
    fix: RENAME,
    who: "address-owner",
    source: "providers' default names",
  },
  "generic-line-number": {
    severity: "error",
    cause: "The name is a number that an access network gave to a line",
    explanation:
      "Node, port and subscriber numbers strung together are what access networks call their customers' lines, which are not meant to send mail.",
    fix: RENAME,
    who: "address-owner",
    source: "names gathered in test/fcrdns/judge/names",
  },
  "generic-placeholder": {
    severity: "error",
    cause: "The name is a placeholder",
    explanation: "Names such as hosted-by or unassigned stand on many addresses at once and name nobody.",
    fix: RENAME,
    who: "address-owner",
    source: "Cloudmark's advice, quoted in YunoHost issue 2035",
  },
} as const satisfies Record<string, FindingRule>;

export type FindingRuleId = keyof typeof FINDING_RULES;

/**
 * A finding of a rule: severity from the table, and the table's fix where there is nothing more exact to say.
 * @param seen what was seen and where, and who exactly can mend it; DNS text in it already escaped
 */
export function finding(
  rule: FindingRuleId,
  seen: { readonly message: string; readonly who: string; readonly fix?: string },
): Finding {
  const { severity, fix } = FINDING_RULES[rule];
  return { rule, severity, message: seen.message, fix: seen.fix ?? fix, who: seen.who };
}

export function isFindingRule(rule: string): rule is FindingRuleId {
  return Object.hasOwn(FINDING_RULES, rule);
}

/** The rule with this identifier, or undefined. */
export function findingRule(rule: string): FindingRule | undefined {
  return isFindingRule(rule) ? FINDING_RULES[rule] : undefined;
}

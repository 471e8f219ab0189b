/** Name servers and resolvers. */
import type { FindingRule } from "./finding-rule";

export const SERVER_RULES = {
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
  "resolver-not-believed": {
    severity: "error",
    cause: "What a resolver answers is not believed",
    explanation:
      "No authoritative server can be reached, and the resolver in their place answers like a captive portal or a filter: nothing is known of the address.",
    fix: "Run the check from a network that lets DNS out (UDP and TCP port 53), or name another resolver.",
    who: "network-operator",
    source: "RFC 2308 sections 2.2 and 3; RFC 8499 section 6",
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
} as const satisfies Record<string, FindingRule>;

/** Name servers and resolvers. */
import type { FindingRule } from "./finding-rule";

export const SERVER_RULES = {
  "servers-disagree": {
    severity: "error",
    cause: "The servers of one zone give different answers",
    explanation:
      "A receiver's resolver queries any one of them, so its answer depends on the server; usually a change has not reached all servers yet.",
    fix: "Wait until the change has reached every server, or have the zone's operator fix the server that is not up to date.",
    who: "server-operator",
    source: "RFC 1034 section 4.3.5; RFC 1912 section 2.1",
  },
  "forward-servers-differ": {
    severity: "info",
    cause: "The servers give different addresses, all including this one",
    explanation:
      "The round trip holds at every server; the other addresses differ, as they do while a change propagates.",
    fix: "Nothing to do if the name is balanced over several addresses; otherwise wait until the change has reached every server.",
    who: "dns-host",
    source: "RFC 1034 section 4.3.5",
  },
  "server-no-answer": {
    severity: "warning",
    cause: "A name server does not answer",
    explanation:
      "Resolvers wait for it in vain before they query the next one; if the others fail too, mail is deferred.",
    fix: "Have the server's operator restore it, or remove it from the zone's NS records.",
    who: "server-operator",
    source: "RFC 1034 section 5.3.3; RFC 2182 section 3",
  },
  "server-servfail": {
    severity: "warning",
    cause: "A name server answers SERVFAIL",
    explanation:
      "The server has the zone in its configuration but cannot serve it; resolvers continue with the next one.",
    fix: "Have the server's operator find out why it cannot load the zone.",
    who: "server-operator",
    source: "RFC 1035 section 4.1.1; RFC 2308 section 7.1",
  },
  "server-lame": {
    severity: "warning",
    cause: "A name server is lame",
    explanation:
      "The zone is delegated to a server that does not answer for it with authority; resolvers continue with the next one.",
    fix: "Have the zone set up on that server, or remove the server from the zone's NS records.",
    who: "server-operator",
    source: "RFC 1912 section 2.8",
  },
  "server-refused": {
    severity: "warning",
    cause: "A name server refuses to answer",
    explanation:
      "The zone is delegated to a server that does not serve it, or not to this client; resolvers continue with the next one.",
    fix: "Have the zone set up on that server, or remove the server from the zone's NS records.",
    who: "server-operator",
    source: "RFC 1035 section 4.1.1; RFC 1912 section 2.8",
  },
  "server-malformed": {
    severity: "warning",
    cause: "A name server's answer cannot be read",
    explanation:
      "The answer breaks the protocol or the server rejects plain queries; resolvers continue with the next one.",
    fix: "Have the server's operator update or repair its software.",
    who: "server-operator",
    source: "RFC 1035 section 4.1; RFC 6891 section 7",
  },
  "server-excluded": {
    severity: "warning",
    cause: "A failing name server is no longer waited for",
    explanation: "It failed in three rounds in a row while others answered; the verdict rests on the others.",
    fix: "Have the server's operator restore it, or remove it from the zone's NS records.",
    who: "server-operator",
    source: "RFC 2182 section 3",
  },
  "server-not-asked": {
    severity: "warning",
    cause: "A name server was not queried",
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
      "The zone's NS records name a server for which no address can be found, or an alias (CNAME), which resolvers do not follow; they continue with the next one.",
    fix: "Give the name server's name an address (and glue at the parent), or remove it from the zone's NS records.",
    who: "dns-host",
    source: "RFC 1912 section 2.8; RFC 1034 section 4.2.1; RFC 2181 section 10.3 (no alias)",
  },
  "existing-name-denied": {
    severity: "error",
    cause: "A name server denies a name that exists",
    explanation:
      "It answers NXDOMAIN for one record type of a name that has records of another type. Resolvers may apply NXDOMAIN to the whole name, as BIND 9.18 does (Unbound 1.17 does not), so after such an answer they no longer see the address either.",
    fix: "Have the server answer NOERROR with an empty answer section and the SOA for a type that the name does not have.",
    who: "dns-host",
    source: "RFC 2308 section 5; RFC 8020 section 2; RFC 4074 section 4.2",
  },
  "resolver-not-believed": {
    severity: "error",
    cause: "A resolver's answers are not trusted",
    explanation:
      "No authoritative server can be reached, and the resolver answers like a captive portal or a filter, so the result is unknown.",
    fix: "Run the check in a network that allows outgoing DNS (UDP and TCP port 53), or give another resolver.",
    who: "network-operator",
    source: "RFC 2308 sections 2.2 and 3; RFC 8499 section 6",
  },
  "resolver-denies": {
    severity: "error",
    cause: "A resolver still gives an old answer",
    explanation:
      "The authoritative servers agree, but a resolver has an older answer in its cache; receivers that use such a resolver reject mail until it expires.",
    fix: "Wait until the cached answer has expired, then check again; nothing needs to be changed.",
    who: "resolver-operator",
    source: "RFC 2308 section 5",
  },
  "resolver-unanswered": {
    severity: "warning",
    cause: "A resolver does not answer",
    explanation: "This resolver could not confirm what receivers see.",
    fix: "Give another resolver, or use the mode authoritative.",
    who: "resolver-operator",
    source: "RFC 8601 section 2.7.3 (temperror)",
  },
  "dnssec-bogus": {
    severity: "error",
    cause: "DNSSEC validation fails",
    explanation: "Validating resolvers, which large receivers use, answer SERVFAIL although the record is there.",
    fix: "Sign the zone again, or correct the DS record at the parent.",
    who: "dns-host",
    source: "RFC 4035 section 5.5",
  },
} as const satisfies Record<string, FindingRule>;

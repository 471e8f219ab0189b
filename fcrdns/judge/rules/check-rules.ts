/** Reasons why a check is incomplete. */
import type { FindingRule } from "./finding-rule";

export const CHECK_RULES = {
  "check-unfinished": {
    severity: "error",
    cause: "The check could not be made",
    explanation: "The input is not an address or not a host name, or the check itself failed: no query was sent.",
    fix: "Correct the input that the message names; if it names none, report a bug with the version of pulumi-fcrdns.",
    who: "network-operator",
    source: "the check itself",
  },
  "not-confirmed": {
    severity: "error",
    cause: "The address does not pass",
    explanation: "The verdict has no finding that explains it, for example because a newer version made it.",
    fix: "Set the PTR to the mail server's host name, and give that name this address.",
    who: "address-owner",
    source: "RFC 8601 section 2.7.3",
  },
  "check-interrupted": {
    severity: "warning",
    cause: "The check was stopped before it was complete",
    explanation: "Some queries were not sent or not answered yet, so the result is unknown.",
    fix: "Run the check again.",
    who: "network-operator",
    source: "a request to stop (a signal, Ctrl-C, a deadline of the caller)",
  },
  "limit-reached": {
    severity: "warning",
    cause: "A safety limit was reached",
    explanation:
      "The answers would have led to more names, servers or queries than any legitimate zone needs, so the check stopped there.",
    fix: "Have the operator of the zone named in the message shorten its chain of aliases, referrals or records.",
    who: "server-operator",
    source: "RFC 8601 section 7.4; RFC 1034 section 5.3.3",
  },
  "out-of-time": {
    severity: "warning",
    cause: "The time for the check was over before every server had answered",
    explanation:
      "Servers that answer slowly, or delegations that lead from one to the next, took all the time; the remaining queries were not sent.",
    fix: "Give the check more time (deadlineSeconds, or --deadline), or have the servers named in the message answer faster.",
    who: "network-operator",
    source: "RFC 8601 section 7.4; RFC 1034 section 5.3.3",
  },
  "port-53-blocked": {
    severity: "warning",
    cause: "The authoritative servers cannot be reached from here",
    explanation:
      "None of them answers, but a resolver does: the network blocks outgoing DNS, so only resolvers' caches could be queried.",
    fix: "Allow outgoing UDP and TCP port 53 where this check runs, or use the mode recursive.",
    who: "network-operator",
    source: "RFC 7766 section 5",
  },
  "not-before": {
    severity: "info",
    cause: "A wrong answer that was visible may still be remembered",
    explanation:
      "Resolvers keep records for their TTL and denials for the time in the zone's SOA, and some receivers remember a refusal: mail that leaves earlier may still be refused, although DNS is right. notBefore in the verdict is the latest of these times.",
    fix: "Do not send from this address before the time that the message names.",
    who: "mail-server-operator",
    source: "RFC 1035 section 3.2.1; RFC 2308 section 5; RFC 8767 section 4",
  },
  "remembered-after-fix": {
    severity: "info",
    cause: "The wrong answer may be remembered after the fix",
    explanation:
      "Resolvers keep records for their TTL and denials for the time in the zone's SOA, and some receivers remember a refusal, so mail may still be refused for that long after DNS is right.",
    fix: "After the fix, wait as long as the message says before mail leaves from this address.",
    who: "mail-server-operator",
    source: "RFC 1035 section 3.2.1; RFC 2308 section 5; RFC 8767 section 4",
  },
  "resolvers-not-asked": {
    severity: "info",
    cause: "Only the authoritative servers were queried",
    explanation: "The settings point at a private DNS and name no resolver; the system's resolvers do not know it.",
    fix: "Name a resolver of that DNS to confirm the round trip with it too.",
    who: "network-operator",
    source: "RFC 2308 section 5",
  },
} as const satisfies Record<string, FindingRule>;

/** What kept the check from being complete. */
import type { FindingRule } from "./finding-rule";

export const CHECK_RULES = {
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
  "resolvers-not-asked": {
    severity: "info",
    cause: "Only the authoritative servers were asked",
    explanation: "The settings point at a DNS of one's own and name no resolver; the system's know nothing of it.",
    fix: "Name a resolver of that DNS to confirm the round trip with it too.",
    who: "network-operator",
    source: "RFC 2308 section 5",
  },
} as const satisfies Record<string, FindingRule>;

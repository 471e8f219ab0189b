/** The PTR, the addresses of its names, and aliases. */
import type { FindingRule } from "./finding-rule";

export const ROUND_TRIP_RULES = {
  "no-ptr": {
    severity: "error",
    cause: "The address has no PTR record",
    explanation:
      "Reverse DNS has no name for the address, so a receiver has nothing to confirm; most large receivers reject or delay such mail.",
    fix: "Set the PTR of the address to the mail server's host name.",
    who: "address-owner",
    source: "RFC 8601 section 2.7.3 (permerror); RFC 1912 section 2.1",
  },
  "ptr-unanswered": {
    severity: "error",
    cause: "No server could say whether there is a PTR",
    explanation:
      "Every server of the reverse zone failed to answer, so the result is unknown: this is not the same as no PTR.",
    fix: "Check again later; if the problem stays, report it to whoever runs the reverse zone's name servers.",
    who: "reverse-dns-operator",
    source: "RFC 8601 section 2.7.3 (temperror)",
  },
  "several-ptrs": {
    severity: "warning",
    cause: "The address has several PTR records",
    explanation:
      "A receiver that looks at only one PTR may use a different one each time, and may compare it with the EHLO name.",
    fix: "Keep one PTR record, with the name that the mail server gives in EHLO.",
    who: "address-owner",
    source: "RFC 2181 section 10.2 allows it; Postfix smtpd_peer.c and others look at one",
  },
  "too-many-names": {
    severity: "error",
    cause: "The address has more PTR records than receivers look at",
    explanation: "Receivers limit how many names they evaluate, usually to ten: the right one may not be among them.",
    fix: "Remove every PTR record except the one with the mail server's host name.",
    who: "address-owner",
    source: "RFC 8601 section 3; RFC 7208 section 4.6.4",
  },
  "extra-ptr-unconfirmed": {
    severity: "error",
    cause: "One of several PTR names does not have the address",
    explanation:
      "One PTR confirms and another does not: receivers that look at one name only, or that require all of them, reject the mail.",
    fix: "Remove the PTR record whose name does not have this address.",
    who: "address-owner",
    source: "RFC 1912 section 2.1 (PTR and A must match); SEPPmail requires all",
  },
  "unexpected-name": {
    severity: "error",
    cause: "The PTR is not the expected name",
    explanation: "The PTR name differs from the name that the mail server gives in EHLO; receivers compare them.",
    fix: "Set the PTR of the address to the expected host name.",
    who: "address-owner",
    source: "RFC 5321 section 4.1.4; GMX, web.de and T-Online policy",
  },
  "no-forward": {
    severity: "error",
    cause: "The PTR's name has no address",
    explanation: "The name that the PTR gives does not exist in forward DNS, so it cannot confirm the address.",
    fix: "Set the PTR to the mail server's host name; if the PTR already gives that name, add this address to it.",
    who: "dns-host",
    source: "RFC 8601 section 2.7.3 (fail)",
  },
  "forward-mismatch": {
    severity: "error",
    cause: "The PTR's name has other addresses",
    explanation: "The name's A or AAAA records do not contain the address: to a receiver, the PTR looks forged.",
    fix: "Set the PTR to the mail server's host name; if the PTR already gives that name, add this address to it.",
    who: "dns-host",
    source: "RFC 8601 section 2.7.3 (fail)",
  },
  "forward-unanswered": {
    severity: "error",
    cause: "No server could say which addresses the name has",
    explanation:
      "Every server of the name's zone failed to answer, so the result is unknown: this is not the same as no address.",
    fix: "Check again later; if the problem stays, report it to the domain's DNS host.",
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
    fix: "Have the zone's servers answer both A and AAAA, with an empty answer if there is no record.",
    who: "dns-host",
    source: "RFC 4074; Exim host.c defers on any forward error",
  },
  "other-family-uncovered": {
    severity: "error",
    cause: "The name's address of the other family does not round-trip",
    explanation:
      "The host name also has an address of the other family (AAAA beside A, or A beside AAAA) that does not round-trip. A mail server that uses both families sends from it too, and receivers reject that mail; the verdict on this address alone does not show it.",
    fix: "Set the PTR of that address to the host name, or remove its record if no mail is sent from there.",
    who: "address-owner",
    source: "RFC 8601 section 3; Google, Email sender guidelines (IPv6)",
  },
  "cname-loop": {
    severity: "error",
    cause: "CNAME records form a loop",
    explanation: "The aliases never reach a record, which resolvers report as an error; a retry does not help.",
    fix: "Remove one of the CNAME records, so that the chain ends at the real record.",
    who: "dns-host",
    source: "RFC 1034 section 3.6.2",
  },
  "ptr-target-alias": {
    severity: "warning",
    cause: "The name is an alias (CNAME)",
    explanation:
      "A PTR must give the primary name and a mail server must give one in EHLO; most receivers follow the alias, some do not.",
    fix: "Replace the CNAME record with A and AAAA records.",
    who: "dns-host",
    source: "RFC 2181 section 10.2; RFC 1912 section 2.1; RFC 5321 section 2.3.5",
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
} as const satisfies Record<string, FindingRule>;

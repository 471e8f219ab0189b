/** What the configuration of a mail server says of an address. */
import type { FindingRule } from "./finding-rule";

export const SENDER_RULES = {
  "ipv6-in-use": {
    severity: "error",
    cause: "Mail leaves by an IPv6 address that does not round-trip",
    explanation:
      "Most receivers have IPv6, and those refuse or junk mail from an IPv6 address without a confirmed PTR, although the same mail would be taken by IPv4.",
    fix: "Set its PTR and the records of that name, or keep mail from leaving by IPv6.",
    who: "mail-server-operator",
    source: "Gmail email sender guidelines (5.7.25); Postfix inet_protocols; Exim disable_ipv6",
  },
  "bind-address-private": {
    severity: "warning",
    cause: "The mail server binds a private address",
    explanation:
      "Receivers see the public address that NAT puts in its place, and look up the PTR of that one. Which one it is, the configuration does not say.",
    fix: "Say which public address receivers see, with --nat PRIVATE=PUBLIC.",
    who: "mail-server-operator",
    source: "RFC 1918 section 3; RFC 6598; RFC 4193",
  },
} as const satisfies Record<string, FindingRule>;

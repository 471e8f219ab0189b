/** How the PTR's name is related to the organisation that sends. */
import type { FindingRule } from "./finding-rule";

export const DOMAIN_RULES = {
  "name-own-domain": {
    severity: "info",
    cause: "The PTR's name belongs to the organisation",
    explanation: "It has the same registered domain as the domain that was named.",
    fix: "Nothing to do.",
    who: "mail-server-operator",
    source: "RFC 9499 section 2 (public suffix); publicsuffix.org",
  },
  "name-other-domain": {
    severity: "info",
    cause: "The PTR's name is of another domain",
    explanation:
      "It has another registered domain than the one that was named, or lies below a suffix where others have names. Receivers take that, but a name of your own domain shows who sends, and its reputation is yours.",
    fix: "If the address is yours alone, set its PTR to a host name of your own domain, such as mail.example.com.",
    who: "address-owner",
    source: "M3AAWG Sender Best Common Practices; publicsuffix.org",
  },
  "mail-service-address": {
    severity: "info",
    cause: "The address belongs to a mail service, which sets the PTR",
    explanation:
      "Nobody but the service can set the PTR. Its own name is right for shared addresses; for an address that is dedicated to you, some services set a name of your domain.",
    fix: "For a dedicated address, ask the service's support whether its PTR can be a name of your domain.",
    who: "address-owner",
    source: "the services' documentation, in fcrdns/names/mail-services.ts",
  },
} as const satisfies Record<string, FindingRule>;

/** What the mail server says in EHLO. */
import type { FindingRule } from "./finding-rule";

export const HELO_RULES = {
  "helo-mismatch": {
    severity: "error",
    milder: { severity: "warning", where: "the EHLO name has the address, unless it is also the expected name" },
    cause: "The EHLO name is not the PTR",
    explanation:
      "Some receivers compare the name that the mail server says in EHLO with the PTR, and more of them look up whether the EHLO name has the address. A name that does not have it looks forged.",
    fix: "Have the mail server say the PTR's name in EHLO when it sends from this address.",
    who: "mail-server-operator",
    source: "RFC 5321 sections 2.3.5 and 4.1.4; GMX email policy; maddy require_matching_rdns",
  },
  "helo-unanswered": {
    severity: "error",
    cause: "No server could say which addresses the EHLO name has",
    explanation:
      "The EHLO name is not the PTR, and every server of its zone failed to answer, so whether it has the address is unknown: this is not the same as no.",
    fix: "Check again later; if the problem stays, report it to the domain's DNS host.",
    who: "dns-host",
    source: "RFC 5321 section 4.1.4; RFC 2308 section 7",
  },
  "helo-generic": {
    severity: "error",
    cause: "The EHLO name is generic",
    explanation:
      "A provider's default or a name made from the address identifies no mail server; filters score it like a subscriber's.",
    fix: "Have the mail server say a host name of your own domain in EHLO, such as mail.example.com.",
    who: "mail-server-operator",
    source: "rspamd hfilter (checks_hellohost); Spamhaus CSS",
  },
  "helo-not-a-host": {
    severity: "error",
    milder: { severity: "warning", where: "it is an address literal of this very address, or an alias (CNAME)" },
    cause: "The EHLO name is not a full host name",
    explanation:
      "EHLO takes the primary host name, one that has A or AAAA records itself. An address literal is only for hosts that have no name.",
    fix: "Have the mail server say its own full host name in EHLO, such as mail.example.com.",
    who: "mail-server-operator",
    source:
      "RFC 5321 sections 2.3.5, 4.1.3 and 4.1.4; Postfix reject_invalid_helo_hostname, reject_non_fqdn_helo_hostname",
  },
} as const satisfies Record<string, FindingRule>;

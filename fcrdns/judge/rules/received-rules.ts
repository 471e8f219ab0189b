/** What the headers of a received message say of its sender, and what was planned. */
import type { FindingRule } from "./finding-rule";

export const RECEIVED_RULES = {
  "sent-otherwise": {
    severity: "error",
    cause: "The message was not sent as planned",
    explanation:
      "The receiver saw another address, or heard another name in EHLO, than the plan says: mail leaves by a NAT gateway, a second address or another server, and the PTR that was set does not apply to it.",
    fix: "Have the mail server send from the planned address with the planned EHLO name, or change the plan.",
    who: "mail-server-operator",
    source: "RFC 5321 sections 4.1.4 and 4.4",
  },
  "receiver-iprev-differs": {
    severity: "warning",
    cause: "The receiver computed another iprev than this check",
    explanation:
      "The receiver looked DNS up when the message arrived, from its own resolvers: since then DNS has changed, or its resolvers still hold another answer.",
    fix: "Send another message once the TTLs of the records have passed, and check that one.",
    who: "mail-server-operator",
    source: "RFC 8601 section 2.7.3",
  },
  "receiver-computed": {
    severity: "info",
    cause: "What the receiver computed when the message arrived",
    explanation: "Read from Authentication-Results and Received-SPF of the receiver's own servers alone.",
    fix: "Nothing to do if it is pass.",
    who: "mail-server-operator",
    source: "RFC 8601; RFC 7208 section 9.1",
  },
} as const satisfies Record<string, FindingRule>;

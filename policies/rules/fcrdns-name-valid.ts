import { inspectName } from "../../fcrdns/names/inspect-name";
import { providerRules } from "../provider-rules";
import { rule } from "../rule";
import { displayName } from "../stack-view";

export const nameValid = rule({
  name: "fcrdns-name-valid",
  requirement: "The PTR of an address that sends mail is a full, valid host name.",
  severity: "high",
  level: "mandatory",
  // An invalid name is reported before its consequences.
  order: 10,
  cause: "The name is not a host name: an underscore, a single label, an address, a bad international label ...",
  explanation: "Receivers reject or distrust a client with an invalid name, and some clouds refuse to set it.",
  fix: "Use a full host name of letters, digits and hyphens in your own domain, such as mail.example.com.",
  source: "RFC 952, RFC 1123 section 2.1, RFC 5321 section 2.3.5",
  preview: "yes",
  check: ({ stack, reported }) =>
    stack.sending.flatMap((address) => {
      if (address.hostname === null || providerRules.some(({ name }) => reported(name, { urn: address.urn })))
        return [];
      const { valid, reasons, hostname } = inspectName(address.hostname);
      if (valid) return [];
      // That it looks generic is another rule's.
      const invalid = reasons.filter(({ rule: id }) => id.startsWith("name-"));
      const why = invalid.map(({ message }) => message).join("; ");
      return [
        {
          urn: address.urn,
          ip: address.ip,
          message: `${shortened(hostname)} is set as the PTR by ${displayName(address)}: ${shortened(why)}.`,
        },
      ];
    }),
});

/** Names may be of any length, messages may not. */
function shortened(text: string): string {
  return text.length > 600 ? `${text.slice(0, 600)}...` : text;
}

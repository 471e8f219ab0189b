import { inspectName } from "../../fcrdns/names/inspect-name";
import { rule } from "../rule";
import { displayName } from "../stack-view";

export const nameNotGeneric = rule({
  name: "fcrdns-name-not-generic",
  requirement: "The PTR of an address that sends mail does not look like a provider's default.",
  severity: "high",
  level: "mandatory",
  order: 70,
  cause: "The name contains the address or a generated id, or is a provider's default name.",
  explanation:
    "Receivers treat such names as home connections and unconfigured servers and reject them even if forward and reverse DNS agree.",
  fix: "Use a name in your own domain that says what the server does, such as mail.example.com.",
  source: "M3AAWG Sender Best Common Practices 3.0; Spamhaus, https://www.spamhaus.org/faqs/policy-blocklist-pbl/",
  preview: "yes",
  check: ({ stack }) =>
    stack.sending.flatMap((address) => {
      if (address.hostname === null) return [];
      const { valid, generic, reasons, hostname } = inspectName(
        address.hostname,
        address.ip === null ? {} : { ip: address.ip },
      );
      // A name that is not valid at all is reported by fcrdns-name-valid.
      if (!generic || !valid) return [];
      const why = reasons.map(({ message }) => message).join("; ");
      return [
        {
          urn: address.urn,
          ip: address.ip,
          message: `${hostname} is set as the PTR by ${displayName(address)}: ${why}.`,
        },
      ];
    }),
});

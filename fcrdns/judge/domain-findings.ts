import { dedicatedAddressOf, mailServiceOf } from "../names/mail-services";
import { relationOf } from "../names/organisation";
import type { Found, Who } from "./found";
import type { Judged } from "./judged";
import { MAX_NAMES } from "./round-trip";

/** How each PTR name is related to the domain that was named. */
export function domainFindings({ evidence, ip, trip }: Judged): Found[] {
  const { domain } = evidence;
  if (!domain) return [];
  return trip.ptrNames.slice(0, MAX_NAMES).map((name): Found => {
    const relation = relationOf(name, domain);
    const service = relation === "same" ? undefined : mailServiceOf(name);
    if (service === undefined) {
      const seen = { kind: "relation", ip: ip.text, name, domain, relation } as const;
      const owner: Who = { kind: "address-owner", ip: ip.text, lookup: evidence.ptr };
      return relation === "same"
        ? { rule: "name-own-domain", seen, owner: { kind: "mail-server", ip: ip.text } }
        : { rule: "name-other-domain", seen, owner };
    }
    const seen = { kind: "service-address", ip: ip.text, name, domain, service } as const;
    const dedicated = dedicatedAddressOf(service);
    const owner: Who = { kind: "service-customer", service };
    return {
      rule: "mail-service-address",
      seen,
      ...(dedicated && { step: { kind: "at-service", fix: dedicated.fix } }),
      owner,
    };
  });
}

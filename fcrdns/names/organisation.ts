/** Whether two names are of the same organisation: the same registered domain, by the Public Suffix List. */
import { getDomain } from "tldts";
import { isWithin } from "../ask/domain-tree";

/**
 * The private part of the list counts: below `github.io` each customer has a name, so that two of them are two
 * organisations. Names are canonical.
 */
const WITH_PRIVATE = {
  allowPrivateDomains: true,
  extractHostname: false,
  validateHostname: false,
  detectIp: false,
} as const;

/** `unknown`: the domain is a suffix below which others register names, so that a name below it may be anybody's. */
export type Relation = "same" | "other" | "unknown";

export function relationOf(name: string, domain: string): Relation {
  const own = getDomain(domain, WITH_PRIVATE);
  if (own !== null) return isWithin(name, own) && getDomain(name, WITH_PRIVATE) === own ? "same" : "other";
  if (name === domain) return "same";
  return isWithin(name, domain) ? "unknown" : "other";
}

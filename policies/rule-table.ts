/** Every rule, in the order in which they run. A new rule is one file in `rules/` and one line here; one about a
 * single provider's resources stands in its `stack.ts` alone. */
import { type ProviderRuleName, providerRules } from "./provider-rules";
import type { Rule } from "./rule";
import { configuration } from "./rules/fcrdns-configuration";
import { forwardInPlace } from "./rules/fcrdns-forward-in-place";
import { ipv6Covered } from "./rules/fcrdns-ipv6-covered";
import { ipv6HostAddress } from "./rules/fcrdns-ipv6-host-address";
import { mailNeedsVerifiedIp } from "./rules/fcrdns-mail-needs-verified-ip";
import { nameNotGeneric } from "./rules/fcrdns-name-not-generic";
import { nameValid } from "./rules/fcrdns-name-valid";
import { noIpv6Smtp } from "./rules/fcrdns-no-ipv6-smtp";
import { notProxied } from "./rules/fcrdns-not-proxied";
import { onePtrPerAddress } from "./rules/fcrdns-one-ptr-per-address";
import { ptrInReverseZone } from "./rules/fcrdns-ptr-in-reverse-zone";
import { replaceSafely } from "./rules/fcrdns-replace-safely";
import { roundTrip } from "./rules/fcrdns-round-trip";
import { stableAddress } from "./rules/fcrdns-stable-address";

const general = [
  // What is wrong with a name itself is told before anything that follows from it.
  nameValid,
  // Asks DNS first and with patience; the rules below share its answers.
  roundTrip,
  ipv6Covered,
  forwardInPlace,
  mailNeedsVerifiedIp,
  ptrInReverseZone,
  nameNotGeneric,
  onePtrPerAddress,
  ipv6HostAddress,
  notProxied,
  replaceSafely,
  stableAddress,
  noIpv6Smtp,
] as const;

export type RuleName = typeof configuration.name | (typeof general)[number]["name"] | ProviderRuleName;

/** What fails a run is told before anything that follows from it, advice at the end. */
const isMandatory = ({ level }: Rule) => level === "mandatory";

export const RULES: readonly Rule<RuleName>[] = [
  configuration,
  ...providerRules.filter(isMandatory),
  ...general,
  ...providerRules.filter((rule) => !isMandatory(rule)),
];

export const RULE_NAMES: readonly RuleName[] = RULES.map(({ name }) => name);

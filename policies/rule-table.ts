/** Every rule, in the order in which they run. A new rule is one file in `rules/` and one line here. */
import type { Rule } from "./rule";
import { azureReverseFqdn } from "./rules/fcrdns-azure-reverse-fqdn";
import { configuration } from "./rules/fcrdns-configuration";
import { dropletName } from "./rules/fcrdns-droplet-name";
import { forwardInPlace } from "./rules/fcrdns-forward-in-place";
import { ionosName } from "./rules/fcrdns-ionos-name";
import { ipv6Covered } from "./rules/fcrdns-ipv6-covered";
import { ipv6HostAddress } from "./rules/fcrdns-ipv6-host-address";
import { linodeWait } from "./rules/fcrdns-linode-wait";
import { mailNeedsVerifiedIp } from "./rules/fcrdns-mail-needs-verified-ip";
import { nameNotGeneric } from "./rules/fcrdns-name-not-generic";
import { nameValid } from "./rules/fcrdns-name-valid";
import { noIpv6Smtp } from "./rules/fcrdns-no-ipv6-smtp";
import { notProxied } from "./rules/fcrdns-not-proxied";
import { onePtrPerAddress } from "./rules/fcrdns-one-ptr-per-address";
import { ovhReverseValue } from "./rules/fcrdns-ovh-reverse-value";
import { ptrInReverseZone } from "./rules/fcrdns-ptr-in-reverse-zone";
import { replaceSafely } from "./rules/fcrdns-replace-safely";
import { roundTrip } from "./rules/fcrdns-round-trip";
import { stableAddress } from "./rules/fcrdns-stable-address";
import { vultrExpandedIpv6 } from "./rules/fcrdns-vultr-expanded-ipv6";

const rules = [
  configuration,
  // What is wrong with a name itself is told before anything that follows from it.
  ionosName,
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
  dropletName,
  noIpv6Smtp,
  azureReverseFqdn,
  linodeWait,
  ovhReverseValue,
  vultrExpandedIpv6,
] as const;

export type RuleName = (typeof rules)[number]["name"];

export const RULES: readonly Rule<RuleName>[] = rules;

export const RULE_NAMES: readonly RuleName[] = RULES.map(({ name }) => name);

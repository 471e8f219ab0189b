/** Every rule about whole stacks, one line each: the name of its file. */
export { configuration } from "./rules/fcrdns-configuration";
export { forwardInPlace } from "./rules/fcrdns-forward-in-place";
export { helo } from "./rules/fcrdns-helo";
export { ipv6Covered } from "./rules/fcrdns-ipv6-covered";
export { ipv6HostAddress } from "./rules/fcrdns-ipv6-host-address";
export { mailNeedsVerifiedIp } from "./rules/fcrdns-mail-needs-verified-ip";
export { nameNotGeneric } from "./rules/fcrdns-name-not-generic";
export { nameValid } from "./rules/fcrdns-name-valid";
export { noIpv6Smtp } from "./rules/fcrdns-no-ipv6-smtp";
export { notProxied } from "./rules/fcrdns-not-proxied";
export { observed } from "./rules/fcrdns-observed";
export { onePtrPerAddress } from "./rules/fcrdns-one-ptr-per-address";
export { ptrInReverseZone } from "./rules/fcrdns-ptr-in-reverse-zone";
export { replaceSafely } from "./rules/fcrdns-replace-safely";
export { roundTrip } from "./rules/fcrdns-round-trip";
export { stableAddress } from "./rules/fcrdns-stable-address";

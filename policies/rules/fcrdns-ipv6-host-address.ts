import { parseAddress } from "../../fcrdns/names/address";
import { rule } from "../rule";
import { displayName } from "../stack-view";

export const ipv6HostAddress = rule({
  name: "fcrdns-ipv6-host-address",
  requirement: "The PTR of an IPv6 address is set for the host's address, not for its network.",
  severity: "high",
  level: "mandatory",
  order: 90,
  cause: "The address with the PTR ends in zeros (2001:db8:1::): it is the address of the /64 itself.",
  explanation:
    "Some clouds return the network as the address of an IPv6 resource; the server sends from an address within it (…::1), which then has no PTR.",
  fix: "Append the host part, 2001:db8:1::1 for the network 2001:db8:1::, and use the same address for AAAA and in the mail server.",
  source: "RFC 4291 section 2.6.1",
  preview: "yes",
  check: ({ stack }) =>
    stack.sending.flatMap((address) => {
      const parsed = address.ip === null || address.family === 4 ? undefined : parseAddress(address.ip);
      if (!parsed?.ok || parsed.address.bytes.subarray(8).some((octet) => octet !== 0)) return [];
      return [
        {
          urn: address.urn,
          ip: address.ip,
          message: `${displayName(address)} sets the PTR of ${address.ip}, which is a network and not a host in it.`,
        },
      ];
    }),
});

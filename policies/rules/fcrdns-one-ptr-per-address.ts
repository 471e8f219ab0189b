import type { SendingAddress } from "../../fcrdns/stack/sending-addresses";
import { type StackResource, textAt } from "../../fcrdns/stack/stack-resource";
import { rule, type Violation } from "../rule";
import { called } from "../stack-view";

export const onePtrPerAddress = rule({
  name: "fcrdns-one-ptr-per-address",
  demand: "An address has one PTR, set by one resource.",
  severity: "high",
  level: "mandatory",
  cause: "Several resources, or several values, set the PTR of one address.",
  explanation:
    "At clouds the last one to run wins, and deleting either erases the PTR; in a zone there are then two PTR records, and receivers take whichever comes first.",
  fix: "Keep the resource whose name the server says in EHLO, remove the others.",
  source: "RFC 1912 section 2.1; https://github.com/scaleway/terraform-provider-scaleway/issues/2373",
  preview: "yes",
  check: ({ stack }) => [
    ...severalNames(stack.sending),
    ...overwritten(stack.ofType("scaleway:ipam/ipReverseDns:IpReverseDns")),
  ],
});

function severalNames(sending: readonly SendingAddress[]): readonly Violation[] {
  const ips = new Set(sending.map(({ ip }) => ip).filter((ip) => ip !== null));
  return [...ips].flatMap((ip): readonly Violation[] => {
    const claims = sending.filter((each) => each.ip === ip);
    const names = [...new Set(claims.map(({ hostname }) => hostname))];
    const resources = [...new Set(claims.map(called))];
    const [first, second] = claims;
    if (first === undefined || second === undefined || (names.length === 1 && resources.length === 1)) return [];
    const who = resources.length === 1 ? (resources[0] ?? "") : resources.join(" and ");
    if (names.length > 1 && !names.includes(null)) {
      return [
        { urn: second.urn, ip: first.ip, message: `${first.ip} gets several PTRs (${names.join(", ")}) from ${who}.` },
      ];
    }
    // The same name twice is right today and gone on the day one of the two is removed.
    return resources.length === 1
      ? []
      : [
          {
            urn: second.urn,
            ip: first.ip,
            level: "advisory",
            message: `The PTR of ${first.ip} is set by ${who}: removing one erases it for both.`,
          },
        ];
  });
}

/** Scaleway's call replaces the whole list of an IPAM address, so the resource that runs last erases the others. */
function overwritten(resources: readonly StackResource[]): readonly Violation[] {
  const idOf = ({ properties }: StackResource) => textAt(properties, "ipamIpId");
  const ids = new Set(resources.map(idOf).filter((id) => id !== undefined));
  return [...ids].flatMap((id) => {
    const group = resources.filter((each) => idOf(each) === id);
    const last = group.at(-1);
    return last === undefined || group.length < 2
      ? []
      : [
          {
            urn: last.urn,
            message: `${group.map(called).join(" and ")} set reverse names of one IPAM address: each overwrites the other's.`,
          },
        ];
  });
}

import { type MisplacedPtr, misplacedPtrs } from "../../providers/internal/stack/misplaced-ptr";
import { rule } from "../rule";
import { displayName } from "../stack-view";

export const ptrInReverseZone = rule({
  name: "fcrdns-ptr-in-reverse-zone",
  requirement: "A PTR record is in the reverse zone of its address.",
  severity: "high",
  level: "mandatory",
  order: 60,
  cause: "A PTR record is in a forward zone, or names an address instead of a host.",
  explanation:
    "Reverse look-ups go to in-addr.arpa and ip6.arpa, to the zone of the address's owner. A PTR anywhere else is never looked up, so the address has no PTR.",
  fix: "Set the PTR at the provider of the address, or in the reverse zone that was delegated to you.",
  source: "RFC 1035 section 3.5, RFC 2317 section 5.2, RFC 3596 section 2.5",
  preview: "yes",
  check: ({ stack }) =>
    misplacedPtrs(stack.resources).map((ptr) => ({
      urn: ptr.urn,
      message: `${displayName(ptr)} ${seenIn(ptr)}.`,
      // A reverse zone may lead to a name like this by CNAME (RFC 2317).
      ...(ptr.mistake === "forward-name" && { level: "advisory" as const }),
    })),
});

function seenIn({ mistake, owner, zone, values }: MisplacedPtr): string {
  switch (mistake) {
    case "reverse-name":
      return `is the PTR record ${owner}, ${zone === null ? "in a forward zone" : `in the forward zone ${zone}`}: no reverse look-up finds it`;
    case "other-zone":
      return `puts the PTR record ${owner} into the zone ${zone}, which does not hold that name`;
    case "address":
      return `is the PTR record ${owner} with the value ${values.slice(0, 4).join(", ").slice(0, 200)}: a PTR must be at the reverse name of the address and give the host name`;
    case "forward-name":
      return `is the PTR record ${owner} in a forward zone: it is only found if a CNAME in the reverse zone leads to it`;
  }
}

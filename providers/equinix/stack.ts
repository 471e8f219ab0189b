/** What Equinix Metal resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: {
    "equinix:metal/device:Device": { addresses: ["accessPublicIpv4", "accessPublicIpv6"] },
    "equinix:metal/ipAttachment:IpAttachment": { addresses: ["address"] },
    "equinix:metal/reservedIpBlock:ReservedIpBlock": { addresses: ["address"] },
  },
  sources: [{ source: "github.com/equinix/pulumi-equinix sdk/nodejs/metal", date: "2026-11-21" }],
};

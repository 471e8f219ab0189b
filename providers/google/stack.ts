/** What Google Cloud resources mean in anybody's stack. */
import { textAt } from "../internal/stack/stack-resource";
import type { ResourceFacts, StackFacts, ZoneFacts } from "../stack-facts";

const records = { zone: "managedZone", values: ["rrdatas"], fullNames: true } as const;

const zone: ZoneFacts = {
  name: ["dnsName"],
  isPrivate: ({ properties }) => textAt(properties, "visibility")?.toLowerCase() === "private",
};

function machine(natIp: "natIp" | "natIP"): ResourceFacts {
  const v4 = "networkInterfaces[].accessConfigs[]";
  const v6 = "networkInterfaces[].ipv6AccessConfigs[]";
  return {
    addresses: [`${v4}.${natIp}`, `${v6}.externalIpv6`],
    ptr: [
      { hostname: `${v4}.publicPtrDomainName`, address: `${v4}.${natIp}`, optional: true },
      { hostname: `${v6}.publicPtrDomainName`, address: `${v6}.externalIpv6`, family: 6, optional: true },
    ],
  };
}

export const stack: StackFacts = {
  terraform: { gcp: "google", "google-native": null },
  resources: {
    "gcp:compute/address:Address": { addresses: ["address"] },
    "gcp:compute/instance:Instance": machine("natIp"),
    "gcp:compute/instanceFromMachineImage:InstanceFromMachineImage": machine("natIp"),
    "gcp:compute/instanceFromTemplate:InstanceFromTemplate": machine("natIp"),
    "gcp:dns/managedZone:ManagedZone": { ids: ["name", "managedZoneId"], zone },
    "gcp:dns/recordSet:RecordSet": { records },
    "google-native:compute:Address": { addresses: ["address"] },
    "google-native:compute:Instance": machine("natIP"),
    "google-native:dns:ManagedZone": { ids: ["name"], zone },
    "google-native:dns:ResourceRecordSet": { records },
  },
  sources: [{ source: "@pulumi/gcp, @pulumi/google-native (npm)", date: "2026-11-21" }],
};

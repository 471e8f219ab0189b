/** What Google Cloud resources mean in anybody's stack. */
import { objectsAt, textAt } from "../internal/stack/stack-resource";
import type { Hazard, ResourceFacts, StackFacts, UnstableAddress, ZoneFacts } from "../stack-facts";

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

const ephemeral: Hazard<readonly UnstableAddress[]> = {
  source: "https://cloud.google.com/compute/docs/ip-addresses",
  find(instance, related) {
    const statics = related.ofType("gcp:compute/address:Address");
    const ofThisStack = new Set(statics.map(({ properties }) => textAt(properties, "address")));
    const sources = new Set(instance.propertyDependencies?.networkInterfaces ?? []);
    if (statics.some(({ urn }) => sources.has(urn))) return [];
    return objectsAt(instance.properties, "networkInterfaces[].accessConfigs[]").flatMap((config) => {
      const ip = textAt(config, "natIp");
      if (textAt(config, "publicPtrDomainName") === undefined || (ip !== undefined && ofThisStack.has(ip))) return [];
      const why = `has a PTR on ${ip ?? "an address"} that is no gcp.compute.Address of this stack: changing the PTR or the machine loses an ephemeral address. Give natIp a static one`;
      return [{ ...(ip !== undefined && { ip }), why }];
    });
  },
};

export const stack: StackFacts = {
  terraform: { gcp: "google", "google-native": null },
  resources: {
    "gcp:compute/address:Address": { addresses: ["address"] },
    "gcp:compute/instance:Instance": { ...machine("natIp"), unstable: ephemeral },
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

/** What Amazon Lightsail resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  terraform: { "aws-native": null },
  resources: {
    "aws:lightsail/domainEntry:DomainEntry": { records: { zone: "domainName", values: ["target"] } },
    "aws:lightsail/instance:Instance": { addresses: ["publicIpAddress", "ipv6Addresses"] },
    "aws:lightsail/staticIp:StaticIp": { addresses: ["ipAddress"] },
    "aws-native:lightsail:Instance": { addresses: ["publicIpAddress", "ipv6Addresses"] },
    "aws-native:lightsail:StaticIp": { addresses: ["ipAddress"] },
  },
  sources: [{ source: "@pulumi/aws, @pulumi/aws-native (npm)", date: "2026-11-21" }],
};

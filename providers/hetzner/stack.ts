/** What Hetzner resources mean in anybody's stack; `hetznerdns` is the provider for the older DNS console. */
import type { RelatedResources } from "../internal/stack/related-resource";
import { isUnknownAt, type StackResource, textAt } from "../internal/stack/stack-resource";
import type { StackFacts } from "../stack-facts";

const primaryIps = "https://docs.hetzner.com/cloud/servers/primary-ips/overview/";

export const stack: StackFacts = {
  resources: {
    "hcloud:index/floatingIp:FloatingIp": { addresses: ["ipAddress"] },
    "hcloud:index/primaryIp:PrimaryIp": {
      addresses: ["ipAddress"],
      unstable: {
        source: primaryIps,
        find: (primaryIp, related) =>
          primaryIp.properties.autoDelete === true && hasPtr(primaryIp, related)
            ? [{ ...ipOf(primaryIp), why: "is deleted together with the server: set autoDelete: false" }]
            : [],
      },
    },
    "hcloud:index/rdns:Rdns": {
      ptr: { hostname: "dnsPtr", address: "ipAddress" },
      lateDelete: "resets the PTR of the address to the default",
      unstable: {
        source: primaryIps,
        find: (rdns) =>
          textAt(rdns.properties, "serverId") !== undefined || isUnknownAt(rdns, "serverId")
            ? [
                {
                  ...ipOf(rdns),
                  why: "sets the PTR on the server: use an hcloud.PrimaryIp with autoDelete: false and set it there (primaryIpId)",
                },
              ]
            : [],
      },
    },
    "hcloud:index/server:Server": { addresses: ["ipv4Address", "ipv6Address"] },
    "hcloud:index/zone:Zone": { ids: ["name"], zone: {} },
    "hcloud:index/zoneRecord:ZoneRecord": {
      records: { values: ["value"] },
      lateDelete: "removes the record of that name and value",
    },
    "hcloud:index/zoneRrset:ZoneRrset": {
      records: { values: ["records[].value"] },
      lateDelete: "removes the record set of that name",
    },
    "hetznerdns:index/record:Record": { records: { zone: "zoneId", values: ["value"] } },
    "hetznerdns:index/zone:Zone": { ids: ["name"], zone: {} },
  },
  sources: [{ source: "@pulumi/hcloud (npm), terraform-provider-hetznerdns", date: "2026-11-21" }],
};

function ipOf({ properties }: StackResource): { readonly ip?: string } {
  const ip = textAt(properties, "ipAddress");
  return ip === undefined ? {} : { ip };
}

function hasPtr(primaryIp: StackResource, related: RelatedResources): boolean {
  return related
    .ofType("hcloud:index/rdns:Rdns")
    .some((rdns) => related.pointedTo(rdns, "primaryIpId", primaryIp.type)?.urn === primaryIp.urn);
}

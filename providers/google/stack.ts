/** What Google Cloud resources mean in anybody's stack. */
import { objectsAt, type StackResource, textAt, textsAt } from "../internal/stack/stack-resource";
import type { Hazard, PortRuleFacts, ResourceFacts, StackFacts, UnstableAddress, ZoneFacts } from "../stack-facts";

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
    network: {
      is: "host",
      labels: labelsOf,
      neighbours: { "networkInterfaces[].subnetwork": "subnet", "networkInterfaces[].network": "network" },
    },
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

/** A firewall rule applies to the hosts of its network that have one of its tags or service accounts; without any, to all. */
function selects(firewall: StackResource): (labels: ReadonlySet<string>) => boolean {
  const { properties } = firewall;
  const given = textAt(properties, "network");
  const network = given === undefined ? undefined : `network ${lastPart(given)}`;
  const targets = [
    ...textsAt(properties, "targetTags").map((tag) => `tag ${tag}`),
    ...textsAt(properties, "targetServiceAccounts").map((account) => `account ${account}`),
  ];
  return (labels) =>
    (network === undefined || labels.has(network) || !labels.has("in a network")) &&
    (targets.length === 0 || targets.some((target) => labels.has(target)));
}

/** Tags are a list, or within an object at the native provider. */
function labelsOf({ properties }: StackResource): readonly string[] {
  const networks = [...textsAt(properties, "networkInterfaces[].network"), ...textsAt(properties, "network")];
  const tags = ["tags", "tags.items", "nodeConfig[].tags"].flatMap((path) => textsAt(properties, path));
  return [
    ...(networks.length > 0 ? ["in a network"] : []),
    ...networks.map((network) => `network ${lastPart(network)}`),
    ...tags.map((tag) => `tag ${tag}`),
    ...textsAt(properties, "serviceAccount[].email").map((account) => `account ${account}`),
  ];
}

function lastPart(id: string): string {
  return id.split("/").at(-1) ?? id;
}

/** A gateway serves the subnets of its region: all of them, or those that it lists. */
function serves(gateway: StackResource, place: StackResource | undefined, named: boolean): boolean {
  const listed = textAt(gateway.properties, "sourceSubnetworkIpRangesToNat") === "LIST_OF_SUBNETWORKS";
  const region = textAt(gateway.properties, "region");
  const other = place === undefined ? undefined : textAt(place.properties, "region");
  return (named || !listed) && (region === undefined || other === undefined || lastPart(region) === lastPart(other));
}

const template: ResourceFacts = {
  ids: ["selfLink", "selfLinkUnique", "name"],
  network: {
    is: "interface",
    neighbours: { "networkInterfaces[].subnetwork": "subnet", "networkInterfaces[].network": "network" },
  },
};
const group: ResourceFacts = {
  network: { is: "host", neighbours: { "versions[].instanceTemplate": "interface" } },
};

function firewall(allows: string, denies: string): ResourceFacts {
  const rule: PortRuleFacts = {
    direction: "direction",
    ports: ["ports"],
    protocol: "protocol",
    priority: "priority",
    peers: ["sourceRanges", "destinationRanges"],
    otherPeers: ["sourceTags", "sourceServiceAccounts"],
  };
  return {
    network: {
      is: "firewall",
      rules: [
        { ...rule, list: `${allows}[]` },
        { ...rule, list: `${denies}[]`, denies: true },
      ],
      selects,
    },
  };
}

export const stack: StackFacts = {
  terraform: { gcp: "google", "google-native": null },
  resources: {
    "gcp:compute/address:Address": { addresses: ["address"], ids: ["selfLink", "name"], network: { is: "address" } },
    "gcp:compute/firewall:Firewall": {
      ...firewall("allows", "denies"),
      renamed: { allow: "allows", deny: "denies" },
    },
    "gcp:compute/instance:Instance": { ...machine("natIp"), unstable: ephemeral },
    "gcp:compute/instanceFromMachineImage:InstanceFromMachineImage": machine("natIp"),
    "gcp:compute/instanceFromTemplate:InstanceFromTemplate": machine("natIp"),
    "gcp:compute/instanceGroupManager:InstanceGroupManager": group,
    "gcp:compute/instanceTemplate:InstanceTemplate": template,
    "gcp:compute/network:Network": { ids: ["selfLink", "name"], network: { is: "network" } },
    "gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager": group,
    "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate": template,
    "gcp:compute/router:Router": {
      ids: ["selfLink", "name"],
      network: { is: "association", neighbours: { network: "network" } },
    },
    "gcp:compute/routerNat:RouterNat": {
      ids: ["name"],
      network: {
        is: "nat",
        neighbours: { router: "association", natIps: "address", "subnetworks[].name": "subnet" },
        serves,
      },
    },
    "gcp:compute/routerNatAddress:RouterNatAddress": {
      network: { is: "association", neighbours: { routerNat: "nat", natIps: "address" } },
    },
    "gcp:compute/subnetwork:Subnetwork": {
      ids: ["selfLink", "name"],
      network: { is: "subnet", neighbours: { network: "network" } },
    },
    "gcp:container/cluster:Cluster": {
      network: {
        is: "host",
        kubernetes: true,
        labels: labelsOf,
        neighbours: { subnetwork: "subnet", network: "network" },
      },
    },
    "gcp:dns/managedZone:ManagedZone": { ids: ["name", "managedZoneId"], zone },
    "gcp:dns/recordSet:RecordSet": { records },
    "google-native:compute:Address": { addresses: ["address"], ids: ["selfLink", "name"], network: { is: "address" } },
    "google-native:compute:Firewall": firewall("allowed", "denied"),
    "google-native:compute:Instance": machine("natIP"),
    "google-native:dns:ManagedZone": { ids: ["name"], zone },
    "google-native:dns:ResourceRecordSet": { records },
  },
  sources: [{ source: "@pulumi/gcp, @pulumi/google-native (npm)", date: "2026-11-21" }],
};

/** What Hetzner resources mean in anybody's stack; `hetznerdns` is the provider for the older DNS console. */
import type { RelatedResources } from "../internal/stack/related-resource";
import { isObject, isUnknownAt, type StackResource, textAt, textsAt } from "../internal/stack/stack-resource";
import type { StackFacts } from "../stack-facts";

const primaryIps = "https://docs.hetzner.com/cloud/servers/primary-ips/overview/";

export const stack: StackFacts = {
  resources: {
    // Where it has any outgoing rule, what none names is blocked.
    "hcloud:index/firewall:Firewall": {
      network: {
        is: "firewall",
        neighbours: { "applyTos[].server": "host" },
        rules: [
          {
            list: "rules[]",
            direction: "direction",
            ports: ["port"],
            protocol: "protocol",
            peers: ["sourceIps", "destinationIps"],
          },
        ],
        closed: () => true,
        selects: ({ properties }) => selectsBy(textsAt(properties, "applyTos[].labelSelector")),
      },
    },
    "hcloud:index/firewallAttachment:FirewallAttachment": {
      network: {
        is: "firewall",
        neighbours: { firewallId: "firewall", serverIds: "host" },
        selects: ({ properties }) => selectsBy(textsAt(properties, "labelSelectors")),
      },
    },
    "hcloud:index/floatingIp:FloatingIp": { addresses: ["ipAddress"] },
    "hcloud:index/primaryIp:PrimaryIp": {
      addresses: ["ipAddress"],
      network: { is: "address", neighbours: { assigneeId: "host" } },
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
    "hcloud:index/server:Server": {
      addresses: ["ipv4Address", "ipv6Address"],
      network: {
        is: "host",
        labels: labelsOf,
        neighbours: { firewallIds: "firewall", "publicNets[].ipv4": "address", "publicNets[].ipv6": "address" },
      },
    },
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

/** Each label as `key` and as `key=value`. */
function labelsOf({ properties: { labels } }: StackResource): readonly string[] {
  return isObject(labels) ? Object.entries(labels).flatMap(([key, value]) => [key, `${key}=${String(value)}`]) : [];
}

/** Which labels one of some selectors takes: `role=mail,env!=test`, `role in (mail,web)`, `mail`, `!mail`. */
function selectsBy(selectors: readonly string[]): (labels: ReadonlySet<string>) => boolean {
  const tests = selectors.map((text) => (text.slice(0, 1000).match(/(?:[^,(]|\([^)]*\))+/g) ?? []).map(termTest));
  return (labels) => tests.some((terms) => terms.length > 0 && terms.every((matches) => matches(labels)));
}

function termTest(term: string): (labels: ReadonlySet<string>) => boolean {
  const list = /^\s*([^\s!=]+)\s+(not)?in\s*\(([^)]*)\)\s*$/.exec(term);
  const pair = /^\s*([^\s!=]+)\s*(!=|==?)\s*([^\s!=]*)\s*$/.exec(term);
  const [key, word, values] = [list, pair].find((match) => match !== null)?.slice(1) ?? [];
  if (key === undefined) {
    const [, not, name = ""] = /^\s*(!?)\s*(\S+)\s*$/.exec(term) ?? [];
    return (labels) => labels.has(name) === (not === "");
  }
  const wanted = (values ?? "").split(",").map((value) => `${key}=${value.trim()}`);
  const isNegated = word === "not" || word === "!=";
  return (labels) => wanted.some((each) => labels.has(each)) !== isNegated;
}

/** What DigitalOcean resources mean in anybody's stack. */
import { inspectName } from "../../fcrdns/names/inspect-name";
import { soundsLikeMail } from "../internal/stack/mail-word";
import { isMadeUpName, textAt, textsAt } from "../internal/stack/stack-resource";
import type { PortRuleFacts, StackFacts } from "../stack-facts";

const dropletName = { hostname: "name", optional: true, isMachineName: true } as const;

const firewallRule: Omit<PortRuleFacts, "direction"> = { ports: ["portRange"], protocol: "protocol", denies: "action" };

export const stack: StackFacts<"fcrdns-droplet-name"> = {
  resources: {
    "digitalocean:index/dnsRecord:DnsRecord": {
      records: { fqdn: "fqdn", zone: "domain", values: ["value"] },
      terraform: "digitalocean_record",
    },
    "digitalocean:index/domain:Domain": { records: { name: null, zone: "name", type: "A", values: ["ipAddress"] } },
    // The name of a droplet is its PTR where it is a full name; nothing else has one.
    "digitalocean:index/droplet:Droplet": {
      addresses: ["ipv4Address", "ipv6Address"],
      ptr: [
        { ...dropletName, address: "ipv4Address" },
        { ...dropletName, address: "ipv6Address", family: 6, onlyWithForward: true },
      ],
      afterLoss: "rename",
      network: {
        is: "host",
        labels: ({ properties }) => textsAt(properties, "tags"),
        neighbours: { vpcUuid: "network" },
      },
    },
    // Where it has any outgoing rule, what none names is blocked.
    "digitalocean:index/firewall:Firewall": {
      network: {
        is: "firewall",
        neighbours: { dropletIds: "host" },
        rules: [
          {
            ...firewallRule,
            list: "inboundRules[]",
            direction: "in",
            peers: ["sourceAddresses"],
            otherPeers: ["sourceDropletIds", "sourceTags", "sourceLoadBalancerUids", "sourceKubernetesIds"],
          },
          {
            ...firewallRule,
            list: "outboundRules[]",
            direction: "out",
            peers: ["destinationAddresses"],
            otherPeers: [
              "destinationDropletIds",
              "destinationTags",
              "destinationLoadBalancerUids",
              "destinationKubernetesIds",
            ],
          },
        ],
        closed: () => true,
        selects: ({ properties }) => {
          const tags = textsAt(properties, "tags");
          return (labels) => tags.some((tag) => labels.has(tag));
        },
      },
    },
    "digitalocean:index/floatingIp:FloatingIp": { addresses: ["ipAddress"] },
    "digitalocean:index/floatingIpAssignment:FloatingIpAssignment": { addresses: ["ipAddress"] },
    "digitalocean:index/reservedIp:ReservedIp": { addresses: ["ipAddress"] },
    "digitalocean:index/reservedIpAssignment:ReservedIpAssignment": { addresses: ["ipAddress"] },
    "digitalocean:index/reservedIpv6:ReservedIpv6": { addresses: ["ip"] },
    "digitalocean:index/reservedIpv6Assignment:ReservedIpv6Assignment": { addresses: ["ip"] },
    "digitalocean:index/vpc:Vpc": { network: { is: "network" } },
    "digitalocean:index/vpcNatGateway:VpcNatGateway": {
      addresses: ["egresses[].publicGateways[].ipv4"],
      network: { is: "nat", neighbours: { "vpcs[].vpcUuid": "network" } },
    },
  },
  noSmtpOverIpv6: {
    source: "https://docs.digitalocean.com/products/networking/ipv6/details/limits/",
    date: "2026-11-21",
  },
  rules: [
    {
      name: "fcrdns-droplet-name",
      requirement: "A droplet that sends mail is named with its full host name.",
      severity: "medium",
      level: "advisory",
      cause:
        "The name of a DigitalOcean droplet is not a full host name, although an MX or SPF record names the droplet or its name suggests mail.",
      explanation:
        "DigitalOcean uses the droplet's name as its PTR if it is a full host name; there is no other way to set the PTR.",
      fix: 'Set `name: "mail.example.com"` on the droplet; renaming happens in place.',
      source: "https://docs.digitalocean.com/products/droplets/how-to/manage-rdns/",
      types: ["digitalocean:index/droplet:Droplet"],
      find(droplet, isNamedByMail) {
        const given = textAt(droplet.properties, "name");
        if (given === undefined) return null;
        // As much of it as a name can have, and a little more.
        const name = given.slice(0, 300);
        const { valid, hostname } = inspectName(name);
        const autonamed = isMadeUpName(droplet, name);
        // Most droplets have nothing to do with mail.
        if ((!autonamed && valid) || !(soundsLikeMail(name) || isNamedByMail())) return null;
        const why = autonamed ? "is a name that Pulumi made up" : "is no full host name";
        return `is named "${hostname.slice(0, 300)}", which ${why}: it gets no PTR that mail could be sent with`;
      },
    },
  ],
  sources: [{ source: "@pulumi/digitalocean (npm)", date: "2026-11-21" }],
};

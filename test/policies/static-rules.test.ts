import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type GivenResource, runPack, UNKNOWN, verdict } from "./run-pack";

interface Case {
  readonly what: string;
  readonly resources: readonly GivenResource[];
  /** Violations: level and part of the message; none is fine. */
  readonly expected: readonly (readonly ["advisory" | "mandatory", RegExp])[];
}

const rdns = (props: Record<string, unknown>, more: Partial<GivenResource> = {}): GivenResource => ({
  type: "hcloud:index/rdns:Rdns",
  name: "rdns",
  props: { ipAddress: "192.0.2.10", dnsPtr: "mail.example.com", ...props },
  deleteBeforeReplace: true,
  ...more,
});
const record = (props: Record<string, unknown>, more: Partial<GivenResource> = {}): GivenResource => ({
  type: "cloudflare:index/dnsRecord:DnsRecord",
  name: "record",
  props: { zoneId: "z", name: "mail.example.com", type: "A", content: "192.0.2.10", ...props },
  ...more,
});
const ptr = (name: string, zone: string, value: string): GivenResource => ({
  type: "hcloud:index/zoneRrset:ZoneRrset",
  name: "ptr",
  props: { zone, name, type: "PTR", records: [{ value }] },
  deleteBeforeReplace: true,
});
const droplet = (props: Record<string, unknown>): GivenResource => ({
  type: "digitalocean:index/droplet:Droplet",
  name: "mail",
  props: { name: "mail.example.com", ipv4Address: "192.0.2.30", ...props },
});

const rules: Readonly<Record<string, readonly Case[]>> = {
  "fcrdns-name-valid": [
    { what: "a full host name", resources: [rdns({})], expected: [] },
    { what: "an international name", resources: [rdns({ dnsPtr: "post.xn--bcher-kva.example" })], expected: [] },
    {
      what: "an underscore",
      resources: [rdns({ dnsPtr: "my_mail.example.com" })],
      expected: [["mandatory", /my_mail\.example\.com.*underscore/s]],
    },
    { what: "a single label", resources: [rdns({ dnsPtr: "mail" })], expected: [["mandatory", /single label/]] },
    { what: "an address", resources: [rdns({ dnsPtr: "192.0.2.10" })], expected: [["mandatory", /is an address/]] },
    { what: "a name not known yet", resources: [rdns({ dnsPtr: UNKNOWN })], expected: [] },
    {
      what: "a bad name of an address not known yet",
      resources: [rdns({ dnsPtr: "-mail.example.com", ipAddress: UNKNOWN })],
      expected: [["mandatory", /hyphen/]],
    },
    {
      what: "a bad name beside an unknown one",
      resources: [rdns({ dnsPtr: UNKNOWN }), rdns({ dnsPtr: "mail" }, { name: "other" })],
      expected: [["mandatory", /other \(hcloud/]],
    },
  ],
  "fcrdns-name-not-generic": [
    { what: "a name of its own", resources: [rdns({})], expected: [] },
    {
      what: "a provider's default",
      resources: [rdns({ dnsPtr: "static.10.2.0.192.clients.your-server.de" })],
      expected: [["mandatory", /your-server\.de/]],
    },
    {
      what: "a default while the address is not known",
      resources: [rdns({ dnsPtr: "ec2-192-0-2-10.compute-1.amazonaws.com", ipAddress: UNKNOWN })],
      expected: [["mandatory", /amazonaws/]],
    },
    {
      what: "a name with the address in it",
      resources: [rdns({ dnsPtr: "ip-192-0-2-10.example.com" })],
      expected: [["mandatory", /example\.com/]],
    },
    { what: "a name that is no name", resources: [rdns({ dnsPtr: "my_mail" })], expected: [] },
  ],
  "fcrdns-one-ptr-per-address": [
    { what: "one resource", resources: [rdns({})], expected: [] },
    {
      what: "two names from two resources",
      resources: [rdns({}), rdns({ dnsPtr: "b.example.com" }, { name: "b" })],
      expected: [["mandatory", /mail\.example\.com, b\.example\.com.*rdns .* and b /s]],
    },
    {
      what: "the same name from two resources",
      resources: [rdns({}), rdns({}, { name: "b" })],
      expected: [["advisory", /removing one erases it/]],
    },
    {
      what: "two spellings of one address",
      resources: [
        rdns({ ipAddress: "2001:db8::1" }),
        rdns({ ipAddress: "2001:DB8:0::1", dnsPtr: "b.example.com" }, { name: "b" }),
      ],
      expected: [["mandatory", /2001:db8::1/]],
    },
    {
      what: "two values in one record set, which may both confirm",
      resources: [
        {
          type: "aws:route53/record:Record",
          props: { fqdn: "10.2.0.192.in-addr.arpa", type: "PTR", records: ["a.example.com", "b.example.com"] },
        },
      ],
      expected: [["advisory", /a\.example\.com, b\.example\.com/]],
    },
    { what: "two addresses", resources: [rdns({}), rdns({ ipAddress: "192.0.2.11" }, { name: "b" })], expected: [] },
    {
      what: "addresses not known yet",
      resources: [rdns({ ipAddress: UNKNOWN }), rdns({ ipAddress: UNKNOWN, dnsPtr: "b.example.com" }, { name: "b" })],
      expected: [],
    },
    {
      what: "one Scaleway name of an IPAM address",
      resources: [
        {
          type: "scaleway:ipam/ipReverseDns:IpReverseDns",
          props: { ipamIpId: "fr-par/x", address: "2001:db8::1", hostname: "mail.example.com" },
        },
      ],
      expected: [],
    },
    {
      what: "two Scaleway names of one IPAM address",
      resources: ["2001:db8::1", "2001:db8::2"].map((address) => ({
        type: "scaleway:ipam/ipReverseDns:IpReverseDns",
        name: address,
        props: { ipamIpId: "fr-par/x", address, hostname: "mail.example.com" },
      })),
      expected: [["mandatory", /each overwrites/]],
    },
  ],
  "fcrdns-ipv6-host-address": [
    { what: "a host address", resources: [rdns({ ipAddress: "2001:db8:1::1" })], expected: [] },
    {
      what: "the network",
      resources: [rdns({ ipAddress: "2001:db8:1::" })],
      expected: [["mandatory", /2001:db8:1::, which is a network/]],
    },
    { what: "IPv4", resources: [rdns({})], expected: [] },
    { what: "an address not known yet", resources: [rdns({ ipAddress: UNKNOWN })], expected: [] },
  ],
  "fcrdns-not-proxied": [
    { what: "a record that is not proxied", resources: [rdns({}), record({ proxied: false })], expected: [] },
    {
      what: "a proxied sending name",
      resources: [rdns({}), record({ proxied: true })],
      expected: [["mandatory", /mail\.example\.com is a mail host.*proxied/s]],
    },
    {
      what: "a proxied exchanger",
      resources: [
        record({ proxied: true }),
        record({ name: "example.com", type: "MX", content: "mail.example.com" }, { name: "mx" }),
      ],
      expected: [["mandatory", /proxied/]],
    },
    {
      what: "a proxied web name",
      resources: [rdns({}), record({ name: "www.example.com", proxied: true })],
      expected: [],
    },
    {
      what: "a proxied alias of a sending name",
      resources: [rdns({}), record({ type: "CNAME", content: "host.example.net", proxied: true })],
      expected: [["mandatory", /proxied/]],
    },
    {
      what: "a proxied record whose value is not known yet",
      resources: [rdns({ ipAddress: UNKNOWN }), record({ proxied: true, content: UNKNOWN })],
      expected: [["mandatory", /proxied/]],
    },
  ],
  "fcrdns-replace-safely": [
    { what: "with the option", resources: [rdns({})], expected: [] },
    {
      what: "without it",
      resources: [rdns({}, { deleteBeforeReplace: false })],
      expected: [["advisory", /resets the PTR/]],
    },
    {
      what: "without saying",
      resources: [
        { type: "vultr:index/reverseIpv4:ReverseIpv4", props: { ip: "192.0.2.1", reverse: "mail.example.com" } },
      ],
      expected: [["advisory", /resets the PTR/]],
    },
    {
      what: "an A record set without it",
      resources: [
        {
          type: "hcloud:index/zoneRrset:ZoneRrset",
          props: { zone: "example.com", name: "mail", type: "A", records: [{ value: "192.0.2.1" }] },
        },
      ],
      expected: [["advisory", /removes the record set/]],
    },
    {
      what: "a PTR record set without it",
      resources: [{ ...ptr("10", "2.0.192.in-addr.arpa", "mail.example.com"), deleteBeforeReplace: false }],
      expected: [["advisory", /removes the record set/]],
    },
    {
      what: "an A record set whose value is not known yet",
      resources: [
        {
          type: "hcloud:index/zoneRrset:ZoneRrset",
          props: { zone: "example.com", name: "mail", type: "A", records: [{ value: UNKNOWN }] },
        },
      ],
      expected: [["advisory", /removes the record set/]],
    },
    {
      what: "an MX record set",
      resources: [
        {
          type: "hcloud:index/zoneRrset:ZoneRrset",
          props: { zone: "example.com", name: "@", type: "MX", records: [{ value: "10 mail" }] },
        },
      ],
      expected: [],
    },
    {
      what: "a cloud where nothing is erased",
      resources: [
        {
          type: "linode:index/rdns:Rdns",
          props: { address: "192.0.2.1", rdns: "mail.example.com", waitForAvailable: true },
        },
      ],
      expected: [],
    },
  ],
  "fcrdns-stable-address": [
    {
      what: "hcloud, on a primary IP",
      resources: [
        { type: "hcloud:index/primaryIp:PrimaryIp", name: "ip", props: { autoDelete: false, ipAddress: "192.0.2.10" } },
        rdns({ primaryIpId: 1 }, { from: { primaryIpId: "ip" } }),
      ],
      expected: [],
    },
    { what: "hcloud, on the server", resources: [rdns({ serverId: 1 })], expected: [["advisory", /PrimaryIp/]] },
    {
      what: "hcloud, on a server not known yet",
      resources: [rdns({ serverId: UNKNOWN, ipAddress: UNKNOWN })],
      expected: [["advisory", /PrimaryIp/]],
    },
    {
      what: "hcloud, deleted with the server",
      resources: [
        { type: "hcloud:index/primaryIp:PrimaryIp", name: "ip", props: { autoDelete: true, ipAddress: UNKNOWN } },
        rdns({ primaryIpId: UNKNOWN, ipAddress: UNKNOWN }, { from: { primaryIpId: "ip" } }),
      ],
      expected: [["advisory", /autoDelete: false/]],
    },
    {
      what: "hcloud, an address that sends no mail",
      resources: [{ type: "hcloud:index/primaryIp:PrimaryIp", name: "ip", props: { autoDelete: true } }],
      expected: [],
    },
    {
      what: "Google, a static address",
      resources: [
        { type: "gcp:compute/address:Address", name: "ip", props: { address: "192.0.2.60" } },
        {
          type: "gcp:compute/instance:Instance",
          props: {
            networkInterfaces: [{ accessConfigs: [{ natIp: "192.0.2.60", publicPtrDomainName: "mail.example.com." }] }],
          },
        },
      ],
      expected: [],
    },
    {
      what: "Google, a static address not known yet",
      resources: [
        { type: "gcp:compute/address:Address", name: "ip", props: { address: UNKNOWN } },
        {
          type: "gcp:compute/instance:Instance",
          from: { networkInterfaces: "ip" },
          props: {
            networkInterfaces: [{ accessConfigs: [{ natIp: UNKNOWN, publicPtrDomainName: "mail.example.com." }] }],
          },
        },
      ],
      expected: [],
    },
    {
      what: "Google, an ephemeral address",
      resources: [
        {
          type: "gcp:compute/instance:Instance",
          props: {
            networkInterfaces: [{ accessConfigs: [{ natIp: "192.0.2.60", publicPtrDomainName: "mail.example.com." }] }],
          },
        },
      ],
      expected: [["advisory", /no gcp\.compute\.Address/]],
    },
    {
      what: "Google, no PTR",
      resources: [
        {
          type: "gcp:compute/instance:Instance",
          props: { networkInterfaces: [{ accessConfigs: [{ natIp: "192.0.2.60" }] }] },
        },
      ],
      expected: [],
    },
    {
      what: "Azure, static",
      resources: [
        {
          type: "azure-native:network:PublicIPAddress",
          props: { publicIPAllocationMethod: "Static", dnsSettings: { reverseFqdn: "mail.example.com." } },
        },
      ],
      expected: [],
    },
    {
      what: "Azure, dynamic",
      resources: [
        {
          type: "azure-native:network/v20230901:PublicIPAddress",
          props: { publicIPAllocationMethod: "Dynamic", dnsSettings: { reverseFqdn: "mail.example.com." } },
        },
      ],
      expected: [["advisory", /Static/]],
    },
    {
      what: "Linode, the instance's own",
      resources: [
        { type: "linode:index/instance:Instance", props: { ipAddress: "192.0.2.40", ipv4s: ["192.0.2.40"] } },
        { type: "linode:index/rdns:Rdns", name: "rdns", props: { address: "192.0.2.40", rdns: "mail.example.com" } },
      ],
      expected: [["advisory", /reserved/]],
    },
    {
      what: "Linode, reserved",
      resources: [
        {
          type: "linode:index/networkingIp:NetworkingIp",
          name: "ip",
          props: { address: "192.0.2.40", reserved: true, rdns: "192-0-2-40.ip.linodeusercontent.com" },
        },
        { type: "linode:index/instance:Instance", props: { ipv4s: ["192.0.2.40"] } },
        { type: "linode:index/rdns:Rdns", name: "rdns", props: { address: "192.0.2.40", rdns: "mail.example.com" } },
      ],
      expected: [],
    },
    {
      what: "Vultr, the instance's own",
      resources: [
        { type: "vultr:index/instance:Instance", props: { mainIp: "192.0.2.50" } },
        {
          type: "vultr:index/reverseIpv4:ReverseIpv4",
          name: "ptr",
          props: { ip: "192.0.2.50", reverse: "mail.example.com" },
        },
      ],
      expected: [["advisory", /ReservedIp/]],
    },
  ],
  "fcrdns-droplet-name": [
    { what: "a full name", resources: [droplet({})], expected: [] },
    { what: "a web server", resources: [droplet({ name: "web" })], expected: [] },
    { what: "a database", resources: [droplet({ name: "db-1a2b3c4" })], expected: [] },
    {
      what: "a short name",
      resources: [droplet({ name: "mail" })],
      expected: [["advisory", /is named "mail".*no full host name/s]],
    },
    {
      what: "a short name of a host that an MX names",
      resources: [
        droplet({ name: "web" }),
        record({ content: "192.0.2.30" }),
        record({ name: "example.com", type: "MX", content: "mail.example.com" }, { name: "mx" }),
      ],
      expected: [["advisory", /is named "web"/]],
    },
    {
      what: "a short name of a host that an MX names, address not known yet",
      resources: [
        droplet({ name: "web", ipv4Address: UNKNOWN }),
        record({ content: UNKNOWN }, { from: { content: "mail" } }),
        record({ name: "example.com", type: "MX", content: "mail.example.com" }, { name: "mx" }),
      ],
      expected: [["advisory", /is named "web"/]],
    },
    {
      what: "a made-up name",
      resources: [droplet({ name: "mail-1a2b3c4" })],
      expected: [["advisory", /Pulumi made up/]],
    },
    { what: "a name not known yet", resources: [droplet({ name: UNKNOWN })], expected: [] },
  ],
  "fcrdns-ptr-in-reverse-zone": [
    { what: "a reverse zone", resources: [ptr("10", "2.0.192.in-addr.arpa", "mail.example.com.")], expected: [] },
    {
      what: "a classless zone",
      resources: [ptr("10", "0/28.2.0.192.in-addr.arpa", "mail.example.com.")],
      expected: [],
    },
    { what: "a service", resources: [ptr("_http._tcp", "example.com", "web._http._tcp.example.com.")], expected: [] },
    {
      what: "a reverse name below a forward zone",
      resources: [ptr("10.2.0.192.in-addr.arpa", "example.com", "mail.example.com.")],
      expected: [["mandatory", /10\.2\.0\.192\.in-addr\.arpa\.example\.com, in the forward zone example\.com/]],
    },
    {
      what: "a host name that points to two addresses",
      resources: [
        {
          type: "aws:route53/record:Record",
          props: { fqdn: "mail.example.com", type: "PTR", records: ["192.0.2.10", "192.0.2.11"] },
        },
      ],
      expected: [["mandatory", /mail\.example\.com with the value 192\.0\.2\.10, 192\.0\.2\.11: a PTR must/]],
    },
    {
      what: "a reverse name in a zone that does not hold it",
      resources: [ptr("10.2.0.192.in-addr.arpa.", "example.com", "mail.example.com.")],
      expected: [["mandatory", /into the zone example\.com, which does not hold/]],
    },
    {
      what: "a host name that points to its address",
      resources: [ptr("mail", "example.com", "192.0.2.10")],
      expected: [["mandatory", /mail\.example\.com with the value 192\.0\.2\.10/]],
    },
    {
      what: "a name of a forward zone, which a CNAME may lead to",
      resources: [ptr("10", "rev.example.com", "mail.example.com.")],
      expected: [["advisory", /only found if a CNAME/]],
    },
  ],
  "fcrdns-no-ipv6-smtp": [
    { what: "IPv4 only", resources: [droplet({}), record({ content: "192.0.2.30" })], expected: [] },
    {
      what: "AAAA of the droplet",
      resources: [droplet({ ipv6Address: "2001:db8::30" }), record({ type: "AAAA", content: "2001:db8::30" })],
      expected: [["advisory", /blocks outgoing mail over IPv6/]],
    },
    {
      what: "AAAA not known yet",
      resources: [droplet({ ipv4Address: UNKNOWN, ipv6Address: UNKNOWN }), record({ type: "AAAA", content: UNKNOWN })],
      expected: [["advisory", /blocks outgoing mail over IPv6/]],
    },
    {
      what: "AAAA of an exchanger",
      resources: [
        droplet({ name: "web", ipv6Address: "2001:db8::30" }),
        record({ type: "AAAA", content: "2001:db8::30" }),
        record({ type: "MX", name: "example.com", content: "mail.example.com" }, { name: "mx" }),
      ],
      expected: [["advisory", /blocks outgoing mail over IPv6/]],
    },
    {
      what: "AAAA of a web name",
      resources: [
        droplet({ ipv6Address: "2001:db8::30" }),
        record({ name: "www.example.com", type: "AAAA", content: "2001:db8::30" }),
      ],
      expected: [],
    },
    {
      what: "AAAA at another cloud",
      resources: [rdns({ ipAddress: "2001:db8::1" }), record({ type: "AAAA", content: "2001:db8::1" })],
      expected: [],
    },
  ],
  "fcrdns-azure-reverse-fqdn": [
    {
      what: "a final dot",
      resources: [
        { type: "azure-native:network:PublicIPAddress", props: { dnsSettings: { reverseFqdn: "mail.example.com." } } },
      ],
      expected: [],
    },
    {
      what: "no final dot",
      resources: [
        { type: "azure-native:network:PublicIPAddress", props: { dnsSettings: { reverseFqdn: "mail.example.com" } } },
      ],
      expected: [["advisory", /final dot/]],
    },
    {
      what: "IPv6",
      resources: [
        {
          type: "azure-native:network:PublicIPAddress",
          props: { publicIPAddressVersion: "IPv6", dnsSettings: { reverseFqdn: "mail.example.com." } },
        },
      ],
      expected: [["advisory", /IPv6/]],
    },
  ],
  "fcrdns-ionos-name": [
    {
      what: "a name",
      resources: [
        { type: "ionoscloud:dns/reverseRecord:ReverseRecord", props: { ip: "192.0.2.1", name: "mail.example.com" } },
      ],
      expected: [],
    },
    {
      what: "a made-up name",
      resources: [
        {
          type: "ionoscloud:dns/reverseRecord:ReverseRecord",
          name: "ptr",
          props: { ip: "192.0.2.1", name: "ptr-0a1b2c3" },
        },
      ],
      expected: [["mandatory", /ptr-0a1b2c3/]],
    },
  ],
  "fcrdns-linode-wait": [
    {
      what: "waiting",
      resources: [
        {
          type: "linode:index/rdns:Rdns",
          props: { address: "192.0.2.1", rdns: "mail.example.com", waitForAvailable: true },
        },
      ],
      expected: [],
    },
    {
      what: "not waiting",
      resources: [{ type: "linode:index/rdns:Rdns", props: { address: "192.0.2.1", rdns: "mail.example.com" } }],
      expected: [["advisory", /does not wait/]],
    },
  ],
  "fcrdns-vultr-expanded-ipv6": [
    {
      what: "in full",
      resources: [
        {
          type: "vultr:index/reverseIpv6:ReverseIpv6",
          props: { ip: "2001:0db8:0000:0000:0000:0000:0000:0001", reverse: "mail.example.com" },
        },
      ],
      expected: [],
    },
    {
      what: "abbreviated",
      resources: [
        { type: "vultr:index/reverseIpv6:ReverseIpv6", props: { ip: "2001:db8::1", reverse: "mail.example.com" } },
      ],
      expected: [["advisory", /abbreviates/]],
    },
  ],
  "fcrdns-ovh-reverse-value": [
    {
      what: "as OVHcloud writes it",
      resources: [
        { type: "ovh:Ip/reverse:Reverse", props: { ReverseIp: "192.0.2.1", ReverseValue: "mail.example.com." } },
      ],
      expected: [],
    },
    {
      what: "capitals and no dot",
      resources: [
        { type: "ovh:Ip/reverse:Reverse", props: { ReverseIp: "192.0.2.1", ReverseValue: "Mail.example.com" } },
      ],
      expected: [["advisory", /capital letters and lacks the final dot/]],
    },
  ],
};

for (const [rule, cases] of Object.entries(rules)) {
  describe(rule, () => {
    for (const preview of [true, false]) {
      for (const { what, resources, expected } of cases) {
        // Nothing is unknown once the update is done.
        if (!preview && JSON.stringify(resources).includes(UNKNOWN)) continue;
        it(`${expected.length > 0 ? "objects to" : "is content with"} ${what} in ${preview ? "a preview" : "an update"}`, async () => {
          const { told } = await runPack(resources, { rules: [rule], preview });
          assert.deepEqual(
            told.map(({ level }) => level),
            expected.map(([level]) => level),
            JSON.stringify(told),
          );
          for (const [index, [, pattern]] of expected.entries()) assert.match(told[index]?.message ?? "", pattern);
        });
      }
    }
  });
}

describe("a stack without mail", () => {
  const droplets = [
    { ...droplet({ name: "www.example.com" }), name: "web" },
    { ...droplet({ name: "db.example.com", ipv4Address: "192.0.2.31" }), name: "db" },
  ];
  const www = record({ name: "www.example.com", content: "192.0.2.30", proxied: true }, { name: "www" });
  const nullMx = record({ name: "example.com", type: "MX", content: "." }, { name: "nullmx" });
  const noSpf = record({ name: "example.com", type: "TXT", content: "v=spf1 -all" }, { name: "spf" });
  const google = [
    record({ name: "example.com", type: "MX", content: "aspmx.l.google.com" }, { name: "gmx" }),
    record({ name: "example.com", type: "TXT", content: "v=spf1 include:_spf.google.com ~all" }, { name: "gspf" }),
  ];
  const wrong = async (ip: string, { expected }: { expected?: string | null }) =>
    verdict(ip, expected ?? null, { status: "fail", reason: "forward-mismatch" });
  const stacks: readonly [string, readonly GivenResource[]][] = [
    ["droplets with full names behind Cloudflare", [...droplets, www]],
    ["which says so with a null MX and SPF", [...droplets, www, nullMx, noSpf]],
    ["whose mail is elsewhere", [...droplets, www, ...google]],
    [
      "which publishes its web server's AAAA",
      [...droplets, www, record({ name: "www.example.com", type: "AAAA", content: "2001:db8::30" }, { name: "v6" })],
    ],
    [
      "on AWS",
      [
        { type: "aws:ec2/eip:Eip", name: "eip", props: { publicIp: "192.0.2.40" } },
        record({ name: "www.example.com", content: "192.0.2.40", proxied: true }, { name: "www" }),
      ],
    ],
    [
      "on Kubernetes",
      [
        {
          type: "kubernetes:core/v1:Service",
          name: "lb",
          props: { status: { loadBalancer: { ingress: [{ ip: "192.0.2.50" }] } } },
        },
        record({ name: "www.example.com", content: "192.0.2.50" }, { name: "www" }),
      ],
    ],
  ];
  for (const [what, resources] of stacks) {
    for (const preview of [true, false]) {
      it(`${what} is let through in ${preview ? "a preview" : "an update"}, and nothing is asked`, async () => {
        const { told, asked } = await runPack(resources, { preview, verify: wrong });
        assert.deepEqual([told, asked], [[], []]);
      });
    }
  }

  it("may have a PTR of its web server, where its domain says that it sends none", async () => {
    const web = rdns({ dnsPtr: "www.example.com", ipAddress: "192.0.2.30" });
    const { told } = await runPack([web, www, nullMx, noSpf], { verify: wrong });
    assert.deepEqual(told, []);
    // One of the two alone is what hosts that only send, or domains that only receive, publish.
    for (const half of [nullMx, noSpf]) {
      const objections = await runPack([web, half], { verify: wrong });
      assert.ok(objections.told.some(({ level }) => level === "mandatory"));
    }
  });
});

describe("a stack with one mail host", () => {
  const mail = { ...droplet({ name: "mail.example.com" }), name: "mail" };
  const web = { ...droplet({ name: "www.example.com", ipv4Address: "192.0.2.31" }), name: "web" };
  const proxied = record({ name: "www.example.com", content: "192.0.2.31", proxied: true }, { name: "www" });
  const wrong = async (ip: string, { expected }: { expected?: string | null }) =>
    verdict(ip, expected ?? null, { status: "fail", reason: "no-ptr", ptr: [] });
  const evidence: readonly [string, GivenResource][] = [
    ["an MX", record({ name: "example.com", type: "MX", content: "mail.example.com" }, { name: "mx" })],
    [
      "an SPF address",
      record({ name: "example.com", type: "TXT", content: "v=spf1 ip4:192.0.2.30 -all" }, { name: "s" }),
    ],
    [
      "an SPF host",
      record({ name: "example.com", type: "TXT", content: "v=spf1 a:mail.example.com -all" }, { name: "s" }),
    ],
  ];
  for (const [what, resource] of evidence) {
    it(`is held to ${what} names, and not to its web server`, async () => {
      const { told } = await runPack([mail, web, proxied, resource], { verify: wrong });
      const roundTrip = told.filter(({ rule }) => rule === "fcrdns-round-trip");
      assert.deepEqual(
        roundTrip.map(({ level, urn }) => [level, urn?.split("::").at(-1)]),
        [["mandatory", "mail"]],
      );
      assert.ok(!told.some(({ urn }) => urn?.endsWith("::web") || urn?.endsWith("::www")), JSON.stringify(told));
    });
  }
  it("is found through an alias of the exchanger", async () => {
    const { told } = await runPack(
      [
        { ...droplet({ name: "host1.example.com" }), name: "host" },
        record({ type: "CNAME", content: "host1.example.com" }, { name: "alias" }),
        record({ name: "example.com", type: "MX", content: "mail.example.com" }, { name: "mx" }),
      ],
      { verify: wrong, rules: ["fcrdns-round-trip"] },
    );
    assert.deepEqual(
      told.map(({ level }) => level),
      ["mandatory"],
    );
  });
  it("gets an advice for a droplet that nothing connects with mail", async () => {
    const { told } = await runPack([rdns({}), web], { verify: wrong, rules: ["fcrdns-round-trip"] });
    assert.deepEqual(
      told.map(({ level }) => level),
      ["mandatory", "advisory"],
    );
  });
});

describe("a relative Cloudflare name in a zone that is only an id", () => {
  const inZone = (props: Record<string, unknown>, name: string) => record({ zoneId: "0123abcd", ...props }, { name });
  it("is known by the PTR of the stack", async () => {
    const { told } = await runPack([rdns({}), inZone({ name: "mail", proxied: true }, "a")], {
      rules: ["fcrdns-not-proxied"],
    });
    assert.match(told[0]?.message ?? "", /mail\.example\.com is a mail host/);
  });
  it("is known by the MX of the zone", async () => {
    const server = { type: "hcloud:index/server:Server", name: "s", props: { ipv4Address: "192.0.2.10" } };
    const { told } = await runPack(
      [server, inZone({ name: "mail" }, "a"), inZone({ name: "@", type: "MX", content: "mail.example.com" }, "mx")],
      {
        rules: ["fcrdns-mail-needs-verified-ip"],
        verify: async (ip) => verdict(ip, null, { status: "fail", reason: "no-ptr" }),
      },
    );
    assert.match(told[0]?.message ?? "", /the MX of example\.com through mail\.example\.com names 192\.0\.2\.10/);
  });
});

describe("private zones", () => {
  const zones: readonly [string, GivenResource, GivenResource][] = [
    [
      "Route 53",
      {
        type: "aws:route53/zone:Zone",
        name: "z",
        props: { name: "2.0.192.in-addr.arpa", zoneId: "Z1", vpcs: [{ vpcId: "v" }] },
      },
      {
        type: "aws:route53/record:Record",
        name: "r",
        props: { zoneId: "Z1", name: "9", type: "PTR", records: ["db.internal"] },
      },
    ],
    [
      "Cloud DNS",
      {
        type: "gcp:dns/managedZone:ManagedZone",
        name: "z",
        props: { name: "rev", dnsName: "2.0.192.in-addr.arpa.", visibility: "private" },
      },
      {
        type: "gcp:dns/recordSet:RecordSet",
        name: "r",
        props: { managedZone: "rev", name: "9.2.0.192.in-addr.arpa.", type: "PTR", rrdatas: ["db.internal."] },
      },
    ],
    [
      "OCI",
      { type: "oci:Dns/zone:Zone", name: "z", props: { name: "2.0.192.in-addr.arpa", scope: "PRIVATE" } },
      {
        type: "oci:Dns/rrset:Rrset",
        name: "r",
        props: {
          zoneNameOrId: "2.0.192.in-addr.arpa",
          domain: "9.2.0.192.in-addr.arpa",
          rtype: "PTR",
          items: [{ rdata: "db." }],
        },
      },
    ],
  ];
  for (const [host, zone, ptrRecord] of zones) {
    it(`at ${host} are left alone`, async () => {
      const verify = async (ip: string) => verdict(ip, null, { status: "fail", reason: "no-ptr" });
      for (const preview of [true, false]) {
        const { told, asked } = await runPack([zone, ptrRecord], { preview, verify });
        assert.deepEqual([told, asked], [[], []]);
      }
    });
    it(`at ${host} are distinguished from public ones`, async () => {
      const { vpcs: _, visibility: __, scope: ___, ...props } = zone.props;
      const { asked } = await runPack([{ ...zone, props }, ptrRecord], { rules: ["fcrdns-round-trip"] });
      assert.deepEqual(asked, ["192.0.2.9"]);
    });
  }
});

describe("what only a private network sees", () => {
  const verify = async (ip: string) => verdict(ip, null, { status: "fail", reason: "no-ptr" });
  const route53 = (name: string, value: string): GivenResource => ({
    type: "aws:route53/record:Record",
    name: "ptr",
    props: { zoneId: "Z1", name, type: "PTR", records: [value] },
  });
  it("is left alone where a resource of its own joins a VPC to the zone", async () => {
    const zone = { type: "aws:route53/zone:Zone", name: "z", props: { name: "2.0.192.in-addr.arpa", zoneId: "Z1" } };
    const joined = {
      type: "aws:route53/zoneAssociation:ZoneAssociation",
      name: "join",
      props: { zoneId: "Z1", vpcId: "vpc-1" },
    };
    const { told, asked } = await runPack([zone, joined, route53("10", "db.internal")], { verify });
    assert.deepEqual([told, asked], [[], []]);
    const other = { ...joined, props: { zoneId: "Z2", vpcId: "vpc-1" } };
    assert.deepEqual((await runPack([zone, other, route53("10", "db.internal")], { verify })).asked, ["192.0.2.10"]);
  });
  for (const [name, ip] of [
    ["9.0.0.10.in-addr.arpa", "10.0.0.9"],
    ["9.1.168.192.in-addr.arpa", "192.168.1.9"],
    ["9.31.31.172.in-addr.arpa", "172.31.31.9"],
  ] as const) {
    it(`is left alone at ${ip}, unless an SPF record names it`, async () => {
      const alone = await runPack([route53(name, "db.example.com")], { verify });
      assert.deepEqual([alone.told.filter(({ level }) => level === "mandatory"), alone.asked], [[], []]);
      const spf = record({ name: "example.com", type: "TXT", content: `v=spf1 ip4:${ip} -all` });
      assert.deepEqual((await runPack([route53(name, "db.example.com"), spf], { verify })).asked, [ip]);
    });
  }
});

describe("fcrdns-replace-safely on existing state", () => {
  it("does not fire, because state keeps no options", async () => {
    const { told } = await runPack([rdns({}, { deleteBeforeReplace: false })], {
      rules: ["fcrdns-replace-safely"],
      existingState: true,
    });
    assert.deepEqual(told, []);
  });
});

describe("fcrdns-name-valid", () => {
  const rules = ["fcrdns-name-valid"];
  it("says why a name is invalid, and not what else is wrong with it", async () => {
    const { told } = await runPack([rdns({ dnsPtr: "ip_192-0-2-10.example.com" })], { rules });
    assert.match(told[0]?.message ?? "", /underscore/);
    assert.doesNotMatch(told[0]?.message ?? "", /octets|generic|machine/);
  });
  it("keeps a message short whatever the name's length, and still names it", async () => {
    const { told } = await runPack([rdns({ dnsPtr: `${"long-".repeat(2_000)}.example.com` })], { rules });
    assert.ok((told[0]?.message.length ?? 0) < 2_000);
    assert.match(told[0]?.message ?? "", /^(?:long-)+\S*\.\.\. is set as the PTR/);
  });
});

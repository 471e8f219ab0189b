import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sendingAddresses } from "../../../providers/internal/stack/sending-addresses";
import type { StackResource } from "../../../providers/internal/stack/stack-resource";

let count = 0;
function resource(type: string, properties: Record<string, unknown>, more: Partial<StackResource> = {}): StackResource {
  return { type, urn: `urn:pulumi:dev::mail::${type}::r${++count}`, properties, ...more };
}

const eip = resource("aws:ec2/eip:Eip", { allocationId: "eipalloc-1", publicIp: "192.0.2.20" });
const cases: readonly [what: string, resources: StackResource[], expected: readonly string[]][] = [
  [
    "hcloud Rdns",
    [resource("hcloud:index/rdns:Rdns", { ipAddress: "192.0.2.10", dnsPtr: "Mail.Example.com" })],
    ["192.0.2.10 mail.example.com hcloud"],
  ],
  [
    "hcloud Rdns for IPv6, canonical",
    [resource("hcloud:index/rdns:Rdns", { ipAddress: "2001:DB8:0::1", dnsPtr: "mail.example.com" })],
    ["2001:db8::1 mail.example.com hcloud"],
  ],
  [
    "aws EipDomainName by the Eip it came from",
    [
      eip,
      resource(
        "aws:ec2/eipDomainName:EipDomainName",
        { domainName: "mail.example.com" },
        { propertyDependencies: { allocationId: [eip.urn] } },
      ),
    ],
    ["192.0.2.20 mail.example.com aws"],
  ],
  [
    "aws EipDomainName by the allocation id",
    [
      eip,
      resource("aws:ec2/eipDomainName:EipDomainName", { allocationId: "eipalloc-1", domainName: "mail.example.com" }),
    ],
    ["192.0.2.20 mail.example.com aws"],
  ],
  [
    "aws EipDomainName of an address outside the stack",
    [resource("aws:ec2/eipDomainName:EipDomainName", { allocationId: "eipalloc-9", domainName: "mail.example.com" })],
    ["null mail.example.com aws"],
  ],
  [
    "a droplet with a full name",
    [resource("digitalocean:index/droplet:Droplet", { name: "mail.example.com", ipv4Address: "192.0.2.30" })],
    ["192.0.2.30 mail.example.com digitalocean"],
  ],
  [
    "no droplet without a full name",
    [resource("digitalocean:index/droplet:Droplet", { name: "web-1a2b3c4", ipv4Address: "192.0.2.30" })],
    [],
  ],
  [
    "a droplet's IPv6 address only when an AAAA names it",
    [
      resource("digitalocean:index/droplet:Droplet", {
        name: "a.example.com",
        ipv4Address: "192.0.2.31",
        ipv6Address: "2001:db8::31",
      }),
      resource("digitalocean:index/droplet:Droplet", {
        name: "b.example.com",
        ipv4Address: "192.0.2.32",
        ipv6Address: "2001:db8::32",
      }),
      resource("digitalocean:index/dnsRecord:DnsRecord", {
        domain: "example.com",
        name: "b",
        type: "AAAA",
        value: "2001:DB8::32",
      }),
    ],
    [
      "192.0.2.31 a.example.com digitalocean",
      "192.0.2.32 b.example.com digitalocean",
      "2001:db8::32 b.example.com digitalocean",
    ],
  ],
  [
    "linode Rdns",
    [resource("linode:index/rdns:Rdns", { address: "192.0.2.40", rdns: "mail.example.com" })],
    ["192.0.2.40 mail.example.com linode"],
  ],
  [
    "no linode address with its default name",
    [
      resource("linode:index/instanceIp:InstanceIp", {
        address: "192.0.2.41",
        rdns: "192-0-2-41.ip.linodeusercontent.com",
      }),
    ],
    [],
  ],
  [
    "a linode address once where an Rdns sets it",
    [
      resource("linode:index/networkingIp:NetworkingIp", { address: "192.0.2.42", rdns: "mail.example.com" }),
      resource("linode:index/rdns:Rdns", { address: "192.0.2.42", rdns: "mail.example.com" }),
    ],
    ["192.0.2.42 mail.example.com linode"],
  ],
  [
    "vultr, both families",
    [
      resource("vultr:index/reverseIpv4:ReverseIpv4", { ip: "192.0.2.50", reverse: "mail.example.com" }),
      resource("vultr:index/reverseIpv6:ReverseIpv6", {
        ip: "2001:0db8:0000:0000:0000:0000:0000:0050",
        reverse: "mail.example.com",
      }),
    ],
    ["192.0.2.50 mail.example.com vultr", "2001:db8::50 mail.example.com vultr"],
  ],
  [
    "Google instance, both families",
    [
      resource("gcp:compute/instance:Instance", {
        networkInterfaces: [
          {
            accessConfigs: [{ natIp: "192.0.2.60", publicPtrDomainName: "mail.example.com." }],
            ipv6AccessConfigs: [{ externalIpv6: "2001:db8::60", publicPtrDomainName: "mail.example.com." }],
          },
          { accessConfigs: [{ natIp: "192.0.2.61" }] },
        ],
      }),
    ],
    ["192.0.2.60 mail.example.com gcp", "2001:db8::60 mail.example.com gcp"],
  ],
  [
    "Azure",
    [
      resource("azure-native:network:PublicIPAddress", {
        ipAddress: "192.0.2.70",
        dnsSettings: { reverseFqdn: "mail.example.com." },
      }),
    ],
    ["192.0.2.70 mail.example.com azure-native"],
  ],
  [
    "Azure with an API version",
    [
      resource("azure-native:network/v20230901:PublicIPAddress", {
        ipAddress: "192.0.2.70",
        dnsSettings: { reverseFqdn: "mail.example.com." },
      }),
    ],
    ["192.0.2.70 mail.example.com azure-native"],
  ],
  [
    "Azure with a generated SDK",
    [
      resource("azure-native_network_v20241001:network:PublicIPAddress", {
        ipAddress: "192.0.2.70",
        dnsSettings: { reverseFqdn: "mail.example.com." },
      }),
    ],
    ["192.0.2.70 mail.example.com azure-native"],
  ],
  [
    "no Azure address without a reverse name",
    [
      resource("azure-native:network:PublicIPAddress", {
        ipAddress: "192.0.2.70",
        dnsSettings: { fqdn: "x.westeurope.cloudapp.azure.com" },
      }),
    ],
    [],
  ],
  [
    "OVH",
    [
      resource("ovh:Ip/reverse:Reverse", {
        ip: "192.0.2.80/32",
        ReverseIp: "192.0.2.80",
        ReverseValue: "mail.example.com.",
      }),
    ],
    ["192.0.2.80 mail.example.com ovh"],
  ],
  [
    "OVH, by the names of older versions",
    [
      resource("ovh:Ip/reverse:Reverse", {
        ip: "192.0.2.80/32",
        ipReverse: "192.0.2.80",
        reverse: "mail.example.com.",
      }),
    ],
    ["192.0.2.80 mail.example.com ovh"],
  ],
  [
    "Scaleway, both families",
    [
      resource("scaleway:instance/ip:Ip", { address: "192.0.2.90" }, { id: "fr-par-1/abc" }),
      resource("scaleway:instance/ipReverseDns:IpReverseDns", { ipId: "fr-par-1/abc", reverse: "mail.example.com" }),
      resource("scaleway:ipam/ipReverseDns:IpReverseDns", { address: "2001:db8::90", hostname: "mail.example.com" }),
    ],
    ["192.0.2.90 mail.example.com scaleway", "2001:db8::90 mail.example.com scaleway"],
  ],
  [
    "IONOS",
    [resource("ionoscloud:dns/reverseRecord:ReverseRecord", { ip: "192.0.2.91", name: "mail.example.com" })],
    ["192.0.2.91 mail.example.com ionoscloud"],
  ],
  [
    "Exoscale",
    [resource("exoscale:index/elasticIp:ElasticIp", { ipAddress: "192.0.2.92", reverseDns: "mail.example.com." })],
    ["192.0.2.92 mail.example.com exoscale"],
  ],
  [
    "a REST cloud, called by its provider",
    [
      resource("pulumi-nodejs:dynamic/rest-ptr:RestPtr", {
        address: "192.0.2.93",
        hostname: "mail.example.com",
        provider: "netcup",
      }),
    ],
    ["192.0.2.93 mail.example.com netcup"],
  ],
  [
    "an address not known yet",
    [resource("hcloud:index/rdns:Rdns", { dnsPtr: "mail.example.com" }, { unknown: ["ipAddress"] })],
    ["null mail.example.com hcloud"],
  ],
  [
    "a name not known yet",
    [resource("hcloud:index/rdns:Rdns", { ipAddress: "192.0.2.10" }, { unknown: ["dnsPtr"] })],
    ["192.0.2.10 null hcloud"],
  ],
  [
    "two claims on one address",
    [
      resource("hcloud:index/rdns:Rdns", { ipAddress: "192.0.2.10", dnsPtr: "a.example.com" }),
      resource("hcloud:index/rdns:Rdns", { ipAddress: "192.0.2.10", dnsPtr: "b.example.com" }),
    ],
    ["192.0.2.10 a.example.com hcloud", "192.0.2.10 b.example.com hcloud"],
  ],
];

describe("sending addresses of a stack", () => {
  for (const [what, resources, expected] of cases) {
    it(`finds ${what}`, () => {
      assert.deepEqual(sendingAddresses(resources).map(line), expected);
    });
  }

  const ptrRecords: readonly [string, string, Record<string, unknown>, string][] = [
    [
      "Route 53",
      "aws:route53/record:Record",
      { fqdn: "10.2.0.192.in-addr.arpa", name: "10", type: "PTR", records: ["mail.example.com"] },
      "192.0.2.10",
    ],
    [
      "Cloudflare",
      "cloudflare:index/dnsRecord:DnsRecord",
      { zoneId: "z", name: "10.2.0.192.in-addr.arpa", type: "PTR", content: "mail.example.com" },
      "192.0.2.10",
    ],
    [
      "Azure DNS",
      "azure-native:dns:RecordSet",
      { fqdn: "10.2.0.192.in-addr.arpa.", name: "10", ptrRecords: [{ ptrdname: "mail.example.com" }] },
      "192.0.2.10",
    ],
    [
      "Cloud DNS",
      "gcp:dns/recordSet:RecordSet",
      { managedZone: "rev", name: "10.2.0.192.in-addr.arpa.", type: "PTR", rrdatas: ["mail.example.com."] },
      "192.0.2.10",
    ],
    [
      "Hetzner DNS",
      "hcloud:index/zoneRrset:ZoneRrset",
      { zone: "2.0.192.in-addr.arpa", name: "10", type: "PTR", records: [{ value: "mail.example.com." }] },
      "192.0.2.10",
    ],
    [
      "OCI",
      "oci:Dns/rrset:Rrset",
      {
        zoneNameOrId: "2.0.192.in-addr.arpa",
        domain: "10.2.0.192.in-addr.arpa",
        rtype: "PTR",
        items: [{ rdata: "mail.example.com." }],
      },
      "192.0.2.10",
    ],
    [
      "RFC 2136",
      "dns:index/ptrRecord:PtrRecord",
      { zone: "2.0.192.in-addr.arpa.", name: "10", ptr: "mail.example.com." },
      "192.0.2.10",
    ],
    [
      "a classless zone (RFC 2317)",
      "dns:index/ptrRecord:PtrRecord",
      { zone: "0/28.2.0.192.in-addr.arpa.", name: "10", ptr: "mail.example.com." },
      "192.0.2.10",
    ],
    [
      "ip6.arpa",
      "aws:route53/record:Record",
      {
        fqdn: "0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
        type: "PTR",
        records: ["mail.example.com"],
      },
      "2001:db8::10",
    ],
  ];
  for (const [host, type, properties, ip] of ptrRecords) {
    it(`finds a PTR record at ${host}`, () => {
      const [found] = sendingAddresses([resource(type, properties)]);
      assert.equal(found?.ip, ip);
      assert.equal(found?.hostname, "mail.example.com");
      assert.equal(found?.family, ip.includes(":") ? 6 : 4);
    });
  }

  it("passes over PTR records that name services", () => {
    const record = resource("aws:route53/record:Record", {
      fqdn: "_http._tcp.example.com",
      type: "PTR",
      records: ["web._http._tcp.example.com"],
    });
    assert.deepEqual(sendingAddresses([record]), []);
  });

  it("reads a SendingIp and does not list its children again", () => {
    const component = resource("pulumi-fcrdns:index:SendingIp", {
      hostname: "mail.example.com",
      endpoints: [
        { address: "192.0.2.10", family: 4, hostname: "mail.example.com", reverse: "set", cloud: "hetzner" },
        { address: "2001:db8::10", family: 6, hostname: "mail.example.com", reverse: "set", cloud: "hetzner" },
      ],
    });
    const child = resource(
      "hcloud:index/rdns:Rdns",
      { ipAddress: "192.0.2.10", dnsPtr: "mail.example.com" },
      { parent: component.urn },
    );
    const other = resource(
      "hcloud:index/rdns:Rdns",
      { ipAddress: "192.0.2.99", dnsPtr: "x.example.com" },
      { parent: component.urn },
    );
    assert.deepEqual(sendingAddresses([component, child, other]).map(line), [
      "192.0.2.10 mail.example.com hetzner",
      "2001:db8::10 mail.example.com hetzner",
      "192.0.2.99 x.example.com hcloud",
    ]);
  });

  it("lists a SendingIp whose outputs are not known yet once", () => {
    const component = resource(
      "pulumi-fcrdns:index:SendingIp",
      { hostname: "mail.example.com" },
      { unknown: ["endpoints"] },
    );
    const child = resource(
      "hcloud:index/rdns:Rdns",
      { dnsPtr: "mail.example.com" },
      { parent: component.urn, unknown: ["ipAddress"] },
    );
    assert.deepEqual(sendingAddresses([component, child]).map(line), ["null mail.example.com unknown"]);
  });

  it("hands over the ticket that an address waits for", () => {
    const component = resource("pulumi-fcrdns:index:SendingIp", {
      hostname: "mail.example.com",
      endpoints: [
        {
          address: "192.0.2.10",
          family: 4,
          hostname: "mail.example.com",
          reverse: "ticket",
          cloud: "racknerd",
          ticket: {
            provider: "RackNerd",
            subject: "PTR for 192.0.2.10",
            body: "Please set\n192.0.2.10 -> mail.example.com",
            route: {
              by: "support ticket",
              url: "https://my.racknerd.com",
              account: "the account that owns the server",
            },
            missing: [],
          },
        },
      ],
    });
    const [found] = sendingAddresses([component]);
    assert.equal(found?.reverse, "ticket");
    assert.deepEqual(found?.ticket, {
      provider: "RackNerd",
      subject: "PTR for 192.0.2.10",
      body: "Please set\n192.0.2.10 -> mail.example.com",
      route: { by: "support ticket", url: "https://my.racknerd.com", account: "the account that owns the server" },
      missing: [],
      since: null,
    });
  });
});

function line(each: ReturnType<typeof sendingAddresses>[number]): string {
  return `${each.ip} ${each.hostname} ${each.cloud}`;
}

import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { forwardRecords } from "../../../providers/internal/stack/forward-records";
import { heldAddresses } from "../../../providers/internal/stack/held-addresses";
import type { StackResource } from "../../../providers/internal/stack/stack-resource";

let count = 0;
function resource(type: string, properties: Record<string, unknown>, more: Partial<StackResource> = {}): StackResource {
  return { type, urn: `urn:pulumi:dev::mail::${type}::r${++count}`, properties, ...more };
}

// The parts of the one record that every case publishes.
const ip = "192.0.2.10";
const zone = "example.com";
const name = "mail";
const fqdn = "mail.example.com";
const type = "A";

const hosts: readonly [host: string, type: string, properties: Record<string, unknown>][] = [
  ["Route 53", "aws:route53/record:Record", { fqdn, name, type, records: [ip] }],
  ["Lightsail", "aws:lightsail/domainEntry:DomainEntry", { domainName: zone, name, type, target: ip }],
  [
    "Cloudflare",
    "cloudflare:index/dnsRecord:DnsRecord",
    { zoneId: "z", name: fqdn, type, content: ip, proxied: false },
  ],
  ["Cloudflare before v6", "cloudflare:index/record:Record", { zoneId: "z", name, hostname: fqdn, type, content: ip }],
  [
    "Azure DNS",
    "azure-native:dns/v20180501:RecordSet",
    { fqdn: "mail.example.com.", name, aRecords: [{ ipv4Address: ip }] },
  ],
  ["Cloud DNS", "gcp:dns/recordSet:RecordSet", { managedZone: "zone", name: "mail.example.com.", type, rrdatas: [ip] }],
  ["Hetzner DNS", "hcloud:index/zoneRrset:ZoneRrset", { zone, name, type, records: [{ value: ip }] }],
  ["Hetzner DNS record", "hcloud:index/zoneRecord:ZoneRecord", { zone, name, type, value: ip }],
  ["DigitalOcean", "digitalocean:index/dnsRecord:DnsRecord", { domain: zone, name, type, value: ip, fqdn }],
  ["Vultr", "vultr:index/dnsRecord:DnsRecord", { domain: zone, name, type, data: ip }],
  ["OVH", "ovh:Domain/zoneRecord:ZoneRecord", { zone, subdomain: name, fieldtype: type, target: ip }],
  ["Scaleway", "scaleway:domain/record:Record", { dnsZone: zone, name, type, data: ip }],
  [
    "Exoscale",
    "exoscale:index/domainRecord:DomainRecord",
    { domain: zone, name, recordType: type, content: ip, hostname: fqdn },
  ],
  ["OCI", "oci:Dns/rrset:Rrset", { zoneNameOrId: zone, domain: fqdn, rtype: type, items: [{ rdata: ip }] }],
  ["Gandi", "gandi:livedns/record:Record", { zone, name, type, values: [ip] }],
  ["deSEC", "desec:index/rrset:Rrset", { domain: zone, subname: name, type, records: [ip] }],
  ["RFC 2136", "dns:index/aRecordSet:ARecordSet", { zone: "example.com.", name, addresses: [ip] }],
  ["GoDaddy", "godaddy:index/domainRecord:DomainRecord", { domain: zone, record: [{ name, type, data: ip }] }],
  ["Porkbun", "porkbun:index/dnsRecord:DnsRecord", { domain: zone, name, type, content: ip }],
  [
    "Porkbun, by the provider that says subdomain",
    "porkbun:index/dnsRecord:DnsRecord",
    { domain: zone, subdomain: name, type, content: ip },
  ],
  [
    "Tencent Cloud",
    "tencentcloud:Dnspod/record:Record",
    { domain: zone, subDomain: name, recordType: type, value: ip },
  ],
];

describe("forward records of a stack", () => {
  for (const [host, type, properties] of hosts) {
    it(`are found at ${host}`, () => {
      const [record] = forwardRecords([resource(type, properties)]).addresses;
      assert.deepEqual(
        [record?.owner, record?.ip, record?.family, record?.proxied],
        ["mail.example.com", "192.0.2.10", 4, false],
      );
    });
  }

  const zones: readonly [string, StackResource, string, Record<string, unknown>][] = [
    [
      "Cloudflare's zone id",
      resource("cloudflare:index/zone:Zone", { name: "example.com" }, { id: "abc" }),
      "cloudflare:index/dnsRecord:DnsRecord",
      { zoneId: "abc", name: "mail", type: "A", content: "192.0.2.10" },
    ],
    [
      "Route 53's zone id",
      resource("aws:route53/zone:Zone", { name: "example.com", zoneId: "Z1" }),
      "aws:route53/record:Record",
      { zoneId: "Z1", name: "mail", type: "A", records: ["192.0.2.10"] },
    ],
    [
      "Hetzner's zone id",
      resource("hcloud:index/zone:Zone", { name: "example.com" }, { id: "42" }),
      "hcloud:index/zoneRrset:ZoneRrset",
      { zone: "42", name: "mail", type: "A", records: [{ value: "192.0.2.10" }] },
    ],
    [
      "Linode's domain id",
      resource("linode:index/domain:Domain", { domain: "example.com" }, { id: "7" }),
      "linode:index/domainRecord:DomainRecord",
      { domainId: 7, name: "mail", recordType: "A", target: "192.0.2.10" },
    ],
  ];
  for (const [what, zone, type, properties] of zones) {
    it(`have the zone's name through ${what}`, () => {
      assert.equal(forwardRecords([zone, resource(type, properties)]).addresses[0]?.owner, "mail.example.com");
    });
  }

  it("have no owner where the zone is not known, rather than a guessed one", () => {
    const record = resource("linode:index/domainRecord:DomainRecord", {
      domainId: 7,
      name: "mail",
      recordType: "A",
      target: "192.0.2.10",
    });
    assert.equal(forwardRecords([record]).addresses[0]?.owner, null);
  });

  it("have an unknown address in a preview", () => {
    const record = resource(
      "hcloud:index/zoneRrset:ZoneRrset",
      { zone: "example.com", name: "mail", type: "AAAA", records: [{}] },
      { unknown: ["records[0].value"] },
    );
    assert.deepEqual(
      forwardRecords([record]).addresses.map(({ owner, ip, family }) => ({ owner, ip, family })),
      [{ owner: "mail.example.com", ip: null, family: 6 }],
    );
  });

  it("stand at the apex for @ and for an empty name", () => {
    for (const name of ["@", "", "example.com"]) {
      const record = resource("vultr:index/dnsRecord:DnsRecord", {
        domain: "example.com",
        name,
        type: "A",
        data: "192.0.2.10",
      });
      assert.equal(forwardRecords([record]).addresses[0]?.owner, "example.com");
    }
  });

  it("say which names are proxied", () => {
    const record = resource("cloudflare:index/dnsRecord:DnsRecord", {
      name: "mail.example.com",
      type: "A",
      content: "192.0.2.10",
      proxied: true,
    });
    assert.equal(forwardRecords([record]).addresses[0]?.proxied, true);
  });

  it("include mail exchangers, with the preference in the value or beside it", () => {
    const records = [
      resource("gcp:dns/recordSet:RecordSet", { name: "example.com.", type: "MX", rrdatas: ["10 Mail.Example.com."] }),
      resource("cloudflare:index/dnsRecord:DnsRecord", {
        name: "example.com",
        type: "MX",
        content: "mx.example.com",
        priority: 10,
      }),
      resource("azure-native:dns:RecordSet", {
        fqdn: "example.com.",
        mxRecords: [{ preference: 10, exchange: "azure.example.com" }],
      }),
      resource("aws:route53/record:Record", { fqdn: "none.example.com", type: "MX", records: ["0 ."] }),
    ];
    assert.deepEqual(
      forwardRecords(records).exchangers.map((each) => `${each.owner} ${each.exchange}`),
      [
        "example.com mail.example.com",
        "example.com mx.example.com",
        "example.com azure.example.com",
        "none.example.com .",
      ],
    );
  });

  it("include what SPF lets out", () => {
    const text =
      "v=spf1 ip4:192.0.2.10 ip4:198.51.100.0/24 ip6:2001:db8::10 a a:out.example.com mx ~mx:soft.example.com -all";
    for (const value of [text, `"${text}"`, `"${text.slice(0, 20)}" "${text.slice(20)}"`]) {
      const [spf] = forwardRecords([
        resource("gcp:dns/recordSet:RecordSet", { name: "example.com.", type: "TXT", rrdatas: ["other", value] }),
      ]).spf;
      assert.deepEqual(spf?.networks, ["192.0.2.10", "198.51.100.0/24", "2001:db8::10"]);
      assert.deepEqual(spf?.hosts, ["example.com", "out.example.com"]);
      assert.deepEqual(spf?.exchangersOf, ["example.com"]);
    }
  });

  it("are found at bunny.net, whose records name the zone by a number", () => {
    const [record] = forwardRecords([
      resource("bunnynet:index/dnsZone:DnsZone", { domain: "example.com" }, { id: "4711" }),
      resource("bunnynet:index/dnsRecord:DnsRecord", { zone: 4711, name: "mail", type: "A", value: "192.0.2.10" }),
    ]).addresses;
    assert.deepEqual([record?.owner, record?.ip], ["mail.example.com", "192.0.2.10"]);
  });

  it("include aliases", () => {
    const [alias] = forwardRecords([
      resource("cloudflare:index/dnsRecord:DnsRecord", {
        name: "mail.example.com",
        type: "CNAME",
        content: "Host.Example.net.",
      }),
    ]).aliases;
    assert.deepEqual([alias?.owner, alias?.target], ["mail.example.com", "host.example.net"]);
  });
});

describe("addresses that a stack's resources hold", () => {
  const cases: readonly [string, Record<string, unknown>, string[]][] = [
    ["hcloud:index/primaryIp:PrimaryIp", { ipAddress: "2001:db8:1::" }, ["2001:db8:1::"]],
    [
      "linode:index/instance:Instance",
      { ipv4s: ["192.0.2.1", "192.0.2.2"], ipv6: "2001:db8::3/128" },
      ["192.0.2.1", "192.0.2.2", "2001:db8::3"],
    ],
    [
      "gcp:compute/instance:Instance",
      { networkInterfaces: [{ accessConfigs: [{ natIp: "192.0.2.3" }] }] },
      ["192.0.2.3"],
    ],
    ["azure-native:network/v20230901:PublicIPAddress", { ipAddress: "192.0.2.4" }, ["192.0.2.4"]],
    [
      "contabo:index/instance:Instance",
      { ipConfigs: [{ v4s: [{ ip: "192.0.2.11" }], v6s: [{ ip: "2001:db8::11" }] }] },
      ["192.0.2.11", "2001:db8::11"],
    ],
    [
      "equinix:metal/device:Device",
      { accessPrivateIpv4: "10.0.0.1", accessPublicIpv4: "192.0.2.12", accessPublicIpv6: "2001:db8::12" },
      ["192.0.2.12", "2001:db8::12"],
    ],
    ["equinix:metal/reservedIpBlock:ReservedIpBlock", { address: "192.0.2.13" }, ["192.0.2.13"]],
    [
      "openstack:compute/instance:Instance",
      { networks: [{ fixedIpV4: "192.0.2.14", fixedIpV6: "[2001:db8::14]" }] },
      ["192.0.2.14", "2001:db8::14"],
    ],
    ["openstack:networking/port:Port", { allFixedIps: ["192.0.2.15", "2001:db8::15"] }, ["192.0.2.15", "2001:db8::15"]],
    ["ovh:Ip/ipService:IpService", { ip: "192.0.2.16/32" }, ["192.0.2.16"]],
    ["ovh:index/cloudFloatingIp:CloudFloatingIp", { currentState: { ip: "192.0.2.17" } }, ["192.0.2.17"]],
    ["scaleway:applesilicon/server:Server", { ip: "192.0.2.18" }, ["192.0.2.18"]],
    ["tencentcloud:Eip/instance:Instance", { publicIp: "192.0.2.19" }, ["192.0.2.19"]],
    ["aws:s3/bucket:Bucket", { ipAddress: "192.0.2.5" }, []],
  ];
  for (const [type, properties, expected] of cases) {
    it(`are ${expected.join(", ") || "none"} for ${type}`, () => {
      assert.deepEqual(
        heldAddresses([resource(type, properties)]).map((each) => each.ip),
        expected,
      );
    });
  }
});

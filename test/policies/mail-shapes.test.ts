/** Every shape in which a stack says that one of its addresses sends mail: each must be found, whichever resource holds or names it. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type GivenResource, runPack, verdict } from "./run-pack";

const IP = "192.0.2.1";
const IP6 = "2001:db8::1";

const verify = async (ip: string) =>
  verdict(ip, null, { status: "fail", iprev: "permerror", reason: "no-ptr", ptr: [], forward: {}, confirmed: [] });

let count = 0;
const of = (type: string, props: Record<string, unknown>): GivenResource => ({ type, name: `r${count++}`, props });
const cf = (type: string, name: string, content: string): GivenResource =>
  of("cloudflare:index/dnsRecord:DnsRecord", { zoneId: "0123", type, name, content });
const eip = of("aws:ec2/eip:Eip", { publicIp: IP });

async function mandatory(resources: readonly GivenResource[]): Promise<readonly string[]> {
  const { told } = await runPack(resources, { verify });
  return told.filter(({ level }) => level === "mandatory").map(({ message }) => message);
}

describe("an MX names an address held by", () => {
  const nics = (natIp: string) => ({ networkInterfaces: [{ accessConfigs: [{ [natIp]: IP }] }] });
  const holders: readonly (readonly [string, Record<string, unknown>])[] = [
    ["alicloud:ecs/eipAddress:EipAddress", { ipAddress: IP }],
    ["alicloud:ecs/instance:Instance", { publicIp: IP }],
    ["aws-native:ec2:Eip", { publicIp: IP, allocationId: "eipalloc-1" }],
    ["aws-native:ec2:EipAssociation", { eip: IP }],
    ["aws-native:ec2:Instance", { publicIp: IP }],
    ["aws:ec2/eipAssociation:EipAssociation", { publicIp: IP, allocationId: "eipalloc-1" }],
    ["aws:ec2/instance:Instance", { publicIp: IP }],
    ["aws:ec2/networkInterface:NetworkInterface", { ipv6Addresses: [IP6] }],
    ["aws:lightsail/staticIp:StaticIp", { ipAddress: IP }],
    ["azure-native:network/v20230901:PublicIPAddress", { ipAddress: IP }],
    ["azure-native_network_v20230901:network:PublicIPAddress", { ipAddress: IP }],
    ["azure:network/publicIp:PublicIp", { ipAddress: IP }],
    ["civo:index/instance:Instance", { publicIp: IP }],
    ["civo:index/reservedIp:ReservedIp", { ip: IP }],
    ["digitalocean:index/droplet:Droplet", { name: "web", ipv4Address: IP }],
    ["digitalocean:index/floatingIp:FloatingIp", { ipAddress: IP }],
    ["digitalocean:index/floatingIpAssignment:FloatingIpAssignment", { ipAddress: IP, dropletId: 1 }],
    ["digitalocean:index/reservedIp:ReservedIp", { ipAddress: IP }],
    ["digitalocean:index/reservedIpAssignment:ReservedIpAssignment", { ipAddress: IP, dropletId: 1 }],
    ["digitalocean:index/reservedIpv6Assignment:ReservedIpv6Assignment", { ip: IP6, dropletId: 1 }],
    ["exoscale:index/computeInstance:ComputeInstance", { publicIpAddress: IP }],
    ["gcp:compute/instanceFromTemplate:InstanceFromTemplate", nics("natIp")],
    ["google-native:compute/v1:Instance", nics("natIP")],
    ["google-native:compute/beta:Address", { address: IP }],
    ["hcloud:index/server:Server", { ipv4Address: IP }],
    ["ionoscloud:compute/iPBlock:IPBlock", { ips: [IP] }],
    ["linode:index/instance:Instance", { ipAddress: IP, ipv6: `${IP6}/128` }],
    ["oci:Core/publicIp:PublicIp", { ipAddress: IP }],
    ["openstack:networking/floatingIp:FloatingIp", { address: IP }],
    ["ovh:CloudProject/instance:Instance", { addresses: [{ ip: IP, version: 4 }] }],
    ["scaleway:elasticmetal/server:Server", { ips: [{ address: IP, version: "IPv4" }] }],
    ["scaleway:index/baremetalServer:BaremetalServer", { ips: [{ address: IP }] }],
    ["scaleway:index/instanceIp:InstanceIp", { address: IP }],
    ["scaleway:index/instanceServer:InstanceServer", { publicIps: [{ address: IP }] }],
    ["scaleway:instance/server:Server", { publicIps: [{ id: "fr-par-1/1", address: IP, family: "inet" }] }],
    ["upcloud:index/server:Server", { networkInterfaces: [{ ipAddress: IP }] }],
    ["vultr:index/bareMetalServer:BareMetalServer", { mainIp: IP }],
    ["vultr:index/instanceIpv4:InstanceIpv4", { ip: IP, instanceId: "1" }],
  ];
  for (const [type, props] of holders) {
    it(type, async () => {
      const records = [
        cf("A", "mail.example.com", IP),
        cf("AAAA", "mail.example.com", IP6),
        cf("MX", "example.com", "mail.example.com"),
      ];
      assert.match((await mandatory([of(type, props), ...records])).join(), /the MX of example\.com through mail\./);
    });
  }
});

describe("an MX or SPF record of the DNS host", () => {
  const pair = (type: string, a: Record<string, unknown>, mx: Record<string, unknown>) => [of(type, a), of(type, mx)];
  const answers = (answer: string) => [{ answer }];
  const hosts: Readonly<Record<string, readonly GivenResource[]>> = {
    "Namecheap, many records in one resource": [
      of("namecheap:index/domainRecords:DomainRecords", {
        domain: "example.com",
        emailType: "MX",
        records: [
          { hostname: "mail", type: "A", address: IP },
          { hostname: "@", type: "MX", address: "mail.example.com.", mxPref: 10 },
        ],
      }),
    ],
    "hetznerdns, whose zone is in the stack": [
      of("hetznerdns:index/zone:Zone", { name: "example.com", id: "abc" }),
      ...pair(
        "hetznerdns:index/record:Record",
        { zoneId: "abc", name: "mail", type: "A", value: IP },
        { zoneId: "abc", name: "@", type: "MX", value: "10 mail" },
      ),
    ],
    "hetznerdns, whose zone is only an id": pair(
      "hetznerdns:index/record:Record",
      { zoneId: "abc", name: "mail", type: "A", value: IP },
      { zoneId: "abc", name: "@", type: "MX", value: "10 mail" },
    ),
    "DNS Made Easy, whose zone is only an id": pair(
      "dme:index/dnsRecord:DnsRecord",
      { domainId: "123", name: "mail", type: "A", value: IP },
      { domainId: "123", name: "", type: "MX", value: "mail", mxLevel: "10" },
    ),
    NS1: pair(
      "ns1:index/record:Record",
      { zone: "example.com", domain: "mail.example.com", type: "A", answers: answers(IP) },
      { zone: "example.com", domain: "example.com", type: "MX", answers: answers("10 mail.example.com") },
    ),
    OpenStack: pair(
      "openstack:dns/recordSet:RecordSet",
      { zoneId: "u", name: "mail.example.com.", type: "A", records: [IP] },
      { zoneId: "u", name: "example.com.", type: "MX", records: ["10 mail.example.com."] },
    ),
    Alibaba: pair(
      "alicloud:dns/alidnsRecord:AlidnsRecord",
      { domainName: "example.com", rr: "mail", type: "A", value: IP },
      { domainName: "example.com", rr: "@", type: "MX", value: "mail.example.com", priority: 1 },
    ),
    Akamai: pair(
      "akamai:index/dnsRecord:DnsRecord",
      { zone: "example.com", name: "mail.example.com", recordtype: "A", targets: [IP] },
      { zone: "example.com", name: "example.com", recordtype: "MX", targets: ["mail.example.com."] },
    ),
    "Cloudflare, relative names in a zone that is only an id": [cf("A", "mail", IP), cf("MX", "@", "mail")],
    "Cloudflare, an apex that is its own exchanger": [cf("A", "@", IP), cf("MX", "@", "example.com")],
    "Cloudflare, SPF `a` of an apex that is only an id": [cf("A", "@", IP), cf("TXT", "@", "v=spf1 a -all")],
    "Cloudflare, SPF `a:` of a relative name": [cf("A", "mail", IP), cf("TXT", "@", "v=spf1 a:mail.example.com -all")],
    "Cloudflare, an exchanger that is an alias": [
      cf("CNAME", "mx.example.com", "mail.example.com"),
      cf("A", "mail.example.com", IP),
      cf("MX", "example.com", "mx.example.com"),
    ],
    "Route 53, an exchanger that is an alias record": [
      of("aws:route53/record:Record", {
        zoneId: "Z",
        fqdn: "mx.example.com",
        type: "A",
        aliases: [{ name: "mail.example.com", zoneId: "Z" }],
      }),
      cf("A", "mail.example.com", IP),
      cf("MX", "example.com", "mx.example.com"),
    ],
    "Route 53, SPF in two strings": [
      of("aws:route53/record:Record", {
        zoneId: "Z",
        fqdn: "example.com",
        type: "TXT",
        records: ['v=spf1 ip4:192.0.""2.0/28 -all'],
      }),
    ],
    "Azure, SPF in two strings": [
      of("azure-native:dns:RecordSet", {
        zoneName: "example.com",
        name: "@",
        txtRecords: [{ value: ["v=spf1 ip4:192.0.", "2.1 -all"] }],
      }),
    ],
    "an exchanger that only a wildcard covers": [
      cf("A", "*.example.com", IP),
      cf("MX", "example.com", "mail.example.com"),
    ],
    "an exchanger that only a wildcard alias covers": [
      cf("CNAME", "*.example.com", "host.example.net"),
      cf("A", "host.example.net", IP),
      cf("MX", "example.com", "mail.example.com"),
    ],
    "a wildcard in a zone that is only an id": [cf("A", "*", IP), cf("MX", "@", "mx")].map((record) => ({
      ...record,
      type: "hetznerdns:index/record:Record",
      props: { ...record.props, value: record.props.content },
    })),
    "SPF `a:` of a host that only a wildcard covers": [
      cf("A", "*.example.com", IP),
      cf("TXT", "example.com", "v=spf1 a:out.example.com -all"),
    ],
    "a network around another host": [
      cf("A", "mail.example.com", "192.0.2.77"),
      cf("TXT", "example.com", "v=spf1 a:mail.example.com/24 -all"),
    ],
    "a network around an exchanger": [
      cf("A", "mail.example.com", "192.0.2.77"),
      cf("MX", "example.com", "mail.example.com"),
      cf("TXT", "example.com", "v=spf1 mx/24//64 -all"),
    ],
  };
  for (const [what, records] of Object.entries(hosts)) {
    it(what, async () => {
      assert.match((await mandatory([eip, ...records])).join("\n"), /(?:MX|SPF record) of .* names 192\.0\.2\.1/);
      assert.deepEqual(await mandatory(records.length === 0 ? [] : [of("x:y:Z", {}), cf("A", "www", IP)]), []);
    });
  }
  it("tells a network around a host by the word that it has", async () => {
    const records = [
      cf("A", "mail.example.com", "192.0.2.77"),
      cf("TXT", "example.com", "v=spf1 a:mail.example.com/24"),
    ];
    assert.match((await mandatory([eip, ...records])).join(), /narrow "a:mail\.example\.com\/24"/);
  });
  it("does not take a wildcard for a name that exists, or that lies below one", async () => {
    const wildcard = cf("A", "*.example.com", IP);
    const elsewhere = [cf("A", "mail.example.com", "198.51.100.1"), cf("MX", "example.com", "mail.example.com")];
    assert.deepEqual(await mandatory([eip, wildcard, ...elsewhere]), []);
    const below = [cf("TXT", "eu.example.com", "text"), cf("MX", "example.com", "mail.eu.example.com")];
    assert.deepEqual(await mandatory([eip, wildcard, ...below]), []);
  });
  it("in a zone that is only an id, is reported by its relative name", async () => {
    const [message = ""] = await mandatory([eip, cf("A", "mail", IP), cf("MX", "@", "mail")]);
    assert.match(message, /the MX of a domain through mail names 192\.0\.2\.1/);
  });
  it("does not take the same relative name of another zone for it", async () => {
    const other = of("cloudflare:index/dnsRecord:DnsRecord", {
      zoneId: "4567",
      type: "MX",
      name: "@",
      content: "mail",
    });
    assert.deepEqual(await mandatory([eip, cf("A", "mail", IP), other]), []);
  });
});

describe("an SPF record that lets out hosts which nobody lists", () => {
  const told = async (text: string, preview: boolean) =>
    (await runPack([cf("TXT", "example.com", text)], { preview })).told.map(
      ({ level, message }) => `${level} ${message}`,
    );
  const cases: Readonly<Record<string, RegExp | null>> = {
    "v=spf1 +all": /^advisory .*the SPF record of example\.com has "\+all".*end the record with "-all"/s,
    "v=spf1 mx all": /"all", which permits every address on the Internet to send/,
    "v=spf1 ptr -all": /^advisory .*"ptr", which permits hosts by their PTR/s,
    "v=spf1 +ptr:example.net ~all": /"\+ptr:example\.net".*name the addresses instead/s,
    "v=spf1 -ptr ?all": null,
    "v=spf1 -all +all": null,
  };
  for (const [text, expected] of Object.entries(cases)) {
    it(`${text}: ${expected === null ? "nothing is said" : "is an advice"}`, async () => {
      for (const preview of [true, false]) {
        const messages = await told(text, preview);
        assert.equal(messages.length, expected === null ? 0 : 1, messages.join());
        if (expected !== null) assert.match(messages[0] ?? "", expected);
      }
    });
  }
});

describe("a PTR is set by", () => {
  const setters: readonly (readonly [string, Record<string, unknown>])[] = [
    ["scaleway:index/flexibleIp:FlexibleIp", { ipAddress: IP, reverse: "mail.example.com" }],
    ["scaleway:index/loadbalancerIp:LoadbalancerIp", { ipAddress: IP, reverse: "mail.example.com" }],
    ["scaleway:index/vpcPublicGatewayIp:VpcPublicGatewayIp", { address: IP, reverse: "mail.example.com" }],
    ["scaleway:network/publicGatewayIp:PublicGatewayIp", { address: IP, reverse: "mail.example.com" }],
    ["scaleway:index/ipamIpReverseDns:IpamIpReverseDns", { address: IP, hostname: "mail.example.com" }],
    ["civo:index/instance:Instance", { publicIp: IP, reverseDns: "mail.example.com" }],
  ];
  for (const [type, props] of setters) {
    it(type, async () => assert.match((await mandatory([of(type, props)])).join(), /192\.0\.2\.1/));
  }
});

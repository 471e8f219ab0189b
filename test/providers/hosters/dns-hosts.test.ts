import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { DnsHost, RecordSet } from "../../../providers/dns-host";
import { gandi } from "../../../providers/gandi/dns";
import { linodeDns } from "../../../providers/linode/dns";
import { manual } from "../../../providers/manual/dns";
import { ovhDns } from "../../../providers/ovh/dns";
import { scalewayDns } from "../../../providers/scaleway/dns";
import { vultrDns } from "../../../providers/vultr/dns";
import { recorded } from "./recorded-resources";

const zone = "Example.COM.";
const hosts: Record<string, DnsHost> = {
  linode: linodeDns({ zone }),
  vultr: vultrDns({ zone }),
  ovh: ovhDns({ zone }),
  scaleway: scalewayDns({ zone }),
  gandi: gandi({ zone }),
};

const a: RecordSet = { owner: "mail.example.com", type: "A", values: ["192.0.2.10"], ttl: 300 };
const mx: RecordSet = { owner: "example.com", type: "MX", values: ["10 mail.example.com"] };
const txt: RecordSet = { owner: "example.com", type: "TXT", values: ['v=spf1 ip4:192.0.2.10 "~all'] };
const spf: RecordSet = { owner: "example.com", type: "TXT", values: ["v=spf1 ip4:192.0.2.10 ~all"] };
const ptr: RecordSet = { owner: "10.example.com", type: "PTR", values: ["mail.example.com"] };

const domainId = 77;
const cases: [keyof typeof hosts, RecordSet, Record<string, unknown>][] = [
  ["linode", a, { domainId, name: "mail", recordType: "A", target: "192.0.2.10", ttlSec: 300 }],
  ["linode", mx, { domainId, name: "example.com", recordType: "MX", target: "mail.example.com", priority: 10 }],
  ["linode", txt, { domainId, name: "example.com", recordType: "TXT", target: 'v=spf1 ip4:192.0.2.10 "~all' }],
  ["linode", ptr, { domainId, name: "10", recordType: "PTR", target: "mail.example.com" }],
  ["vultr", a, { domain: "example.com", name: "mail", type: "A", data: "192.0.2.10", ttl: 300 }],
  ["vultr", mx, { domain: "example.com", name: "", type: "MX", data: "mail.example.com", priority: 10 }],
  ["vultr", txt, { domain: "example.com", name: "", type: "TXT", data: '"v=spf1 ip4:192.0.2.10 \\"~all"' }],
  ["ovh", a, { zone: "example.com", subdomain: "mail", fieldtype: "A", target: "192.0.2.10", ttl: 300 }],
  ["ovh", mx, { zone: "example.com", subdomain: "", fieldtype: "MX", target: "10 mail.example.com." }],
  ["ovh", txt, { zone: "example.com", subdomain: "", fieldtype: "TXT", target: 'v=spf1 ip4:192.0.2.10 "~all' }],
  ["ovh", ptr, { zone: "example.com", subdomain: "10", fieldtype: "PTR", target: "mail.example.com." }],
  ["scaleway", a, { dnsZone: "example.com", name: "mail", type: "A", data: "192.0.2.10", ttl: 300 }],
  ["scaleway", mx, { dnsZone: "example.com", name: "", type: "MX", data: "mail.example.com.", priority: 10 }],
  ["scaleway", txt, { dnsZone: "example.com", name: "", type: "TXT", data: '"v=spf1 ip4:192.0.2.10 \\"~all"' }],
  ["scaleway", spf, { dnsZone: "example.com", name: "", type: "TXT", data: "v=spf1 ip4:192.0.2.10 ~all" }],
  ["scaleway", ptr, { dnsZone: "example.com", name: "10", type: "PTR", data: "mail.example.com." }],
  ["gandi", a, { zone: "example.com", name: "mail", type: "A", ttl: 300, values: ["192.0.2.10"] }],
  ["gandi", mx, { zone: "example.com", name: "@", type: "MX", ttl: 10800, values: ["10 mail.example.com."] }],
  [
    "gandi",
    txt,
    { zone: "example.com", name: "@", type: "TXT", ttl: 10800, values: ['"v=spf1 ip4:192.0.2.10 \\"~all"'] },
  ],
];

async function published(host: DnsHost, record: RecordSet) {
  return recorded(
    () => {
      const result = host.publish("record", record, {});
      assert.ok(result.published === "resource");
      return result.resource.urn;
    },
    undefined,
    (token) => (token === "linode:index/getDomains:getDomains" ? { domains: [{ id: domainId }] } : {}),
  );
}

describe("a record set becomes what the DNS host's API wants", () => {
  for (const [word, record, expected] of cases) {
    it(`${word}: ${record.owner} ${record.type} ${record.values}`, async () => {
      const host = hosts[word];
      assert.ok(host);
      assert.deepEqual(host.validate(record), []);
      const { resources } = await published(host, record);
      const inputs = Object.entries(resources[0]?.inputs ?? {}).filter(([, value]) => value !== undefined);
      assert.deepEqual(Object.fromEntries(inputs), expected);
    });
  }

  for (const word of ["linode", "vultr", "ovh", "scaleway"] as const) {
    it(`${word}: two values become two records`, async () => {
      const host = hosts[word];
      assert.ok(host);
      const { resources } = await published(host, { ...a, values: ["192.0.2.10", "192.0.2.11"] });
      assert.deepEqual(
        resources.map(({ name }) => name),
        ["record", "record-2"],
      );
    });
  }

  it("vultr: the priority is left to the API where a record has none", async () => {
    for (const [record, ignored] of [
      [txt, ["priority"]],
      [mx, []],
    ] as const) {
      const { resources } = await published(vultrDns({ zone }), record);
      assert.deepEqual(resources[0]?.options.ignoreChanges, ignored, record.type);
    }
  });

  it("gandi: the engine gets the address of the plugin, as nothing is installed from npm", async () => {
    const { resources } = await published(gandi({ zone }), a);
    assert.equal(resources[0]?.type, "gandi:livedns/record:Record");
    assert.equal(resources[0]?.options.version, "0.0.14");
    assert.equal(resources[0]?.options.pluginDownloadUrl, "github://api.github.com/pulumiverse");
  });
});

describe("a DNS host refuses", () => {
  for (const [word, host] of Object.entries(hosts)) {
    it(`${word}: an owner outside its zone`, () => {
      const [problem] = host.validate({ owner: "mail.badexample.com", type: "A" });
      assert.match(problem?.message ?? "", /mail\.badexample\.com is not in the zone example\.com/);
    });
  }
  it("vultr: PTR records, which it cannot hold", () => {
    assert.match(
      vultrDns({ zone }).validate({ owner: "example.com", type: "PTR" })[0]?.message ?? "",
      /cannot hold PTR/,
    );
  });
});

async function steps(host: DnsHost, record: RecordSet): Promise<string> {
  const { resources, values } = await recorded(() => {
    const result = host.publish("record", record, {});
    assert.ok(result.published === "manual");
    return result.instructions;
  });
  assert.deepEqual(resources, [], "nothing is made");
  return String(values[0]);
}

describe("records by hand say exactly what to enter", () => {
  it("in Namecheap's words", async () => {
    assert.equal(
      await steps(manual({ zone, panel: "namecheap" }), { ...a, values: [Promise.resolve("192.0.2.10")] }),
      [
        "Enter at Namecheap, in the zone example.com: mail.example.com A 192.0.2.10",
        "  Domain List > Manage > Advanced DNS > Host Records > Add New Record",
        "  Type   A Record",
        "  Host   mail",
        "  Value  192.0.2.10",
        "  TTL    300",
        "Enter only the part before the domain as Host; Namecheap adds the domain.",
      ].join("\n"),
    );
  });
  it("MX in Namecheap's own place for it", async () => {
    const text = await steps(manual({ zone, panel: "namecheap" }), mx);
    assert.match(text, /Mail Settings > Custom MX/);
    assert.match(text, /Host {6}@\n {2}Value {5}mail\.example\.com\n {2}Priority {2}10\n {2}TTL {7}Automatic/);
  });
  it("in GoDaddy's words", async () => {
    assert.match(
      await steps(manual({ zone, panel: "godaddy" }), a),
      /Type {3}A\n {2}Name {3}mail\n {2}Value {2}192\.0\.2\.10\n {2}TTL {4}300/,
    );
  });
  it("the full name where the panel wants it", async () => {
    assert.match(
      await steps(manual({ zone, panel: "cpanel" }), a),
      /Name {4}mail\.example\.com\.\n {2}Record {2}192\.0\.2\.10/,
    );
  });
  it("for a panel that the user describes", async () => {
    const panel = {
      title: "My registrar",
      path: "Zones",
      fields: { type: "Art", name: "Name", value: "Ziel", ttl: "TTL", priority: "Prio" },
      names: "relative",
      apex: "",
      finalDot: true,
      quotesText: true,
      usualTtl: "1h",
      types: ["A", "MX", "TXT"],
    } as const;
    const host = manual({ zone, panel });
    assert.match(
      await steps(host, mx),
      /Art {3}MX\n {2}Name {2}\n {2}Ziel {2}mail\.example\.com\.\n {2}Prio {2}10\n {2}TTL {3}1h/,
    );
    assert.match(await steps(host, txt), /Ziel {2}"v=spf1 ip4:192\.0\.2\.10 \\"~all"/);
    assert.match(
      host.validate({ owner: "mail.example.com", type: "AAAA" })[0]?.message ?? "",
      /My registrar cannot hold AAAA/,
    );
  });
  it("each value of a set", async () => {
    const text = await steps(manual({ zone }), { ...a, values: ["192.0.2.10", "192.0.2.11"] });
    assert.match(text, /192\.0\.2\.10[\s\S]*\nand\n[\s\S]*192\.0\.2\.11/);
  });
  it("and refuse a panel that nobody knows, naming the one that was meant", () => {
    const host = manual({ zone, panel: "namecheep" as "namecheap" });
    const [problem] = host.validate({ owner: "mail.example.com", type: "A" });
    assert.equal(problem?.argument, "dns.panel");
    assert.match(problem?.fix ?? "", /namecheap/);
  });
});

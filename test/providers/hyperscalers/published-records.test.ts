import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { route53 } from "../../../providers/aws/dns";
import { azureDns } from "../../../providers/azure/dns";
import { cloudflare } from "../../../providers/cloudflare/dns";
import { digitaloceanDns } from "../../../providers/digitalocean/dns";
import type { DnsHost, RecordType } from "../../../providers/dns-host";
import { cloudDns } from "../../../providers/google/dns";
import { type Made, underMocks } from "./under-mocks";

const zone = "example.com";
const hosts = {
  route53: () => route53({ zone, zoneId: "Z1" }),
  cloudflare: () => cloudflare({ zone, zoneId: "c1" }),
  digitalocean: () => digitaloceanDns({ zone }),
  "cloud-dns": () => cloudDns({ zone, managedZone: "m1" }),
  "azure-dns": () => azureDns({ zone, resourceGroupName: "dns" }),
};

async function published(
  host: () => DnsHost,
  owner: string,
  type: RecordType,
  values: string[],
  ttl?: number,
): Promise<Made[]> {
  return underMocks(() => {
    host().publish("record", { owner, type, values, ...(ttl !== undefined && { ttl }) }, {});
  });
}

async function inputs(host: keyof typeof hosts, owner: string, type: RecordType, ...values: string[]): Promise<object> {
  const [made] = await published(hosts[host], owner, type, values);
  return made?.inputs ?? {};
}

const long = "k".repeat(300);

describe("Route 53 gets", () => {
  const cases: readonly (readonly [RecordType, string[], string[]])[] = [
    ["A", ["198.51.100.10"], ["198.51.100.10"]],
    ["MX", ["10 a.example.com", "20 b.example.com"], ["10 a.example.com", "20 b.example.com"]],
    ["TXT", ['say "hi"', long], ['say \\"hi\\"', `${"k".repeat(255)}""${"k".repeat(45)}`]],
    ["PTR", ["mail.example.com"], ["mail.example.com"]],
  ];
  for (const [type, values, records] of cases) {
    test(`${type} as one record set`, async () => {
      assert.deepEqual(await inputs("route53", "mail.example.com", type, ...values), {
        zoneId: "Z1",
        name: "mail.example.com",
        type,
        ttl: 300,
        records,
      });
    });
  }
});

describe("Cloudflare gets", () => {
  const whole = { zoneId: "c1", name: "mail.example.com", ttl: 1 };
  const cases: readonly (readonly [RecordType, string, object])[] = [
    ["A", "198.51.100.10", { content: "198.51.100.10", proxied: false }],
    ["AAAA", "2001:db8::1", { content: "2001:db8::1", proxied: false }],
    ["CNAME", "www.example.com", { content: "www.example.com", proxied: false }],
    ["MX", "10 mail.example.com", { content: "mail.example.com", priority: 10 }],
    ["TXT", "v=spf1 -all", { content: '"v=spf1 -all"' }],
    ["PTR", "mail.example.com", { content: "mail.example.com" }],
  ];
  for (const [type, value, expected] of cases) {
    test(`${type}, never proxied`, async () => {
      assert.deepEqual(await inputs("cloudflare", "mail.example.com", type, value), { ...whole, type, ...expected });
    });
  }
});

describe("DigitalOcean gets", () => {
  const cases: readonly (readonly [RecordType, string, object])[] = [
    ["A", "198.51.100.10", { value: "198.51.100.10" }],
    ["MX", "10 mail.example.com", { value: "mail.example.com.", priority: 10 }],
    ["CNAME", "www.example.com", { value: "www.example.com." }],
    ["TXT", 'say "hi"', { value: 'say "hi"' }],
  ];
  for (const [type, value, expected] of cases) {
    test(`${type}, relative to the domain`, async () => {
      const whole = { domain: zone, name: "mail", type };
      assert.deepEqual(await inputs("digitalocean", "mail.example.com", type, value), { ...whole, ...expected });
    });
  }

  test("the apex as @", async () => {
    const made = (await inputs("digitalocean", zone, "A", "198.51.100.10")) as { name?: string };
    assert.equal(made.name, "@");
  });
});

describe("Cloud DNS gets", () => {
  const cases: readonly (readonly [RecordType, string, string])[] = [
    ["A", "198.51.100.10", "198.51.100.10"],
    ["MX", "10 mail.example.com", "10 mail.example.com."],
    ["CNAME", "www.example.com", "www.example.com."],
    ["PTR", "mail.example.com", "mail.example.com."],
    ["TXT", "v=spf1 -all", '"v=spf1 -all"'],
  ];
  for (const [type, value, rrdata] of cases) {
    test(`${type} as in a zone file`, async () => {
      const whole = { managedZone: "m1", name: "mail.example.com.", type, ttl: 300 };
      assert.deepEqual(await inputs("cloud-dns", "mail.example.com", type, value), { ...whole, rrdatas: [rrdata] });
    });
  }
});

describe("Azure DNS gets", () => {
  const cases: readonly (readonly [RecordType, string, object])[] = [
    ["A", "198.51.100.10", { aRecords: [{ ipv4Address: "198.51.100.10" }] }],
    ["AAAA", "2001:db8::1", { aaaaRecords: [{ ipv6Address: "2001:db8::1" }] }],
    ["MX", "10 mail.example.com", { mxRecords: [{ preference: 10, exchange: "mail.example.com" }] }],
    ["CNAME", "www.example.com", { cnameRecord: { cname: "www.example.com" } }],
    ["PTR", "mail.example.com", { ptrRecords: [{ ptrdname: "mail.example.com" }] }],
    ["TXT", long, { txtRecords: [{ value: ["k".repeat(255), "k".repeat(45)] }] }],
  ];
  for (const [type, value, expected] of cases) {
    test(`${type} in the property of its type`, async () => {
      assert.deepEqual(await inputs("azure-dns", "mail.example.com", type, value), {
        resourceGroupName: "dns",
        zoneName: zone,
        relativeRecordSetName: "mail",
        recordType: type,
        ttl: 300,
        ...expected,
      });
    });
  }
});

describe("every DNS host", () => {
  for (const [name, host] of Object.entries(hosts)) {
    test(`${name} passes the TTL on`, async () => {
      const [made] = await published(host, "mail.example.com", "A", ["198.51.100.10"], 7200);
      assert.equal(made?.inputs.ttl, 7200);
      assert.equal(made?.name, "record");
    });
  }

  test("that knows single records makes one a value, the first under the record's own name", async () => {
    const mx = ["10 a.example.com", "20 b.example.com", "30 c.example.com"];
    for (const host of [hosts.cloudflare, hosts.digitalocean]) {
      const made = await published(host, "example.com", "MX", mx);
      assert.deepEqual(
        made.map((each) => each.name),
        ["record", "record-2", "record-3"],
      );
      assert.deepEqual(
        made.map((each) => each.inputs.priority),
        [10, 20, 30],
      );
    }
  });

  test("lets a transform change the record just before it is made", async () => {
    const [made] = await underMocks(() => {
      const host = cloudflare({
        zone,
        zoneId: "c1",
        transform: { record: (args) => ({ ...args, comment: pulumi.output("ours") }) },
      });
      host.publish("record", { owner: "mail.example.com", type: "A", values: ["198.51.100.10"] }, {});
    });
    assert.equal(made?.inputs.comment, "ours");
  });
});

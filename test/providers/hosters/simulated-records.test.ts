import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dnsCapabilities as ofAws } from "../../../providers/aws/facts";
import { aws } from "../../../providers/aws/simulation";
import { dnsCapabilities as ofAzure } from "../../../providers/azure/facts";
import { azure } from "../../../providers/azure/simulation";
import { dnsCapabilities as ofCloudflare } from "../../../providers/cloudflare/facts";
import { cloudflare } from "../../../providers/cloudflare/simulation";
import { digitalocean } from "../../../providers/digitalocean/simulation";
import type { DnsHostCapabilities } from "../../../providers/dns-host";
import { dnsCapabilities as ofGandi } from "../../../providers/gandi/facts";
import { gandi } from "../../../providers/gandi/simulation";
import { dnsCapabilities as ofGoogle } from "../../../providers/google/facts";
import { google } from "../../../providers/google/simulation";
import { dnsCapabilities as ofHetzner } from "../../../providers/hetzner/facts";
import { hetzner } from "../../../providers/hetzner/simulation";
import { saysItExists } from "../../../providers/internal/records/existing-record";
import type { Environment, Properties, SimulatedCloud } from "../../../providers/internal/simulation/simulated-cloud";
import { linode } from "../../../providers/linode/simulation";
import { ovh } from "../../../providers/ovh/simulation";
import { scaleway } from "../../../providers/scaleway/simulation";
import { vultr } from "../../../providers/vultr/simulation";

const ZONE = "example.com";
const OWNER = `mail.${ZONE}`;
const ADDRESS = "192.0.2.1";
const hex = (text: string) => Buffer.from(text).toString("hex");

/** `mail.example.com A 192.0.2.1` as each plugin takes it, in a zone that is there and in one that is not. */
const records: readonly (readonly [SimulatedCloud, string, Properties, Properties])[] = [
  [
    aws,
    "aws:route53/record:Record",
    { zoneId: `Z${hex(ZONE).toUpperCase()}`, name: OWNER, type: "A", ttl: 300, records: [ADDRESS] },
    { zoneId: "Z0" },
  ],
  [
    azure,
    "azure-native:dns:RecordSet",
    {
      resourceGroupName: "dns",
      zoneName: ZONE,
      relativeRecordSetName: "mail",
      recordType: "A",
      ttl: 300,
      aRecords: [{ ipv4Address: ADDRESS }],
    },
    { zoneName: "example.net" },
  ],
  [
    cloudflare,
    "cloudflare:index/dnsRecord:DnsRecord",
    { zoneId: hex(ZONE).padEnd(32, "0"), name: OWNER, type: "A", content: ADDRESS, ttl: 1, proxied: false },
    { zoneId: "0".repeat(32) },
  ],
  [
    digitalocean,
    "digitalocean:index/dnsRecord:DnsRecord",
    { domain: ZONE, type: "A", name: "mail", value: ADDRESS },
    { domain: "example.net" },
  ],
  [
    gandi,
    "gandi:livedns/record:Record",
    { zone: ZONE, name: "mail", type: "A", ttl: 300, values: [ADDRESS] },
    { zone: "example.net" },
  ],
  [
    google,
    "gcp:dns/recordSet:RecordSet",
    { managedZone: "example-com", name: `${OWNER}.`, type: "A", ttl: 300, rrdatas: [ADDRESS] },
    { managedZone: "example-net" },
  ],
  [
    hetzner,
    "hcloud:index/zoneRrset:ZoneRrset",
    { zone: ZONE, name: "mail", type: "A", records: [{ value: ADDRESS }] },
    { zone: "example.net" },
  ],
  [
    linode,
    "linode:index/domainRecord:DomainRecord",
    { domainId: 1, name: "mail", recordType: "A", target: ADDRESS },
    { domainId: 99 },
  ],
  [
    ovh,
    "ovh:Domain/zoneRecord:ZoneRecord",
    { zone: ZONE, subdomain: "mail", fieldtype: "A", target: ADDRESS },
    { zone: "example.net" },
  ],
  [
    scaleway,
    "scaleway:domain/record:Record",
    { dnsZone: ZONE, name: "mail", type: "A", data: ADDRESS },
    { dnsZone: "example.net" },
  ],
  [
    vultr,
    "vultr:index/dnsRecord:DnsRecord",
    { domain: ZONE, name: "mail", type: "A", data: ADDRESS },
    { domain: "x.net" },
  ],
];

/** What each plugin's deletion makes of a 404, as far as its source was read. */
const deletingWhatIsGone: Readonly<Record<string, "done" | "refused">> = {
  aws: "done",
  "azure-native": "done",
  gcp: "done",
  ovh: "done",
  cloudflare: "refused",
  gandi: "refused",
  linode: "refused",
  vultr: "refused",
};

/** An internet in which every change is seen at once. */
function fakeWorld(): Environment {
  const sets = new Map<string, readonly string[]>();
  let id = 0;
  const shown = (owner: string, type: string) => sets.get(`${owner} ${type}`) ?? [];
  return {
    allocate: () => ADDRESS,
    release: () => undefined,
    setPtr: () => undefined,
    ptr: () => null,
    setRecords: (owner, type, values) => void sets.set(`${owner} ${type}`, values),
    records: shown,
    zones: () => [ZONE],
    resolve: shown,
    nextId: () => ++id,
    note: () => undefined,
  };
}

describe("a simulated DNS host does as its plugin does", () => {
  for (const [cloud, type, inputs, elsewhere] of records) {
    const { check = (given) => given, create, read } = cloud.resources[type] ?? assert.fail(type);
    test(`${cloud.package}: a zone that is not there is refused when the record is made, not in a preview`, async () => {
      const world = fakeWorld();
      const wrong = { ...inputs, ...elsewhere };
      assert.doesNotThrow(() => check(wrong, world));
      await assert.rejects(async () => create(wrong, world));
    });
    test(`${cloud.package}: a refresh keeps a record that is there, and drops one that somebody took away`, async () => {
      const world = fakeWorld();
      const { id, outputs } = await create(check(inputs, world), world);
      assert.deepEqual(world.records(OWNER, "A"), [ADDRESS]);
      assert.ok(read?.(id, outputs, world));
      world.setRecords(OWNER, "A", []);
      assert.equal(read?.(id, outputs, world), undefined);
      const result = deletingWhatIsGone[cloud.package];
      const deleting = async () => cloud.resources[type]?.delete(id, outputs, world);
      if (result === "done") await deleting();
      if (result === "refused") await assert.rejects(deleting, /404/);
    });
  }

  test("one that refuses a record that exists says so in the words that its facts know", async () => {
    const refusing: Readonly<Record<string, DnsHostCapabilities>> = {
      aws: ofAws,
      "azure-native": ofAzure,
      cloudflare: ofCloudflare,
      gandi: ofGandi,
      hcloud: ofHetzner,
    };
    for (const [name, capabilities] of Object.entries(refusing)) {
      const [cloud, type, inputs] = records.find(([each]) => each.package === name) ?? assert.fail(name);
      const { create } = cloud.resources[type] ?? assert.fail(type);
      const world = fakeWorld();
      await create(inputs, world);
      await assert.rejects(
        async () => create(inputs, world),
        ({ message }: Error) => saysItExists({ capabilities }, message),
        name,
      );
    }
  });

  test("the words of the real ones", () => {
    const heard: readonly (readonly [DnsHostCapabilities, string])[] = [
      [
        ofAws,
        "Error building changeset: InvalidChangeBatch: [Tried to create resource record set [name='a.example.com.', type='CNAME'] but it already exists]",
      ],
      [ofAzure, "cannot create already existing subresource '/subscriptions/0/dnsZones/example.com/A/mail'"],
      [ofCloudflare, '{"code":81057,"message":"Record already exists."}'],
      [ofCloudflare, "A CNAME record with that host already exists. (81054)"],
      [ofGandi, "StatusCode: 409 ; Err: 409: This record already exists"],
      [ofGoogle, "The resource 'entity.rrset' named 'a.example.com. (A)' already exists, alreadyExists"],
    ];
    for (const [capabilities, error] of heard) {
      assert.equal(saysItExists({ capabilities }, error), true, error);
      assert.equal(saysItExists({ capabilities }, "500 Internal Server Error"), false);
    }
  });

  test("gcp: a record set that exists is overwritten", async () => {
    const world = fakeWorld();
    world.setRecords(OWNER, "A", ["192.0.2.99"]);
    const [, type, inputs] = records.find(([cloud]) => cloud === google) ?? assert.fail();
    await google.resources[type]?.create(inputs, world);
    assert.deepEqual(world.records(OWNER, "A"), [ADDRESS]);
  });
});

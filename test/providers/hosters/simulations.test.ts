import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { digitalocean } from "../../../providers/digitalocean/simulation";
import { gandi } from "../../../providers/gandi/simulation";
import { hetzner } from "../../../providers/hetzner/simulation";
import type {
  Environment,
  Properties,
  SimulatedCloud,
  SimulatedResource,
} from "../../../providers/internal/simulation/simulated-cloud";
import { linode } from "../../../providers/linode/simulation";
import { ovh } from "../../../providers/ovh/simulation";
import { scaleway } from "../../../providers/scaleway/simulation";
import { ownInstance, unreadable, vultr } from "../../../providers/vultr/simulation";

/** An internet in which every change is seen at once. */
function fakeWorld(zones: readonly string[] = ["example.com"]): Environment {
  const ptrs = new Map<string, string>();
  const sets = new Map<string, readonly string[]>();
  let id = 0;
  const allocated = { 4: 0, 6: 0 };
  const records = (owner: string, type: string) => sets.get(`${owner} ${type}`) ?? [];
  return {
    allocate: (family) => {
      allocated[family] += 1;
      return family === 4 ? `192.0.2.${allocated[4]}` : `2001:db8:${allocated[6]}::`;
    },
    release: (address) => void ptrs.delete(address),
    setPtr: (address, name) => void (name === null ? ptrs.delete(address) : ptrs.set(address, name)),
    ptr: (address) => ptrs.get(address) ?? null,
    setRecords: (owner, type, values) => void sets.set(`${owner} ${type}`, values),
    records,
    zones: () => zones,
    resolve: records,
    nextId: () => ++id,
    note: () => undefined,
  };
}

function resource(cloud: SimulatedCloud, type: string): SimulatedResource {
  const found = cloud.resources[type];
  assert.ok(found, type);
  return found;
}

async function made(cloud: SimulatedCloud, type: string, inputs: Properties, world: Environment) {
  const { check, create } = resource(cloud, type);
  return create(check?.(inputs, world) ?? inputs, world);
}

const hostname = "mail.example.com";

describe("a simulated cloud refuses in the real one's words", () => {
  const refusals: [string, SimulatedCloud, string, Properties, RegExp][] = [
    [
      "linode: no forward record",
      linode,
      "linode:index/rdns:Rdns",
      { address: "192.0.2.1", rdns: hostname },
      /Unable to perform a lookup/,
    ],
    [
      "linode: a preference that its plugin does not take",
      linode,
      "linode:index/domainRecord:DomainRecord",
      { domainId: 1, recordType: "MX", target: hostname, priority: 256 },
      /expected priority to be in the range \(0 - 255\), got 256/,
    ],
    [
      "linode: an IPv6 range for nobody",
      linode,
      "linode:index/ipv6Range:Ipv6Range",
      { prefixLength: 64 },
      /Either linode_id or route_target must be specified/,
    ],
    [
      "linode: a range of another size",
      linode,
      "linode:index/ipv6Range:Ipv6Range",
      { prefixLength: 48, linodeId: 4711 },
      /must be one of: \["56" "64"\]/,
    ],
    [
      "vultr: an address that the instance does not have",
      vultr,
      "vultr:index/reverseIpv4:ReverseIpv4",
      { instanceId: ownInstance, ip: "192.0.2.200", reverse: hostname },
      /Invalid IP address/,
    ],
    [
      "vultr: a PTR record",
      vultr,
      "vultr:index/dnsRecord:DnsRecord",
      { domain: "example.com", type: "PTR", data: hostname },
      /expected type to be one of .* got PTR/,
    ],
    [
      "scaleway: an address of another zone than the resource",
      scaleway,
      "scaleway:instance/ipReverseDns:IpReverseDns",
      { ipId: "nl-ams-1/10000000-0000-4000-8000-000000000001", reverse: hostname },
      /given ip_id nl-ams-1\/\S+ has different locality than the resource "fr-par-1"/,
    ],
    [
      "scaleway: a block of another region than the resource",
      scaleway,
      "scaleway:ipam/ipReverseDns:IpReverseDns",
      { ipamIpId: "nl-ams/20000000-0000-4000-8000-000000000001", address: "2001:db8:1::1", hostname },
      /resource ip with ID \S+ is not found/,
    ],
    [
      "ovh: no forward record",
      ovh,
      "ovh:Ip/reverse:Reverse",
      { ip: "192.0.2.1/32", ReverseIp: "192.0.2.1", ReverseValue: `${hostname}.`, readinessTimeoutDuration: "1s" },
      /Cannot check if mail\.example\.com resolves to 192\.0\.2\.1/,
    ],
    [
      "ovh: an address instead of its block",
      ovh,
      "ovh:Ip/reverse:Reverse",
      { ip: "192.0.2.1", ReverseIp: "192.0.2.1", ReverseValue: hostname },
      /is not a valid IP block/,
    ],
    [
      "ovh: a TTL below a minute",
      ovh,
      "ovh:Domain/zoneRecord:ZoneRecord",
      { zone: "example.com", fieldtype: "A", target: "192.0.2.1", ttl: 30 },
      /greater than or equal to 60, got: 30/,
    ],
    [
      "gandi: a TTL below five minutes",
      gandi,
      "gandi:livedns/record:Record",
      { zone: "example.com", name: "mail", type: "A", ttl: 60, values: ["192.0.2.1"] },
      /between 300 and 2592000/,
    ],
  ];
  for (const [what, cloud, type, inputs, expected] of refusals) {
    it(what, () => assert.rejects(async () => made(cloud, type, inputs, fakeWorld()), expected));
  }
});

describe("a simulated cloud has the real one's traps", () => {
  it("scaleway: a PTR that is moved in place stays on the old address", async () => {
    const world = fakeWorld();
    const type = "scaleway:instance/ip:Ip";
    const [one, two] = [await made(scaleway, type, {}, world), await made(scaleway, type, {}, world)];
    world.setRecords(hostname, "A", ["192.0.2.1", "192.0.2.2"]);
    const reverse = resource(scaleway, "scaleway:instance/ipReverseDns:IpReverseDns");
    const inputs = { ipId: one.id, reverse: hostname };
    const { id, outputs } = await reverse.create(inputs, world);
    await reverse.update?.(id, outputs, { ...inputs, ipId: two.id }, world);
    assert.equal(world.ptr("192.0.2.1"), hostname);
    assert.notEqual(world.ptr("192.0.2.2"), hostname);
  });

  it("scaleway: a second PTR in an IPv6 block erases the first", async () => {
    const world = fakeWorld();
    await made(scaleway, "scaleway:instance/ip:Ip", { type: "routed_ipv6" }, world);
    world.setRecords(hostname, "AAAA", ["2001:db8:1::1", "2001:db8:1::2"]);
    const listed = scaleway.functions?.["scaleway:ipam/getIps:getIps"]?.({ type: "ipv6" }, world);
    const [block] = (listed?.ips ?? []) as { id: string }[];
    for (const address of ["2001:db8:1::1", "2001:db8:1::2"]) {
      await made(
        scaleway,
        "scaleway:ipam/ipReverseDns:IpReverseDns",
        { ipamIpId: block?.id, address, hostname },
        world,
      );
    }
    assert.equal(world.ptr("2001:db8:1::1"), null);
    assert.equal(world.ptr("2001:db8:1::2"), hostname);
  });

  it("vultr: an IPv6 PTR that was not written out looks gone to a refresh", async () => {
    const world = fakeWorld();
    const found = vultr.functions?.["vultr:index/getInstance:getInstance"]?.(
      { filters: [{ name: "id", values: [ownInstance] }] },
      world,
    );
    const reverse = resource(vultr, "vultr:index/reverseIpv6:ReverseIpv6");
    const { id, outputs } = await reverse.create(
      { instanceId: ownInstance, ip: found?.v6MainIp, reverse: hostname },
      world,
    );
    assert.equal(reverse.read?.(id, outputs, world), undefined);
  });

  it("linode: deleting the rDNS brings the generic name back", async () => {
    const world = fakeWorld();
    await made(linode, "linode:index/networkingIp:NetworkingIp", { reserved: true, region: "us-east" }, world);
    world.setRecords(hostname, "A", ["192.0.2.1"]);
    const { id, outputs } = await made(
      linode,
      "linode:index/rdns:Rdns",
      { address: "192.0.2.1", rdns: hostname },
      world,
    );
    assert.equal(world.ptr("192.0.2.1"), hostname);
    await resource(linode, "linode:index/rdns:Rdns").delete(id, outputs, world);
    assert.equal(world.ptr("192.0.2.1"), "192-0-2-1.ip.linodeusercontent.com");
  });

  it("linode: with waitForAvailable, a forward record that comes late is waited for", async () => {
    const world = fakeWorld();
    setTimeout(() => world.setRecords(hostname, "A", ["192.0.2.1"]), 60);
    await made(
      linode,
      "linode:index/rdns:Rdns",
      { address: "192.0.2.1", rdns: hostname, waitForAvailable: true },
      world,
    );
    assert.equal(world.ptr("192.0.2.1"), hostname);
  });

  it("hetzner: a lost PTR of IPv6 is taken out of the state, one of IPv4 is a difference", async () => {
    const world = fakeWorld();
    const rdns = resource(hetzner, "hcloud:index/rdns:Rdns");
    for (const [type, lost] of [
      ["ipv4", "static.1.2.0.192.clients.your-server.de"],
      ["ipv6", undefined],
    ] as const) {
      const { id, outputs } = await made(hetzner, "hcloud:index/primaryIp:PrimaryIp", { type }, world);
      const ptr = await rdns.create({ primaryIpId: Number(id), ipAddress: outputs.ipAddress, dnsPtr: hostname }, world);
      await rdns.delete(ptr.id, ptr.outputs, world);
      assert.equal(rdns.read?.(ptr.id, ptr.outputs, world)?.dnsPtr, lost, type);
    }
  });

  it("hetzner: what the API adds to a primary IP and a record set", async () => {
    const world = fakeWorld();
    const ip = await made(hetzner, "hcloud:index/primaryIp:PrimaryIp", { type: "ipv4", location: "fsn1" }, world);
    assert.equal(ip.outputs.assigneeId, 0);
    assert.equal(ip.outputs.assigneeType, "server");
    assert.equal("ipNetwork" in ip.outputs, false);
    const set = await made(
      hetzner,
      "hcloud:index/zoneRrset:ZoneRrset",
      { zone: "example.com", name: "mail", type: "A", records: [{ value: "192.0.2.1" }] },
      world,
    );
    assert.equal(set.id, "mail/A");
    assert.deepEqual([set.outputs.changeProtection, set.outputs.labels], [false, {}]);
  });

  it("digitalocean: a droplet whose IPv6 is switched off is replaced, one that gets it is not", () => {
    const { replacedBy } = resource(digitalocean, "digitalocean:index/droplet:Droplet");
    assert.deepEqual(replacedBy?.(["ipv6"], { ipv6: true }, {}), ["ipv6"]);
    assert.deepEqual(replacedBy?.(["ipv6"], { ipv6: false }, { ipv6: true }), []);
  });

  it("linode: an empty name is no change, and an update keeps the old one", async () => {
    const world = fakeWorld();
    const record = resource(linode, "linode:index/domainRecord:DomainRecord");
    const inputs = { domainId: 1, name: "mail", recordType: "A", target: "192.0.2.1" };
    const { id, outputs } = await record.create(inputs, world);
    assert.deepEqual(record.planned?.(["name", "target"], outputs, { ...inputs, name: "" }), ["target"]);
    await record.update?.(id, outputs, { ...inputs, name: "", target: "192.0.2.2" }, world);
    assert.deepEqual(world.records(hostname, "A"), ["192.0.2.2"]);
    await record.update?.(id, outputs, { ...inputs, name: "example.com" }, world);
    assert.deepEqual(world.records("example.com", "A"), ["192.0.2.1"]);
  });

  it("vultr: a priority that was not given is a change at every run, and an unreadable record is gone", async () => {
    const world = fakeWorld();
    const record = resource(vultr, "vultr:index/dnsRecord:DnsRecord");
    const inputs = { domain: "example.com", name: "", type: "TXT", data: '"v=spf1 -all"' };
    const { id, outputs } = await record.create(inputs, world);
    assert.equal(outputs.priority, -1);
    assert.deepEqual(record.planned?.([], outputs, inputs), ["priority"]);
    assert.deepEqual(record.read?.(id, outputs, world), outputs);
    unreadable(world).set(id, true);
    assert.equal(record.read?.(id, outputs, world), undefined);
  });

  it("scaleway: text in quotes is a change at every run, and a flexible address is found in its own zone alone", async () => {
    const world = fakeWorld();
    const record = resource(scaleway, "scaleway:domain/record:Record");
    for (const [data, planned] of [
      ['"v=spf1 -all"', ["data"]],
      ["v=spf1 -all", []],
    ] as const) {
      const inputs = { dnsZone: "example.com", name: "", type: "TXT", data };
      const { outputs } = await record.create(inputs, world);
      assert.deepEqual(record.planned?.([], outputs, inputs), planned, data);
    }
    const { id } = await made(scaleway, "scaleway:instance/ip:Ip", { zone: "nl-ams-1" }, world);
    const getIp = scaleway.functions?.["scaleway:instance/getIp:getIp"];
    assert.equal(getIp?.({ id }, world).address, undefined);
    assert.equal(getIp?.({ id, zone: "nl-ams-1" }, world).address, "192.0.2.1");
  });
});

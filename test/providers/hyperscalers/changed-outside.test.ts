import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { aws } from "../../../providers/aws/simulation";
import { google, simulateGoogle } from "../../../providers/google/simulation";
import type { Environment, Properties, SimulatedCloud } from "../../../providers/internal/simulation/simulated-cloud";

const ZONE = "example.com";
const OWNER = `mail.${ZONE}`;

/** An internet in which every change is seen at once. */
function fakeWorld(): Environment {
  const sets = new Map<string, readonly string[]>();
  const ptrs = new Map<string, string>();
  let id = 0;
  const records = (owner: string, type: string) => sets.get(`${owner} ${type}`) ?? [];
  return {
    allocate: () => "198.18.4.10",
    release: () => undefined,
    setPtr: (address, name) => void (name === null ? ptrs.delete(address) : ptrs.set(address, name)),
    ptr: (address) => ptrs.get(address) ?? null,
    setRecords: (owner, type, values) => void sets.set(`${owner} ${type}`, values),
    records,
    zones: () => [ZONE],
    resolve: records,
    nextId: () => ++id,
    note: () => undefined,
  };
}

function resource(cloud: SimulatedCloud, type: string) {
  return cloud.resources[type] ?? assert.fail(type);
}

describe("a record set at Google that somebody else has changed", () => {
  const { create, update, read, delete: remove } = resource(google, "gcp:dns/recordSet:RecordSet");
  const inputs = { managedZone: "example-com", name: `${OWNER}.`, type: "A", ttl: 300, rrdatas: ["192.0.2.1"] };
  const changed = async () => {
    const world = fakeWorld();
    const { id, outputs } = await create(inputs, world);
    world.setRecords(OWNER, "A", ["192.0.2.9"]);
    return { world, id, outputs };
  };

  test("is neither changed nor deleted", async () => {
    const { world, id, outputs } = await changed();
    const wanted = { ...inputs, rrdatas: ["192.0.2.2"] };
    await assert.rejects(async () => update?.(id, outputs, wanted, world), /Error changing DNS RecordSet: .*412/);
    await assert.rejects(async () => remove(id, outputs, world), /Error deleting DNS RecordSet: .*412/);
    assert.deepEqual(world.records(OWNER, "A"), ["192.0.2.9"]);
  });

  test("is changed and deleted once a refresh has seen it", async () => {
    const { world, id, outputs } = await changed();
    const seen = read?.(id, outputs, world) ?? assert.fail("gone");
    assert.deepEqual(seen.rrdatas, ["192.0.2.9"]);
    const wanted = { ...inputs, rrdatas: ["192.0.2.2"] };
    const after = (await update?.(id, seen, wanted, world)) ?? assert.fail("no update");
    assert.deepEqual(world.records(OWNER, "A"), ["192.0.2.2"]);
    await remove(id, after, world);
    assert.deepEqual(world.records(OWNER, "A"), []);
  });
});

test("an Elastic IP that was released outside: the refresh of its domain name is an error, its deletion is not", async () => {
  const world = fakeWorld();
  const eip = resource(aws, "aws:ec2/eip:Eip");
  const domainName = resource(aws, "aws:ec2/eipDomainName:EipDomainName");
  const { id, outputs } = await eip.create({ domain: "vpc" }, world);
  world.setRecords(OWNER, "A", [String(outputs.publicIp)]);
  const name = await domainName.create({ allocationId: id, domainName: OWNER }, world);
  assert.ok(domainName.read?.(name.id, name.outputs, world));
  await domainName.delete(name.id, name.outputs, world);
  assert.equal(domainName.read?.(name.id, name.outputs, world), undefined, "a PTR that was reset is gone");
  await eip.delete(id, outputs, world);
  assert.throws(() => domainName.read?.(name.id, name.outputs, world), /reading EC2 EIP Domain Name .*NotFound/);
  await domainName.delete(name.id, name.outputs, world);
});

test("a new PTR that Google refuses leaves the machine without its IPv4 address until the next run that sets one", async () => {
  const world = fakeWorld();
  const cloud = simulateGoogle({ unverified: ["other.example.com"] });
  const address = await resource(cloud, "gcp:compute/address:Address").create({ region: "europe-west1" }, world);
  const machine = resource(cloud, "gcp:compute/instance:Instance");
  const inputs = (publicPtrDomainName: string): Properties => ({
    zone: "europe-west1-b",
    networkInterfaces: [
      { network: "default", accessConfigs: [{ natIp: address.outputs.address, publicPtrDomainName }] },
    ],
  });
  const configs = (state: Properties | undefined) =>
    (state?.networkInterfaces as { accessConfigs: unknown[] }[] | undefined)?.[0]?.accessConfigs.length;
  const { id, outputs } = await machine.create(inputs(`${OWNER}.`), world);
  assert.equal(configs(machine.read?.(id, outputs, world)), 1);
  await assert.rejects(
    async () => machine.update?.(id, outputs, inputs("mx.other.example.com."), world),
    /verify ownership/,
  );
  const seen = machine.read?.(id, outputs, world) ?? assert.fail("gone");
  assert.equal(configs(seen), 0);
  await machine.update?.(id, seen, inputs(`${OWNER}.`), world);
  assert.equal(configs(machine.read?.(id, outputs, world)), 1);
  await machine.delete(id, outputs, world);
  assert.equal(machine.read?.(id, outputs, world), undefined);
});

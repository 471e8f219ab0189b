import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import type { Family } from "../../../providers/cloud";
import {
  accessConfig,
  addressAmong,
  type GoogleArgs,
  google,
  ipv6AccessConfig,
  type SendingAddress,
} from "../../../providers/google/cloud";
import { ipv6RenameText } from "../../../providers/google/ipv6-ptr";
import { simulateGoogle } from "../../../providers/google/simulation";
import type { Environment, Properties } from "../../../providers/internal/simulation/simulated-cloud";
import { type Made, madeBy } from "./under-mocks";

const hostname = "mail.example.com";

function bringUp(args: GoogleArgs, families: readonly Family[]): Promise<Made[]> {
  const address = (ipVersion: unknown) => (ipVersion === "IPV6" ? "2001:db8:4:1::" : "198.18.4.10");
  return madeBy(
    () => google(args),
    families,
    (_type, { ipVersion }) => ({ address: address(ipVersion) }),
  );
}

describe("a machine at Google", () => {
  test("is one, with an access config for each family that carries its PTR", async () => {
    const made = await bringUp({ subnetwork: "dual" }, [4, 6]);
    assert.deepEqual(
      made.map(({ type }) => type),
      ["gcp:compute/address:Address", "gcp:compute/address:Address", "gcp:compute/instance:Instance"],
    );
    const publicPtrDomainName = "mail.example.com.";
    assert.deepEqual(made[2]?.inputs.networkInterfaces, [
      {
        subnetwork: "dual",
        stackType: "IPV4_IPV6",
        accessConfigs: [{ natIp: "198.18.4.10", networkTier: "PREMIUM", publicPtrDomainName }],
        ipv6AccessConfigs: [
          {
            name: "external-ipv6",
            externalIpv6: "2001:db8:4:1::",
            externalIpv6PrefixLength: "96",
            networkTier: "PREMIUM",
            publicPtrDomainName,
          },
        ],
      },
    ]);
    assert.equal(made[1]?.inputs.ipv6EndpointType, "VM");
  });

  test("is as its arguments say, apart from the interface", async () => {
    const made = await bringUp(
      { region: "europe-west3", instance: { machineType: "n2-standard-2", tags: ["mta"] } },
      [4],
    );
    const machine = made.find(({ type }) => type === "gcp:compute/instance:Instance")?.inputs;
    assert.equal(machine?.machineType, "n2-standard-2");
    assert.equal(machine?.zone, "europe-west3-b");
    assert.deepEqual(machine?.tags, ["mta"]);
  });

  test("is not made when it is the user's", async () => {
    const made = await bringUp({ instance: "mine" }, [4]);
    assert.deepEqual(
      made.map(({ type }) => type),
      ["gcp:compute/address:Address"],
    );
  });
});

describe("the access config for a machine of one's own", () => {
  const mail: SendingAddress = {
    hostname: pulumi.output(hostname),
    endpoints: pulumi.output([
      { address: "198.18.4.10", family: 4 as const },
      { address: "2001:db8:4:1::", family: 6 as const },
    ]),
  };
  const plain = (value: object) => pulumi.output(value) as pulumi.Output<object> & { promise(): Promise<object> };

  test("has the static address and the host name with its final dot", async () => {
    assert.deepEqual(await plain(accessConfig(mail)).promise(), {
      natIp: "198.18.4.10",
      networkTier: "PREMIUM",
      publicPtrDomainName: "mail.example.com.",
    });
    assert.deepEqual(await plain(ipv6AccessConfig(mail)).promise(), {
      name: "external-ipv6",
      externalIpv6: "2001:db8:4:1::",
      externalIpv6PrefixLength: "96",
      networkTier: "PREMIUM",
      publicPtrDomainName: "mail.example.com.",
    });
  });

  test("says so when there is no address for it", () => {
    assert.throws(() => addressAmong([{ address: "198.18.4.10", family: 4 }], 6), /no IPv6 address.*set ipv6: true/s);
  });
});

describe("an update that would have to change the IPv6 PTR of a machine", () => {
  const machine = (publicPtrDomainName?: string, v4 = "mail.example.com.") => ({
    name: "mail-1",
    project: "shop",
    zone: "europe-west1-b",
    networkInterfaces: [
      {
        accessConfigs: [{ natIp: "198.18.4.10", publicPtrDomainName: v4 }],
        ipv6AccessConfigs: [{ externalIpv6: "2001:db8:4:1::", ...(publicPtrDomainName && { publicPtrDomainName }) }],
      },
    ],
  });
  const v4Only = (publicPtrDomainName: string) => ({
    networkInterfaces: [{ accessConfigs: [{ natIp: "198.18.4.10", publicPtrDomainName }], ipv6AccessConfigs: [] }],
  });

  test("is refused with the command that changes it, which leaves IPv4 to the next run", () => {
    assert.equal(
      ipv6RenameText(machine("mail.example.com."), machine("mx.example.com.", "mx.example.com.")),
      [
        "The IPv6 PTR of mail-1 (2001:db8:4:1::) is mail.example.com, and Google's plugin cannot change it to mx.example.com on an existing machine. The machine was left as it is, and the records of mail.example.com too.",
        "  fix       gcloud compute instances update-access-config mail-1 --project=shop --zone=europe-west1-b --ipv6-public-ptr-domain=mx.example.com.",
        "            then run pulumi up --refresh, which sees this change and makes the others.",
      ].join("\n"),
    );
  });

  test("is refused where the PTR is gone", () => {
    assert.match(
      ipv6RenameText(machine(), machine("mail.example.com.")) ?? "",
      /is not set, and .* as it is\.\n {2}fix {7}gcloud .*--ipv6-public-ptr-domain=mail\.example\.com\.\n/,
    );
  });

  test("is no other one", () => {
    assert.equal(
      ipv6RenameText(machine("mx.example.com."), machine("mx.example.com.", "other.example.com.")),
      undefined,
    );
    assert.equal(ipv6RenameText(machine("MX.example.com"), machine("mx.example.com.")), undefined);
    assert.equal(ipv6RenameText(v4Only("mail.example.com."), v4Only("mx.example.com.")), undefined);
    assert.equal(ipv6RenameText({}, {}), undefined);
  });
});

test("the simulated machine: an update moves the PTR of IPv4, never that of IPv6, and a refresh shows both", async () => {
  const ptrs = new Map<string, string | null>();
  const free = ["198.18.4.10", "2001:db8:4:1::"];
  const environment: Environment = {
    allocate: () => free.shift() ?? assert.fail("no address left"),
    release: () => undefined,
    setPtr: (address, hostname) => void ptrs.set(address, hostname),
    ptr: (address) => ptrs.get(address) ?? null,
    setRecords: () => undefined,
    records: () => [],
    zones: () => ["example.com"],
    resolve: () => [],
    nextId: () => 1,
    note: () => undefined,
  };
  const { resources } = simulateGoogle();
  const addresses = resources["gcp:compute/address:Address"] ?? assert.fail();
  await addresses.create({ name: "v4", region: "europe-west1" }, environment);
  await addresses.create({ name: "v6", region: "europe-west1", ipVersion: "IPV6", subnetwork: "dual" }, environment);
  const inputs = (publicPtrDomainName: string) => ({
    zone: "europe-west1-b",
    networkInterfaces: [
      {
        subnetwork: "dual",
        stackType: "IPV4_IPV6",
        accessConfigs: [{ natIp: "198.18.4.10", publicPtrDomainName }],
        ipv6AccessConfigs: [{ externalIpv6: "2001:db8:4:1::", publicPtrDomainName }],
      },
    ],
  });
  const shown = (outputs: Properties = {}) => {
    const [card] = outputs.networkInterfaces as ReturnType<typeof inputs>["networkInterfaces"];
    return [card?.accessConfigs[0]?.publicPtrDomainName, card?.ipv6AccessConfigs[0]?.publicPtrDomainName];
  };

  const { create, update, read, planned } = resources["gcp:compute/instance:Instance"] ?? assert.fail();
  const { id, outputs } = await create(inputs("mail.example.com."), environment);
  assert.deepEqual([...ptrs.values()], ["mail.example.com", "mail.example.com"]);
  assert.deepEqual(planned?.([], outputs, inputs("mail.example.com.")), []);

  const updated = await update?.(id, outputs, inputs("mx.example.com."), environment);
  assert.deepEqual([...ptrs.values()], ["mx.example.com", "mail.example.com"]);
  assert.deepEqual(shown(updated), ["mx.example.com.", "mail.example.com."]);
  assert.deepEqual(planned?.([], updated ?? {}, inputs("mx.example.com.")), ["networkInterfaces"]);

  environment.setPtr("2001:db8:4:1::", "mx.example.com");
  const refreshed = read?.(id, updated ?? {}, environment);
  assert.deepEqual(shown(refreshed), ["mx.example.com.", "mx.example.com."]);
  assert.deepEqual(planned?.([], refreshed ?? {}, inputs("mx.example.com.")), []);
});

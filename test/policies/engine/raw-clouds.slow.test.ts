import * as assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Eip } from "@pulumi/aws/ec2/eip";
import { EipDomainName } from "@pulumi/aws/ec2/eipDomainName";
import { Droplet } from "@pulumi/digitalocean/droplet";
import { ZoneRrset } from "@pulumi/hcloud";
import { NetworkingIp } from "@pulumi/linode/networkingIp";
import { Rdns } from "@pulumi/linode/rdns";
import type { Input, Resource } from "@pulumi/pulumi";
import { failed, succeeded, withSandbox } from "../../engine/engine-stack";

const policyPacks = [join(__dirname, "..", "..", "..", "policies")];

/** A stack that does not use this package: three clouds and one DNS host, each with its raw resources. */
const program = async () => {
  const a = (name: string, address: Input<string>): Resource =>
    new ZoneRrset(
      name,
      { zone: "example.com", name, type: "A", records: [{ value: address }] },
      { deleteBeforeReplace: true },
    );

  const eip = new Eip("eip", { domain: "vpc" });
  const eipName = new EipDomainName(
    "eip",
    { allocationId: eip.allocationId, domainName: "a.example.com" },
    { dependsOn: [a("a", eip.publicIp)] },
  );

  const reserved = new NetworkingIp("linode", { type: "ipv4", public: true, reserved: true, region: "de-fra-2" });
  new Rdns(
    "linode",
    { address: reserved.address, rdns: "b.example.com", waitForAvailable: true },
    { dependsOn: [a("b", reserved.address)] },
  );

  const droplet = new Droplet("droplet", {
    name: "c.example.com",
    image: "debian-12-x64",
    region: "fra1",
    size: "s-1vcpu-1gb",
  });
  a("c", droplet.ipv4Address);
  return { aws: eip.publicIp, linode: reserved.address, digitalocean: droplet.ipv4Address, done: eipName.id };
};

describe("the gate on raw resources of several clouds", () => {
  it("finds every address by itself, and each one that stops round-tripping", (t) =>
    withSandbox(
      t,
      { program, config: { "fcrdns:deadlineSeconds": "2" }, project: "shop" },
      async ({ stack, internet }) => {
        const preview = succeeded(await stack.preview({ policyPacks }));
        assert.deepEqual(preview.violations, []);
        const { outputs, violations } = succeeded(await stack.up({ policyPacks }));
        assert.deepEqual(violations, []);

        const expected: string[] = [];
        for (const cloud of ["aws", "linode", "digitalocean"]) {
          await internet.setPtr(String(outputs[cloud]), null);
          expected.push(String(outputs[cloud]));
        }
        await internet.settled();
        const run = failed(await stack.up({ policyPacks }));
        const found = run.violations.filter(({ policy }) => policy === "fcrdns-round-trip");
        assert.deepEqual(found.map(({ urn }) => urn.split("::")[2]).sort(), [
          "aws:ec2/eipDomainName:EipDomainName",
          "digitalocean:index/droplet:Droplet",
          "linode:index/rdns:Rdns",
        ]);
        for (const address of expected)
          assert.ok(
            found.some(({ message }) => message.includes(address)),
            address,
          );
      },
    ));
});

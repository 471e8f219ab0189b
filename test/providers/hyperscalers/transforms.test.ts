import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type * as pulumi from "@pulumi/pulumi";
import { aws } from "../../../providers/aws/cloud";
import { azure } from "../../../providers/azure/cloud";
import type { Cloud, Family } from "../../../providers/cloud";
import { digitalocean } from "../../../providers/digitalocean/cloud";
import { google } from "../../../providers/google/cloud";
import { type Made, madeBy } from "./under-mocks";

const hostname = "mail.example.com";

function bringUp(cloud: Cloud, families: readonly Family[] = [4]): Promise<Made[]> {
  return madeBy(
    () => cloud,
    families,
    () => ({
      allocationId: "eipalloc-1",
      publicIp: "198.51.100.10",
      address: "198.18.4.10",
      ipAddress: "198.18.3.10",
      name: "named-by-the-cloud",
    }),
  );
}

/** Seen by a transform: the name and the arguments as they would have been. */
type Seen = Record<string, object>;

function note<Args extends object>(seen: Seen, change: NoInfer<Partial<Args>>) {
  return (args: Args, _options: pulumi.CustomResourceOptions, name: string): Args => {
    seen[name] = args;
    return { ...args, ...change };
  };
}

describe("each underlying resource can be changed just before it is made", () => {
  test("at AWS", async () => {
    const seen: Seen = {};
    const made = await bringUp(
      aws({
        transform: { eip: note(seen, { tags: { team: "mail" } }), eipDomainName: note(seen, { region: "eu-west-1" }) },
      }),
    );
    assert.deepEqual(Object.keys(seen), ["mail-address-v4", "mail-ptr-v4"]);
    assert.deepEqual(made[0]?.inputs, { domain: "vpc", tags: { team: "mail" } });
    assert.deepEqual(made[1]?.inputs, { allocationId: "eipalloc-1", domainName: hostname, region: "eu-west-1" });
  });

  test("at Azure", async () => {
    const seen: Seen = {};
    const made = await bringUp(
      azure({
        transform: {
          resourceGroup: note(seen, { location: "northeurope" }),
          publicIpAddress: note(seen, { idleTimeoutInMinutes: 9 }),
          deployment: note(seen, { deploymentName: "ptr" }),
        },
      }),
    );
    assert.deepEqual(Object.keys(seen), ["mail-group", "mail-address-v4", "mail-ptr-v4"]);
    assert.equal(made[0]?.inputs.location, "northeurope");
    assert.equal(made[1]?.inputs.idleTimeoutInMinutes, 9);
    assert.equal(made[2]?.inputs.deploymentName, "ptr");
  });

  test("at DigitalOcean, where the droplet bears the host name", async () => {
    const seen: Seen = {};
    const made = await bringUp(
      digitalocean({ create: { region: "ams3" }, transform: { droplet: note(seen, { monitoring: true }) } }),
    );
    assert.deepEqual(made[0]?.inputs, {
      name: hostname,
      region: "ams3",
      size: "s-1vcpu-1gb",
      image: "debian-12-x64",
      monitoring: true,
    });
  });

  test("at Google", async () => {
    const seen: Seen = {};
    const made = await bringUp(
      google({
        transform: { address: note(seen, { labels: { team: "mail" } }), instance: note(seen, { tags: ["mta"] }) },
      }),
    );
    assert.deepEqual(Object.keys(seen), ["mail-address-v4", "mail-instance"]);
    assert.deepEqual(made[0]?.inputs.labels, { team: "mail" });
    assert.deepEqual(made[1]?.inputs.tags, ["mta"]);
  });
});

describe("a droplet", () => {
  test("has IPv6 only when it was asked for", async () => {
    const asked = await bringUp(digitalocean({ ipv6WithoutSmtp: true }), [4, 6]);
    assert.equal(asked.length, 1, "one droplet carries both addresses");
    assert.equal(asked[0]?.inputs.ipv6, true);
    assert.equal((await bringUp(digitalocean()))[0]?.inputs.ipv6, undefined);
  });
});

import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud, CloudCapabilities } from "../../../providers/cloud";
import { contabo } from "../../../providers/contabo/cloud";
import { hetznerRobot } from "../../../providers/hetzner-robot/cloud";
import { hostinger } from "../../../providers/hostinger/cloud";
import { isRestApiName } from "../../../providers/internal/rest/apis";
import { ionos } from "../../../providers/ionos/cloud";
import { leaseweb } from "../../../providers/leaseweb/cloud";
import { netcup } from "../../../providers/netcup/cloud";
import { powerdns } from "../../../providers/powerdns/cloud";
import { upcloud } from "../../../providers/upcloud/cloud";

const clouds = { "hetzner-robot": hetznerRobot, hostinger, contabo, netcup, upcloud, leaseweb, ionos, powerdns };

function refused(cloud: Cloud, families: readonly (4 | 6)[] = [4]): string {
  const problems = cloud.validate({ hostname: "mail.example.com", families });
  return problems.map(({ argument, message, fix }) => `${argument}: ${message}. ${fix}`).join("\n");
}

for (const [name, make] of Object.entries(clouds)) {
  describe(`the cloud ${name}`, () => {
    it("takes an address of each family, and no two of one", () => {
      const cloud = make({ addresses: ["2001:db8::25", "203.0.113.7"] });
      assert.equal(cloud.name, name);
      assert.ok(isRestApiName(cloud.name));
      assert.deepEqual(cloud.families, [4, 6]);
      assert.equal(refused(cloud, [4, 6]), "");
      assert.match(refused(make({ addresses: ["203.0.113.7"] }), [4, 6]), /no IPv6 address was given/);
      assert.match(refused(make({ addresses: ["203.0.113.7", "203.0.113.8"] })), /2 IPv4 addresses/);
      assert.match(refused(make({ addresses: ["203.0.113.0/24"] })), /is a prefix/);
    });

    it("says what is known, with its source and day", () => {
      const { reverse, port25 }: CloudCapabilities = make({ addresses: [] }).capabilities;
      for (const { how, sources } of [reverse[4], reverse[6]]) {
        assert.equal(how, "rest");
        for (const { source, date } of sources) assert.match(`${source} ${date}`, /^.{10,} \d{4}-\d{2}-\d{2}$/);
      }
      assert.ok(port25.advice.length > 5);
    });
  });
}

describe("a secret in the clear", () => {
  it("is refused before anything exists; names may be read by everybody", () => {
    const values = { "hetzner-robot:user": "#ws+abc", "hetzner-robot:password": "hunter22" };
    pulumi.runtime.setAllConfig(values, []);
    const said = refused(hetznerRobot({ addresses: ["203.0.113.7"] }));
    assert.match(said, /^config hetzner-robot:password: is not set as a secret/);
    assert.doesNotMatch(said, /hetzner-robot:user|hunter22/);
    pulumi.runtime.setAllConfig(values, ["hetzner-robot:password"]);
    assert.equal(refused(hetznerRobot({ addresses: ["203.0.113.7"] })), "");
  });
});

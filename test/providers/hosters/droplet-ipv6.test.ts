import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { digitalocean } from "../../../providers/digitalocean/cloud";
import { broughtUp } from "./context";
import { recorded } from "./recorded-resources";

const outputs = () => ({ ipv4Address: "192.0.2.10", ipv6Address: "2001:db8::1" });

describe("a droplet that has IPv6", () => {
  it("keeps it, and so its address, where mail no longer leaves over IPv6", async () => {
    const { resources } = await recorded(() => broughtUp(digitalocean(), [4]), outputs);
    assert.deepEqual(resources[0]?.options.ignoreChanges, ["ipv6"]);
  });

  it("can be given to one that has none", async () => {
    const { resources } = await recorded(() => broughtUp(digitalocean({ ipv6WithoutSmtp: true }), [4, 6]), outputs);
    assert.equal(resources[0]?.inputs.ipv6, true);
    assert.deepEqual(resources[0]?.options.ignoreChanges, []);
  });
});

import * as assert from "node:assert/strict";
import { test } from "node:test";
import type { Endpoint } from "../../../components/sending-ip";
import { digitalocean } from "../../../providers/digitalocean/cloud";
import { digitaloceanDns } from "../../../providers/digitalocean/dns";
import { failed, succeeded, withSandbox } from "../engine-stack";
import { type Mailing, mailing, NEW, OLD, ZONE } from "./renaming";

test("a droplet is not renamed with --parallel 1, since its forward record has to be made meanwhile", (t) => {
  const kind: Mailing = { cloud: () => digitalocean(), dns: () => digitaloceanDns({ zone: ZONE }), ipv6: false };
  const config = { "fcrdns:deadlineSeconds": "8", "fcrdns:mode": "authoritative" };
  const internet = { forwardZones: [ZONE], negativeTtl: 1 };
  return withSandbox(t, { program: mailing(kind, OLD), internet, config }, async (sandbox) => {
    const first = succeeded(await sandbox.stack.up());
    const [{ address } = { address: "" }] = first.outputs.endpoints as Endpoint[];
    const refused = failed(await sandbox.stack.up({ program: mailing(kind, NEW), parallel: 1 }));
    assert.match(refused.text, /was not renamed.*\n.*run pulumi up again without --parallel 1/);
    assert.equal(await sandbox.internet.ptr(address), OLD);
    assert.equal((await sandbox.internet.records(OLD, "A")).length, 1);

    succeeded(await sandbox.stack.up({ program: mailing(kind, NEW) }));
    assert.equal(await sandbox.internet.ptr(address), NEW);
  });
});

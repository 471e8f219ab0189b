import * as assert from "node:assert/strict";
import { test } from "node:test";
import { cloudDns } from "../../../providers/google/dns";
import { hetzner } from "../../../providers/hetzner/cloud";
import { failed, succeeded, withSandbox } from "../engine-stack";
import { mailing, OLD, ZONE } from "../rename/renaming";

test("Google Cloud DNS: an A of somebody else is not overwritten; a wildcard is no obstacle", (t) => {
  const program = mailing({ cloud: () => hetzner(), dns: () => cloudDns({ zone: ZONE }), ipv6: false }, OLD);
  const config = { "fcrdns:deadlineSeconds": "8", "fcrdns:mode": "authoritative" };
  return withSandbox(t, { program, internet: { forwardZones: [ZONE], negativeTtl: 1 }, config }, async (sandbox) => {
    const { stack, internet } = sandbox;
    await internet.setRecords(OLD, "A", ["192.0.2.99"]);
    assert.match(failed(await stack.up()).text, /already has a record mail\.example\.com A that is not in this stack/);
    assert.deepEqual(await internet.records(OLD, "A"), ["192.0.2.99"]);

    await internet.setRecords(OLD, "A", []);
    await internet.setRecords(`*.${ZONE}`, "A", ["192.0.2.99"]);
    succeeded(await stack.up());
    assert.notDeepEqual(await internet.records(OLD, "A"), ["192.0.2.99"]);
  });
});

import * as assert from "node:assert/strict";
import { test } from "node:test";
import { hetznerDns } from "../../../providers/hetzner/dns";
import { scaleway } from "../../../providers/scaleway/cloud";
import { failed, operations, succeeded, withSandbox } from "../engine-stack";
import { assertRoundTrip, endpointsOf, type Life, sendingFrom, ZONE } from "../hyperscalers/life";

const HOSTNAME = "mail.example.com";

test("a PTR that Scaleway refuses: the next run sends nothing, a refresh does, and the first failure says so", (t) => {
  const life: Life = { cloud: () => scaleway(), dns: () => hetznerDns({ zone: ZONE }), ipv6: false };
  const setUp = {
    program: sendingFrom(life, HOSTNAME),
    internet: { forwardZones: [ZONE], negativeTtl: 1 },
    config: { "fcrdns:deadlineSeconds": "3", "scaleway:sandbox": '{"blindTries":1}' },
  };
  return withSandbox(t, setUp, async ({ stack, internet }) => {
    const first = failed(await stack.up());
    assert.match(
      first.text,
      /did not set the PTR mail\.example\.com, and its plugin has it in the state as if it was set/,
    );
    assert.match(first.text, /Fix: once the reason is gone, `pulumi up --refresh`/);
    const second = failed(await stack.up());
    assert.match(second.text, /has no PTR mail\.example\.com in DNS, although this stack sets it/);
    const third = succeeded(await stack.up({ refresh: true }));
    await assertRoundTrip(internet, endpointsOf(third), HOSTNAME);
    assert.deepEqual(operations(succeeded(await stack.up())), []);
    succeeded(await stack.destroy());
  });
});

import * as assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { SendingIpPool } from "../../components/sending-ip-pool";
import { hetzner } from "../../providers/hetzner/cloud";
import { hetznerDns } from "../../providers/hetzner/dns";
import { failed, operations, succeeded, withSandbox } from "./engine-stack";

const POLICIES = join(__dirname, "..", "..", "policies");
const gate = { policyPacks: [POLICIES] };
const config = { "fcrdns:deadlineSeconds": "60" };

function pool(count: number) {
  return async () => {
    const mta = new SendingIpPool("mta", {
      hostnames: "mta{n}.example.com",
      count,
      cloud: hetzner(),
      dns: hetznerDns({ zone: "example.com" }),
      ipv6: false,
    });
    return { endpoints: mta.endpoints };
  };
}

describe("a pool of sending addresses", () => {
  test("50 addresses come up, each with a name and a verdict of its own", (t) =>
    withSandbox(t, { program: pool(50), config }, async ({ stack, internet }) => {
      const start = performance.now();
      const plain = succeeded(await stack.up());
      const withoutGate = performance.now() - start;
      const again = performance.now();
      const gated = succeeded(await stack.up(gate));
      const withGate = performance.now() - again;
      assert.deepEqual(operations(gated), []);
      const endpoints = gated.outputs.endpoints as { address: string; hostname: string }[];
      assert.equal(new Set(endpoints.map(({ address }) => address)).size, 50);
      for (const { address, hostname } of endpoints) {
        assert.equal(await internet.ptr(address), hostname);
      }
      const resources = plain.steps.filter(({ op }) => op === "create").length;
      t.diagnostic(
        `${resources} resources made in ${(withoutGate / 1000).toFixed(1)} s; gate over them ${(withGate / 1000).toFixed(1)} s`,
      );
    }));

  test("one member without a PTR fails alone; a smaller pool leaves the others as they are", (t) =>
    withSandbox(t, { program: pool(3), config: { "fcrdns:deadlineSeconds": "4" } }, async ({ stack, internet }) => {
      const first = succeeded(await stack.up());
      const [, second] = first.outputs.endpoints as { address: string; hostname: string }[];
      await internet.fault({ kind: "pin-ptr", address: second?.address ?? "", value: null });
      const run = failed(await stack.up(gate));
      const named = run.violations.filter(({ policy }) => policy === "fcrdns-round-trip");
      assert.equal(named.length, 1, run.text);
      assert.match(named[0]?.urn ?? "", /mta-2$/);
      await internet.endFaults();

      const smaller = succeeded(await stack.up({ ...gate, program: pool(2) }));
      assert.deepEqual(
        operations(smaller).filter((operation) => !operation.startsWith("delete")),
        [],
      );
    }));
});

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { gandi } from "../../../providers/gandi/dns";
import { ovh } from "../../../providers/ovh/cloud";
import { ovhDns } from "../../../providers/ovh/dns";
import { failed, operations, succeeded, withSandbox } from "../engine-stack";
import { assertRoundTrip, endpointsOf, type Life, recordsLeft, sendingFrom, ZONE } from "../hyperscalers/life";

/** Addresses of OVHcloud's block in this internet, as if they had been ordered. */
const existing = { v4: "198.18.9.10", v6: "2001:db8:9:1::25" };

describe("an address at OVHcloud", () => {
  const lives: Readonly<Record<string, Life>> = {
    "with DNS at Gandi that is late": {
      cloud: () => ovh({ existing }),
      dns: () => gandi({ zone: ZONE }),
      publishDelayMs: 1500,
    },
    "with DNS at OVHcloud": { cloud: () => ovh({ existing }), dns: () => ovhDns({ zone: ZONE }) },
  };
  for (const [where, life] of Object.entries(lives)) {
    test(`${where}: comes up, is renamed and goes, and keeps a PTR after every run`, (t) =>
      withSandbox(
        t,
        {
          program: sendingFrom(life, "mail.example.com"),
          internet: { forwardZones: [ZONE], publishDelayMs: life.publishDelayMs ?? 0, negativeTtl: 1 },
          config: { "fcrdns:deadlineSeconds": "60" },
        },
        async ({ stack, internet }) => {
          const up = endpointsOf(succeeded(await stack.up()));
          assert.deepEqual(
            up.map(({ address }) => address),
            Object.values(existing),
          );
          await assertRoundTrip(internet, up, "mail.example.com");
          assert.deepEqual(operations(succeeded(await stack.up())), []);

          // Every change replaces the PTR, and deleting the old one resets it: so it goes first.
          // Resolvers remember the old name for its time to live, which has passed by now.
          await internet.flushResolver();
          const renamed = succeeded(await stack.up({ program: sendingFrom(life, "mx.example.com") }));
          await assertRoundTrip(internet, endpointsOf(renamed), "mx.example.com");
          succeeded(await stack.refresh());
          assert.deepEqual(operations(succeeded(await stack.up())), [], "nothing looks changed to a refresh");

          succeeded(await stack.destroy());
          assert.deepEqual(await recordsLeft(internet, ZONE), []);
          assert.equal(await internet.ptr(existing.v4), "vps-c612090a.vps.ovh.net", "the generic name is back");
          assert.equal(await internet.ptr(existing.v6), null);
        },
      ));
  }

  test("whose forward record never comes: says so before OVHcloud is asked", (t) =>
    withSandbox(
      t,
      {
        program: sendingFrom(
          { cloud: () => ovh({ existing: { v4: existing.v4 } }), dns: () => gandi({ zone: ZONE }) },
          "mail.example.com",
        ),
        internet: { forwardZones: [ZONE], negativeTtl: 1 },
        config: { "fcrdns:deadlineSeconds": "3" },
      },
      async ({ stack, internet }) => {
        await internet.fault({ kind: "pin-records", owner: "mail.example.com", type: "A", values: [] });
        const { text } = failed(await stack.up());
        assert.match(
          text,
          /mail\.example\.com A 198\.18\.9\.10 is not visible at every name server, so no PTR was set/,
        );
        assert.equal(await internet.ptr(existing.v4), null);
      },
    ));
});

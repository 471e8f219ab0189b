import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Endpoint } from "../../../components/sending-ip";
import { digitalocean } from "../../../providers/digitalocean/cloud";
import { digitaloceanDns } from "../../../providers/digitalocean/dns";
import { hetzner } from "../../../providers/hetzner/cloud";
import { hetznerDns } from "../../../providers/hetzner/dns";
import { ovh } from "../../../providers/ovh/cloud";
import { ovhDns } from "../../../providers/ovh/dns";
import { scaleway } from "../../../providers/scaleway/cloud";
import { scalewayDns } from "../../../providers/scaleway/dns";
import { vultr } from "../../../providers/vultr/cloud";
import { vultrDns } from "../../../providers/vultr/dns";
import { ownInstance } from "../../../providers/vultr/simulation";
import { failed, succeeded, withSandbox } from "../engine-stack";
import { assertNeverBroken, type Mailing, mailing, NEW, OLD, whileLooking, ZONE } from "./renaming";

const zone = ZONE;
const config = { "fcrdns:deadlineSeconds": "4", "fcrdns:mode": "authoritative" };

const kinds: Readonly<Record<string, Mailing>> = {
  "Hetzner, which does not look": { cloud: () => hetzner(), dns: () => hetznerDns({ zone }), ipv6: false },
  "Vultr, which replaces and does not look": {
    cloud: () => vultr({ instance: ownInstance, create: { region: "ewr" } }),
    dns: () => vultrDns({ zone }),
    ipv6: false,
  },
  "OVHcloud, which replaces and looks": {
    cloud: () => ovh({ existing: { v4: "198.18.9.10" } }),
    dns: () => ovhDns({ zone }),
    ipv6: false,
  },
  "Scaleway, which looks": { cloud: () => scaleway(), dns: () => scalewayDns({ zone }), ipv6: false },
  "a droplet, renamed in place": { cloud: () => digitalocean(), dns: () => digitaloceanDns({ zone }), ipv6: false },
};

describe("a new host name that the DNS host does not show yet: the old PTR stays", () => {
  for (const [name, kind] of Object.entries(kinds)) {
    test(name, (t) =>
      withSandbox(
        t,
        { program: mailing(kind, OLD), internet: { forwardZones: [zone], negativeTtl: 1 }, config },
        async ({ stack, internet }) => {
          const first = succeeded(await stack.up());
          const addresses = (first.outputs.endpoints as Endpoint[]).map(({ address }) => address);
          await internet.fault({ kind: "pin-records", owner: NEW, type: "A", values: [] });
          const rename = stack.up({ program: mailing(kind, NEW) });
          const { result, moments } = await whileLooking(internet, addresses, rename);
          assert.match(
            failed(result).text,
            /mx\.example\.com A \S+ is not visible at every name server, so (?:no PTR was set|the PTR was left)/,
          );
          assertNeverBroken(moments, "hidden");
          for (const address of addresses) {
            assert.equal(await internet.ptr(address), OLD);
          }
          await internet.endFaults();
          await internet.settled();
          succeeded(await stack.up({ program: mailing(kind, NEW) }));
          assert.equal(await internet.ptr(addresses[0] ?? ""), NEW);
        },
      ),
    );
  }
});

describe("a host name in another zone", () => {
  const otherZone = "example.net";
  const there = `mx.${otherZone}`;
  const before: Mailing = { cloud: () => hetzner(), dns: () => hetznerDns({ zone }), ipv6: false };
  const after: Mailing = { ...before, dns: () => hetznerDns({ zone: otherZone }) };

  test("breaks nothing at any step that fails, its SPF record included", (t) =>
    withSandbox(
      t,
      {
        program: mailing(before, OLD),
        internet: { forwardZones: [zone, otherZone], negativeTtl: 1 },
        config: { ...config, "fcrdns:deadlineSeconds": "8" },
      },
      async ({ stack, internet }) => {
        const first = succeeded(await stack.up());
        const addresses = (first.outputs.endpoints as Endpoint[]).map(({ address }) => address);
        for (const step of ["mail-forward", "mail-ptr", "mail-spf", "mail-mx"]) {
          const run = stack.up({ program: mailing(after, there, step) });
          const { result, moments } = await whileLooking(internet, addresses, run);
          assert.match(failed(result).text, /injected/, step);
          assertNeverBroken(moments, step, [OLD, there]);
          assert.equal((await internet.records(OLD, "A")).length, 1, step);
          assert.equal((await internet.records(zone, "MX")).length, 1, step);
          assert.deepEqual(await internet.records(otherZone, "MX"), [], `${step}: MX comes last`);
        }
        const run = stack.up({ program: mailing(after, there) });
        const { result, moments } = await whileLooking(internet, addresses, run);
        succeeded(result);
        assertNeverBroken(moments, "last", [OLD, there]);
        assert.equal((await internet.records(otherZone, "MX")).length, 1);
        assert.deepEqual(await internet.records(OLD, "A"), []);
        assert.deepEqual(await internet.records(zone, "MX"), []);
      },
    ));
});

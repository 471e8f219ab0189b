import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { route53 } from "../../../providers/aws/dns";
import { hetzner } from "../../../providers/hetzner/cloud";
import { hetznerDns } from "../../../providers/hetzner/dns";
import { failed, operations, succeeded, withSandbox } from "../engine-stack";
import { type Mailing, mailing, NEW, OLD, ZONE } from "./renaming";

const kind: Mailing = { cloud: () => hetzner(), dns: () => hetznerDns({ zone: ZONE }), ipv6: false };
const config = { "fcrdns:deadlineSeconds": "8", "fcrdns:mode": "authoritative" };

describe("records around a SendingIp", () => {
  test("an A that exists is reported with the command to run; SPF joins the text at the apex; a former name stays; protect holds", (t) =>
    withSandbox(
      t,
      { program: mailing(kind, OLD), internet: { forwardZones: [ZONE], negativeTtl: 1 }, config },
      async ({ stack, internet }) => {
        await internet.setRecords(OLD, "A", ["192.0.2.99"]);
        await internet.setRecords(ZONE, "TXT", ["site-verification=1"]);
        const refused = failed(await stack.up());
        assert.match(refused.text, /already has a record mail\.example\.com A that is not in this stack/);
        assert.match(refused.text, /pulumi import hcloud:index\/zoneRrset:ZoneRrset '\S+' 'example\.com\/mail\/A'/);
        assert.deepEqual(await internet.records(OLD, "A"), ["192.0.2.99"]);
        assert.deepEqual(await internet.records(ZONE, "MX"), []);

        await internet.setRecords(OLD, "A", []);
        succeeded(await stack.up());
        const text = await internet.records(ZONE, "TXT");
        assert.ok(text.includes("site-verification=1") && text.some((each) => each.startsWith("v=spf1 ")), text.join());

        const keeping = { ...kind, formerHostnames: [OLD], protect: true };
        succeeded(await stack.up({ program: mailing(keeping, NEW) }));
        assert.equal((await internet.records(OLD, "A")).length, 1);
        assert.equal((await internet.records(NEW, "A")).length, 1);

        assert.match(failed(await stack.destroy()).text, /protect/);
        assert.equal((await internet.records(NEW, "A")).length, 1, "a protected record survives destroy");
        const { deployment } = (await stack.export()) as {
          deployment: { resources: { urn: string; protect?: boolean }[] };
        };
        for (const part of ["mail-address-v4", "mail-forward-v4/example.com/mx", "mail-ptr-v4"]) {
          assert.equal(deployment.resources.find(({ urn }) => urn.endsWith(`::${part}`))?.protect, true, part);
        }
      },
    ));

  const hosts = { "a set": route53({ zone: ZONE }), "a set that text joins": hetznerDns({ zone: ZONE }) };
  for (const [where, host] of Object.entries(hosts)) {
    test(`text at the apex that SPF cannot join is refused before anything is made, in ${where}`, (t) =>
      withSandbox(
        t,
        {
          program: mailing({ ...kind, dns: () => host }, OLD),
          internet: { forwardZones: [ZONE], negativeTtl: 1 },
          config,
        },
        async ({ stack, internet }) => {
          await internet.setRecords(ZONE, "TXT", ["v=spf1 include:example.net -all", "site-verification=1"]);
          const second = failed(await stack.up());
          assert.match(second.text, /example\.com already has an SPF record/);
          assert.match(second.text, /add ip4:ADDRESS .* to that record/);
          assert.deepEqual(operations(second), []);
          assert.equal((await internet.records(ZONE, "TXT")).length, 2);
          assert.deepEqual(await internet.records(ZONE, "MX"), []);

          await internet.setRecords(ZONE, "TXT", ["site-verification=1"]);
          if (where === "a set") {
            const set = failed(await stack.up());
            assert.match(set.text, /example\.com already has TXT records, and Route 53/);
            assert.deepEqual(operations(set), []);
            assert.deepEqual(await internet.records(ZONE, "TXT"), ["site-verification=1"]);
            assert.deepEqual(await internet.records(ZONE, "MX"), []);
            await internet.setRecords(ZONE, "TXT", []);
          }
          succeeded(await stack.up());
          assert.equal((await internet.records(ZONE, "MX")).length, 1);
          // What is there now is the stack's own: a change of it is no second record.
          succeeded(await stack.up({ program: mailing({ ...kind, dns: () => host, ipv6: true }, OLD) }));
          assert.match((await internet.records(ZONE, "TXT")).join(), /ip6:/);
        },
      ));
  }
});

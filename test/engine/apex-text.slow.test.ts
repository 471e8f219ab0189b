import * as assert from "node:assert/strict";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { publishMailRecords } from "../../components/mail-records";
import { route53 } from "../../providers/aws/dns";
import { azureDns } from "../../providers/azure/dns";
import { cloudflare } from "../../providers/cloudflare/dns";
import { digitaloceanDns } from "../../providers/digitalocean/dns";
import type { DnsHost } from "../../providers/dns-host";
import { gandi } from "../../providers/gandi/dns";
import { cloudDns } from "../../providers/google/dns";
import { hetznerDns } from "../../providers/hetzner/dns";
import { linodeDns } from "../../providers/linode/dns";
import { ovhDns } from "../../providers/ovh/dns";
import { scalewayDns } from "../../providers/scaleway/dns";
import { vultrDns } from "../../providers/vultr/dns";
import { failed, operations, succeeded, withSandbox } from "./engine-stack";

const SPF = "v=spf1 ip4:192.0.2.10 ~all";
const FOREIGN = "v=spf1 include:example.net -all";
const SITE = "site-verification=1";

/** What a DNS host does with text and MX that are there already. */
interface Expected {
  readonly host: DnsHost;
  readonly text: "joins" | "refused";
  /** The same SPF text exists already: both resources are the same record, or the second one is not created. */
  readonly same: "shared" | "refused";
  readonly mx: "joins" | "refused";
}

const refusing = { text: "refused", same: "refused", mx: "refused" } as const;
const joining = { text: "joins", same: "refused", mx: "joins" } as const;
const hosts: readonly Expected[] = [
  { host: azureDns({ zone: "azure.example", resourceGroupName: "dns" }), ...refusing },
  { host: cloudDns({ zone: "cloud-dns.example" }), ...refusing },
  { host: gandi({ zone: "gandi.example" }), ...refusing },
  { host: route53({ zone: "route53.example" }), ...refusing },
  { host: hetznerDns({ zone: "hetzner.example" }), ...joining, mx: "refused" },
  { host: cloudflare({ zone: "cloudflare.example" }), ...joining },
  { host: digitaloceanDns({ zone: "digitalocean.example" }), ...joining },
  { host: linodeDns({ zone: "linode.example" }), ...joining },
  { host: ovhDns({ zone: "ovh.example" }), ...joining },
  { host: scalewayDns({ zone: "scaleway.example" }), ...joining, same: "shared" },
  { host: vultrDns({ zone: "vultr.example" }), ...joining },
];

let addresses = ["192.0.2.10"];
const publishing = (host: DnsHost) => async () => {
  publishMailRecords("mail", host, pulumi.output({ hostname: "mail.example.com", addresses }));
  return {};
};

for (const { host, text, same, mx } of hosts) {
  const { zone, capabilities } = host;
  test(`${capabilities.title}: text and MX that are there already`, (t) =>
    withSandbox(t, { program: publishing(host), internet: { forwardZones: [zone] } }, async ({ stack, internet }) => {
      const texts = async () => (await internet.records(zone, "TXT")).toSorted();
      const refusedFor = async (there: readonly string[], expected: RegExp) => {
        await internet.setRecords(zone, "TXT", [...there]);
        const run = failed(await stack.up());
        assert.match(run.text, expected);
        assert.doesNotMatch(run.text, /unhandled exception|\n\s+at \S+ \(/i);
        assert.ok(run.diagnostics.filter(({ severity }) => severity === "error").length <= 1, run.text);
        assert.deepEqual(operations(run), [], "nothing was made");
        assert.deepEqual(await texts(), [...there].toSorted());
      };
      await refusedFor([FOREIGN, SITE], /already has an SPF record/);

      if (text === "refused") {
        await refusedFor([SITE], /already has TXT records/);
        await internet.setRecords(zone, "TXT", []);
      } else if (same === "refused") {
        await refusedFor([SPF], /already has an SPF record/);
        await internet.setRecords(zone, "TXT", [SITE]);
      } else {
        await internet.setRecords(zone, "TXT", [SPF]);
      }

      await internet.setRecords(zone, "MX", ["20 other.example.com."]);
      const beside = await stack.up();
      if (mx === "refused") {
        assert.match(failed(beside).text, new RegExp(`already has a record ${zone} MX that is not in this stack`));
        assert.match(beside.text, /delete it there and run pulumi up again/);
        assert.match(String(await internet.records(zone, "MX")), /^20 other/);
        await internet.setRecords(zone, "MX", []);
        succeeded(await stack.up());
      } else {
        assert.equal((await internet.records(succeeded(beside) && zone, "MX")).length, 2);
      }
      const before = await internet.records(zone, "TXT");
      assert.deepEqual(
        before.filter((each) => each.startsWith("v=spf1")),
        [SPF],
      );
      assert.equal(before.includes(SITE), text === "joins" && same === "refused");

      // What is there now is the stack's own: a change is no second record, and a preview plans nothing.
      assert.deepEqual(operations(succeeded(await stack.preview())), []);
      addresses = ["192.0.2.11"];
      t.after(() => {
        addresses = ["192.0.2.10"];
      });
      succeeded(await stack.up());
      assert.deepEqual(
        (await texts()).filter((each) => each.startsWith("v=spf1")),
        ["v=spf1 ip4:192.0.2.11 ~all"],
      );
    }));
}

test("an SPF record that is replaced may be shown a while longer: that is no second one", (t) => {
  const host = hetznerDns({ zone: "hetzner.example" });
  return withSandbox(t, { program: publishing(host), internet: { forwardZones: [host.zone] } }, async (sandbox) => {
    const { stack, internet } = sandbox;
    succeeded(await stack.up());
    await internet.fault({ kind: "lag", where: { zone: host.zone }, ms: 4000 });
    addresses = ["192.0.2.11"];
    t.after(() => {
      addresses = ["192.0.2.10"];
    });
    succeeded(await stack.up());
  });
});

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { azureDns } from "../../components/dns/azure-dns";
import { cloudDns } from "../../components/dns/cloud-dns";
import { cloudflare } from "../../components/dns/cloudflare";
import { digitaloceanDns } from "../../components/dns/digitalocean";
import type { DnsHost } from "../../components/dns/dns-host";
import { gandi } from "../../components/dns/gandi";
import { hetznerDns } from "../../components/dns/hetzner";
import { linodeDns } from "../../components/dns/linode";
import { ovhDns } from "../../components/dns/ovh";
import { route53 } from "../../components/dns/route53";
import { scalewayDns } from "../../components/dns/scaleway";
import { vultrDns } from "../../components/dns/vultr";
import { publishMailRecords } from "../../components/mail-records";
import { failed, succeeded, withSandbox } from "./engine-stack";

const hosts: readonly DnsHost[] = [
  azureDns({ zone: "azure-dns.example", resourceGroupName: "dns" }),
  cloudDns({ zone: "cloud-dns.example" }),
  cloudflare({ zone: "cloudflare.example" }),
  digitaloceanDns({ zone: "digitalocean.example" }),
  gandi({ zone: "gandi.example" }),
  hetznerDns({ zone: "hetzner.example" }),
  linodeDns({ zone: "linode.example" }),
  ovhDns({ zone: "ovh.example" }),
  route53({ zone: "route53.example" }),
  scalewayDns({ zone: "scaleway.example" }),
  vultrDns({ zone: "vultr.example" }),
];
const internet = { forwardZones: hosts.map(({ zone }) => zone) };

/** As in the first preview of a stack: the address, and with it what is verified, is not known yet. */
async function notKnownYet() {
  const { PrimaryIp } = await import("@pulumi/hcloud/primaryIp");
  const { ipAddress } = new PrimaryIp("address", { type: "ipv4", autoDelete: false, location: "fsn1" });
  return ipAddress.apply((address) => ({ hostname: "mail.example.com", addresses: [address] }));
}

describe("MX and SPF of an address that is not there yet", () => {
  test("pass the preview and are published at every DNS host", (t) =>
    withSandbox(
      t,
      {
        internet,
        program: async () => {
          const verified = await notKnownYet();
          for (const host of hosts) publishMailRecords(host.name, host, verified);
          return {};
        },
      },
      async (sandbox) => {
        succeeded(await sandbox.stack.preview());
        succeeded(await sandbox.stack.up());
        for (const { zone } of hosts) {
          assert.match(String(await sandbox.internet.records(zone, "MX")), /^10 mail\.example\.com\.?$/, zone);
          assert.match(String(await sandbox.internet.records(zone, "TXT")), /^v=spf1 ip4:\S+ ~all$/, zone);
        }
      },
    ));

  test("an MX whose preference is not known is refused in the preview, as by the genuine provider", (t) =>
    withSandbox(
      t,
      {
        internet,
        program: async () => {
          const verified = await notKnownYet();
          const { DnsRecord } = await import("@pulumi/digitalocean/dnsRecord");
          const value = verified.apply(({ hostname }) => `${hostname}.`);
          const priority = pulumi.output(verified).apply(() => 10);
          new DnsRecord("mx", { domain: "digitalocean.example", type: "MX", name: "@", value, priority });
          return {};
        },
      },
      async ({ stack }) => {
        assert.match(failed(await stack.preview()).text, /priority.* is required/);
      },
    ));
});

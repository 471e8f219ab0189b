import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
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

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Eip } from "@pulumi/aws/ec2/eip";
import type * as pulumi from "@pulumi/pulumi";
import { ownLinode } from "../../../providers/linode/simulation";
import { ownInstance } from "../../../providers/vultr/simulation";
import { operations, succeeded } from "../engine-stack";
import { assertRoundTrip, endpointsOf, recordsLeft, ZONE } from "../hyperscalers/life";
import { programOf, withPlugin } from "./remote-component";

/** Every cloud that has an API and every DNS host, by plain arguments. */
const rows: Readonly<Record<string, () => pulumi.Inputs>> = {
  "AWS and Cloudflare": () => ({ cloud: "aws", dns: "cloudflare" }),
  "an Elastic IP of the program's own, and Route 53": () => ({
    cloud: "aws",
    dns: "route53",
    aws: { allocationId: new Eip("ours", { domain: "vpc" }).allocationId },
  }),
  "Azure and Azure DNS": () => ({ cloud: "azure", dns: "azure-dns", azureDns: { dnsResourceGroup: "dns" } }),
  "DigitalOcean and DigitalOcean DNS": () => ({ cloud: "digitalocean", dns: "digitalocean" }),
  "Google and Cloud DNS": () => ({ cloud: "google", dns: "cloud-dns", google: { location: "europe-west1" } }),
  "Linode and Linode's DNS": () => ({ cloud: "linode", dns: "linode", linode: { linode: ownLinode } }),
  "OVHcloud and OVHcloud DNS": () => ({ cloud: "ovh", dns: "ovh", ovh: { address: "198.18.9.10" } }),
  "Scaleway and Scaleway's DNS": () => ({ cloud: "scaleway", dns: "scaleway" }),
  "Vultr and Vultr DNS": () => ({ cloud: "vultr", dns: "vultr", vultr: { instance: ownInstance, location: "ewr" } }),
  "Hetzner and Gandi": () => ({ cloud: "hetzner", dns: "gandi", hetzner: { location: "nbg1" } }),
};

describe("the component from any language comes up verified and goes without a trace", () => {
  for (const [where, inputs] of Object.entries(rows)) {
    test(`at ${where}`, (t) =>
      withPlugin(
        t,
        {
          program: programOf(() => ({ hostname: "mail.example.com", zone: ZONE, ...inputs() })),
          internet: { forwardZones: [ZONE], negativeTtl: 1 },
          config: { "fcrdns:deadlineSeconds": "60" },
        },
        async ({ stack, internet }) => {
          succeeded(await stack.preview());
          await assertRoundTrip(internet, endpointsOf(succeeded(await stack.up())), "mail.example.com");
          assert.deepEqual(operations(succeeded(await stack.up())), []);
          succeeded(await stack.destroy());
          assert.deepEqual(await recordsLeft(internet, ZONE), []);
        },
      ));
  }
});

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { aws } from "../../../providers/aws/cloud";
import { route53 } from "../../../providers/aws/dns";
import { azure } from "../../../providers/azure/cloud";
import { azureDns } from "../../../providers/azure/dns";
import type { Cloud, Family } from "../../../providers/cloud";
import { cloudflare } from "../../../providers/cloudflare/dns";
import { digitalocean } from "../../../providers/digitalocean/cloud";
import { digitaloceanDns } from "../../../providers/digitalocean/dns";
import { google } from "../../../providers/google/cloud";
import { cloudDns } from "../../../providers/google/dns";

const hostname = "mail.example.com";

describe("a cloud refuses before anything exists", () => {
  const both = { existing: {}, create: {} };
  const cases: readonly (readonly [string, Cloud, readonly Family[], string, RegExp])[] = [
    ["AWS: IPv6", aws(), [4, 6], "ipv6", /cannot set the PTR of an IPv6 address/],
    [
      "AWS: an address that exists and is made",
      aws({ ...both, existing: { allocationId: "eipalloc-1" } }),
      [4],
      "cloud.create",
      /existing/,
    ],
    ["AWS: GovCloud, where a form sets the PTR", aws({ region: "us-gov-west-1" }), [4], "cloud.region", /form/],
    [
      "AWS: two machines for one address",
      aws({ create: { instance: "i-1", networkInterface: "eni-1" } }),
      [4],
      "cloud.create.networkInterface",
      /undefined/,
    ],
    [
      "AWS: an address by two names",
      aws({ existing: { allocationId: "eipalloc-1", publicIp: "198.51.100.1" } }),
      [4],
      "cloud.existing",
      /either/,
    ],
    ["AWS: patience that is no number", aws({ patienceSeconds: Number.NaN }), [4], "cloud.patienceSeconds", /NaN/],
    ["DigitalOcean: a reserved IP", digitalocean({ reservedIp: "198.18.5.9" }), [4], "cloud.reservedIp", /no PTR/],
    ["DigitalOcean: IPv6", digitalocean(), [4, 6], "ipv6", /blocks SMTP over IPv6/],
    [
      "DigitalOcean: a droplet that exists and is made",
      digitalocean({ existing: { id: 1 }, create: {} }),
      [4],
      "cloud.create",
      /existing/,
    ],
    ["Google: IPv6 without a dual-stack subnetwork", google(), [4, 6], "cloud.subnetwork", /dual-stack/],
    [
      "Google: IPv6 in the standard tier",
      google({ create: { networkTier: "STANDARD" }, subnetwork: "mail" }),
      [4, 6],
      "cloud.create.networkTier",
      /premium/,
    ],
    [
      "Google: an existing address of the other family",
      google({ existing: { v6: "a" } }),
      [4],
      "cloud.existing.v4",
      /IPv4/,
    ],
    [
      "Google: an address that exists and is made",
      google({ existing: { v4: "a" }, create: {} }),
      [4],
      "cloud.create",
      /existing/,
    ],
    ["Azure: IPv6", azure(), [4, 6], "ipv6", /cannot set the PTR of an IPv6 address/],
    ["Azure: a label that is none", azure({ create: { label: "Mail.Example" } }), [4], "cloud.create.label", /label/],
    [
      "Azure: an address that exists and is made",
      azure({ existing: { resourceGroupName: "a", publicIpAddressName: "b" }, create: {} }),
      [4],
      "cloud.create",
      /existing/,
    ],
    [
      "Azure: an address without its resource group",
      azure({ existing: { resourceGroupName: "", publicIpAddressName: "b" } }),
      [4],
      "cloud.existing.resourceGroupName",
      /resource group/,
    ],
  ];
  for (const [what, cloud, families, argument, message] of cases) {
    test(what, () => {
      const problems = cloud.validate({ hostname, families });
      const problem = problems.find((candidate) => candidate.argument === argument);
      assert.ok(problem, `no problem with ${argument} in ${JSON.stringify(problems)}`);
      assert.match(problem.message, message);
      assert.notEqual(problem.fix, "");
    });
  }
});

describe("a cloud takes", () => {
  const cases: readonly (readonly [string, Cloud, readonly Family[]])[] = [
    ["AWS without arguments", aws(), [4]],
    ["AWS with an address that exists", aws({ existing: { publicIp: "198.51.100.1" } }), [4]],
    ["DigitalOcean without arguments", digitalocean(), [4]],
    ["DigitalOcean with IPv6 on the user's word", digitalocean({ ipv6WithoutSmtp: true }), [4, 6]],
    ["Google without arguments", google(), [4]],
    ["Google with IPv6 in a dual-stack subnetwork", google({ subnetwork: "dual" }), [4, 6]],
    ["Google with IPv6 on a machine of the user's", google({ instance: "mine" }), [4, 6]],
    ["Azure without arguments", azure(), [4]],
  ];
  for (const [what, cloud, families] of cases) {
    test(what, () => assert.deepEqual(cloud.validate({ hostname, families }), []));
  }
});

describe("a DNS host refuses", () => {
  const zone = "example.com";
  const hosts = [
    route53({ zone }),
    cloudflare({ zone }),
    digitaloceanDns({ zone }),
    cloudDns({ zone }),
    azureDns({ zone, resourceGroupName: "dns" }),
  ];
  for (const host of hosts) {
    test(`${host.capabilities.title}: an owner outside its zone, even one that ends in the same letters`, () => {
      for (const owner of ["mail.example.org", "mail.notexample.com", "com"]) {
        assert.equal(host.validate({ owner, type: "A" })[0]?.argument, "dns.zone", owner);
      }
    });

    test(`${host.capabilities.title}: not an owner in its zone, nor the zone itself`, () => {
      for (const owner of ["mail.example.com", "a.b.example.com", "example.com"]) {
        assert.deepEqual(host.validate({ owner, type: "A" }), []);
      }
    });
  }

  test("DigitalOcean: a PTR, which it has no type for", () => {
    const host = digitaloceanDns({ zone: "2.0.192.in-addr.arpa" });
    assert.match(host.validate({ owner: "1.2.0.192.in-addr.arpa", type: "PTR" })[0]?.message ?? "", /cannot hold PTR/);
  });

  test("Azure: a zone without its resource group", () => {
    const host = azureDns({ zone, resourceGroupName: "" });
    assert.equal(host.validate({ owner: "mail.example.com", type: "A" })[0]?.argument, "dns.resourceGroupName");
  });

  test("nobody: a zone written with capitals and a final dot", () => {
    assert.deepEqual(route53({ zone: "Example.COM." }).validate({ owner: "mail.example.com", type: "A" }), []);
  });
});

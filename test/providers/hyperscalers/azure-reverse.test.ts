import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { domainNameLabel, reverseParameters, reverseTemplate, usableAddress } from "../../../providers/azure/cloud";

describe("the deployment that sets the PTR at Azure", () => {
  const publicIp = {
    name: "mail-ip",
    location: "westeurope",
    sku: { name: "Standard", tier: "Regional" },
    zones: ["1", "2"],
    tags: { team: "mail", odd: "[concat('not an expression')]" },
    ipAddress: "198.18.3.10",
    publicIPAddressVersion: "IPv4",
    publicIPAllocationMethod: "Static",
    idleTimeoutInMinutes: 4,
    ipTags: [],
    publicIPPrefix: { id: "/prefix" },
    ddosSettings: { protectionMode: "VirtualNetworkInherited", ddosProtectionPlan: undefined },
    dnsSettings: { domainNameLabel: "old-label", fqdn: "old-label.westeurope.cloudapp.azure.com" },
  };

  test("says again all that the address has, for what is not said is gone", () => {
    const values = Object.fromEntries(
      Object.entries(reverseParameters(publicIp, "mail.example.com")).map(([key, { value }]) => [key, value]),
    );
    assert.deepEqual(values, {
      name: "mail-ip",
      location: "westeurope",
      sku: { name: "Standard", tier: "Regional" },
      zones: ["1", "2"],
      tags: publicIp.tags,
      properties: {
        publicIPAddressVersion: "IPv4",
        publicIPAllocationMethod: "Static",
        idleTimeoutInMinutes: 4,
        publicIPPrefix: { id: "/prefix" },
        ddosSettings: { protectionMode: "VirtualNetworkInherited" },
        dnsSettings: { domainNameLabel: "old-label", reverseFqdn: "mail.example.com." },
      },
    });
  });

  test("gives an address without a label one, for Azure sets no PTR without", () => {
    const unlabelled = { ...publicIp, dnsSettings: undefined };
    const properties = reverseParameters(unlabelled, "mail.example.com").properties?.value as Record<string, unknown>;
    assert.deepEqual(properties.dnsSettings, {
      domainNameLabel: "mail-example-com",
      reverseFqdn: "mail.example.com.",
    });
  });

  test("takes every value from a parameter, so that no value is read as an expression", () => {
    const [resource] = reverseTemplate.resources;
    const { type: _type, apiVersion: _version, ...values } = resource;
    for (const [key, value] of Object.entries(values)) {
      assert.match(value, new RegExp(`parameters\\('${key}'\\)`));
      assert.ok(key in reverseTemplate.parameters, key);
    }
  });
});

describe("a public IP address at Azure", () => {
  const publicIp = { name: "mail-ip", ipAddress: "198.18.3.10" };

  test("is usable when it is static and IPv4", () => {
    assert.equal(usableAddress({ ...publicIp, publicIPAllocationMethod: "Static" }), "198.18.3.10");
  });

  for (const [what, change] of [
    ["an IPv6 address", { publicIPAddressVersion: "IPv6" }],
    ["a dynamic address", { publicIPAllocationMethod: "Dynamic" }],
    ["a dynamic address", { ipAddress: undefined }],
  ] as const) {
    test(`is refused when it is ${what}: ${JSON.stringify(change)}`, () => {
      assert.throws(() => usableAddress({ ...publicIp, ...change }), new RegExp(`is ${what}.*static IPv4`, "s"));
    });
  }
});

describe("a domain name label", () => {
  test("is made from the host name", () => {
    assert.equal(domainNameLabel("mail.example.com"), "mail-example-com");
    assert.equal(domainNameLabel("1and1.example.com"), "mail-1and1-example-com");
  });

  test("is one that Azure takes, whatever the host name", () => {
    const label = fc.stringMatching(/^[a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?$/);
    fc.assert(
      fc.property(fc.array(label, { minLength: 2, maxLength: 4 }), (labels) => {
        assert.match(domainNameLabel(labels.join(".")), /^[a-z][a-z0-9-]{1,61}[a-z0-9]$/);
      }),
    );
  });
});

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ReverseIpv4 } from "@ediri/vultr/reverseIpv4";
import { Reverse } from "@ovhcloud/pulumi-ovh/ip/reverse";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { ownInstance } from "../../../providers/vultr/simulation";
import { succeeded, withSandbox } from "../engine-stack";
import { ZONE } from "../hyperscalers/life";

describe("Pulumi's own order of replacement, create first and delete the old one after, erases the new PTR", () => {
  const ovhAddress = "198.18.9.10";
  const programs: Readonly<Record<string, { address: string; ptr: (hostname: string) => PulumiFn; left: string }>> = {
    "at Vultr": {
      address: "198.18.7.10",
      ptr: (reverse) => async () => {
        new ReverseIpv4("ptr", { instanceId: ownInstance, ip: "198.18.7.10", reverse });
      },
      left: "198.18.7.10.vultrusercontent.com",
    },
    "at OVHcloud": {
      address: ovhAddress,
      ptr: (hostname) => async () => {
        new Reverse("ptr", { ip: `${ovhAddress}/32`, ReverseIp: ovhAddress, ReverseValue: `${hostname}.` });
      },
      left: "vps-c612090a.vps.ovh.net",
    },
  };
  for (const [where, { address, ptr, left }] of Object.entries(programs)) {
    test(`${where}, which is why a SendingIp deletes before it replaces`, (t) =>
      withSandbox(t, { program: ptr("mail.example.com"), internet: { forwardZones: [ZONE] } }, async (sandbox) => {
        const { stack, internet } = sandbox;
        await internet.setRecords("mail.example.com", "A", [address]);
        await internet.setRecords("mx.example.com", "A", [address]);
        succeeded(await stack.up());
        assert.equal(await internet.ptr(address), "mail.example.com");
        succeeded(await stack.up({ program: ptr("mx.example.com") }));
        assert.equal(await internet.ptr(address), left);
      }));
  }
});

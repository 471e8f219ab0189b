import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as pulumi from "@pulumi/pulumi";

import program = require("../../index");

import { SendingIp } from "../../components/sending-ip";
import { hetzner } from "../../providers/hetzner/cloud";
import { hetznerDns } from "../../providers/hetzner/dns";
import { type RecordedResource, recorded } from "../providers/hosters/recorded-resources";

const parts = [
  "mail-address-v4",
  "mail-address-v6",
  "mail-forward-v4/example.com/mail",
  "mail-forward-v6/example.com/mail",
  "mail-ptr-v4",
  "mail-ptr-v6",
];

const answer = (type: string, { type: family }: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  type === "hcloud:index/primaryIp:PrimaryIp"
    ? { id: "1", ipAddress: family === "ipv4" ? "192.0.2.10" : "2001:db8::" }
    : {};

async function made(options: { protect?: boolean; retainOnDelete?: boolean }): Promise<readonly RecordedResource[]> {
  const { resources } = await recorded(
    () =>
      new SendingIp("mail", {
        hostname: "mail.example.com",
        cloud: hetzner(),
        dns: hetznerDns({ zone: "example.com" }),
        ipv6: true,
        ...options,
      }).endpoints,
    answer,
    () => ({ id: 1, name: "example.com" }),
  );
  return resources.filter(({ name }) => parts.includes(name));
}

describe("what a SendingIp hands to the resources below it", () => {
  for (const option of ["protect", "retainOnDelete"] as const) {
    it(`${option} reaches address, A, AAAA and PTR`, async () => {
      const resources = await made({ [option]: true });
      assert.deepEqual(resources.map(({ name }) => name).sort(), parts);
      for (const { name, options } of resources) {
        assert.equal(options[option], true, name);
      }
    });

    it(`${option} is not set by itself`, async () => {
      for (const { name, options } of await made({})) {
        assert.equal(options[option], false, name);
      }
    });
  }

  for (const option of ["protect", "retainOnDelete"] as const) {
    it(`${option} in the stack config reaches MX and SPF too`, async () => {
      const { resources } = await recorded(
        () => {
          pulumi.runtime.setAllConfig({
            "fcrdns:hostname": "mail.example.com",
            "fcrdns:zone": "example.com",
            "fcrdns:mx": "true",
            [`fcrdns:${option}`]: "true",
            "hcloud:token": "0".repeat(64),
          });
          return program();
        },
        answer,
        () => ({ id: 1, name: "example.com" }),
      );
      const mailRecords = resources.filter(({ name }) => /^mail-(?:mx|spf)/.test(name));
      assert.equal(mailRecords.length, 2, resources.map(({ name }) => name).join(" "));
      for (const { name, options } of mailRecords) {
        assert.equal(options[option], true, name);
      }
    });
  }

  it("a primary IP outlives its server", async () => {
    const addresses = (await made({})).filter(({ name }) => name.startsWith("mail-address"));
    assert.deepEqual(
      addresses.map(({ inputs }) => inputs.autoDelete),
      [false, false],
    );
  });
});

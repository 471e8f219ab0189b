import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { type Endpoint, SendingIp, type SendingIpArgs, type Verified } from "../../components/sending-ip";
import { SendingIpPool } from "../../components/sending-ip-pool";
import { readStackConfig } from "../../components/stack-config";
import { existing } from "../../providers/existing/cloud";
import { sendingAddresses } from "../../providers/internal/stack/sending-addresses";
import { manual } from "../../providers/manual/dns";
import { configOf } from "./config-of";

const hostname = "mail.example.com";
const helo = "smtp.example.com";
const args = (more: Partial<SendingIpArgs> = {}): SendingIpArgs => ({
  hostname,
  cloud: existing({ address: "192.0.2.10" }),
  dns: manual({ zone: "example.com" }),
  ipv6: false,
  ...more,
});

/** As in a preview, in which nobody asks DNS. */
async function known<T>(program: () => pulumi.Output<T>): Promise<T> {
  const mocks = {
    newResource: ({ name: id, inputs }: pulumi.runtime.MockResourceArgs) => ({ id: `${id}-id`, state: inputs }),
    call: ({ inputs }: pulumi.runtime.MockCallArgs) => inputs,
  };
  await pulumi.runtime.setMocks(mocks, undefined, undefined, true);
  try {
    const made = program();
    return await new Promise((resolve) => made.apply(resolve));
  } finally {
    await pulumi.runtime.disconnect();
  }
}

const endpointsOf = (more: Partial<SendingIpArgs>): Promise<Endpoint[]> =>
  known(() => new SendingIp("mail", args(more)).endpoints);
const verifiedOf = (more: Partial<SendingIpArgs>): Promise<Verified> =>
  known(() => new SendingIp("mail", args(more)).verified);

describe("what the server of a SendingIp says in EHLO", () => {
  it("is the host name, and then nothing is said of it", async () => {
    for (const more of [{}, { helo: "MAIL.example.com." }]) {
      const [endpoint] = await endpointsOf(more);
      assert.equal(endpoint !== undefined && "helo" in endpoint, false);
      assert.deepEqual(await verifiedOf(more), { hostname, addresses: ["192.0.2.10"] });
    }
  });

  it("stands in the endpoints, in `verified` and in the server's configuration where it is another", async () => {
    const more = { helo: "SMTP.example.com." };
    const [endpoint] = await endpointsOf(more);
    assert.deepEqual([endpoint?.hostname, endpoint?.helo], [hostname, helo]);
    assert.deepEqual(await verifiedOf(more), { hostname, helo, addresses: ["192.0.2.10"] });
    const [main] = await known(() => new SendingIp("mail", args(more)).mtaConfig("postfix"));
    assert.match(main?.text ?? "", /^smtp_helo_name = smtp\.example\.com$/m);
  });

  it("is read from the stack by the gate and `fcrdns stack`", async () => {
    const endpoints = await endpointsOf({ helo });
    const type = "pulumi-fcrdns:index:SendingIp";
    const resource = { type, urn: `urn:pulumi:dev::shop::${type}::mail`, properties: { hostname, endpoints } };
    const [address] = sendingAddresses([resource]);
    assert.deepEqual([address?.hostname, address?.helo], [hostname, helo]);
  });

  for (const bad of [
    "[192.0.2.10]",
    "localhost",
    "mail_1.example.com",
    "",
    "static.10.2.0.192.clients.your-server.de",
  ]) {
    it(`cannot be ${JSON.stringify(bad)}`, () => {
      assert.throws(
        () => new SendingIp("mail", args({ helo: bad })),
        /\n {2}helo: .*\n {4}Fix: give the full host name/,
      );
    });
  }

  it("can be one for all members of a pool, or one for each", async () => {
    const said = (pattern: string) =>
      known(() => {
        const cloud = ({ number }: { number: number }) => existing({ address: `192.0.2.${10 + number}` });
        return new SendingIpPool("mta", { ...args(), cloud, hostnames: "mta{n}.example.com", count: 2, helo: pattern })
          .endpoints;
      }).then((all) => all.map((endpoint) => endpoint.helo));
    assert.deepEqual(await said("smtp.example.com"), [helo, helo]);
    assert.deepEqual(await said("out{n}.example.com"), ["out1.example.com", "out2.example.com"]);
  });

  it("is the key `helo` of the stack's config", () => {
    const complete = { hostname, zone: "example.com" };
    assert.equal(readStackConfig(configOf({ ...complete, helo })).helo, helo);
    assert.equal("helo" in readStackConfig(configOf({ ...complete, helo: "" })), false);
  });
});

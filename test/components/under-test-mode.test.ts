import * as assert from "node:assert/strict";
import * as dgram from "node:dgram";
import { mock, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { publishMailRecords } from "../../components/mail-records";
import { SendingIp } from "../../components/sending-ip";
import { hetzner } from "../../providers/hetzner/cloud";
import { hetznerDns } from "../../providers/hetzner/dns";
import { linode } from "../../providers/linode/cloud";
import { manual } from "../../providers/manual/dns";
import { racknerd } from "../../providers/racknerd";

const dns = () => hetznerDns({ zone: "example.com" });
const hostname = "mail.example.com";
const stacks = {
  "a cloud that sets the PTR at once": () => ({ hostname, cloud: hetzner(), dns: dns() }),
  "a cloud that looks the name up itself": () => ({
    hostname,
    ipv6: false,
    cloud: linode({ existing: { v4: "192.0.2.10" } }),
    dns: dns(),
  }),
  "a support ticket": () => ({
    hostname,
    cloud: racknerd({ addresses: ["192.0.2.10"], service: "vps-1", purpose: "order confirmations" }),
    dns: dns(),
  }),
  "a panel": () => ({ hostname, cloud: hetzner(), dns: manual({ zone: "example.com" }) }),
};

for (const [name, args] of Object.entries(stacks)) {
  test(`under pulumi.runtime.setMocks nothing is asked of DNS and nobody waits: ${name}`, async () => {
    const sockets = mock.method(dgram, "createSocket");
    const made: string[] = [];
    await pulumi.runtime.setMocks({
      newResource: ({ type, name: id, inputs }) => {
        made.push(type);
        const address = type.endsWith("PrimaryIp") && {
          ipAddress: inputs.type === "ipv4" ? "192.0.2.10" : "2001:db8::",
        };
        return { id: `${id}-id`, state: { ...inputs, ...address } };
      },
      call: ({ inputs }) => inputs,
    });
    const started = performance.now();
    const mail = new SendingIp("mail", args() as ConstructorParameters<typeof SendingIp>[1]);
    publishMailRecords("mail", dns(), mail.verified);
    const verified = await new Promise<{ hostname: string }>((resolve) => mail.verified.apply(resolve));
    await pulumi.runtime.disconnect();
    assert.equal(verified.hostname, hostname);
    assert.ok(made.includes("hcloud:index/zoneRrset:ZoneRrset"));
    assert.equal(sockets.mock.callCount(), 0);
    assert.ok(performance.now() - started < 5000);
    sockets.mock.restore();
  });
}

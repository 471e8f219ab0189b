/** What `mtaConfig` writes, `fcrdns mta` reads back. */
import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import { mailServers } from "../../../senders/mta/mail-servers";
import { behindNat } from "../../../senders/mta/nat";
import { recognise } from "../../../senders/mta/recognise";
import type { SendingHost } from "../../../senders/mta/sending-host";
import { writableServers, writeConfiguration } from "../../../senders/mta/write-configuration";

const one: SendingHost = { helo: "mail.example.com", v4: { public: "192.0.2.10" } };
const members = [1, 2, 3].map(
  (n): SendingHost => ({
    helo: `mta${n}.example.com`,
    v4: { public: `192.0.2.1${n}` },
    v6: { public: `2001:db8::1${n}` },
  }),
);

const cases: Readonly<Record<string, readonly SendingHost[]>> = {
  "one IPv4 address": [one],
  "an address of each family": [{ ...one, v6: { public: "2001:db8::10" } }],
  "a private address behind NAT": [{ ...one, v4: { public: "192.0.2.10", bind: "10.1.2.3" } }],
  "a pool": members,
  "a pool of IPv4 addresses": members.map(({ helo, v4 }) => ({ helo, v4 })),
  "a pool behind NAT": members.map(({ helo, v4 }, index) => ({ helo, v4: { ...v4, bind: `10.1.2.${index}` } })),
};

function pairs(hosts: readonly SendingHost[]): string[] {
  return hosts.flatMap(({ helo, v4, v6 }) => [v4, ...(v6 ? [v6] : [])].map((each) => `${each.public}=${helo}`)).sort();
}

for (const server of writableServers) {
  describe(`the configuration that is written for ${server}`, () => {
    for (const [what, hosts] of Object.entries(cases)) {
      it(`is recognised and read back: ${what}`, async () => {
        const written = writeConfiguration(server, hosts);
        assert.ok(written.ok);
        const found = recognise(written.files, mailServers);
        assert.equal(found.kind === "server" && found.server.name, server, JSON.stringify(found));
        const reader = mailServers.find(({ name }) => name === server);
        assert.ok(reader);
        const none = async () => ({ ok: false, why: "is not given" }) as const;
        const bound = await reader.read(written.files, none);
        const nat = new Map(
          hosts.flatMap(({ v4 }) => (v4.bind === undefined ? [] : [[v4.bind, [v4.public]] as const])),
        );
        const { senders, leftOut } = behindNat(bound, nat);
        const read = [...new Set(senders.map(({ address, name }) => `${address}=${name}`))].sort();
        // OpenSMTPD cannot say several names from IPv6.
        const sending =
          server === "opensmtpd" && hosts.length > 1 ? hosts.map(({ helo, v4 }) => ({ helo, v4 })) : hosts;
        assert.deepEqual(read, pairs(sending));
        assert.deepEqual(leftOut, []);
      });
    }
  });
}

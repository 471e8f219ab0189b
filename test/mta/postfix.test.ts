import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import type { SendingHost } from "../../senders/mta/sending-host";
import { writeConfiguration } from "../../senders/mta/write-configuration";
import { cannotSend, type MailSession, postfixSends } from "./mail-session";

const skip = cannotSend() ?? false;
const helo = "mail.example.com";
const v4 = { public: "192.0.2.10" };
const v6 = { public: "2001:db8::10" };
const sinkV4 = "198.51.100.25";
const sinkV6 = "2001:db8:25::25";
/** By default Postfix takes the family of a receiver that has both at random. */
const preferIpv6 = ["smtp_address_preference = ipv6"];

async function senders(
  hosts: readonly SendingHost[],
  session: Omit<MailSession, "files" | "recipients"> & Partial<Pick<MailSession, "recipients">>,
): Promise<string[]> {
  const written = writeConfiguration("postfix", hosts);
  assert.ok(written.ok);
  const deliveries = await postfixSends({ recipients: ["a@example.net"], files: written.files, ...session });
  return deliveries.map(({ address, helo: said }) => `${address}=${said}`);
}

describe("a real Postfix with what was written for it", { skip, timeout: 120_000 }, () => {
  it("says the EHLO name from the IPv4 address, on a machine that has others", async () => {
    const addresses = ["192.0.2.1", v4.public];
    assert.deepEqual(await senders([{ helo, v4 }], { addresses, sink: [sinkV4] }), [`192.0.2.10=${helo}`]);
  });

  it("says it from the IPv6 address", async () => {
    const addresses = [v4.public, "2001:db8::1", v6.public];
    assert.deepEqual(await senders([{ helo, v4, v6 }], { addresses, sink: [sinkV6] }), [`2001:db8::10=${helo}`]);
  });

  it("keeps from IPv6 where no IPv6 address is verified, though machine and receiver have one", async () => {
    const addresses = [v4.public, v6.public];
    const sink = [sinkV6, sinkV4];
    assert.deepEqual(await senders([{ helo, v4 }], { addresses, sink, main: preferIpv6 }), [`192.0.2.10=${helo}`]);
  });

  it("may receive by IPv6 and still not send by it, as docs/senders.md says", async () => {
    const written = writeConfiguration("postfix", [{ helo, v4 }]);
    assert.ok(written.ok);
    const files = written.files.map(({ name, text }) => ({
      name,
      text: text.replace("protocols = ipv4", "protocols = all"),
    }));
    const session = { addresses: [v4.public, v6.public], sink: [sinkV6, sinkV4], main: preferIpv6 };
    const client = ["smtp unix - - n - - smtp", "  -o inet_protocols=ipv4"];
    const [byClient] = await postfixSends({ ...session, files, client, recipients: ["a@example.net"] });
    assert.equal(byClient?.address, "192.0.2.10");
    const [byDefault] = await postfixSends({ ...session, files, recipients: ["a@example.net"] });
    assert.notEqual(byDefault?.address, "192.0.2.10");
  });

  it("says it from the private address behind NAT", async () => {
    const hosts = [{ helo, v4: { ...v4, bind: "10.1.2.3" } }];
    assert.deepEqual(await senders(hosts, { addresses: ["10.1.2.3"], sink: [sinkV4] }), [`10.1.2.3=${helo}`]);
  });

  it("sends nothing from another address where the address is not on the machine", async () => {
    await assert.rejects(
      senders([{ helo, v4 }], { addresses: ["192.0.2.1"], sink: [sinkV4] }),
      /0 of 1 messages arrived.*Cannot assign requested address/s,
    );
  });

  it("shares the mail of a pool among its members, each with its name from its address", async () => {
    const hosts = [1, 2, 3].map((n) => ({ helo: `mta${n}.example.com`, v4: { public: `192.0.2.1${n}` } }));
    const pairs = hosts.map((host) => `${host.v4.public}=${host.helo}`);
    const addresses = ["192.0.2.1", ...hosts.map((host) => host.v4.public)];
    // One message in three goes by each member: that one of them has none of 60 happens once in 10^10 runs.
    const recipients = Array.from({ length: 60 }, (_, index) => `a@host${index}.example.net`);
    const seen = await senders(hosts, { addresses, sink: [sinkV4], recipients });
    assert.deepEqual([...new Set(seen)].sort(), pairs);
  });
});

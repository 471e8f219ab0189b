import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { SendingIp, type SendingIpArgs } from "../../components/sending-ip";
import { type PoolMember, SendingIpPool } from "../../components/sending-ip-pool";
import { existing } from "../../providers/existing/cloud";
import { cloudNames, cloudProvider } from "../../providers/find-provider";
import { hetzner } from "../../providers/hetzner/cloud";
import { hetznerDns } from "../../providers/hetzner/dns";
import { manual } from "../../providers/manual/dns";
import { oracle } from "../../providers/oracle/cloud";
import type { ConfigurationFile, MailServerName } from "../../senders/mta/mail-server";

const dns = () => hetznerDns({ zone: "example.com" });
const hostname = "mail.example.com";

/** Without addresses in a preview, as before the first `up`. */
async function underMocks<T>(program: () => pulumi.Output<T>, preview = false): Promise<T> {
  const mocks = {
    newResource: ({ type, name: id, inputs }: pulumi.runtime.MockResourceArgs) => {
      const [, member = "9"] = /-(\d+)-/.exec(id) ?? [];
      const ipAddress = inputs.type === "ipv4" ? `192.0.2.${member}` : `2001:db8:0:${member}::`;
      const known = type.endsWith("PrimaryIp") && !preview;
      return { id: `${id}-id`, state: { ...inputs, ...(known && { ipAddress }) } };
    },
    call: ({ inputs }: pulumi.runtime.MockCallArgs) => inputs,
  };
  await pulumi.runtime.setMocks(mocks, undefined, undefined, preview);
  try {
    const made = program();
    return await new Promise((resolve) => made.apply(resolve));
  } finally {
    await pulumi.runtime.disconnect();
  }
}

const mainCf = (files: readonly ConfigurationFile[]) => files.find(({ name }) => name === "main.cf")?.text ?? "";

describe("what the mail server must be told", () => {
  const dual: SendingIpArgs = { hostname, cloud: hetzner(), dns: dns() };

  it("is the EHLO name and the addresses of both families", async () => {
    const text = mainCf(await underMocks(() => new SendingIp("mail", dual).mtaConfig("postfix")));
    assert.match(text, /^smtp_helo_name = mail\.example\.com$/m);
    assert.match(text, /^smtp_bind_address = 192\.0\.2\.\d+$/m);
    assert.match(text, /^smtp_bind_address6 = 2001:db8:0:\w+::1$/m);
    assert.match(text, /^inet_protocols = all$/m);
  });

  it("keeps mail from IPv6 where no IPv6 address sends", async () => {
    const text = mainCf(await underMocks(() => new SendingIp("mail", { ...dual, ipv6: false }).mtaConfig("postfix")));
    assert.match(text, /^inet_protocols = ipv4$/m);
    assert.doesNotMatch(text, /smtp_bind_address6/);
  });

  it("binds to the address of the machine that was given, also one that is known later", async () => {
    const text = mainCf(
      await underMocks(() => {
        const cloud = existing({ address: "192.0.2.10" });
        const mail = new SendingIp("mail", { hostname, ipv6: false, cloud, dns: manual({ zone: "example.com" }) });
        return mail.mtaConfig("postfix", { bindAddress: pulumi.output("10.1.2.3") });
      }),
    );
    assert.match(text, /^smtp_bind_address = 10\.1\.2\.3$/m);
  });

  it("has the EHLO name of the address where that is another one than the PTR", async () => {
    const helo = "relay.example.com";
    const text = mainCf(await underMocks(() => new SendingIp("mail", { ...dual, helo }).mtaConfig("postfix")));
    assert.match(text, /^smtp_helo_name = relay\.example\.com$/m);
  });

  it("is unknown in a preview that does not know the addresses", async () => {
    const known = await underMocks(() => {
      const written = new SendingIp("mail", dual).mtaConfig("postfix");
      return pulumi.output((written as unknown as { isKnown: Promise<boolean> }).isKnown);
    }, true);
    assert.equal(known, false);
  });

  it("is no secret", async () => {
    const secret = await underMocks(() => {
      const written = new SendingIp("mail", dual).mtaConfig("postfix");
      return pulumi.output((written as unknown as { isSecret: Promise<boolean> }).isSecret);
    });
    assert.equal(secret, false);
  });

  it("has a transport for each member of a pool", async () => {
    const files = await underMocks(() =>
      new SendingIpPool("mta", { hostnames: "mta{n}.example.com", count: 3, cloud: hetzner(), dns: dns() }).mtaConfig(
        "postfix",
        ({ number }) => ({ bindAddress: `10.0.0.${number}` }),
      ),
    );
    const transports = files.find(({ name }) => name === "master.cf")?.text ?? "";
    for (const n of [1, 2, 3]) {
      assert.match(
        transports,
        new RegExp(`smtp_helo_name=mta${n}\\.example\\.com\n  -o smtp_bind_address=10\\.0\\.0\\.${n}\n`),
      );
    }
    assert.match(mainCf(files), /randmap:\{fcrdns-1:,fcrdns-2:,fcrdns-3:\}/);
  });
});

describe("a cloud that translates addresses", () => {
  const translating = () => oracle({ addresses: ["192.0.2.10"] });
  const dnsByHand = () => manual({ zone: "example.com" });

  it("needs the machine's address, before anything waits; the error says which", async () => {
    await underMocks(() => {
      const mail = new SendingIp("mail", { hostname, ipv6: false, cloud: translating(), dns: dnsByHand() });
      assert.throws(
        () => mail.mtaConfig("postfix"),
        /mail\.example\.com has no bindAddress\. Oracle Cloud Infrastructure translates .*\n {2}Fix: .*\{ bindAddress: instance\.privateIp \}/,
      );
      return pulumi.output("");
    });
  });

  it("needs it for each member of a pool", async () => {
    await underMocks(() => {
      const cloud = ({ number }: PoolMember) => oracle({ addresses: [`192.0.2.${number}`] });
      const dns = dnsByHand();
      const pool = new SendingIpPool("mta", { hostnames: "mta{n}.example.com", ipv6: false, count: 2, cloud, dns });
      assert.throws(
        () => pool.mtaConfig("exim", ({ number }) => (number === 1 ? { bindAddress: "10.0.0.1" } : {})),
        /mta2\.example\.com has no bindAddress/,
      );
      return pulumi.output("");
    });
  });

  it("is one of those that are known to do so", () => {
    const names = cloudNames.filter((name) => cloudProvider(name)?.cloud?.capabilities.nat !== undefined);
    assert.deepEqual([...names].sort(), ["aws", "azure", "google", "govcloud", "lightsail", "oracle"]);
  });
});

it("a mail server that is not known is refused with the names that are", async () => {
  await underMocks(() => {
    const mail = new SendingIp("mail", { hostname, cloud: hetzner(), dns: dns() });
    assert.throws(
      () => mail.mtaConfig("postfx" as MailServerName),
      /give one of .*opensmtpd \(did you mean postfix\?\)/,
    );
    return pulumi.output("");
  });
});

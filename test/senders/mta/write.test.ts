import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { SendingHost } from "../../../senders/mta/sending-host";
import { writableServers, writeConfiguration } from "../../../senders/mta/write-configuration";

const v4Only: SendingHost = { helo: "mail.example.com", v4: { public: "192.0.2.10" } };
const dual: SendingHost = { ...v4Only, v6: { public: "2001:db8::10" } };
const pool: SendingHost[] = [1, 2].map((n) => ({ helo: `mta${n}.example.com`, v4: { public: `192.0.2.1${n}` } }));

function textOf(server: (typeof writableServers)[number], hosts: readonly SendingHost[]): string {
  const written = writeConfiguration(server, hosts);
  assert.ok(written.ok, JSON.stringify(written));
  return written.files.map(({ text }) => text).join("\n");
}

function reasonsOf(hosts: readonly SendingHost[]): string {
  const written = writeConfiguration("postfix", hosts);
  assert.ok(!written.ok, "was written");
  return written.reasons.join("\n");
}

describe("the configuration of a mail server", () => {
  it("is written for each server that is read", () => {
    assert.deepEqual([...writableServers].sort(), [
      "exim",
      "haraka",
      "kumomta",
      "opensmtpd",
      "postal",
      "postfix",
      "powermta",
      "stalwart",
    ]);
  });

  for (const server of writableServers) {
    it(`of ${server} has the EHLO name and each address of it`, () => {
      const text = textOf(server, [dual]);
      for (const part of ["mail.example.com", "192.0.2.10", "2001:db8::10"]) assert.ok(text.includes(part), part);
    });

    it(`of ${server} binds to the private address behind NAT; the public one stands nowhere`, () => {
      const text = textOf(server, [{ ...v4Only, v4: { public: "192.0.2.10", bind: "10.1.2.3" } }]);
      assert.ok(text.includes("10.1.2.3"));
      assert.ok(!text.includes("192.0.2.10"), text);
    });

    it(`of ${server} has every host of a pool`, () => {
      const text = textOf(server, pool);
      for (const part of ["mta1.example.com", "192.0.2.11", "mta2.example.com", "192.0.2.12"])
        assert.ok(text.includes(part), part);
    });

    it(`of ${server} may say one name from all addresses of a pool`, () => {
      const hosts = pool.map((host) => ({ ...host, helo: "mta.example.com" }));
      const text = textOf(server, hosts);
      // Names of virtual MTAs, sources, transports and sections: each once.
      const defined = text.match(/^(?:<virtual-mta .*>|\[.*\]|[\w-]+:|table .* )$/gm) ?? [];
      assert.deepEqual(defined, [...new Set(defined)]);
    });

    it(`of ${server} ends each file with one line end and has no other control character`, () => {
      const written = writeConfiguration(server, [dual]);
      for (const { text } of written.ok ? written.files : []) assert.match(text, /^[\n\x20-\x7e]*[\x20-\x7e]\n$/);
    });
  }

  const offSwitches: Readonly<Record<string, RegExp>> = {
    postfix: /^inet_protocols = ipv4$/m,
    exim: /^disable_ipv6 = true$/m,
    kumomta: /^skip_hosts = \["::\/0"\]$/m,
    stalwart: /^ip-lookup = "ipv4_only"$/m,
  };
  for (const [server, line] of Object.entries(offSwitches)) {
    it(`of ${server} switches IPv6 off where there is no address of it, and there alone`, () => {
      assert.match(textOf(server as "postfix", [v4Only]), line);
      assert.doesNotMatch(textOf(server as "postfix", [dual]), line);
    });
  }
});

describe("what is no host name or address", () => {
  const cases: readonly (readonly [string, SendingHost, RegExp])[] = [
    ["a line end in the name", { ...v4Only, helo: "mail.example.com\nrelayhost = evil" }, /EHLO name/],
    ["a space in the name", { ...v4Only, helo: "mail.example.com evil" }, /EHLO name/],
    ["a quote in the name", { ...v4Only, helo: 'mail".example.com' }, /EHLO name/],
    ["an expansion in the name", { ...v4Only, helo: "$" + "{run{/bin/sh}}.example.com" }, /EHLO name/],
    ["a single label", { ...v4Only, helo: "localhost" }, /single label/],
    ["an address literal", { ...v4Only, helo: "[192.0.2.10]" }, /address, not a name/],
    ["a name as address", { ...v4Only, v4: { public: "mail.example.com" } }, /not an IP address/],
    ["a line end in the address", { ...v4Only, v4: { public: "192.0.2.10", bind: "10.0.0.1\nx = y" } }, /10\.0\.0\.1/],
    ["IPv6 in the place of IPv4", { ...v4Only, v4: { public: "2001:db8::1" } }, /an IPv4 address is needed/],
    ["every address", { ...v4Only, v4: { public: "192.0.2.10", bind: "0.0.0.0" } }, /cannot be bound to/],
    ["loopback", { ...v4Only, v4: { public: "192.0.2.10", bind: "127.0.0.1" } }, /cannot be bound to/],
    ["link-local", { ...v4Only, v4: { public: "192.0.2.10", bind: "169.254.1.1" } }, /cannot be bound to/],
    ["broadcast", { ...v4Only, v4: { public: "192.0.2.10", bind: "255.255.255.255" } }, /cannot be bound to/],
    ["multicast", { ...v4Only, v6: { public: "2001:db8::10", bind: "ff02::1" } }, /cannot be bound to/],
  ];
  for (const [what, host, reason] of cases) {
    it(`${what} is refused with the reason`, () => assert.match(reasonsOf([host]), reason));
  }

  it("two hosts of a pool that bind to the same address are refused", () => {
    assert.match(
      reasonsOf([v4Only, { ...v4Only, helo: "mta2.example.com" }]),
      /192\.0\.2\.10 is the bind address of two/,
    );
  });

  it("hosts of a pool that send by different families are refused", () => {
    assert.match(reasonsOf([pool[0] as SendingHost, dual]), /different families/);
  });

  it("none at all is refused", () => assert.match(reasonsOf([]), /no address/));

  it("nothing but a host name ever stands where the name stands: any text is refused or canonical", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
        const written = writeConfiguration("postfix", [{ ...v4Only, helo: `${text}.example.com` }]);
        if (!written.ok) return;
        assert.match(written.files[0].text, /^smtp_helo_name = [a-z0-9.-]+$/m);
        assert.equal(written.files[0].text.split("\n").length, textOf("postfix", [v4Only]).split("\n").length);
      }),
    );
  });
});

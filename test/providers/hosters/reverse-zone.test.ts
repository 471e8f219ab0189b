import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { type IpAddress, parseAddress, reverseName } from "../../../fcrdns/names/address";
import { reverseRecordName } from "../../../providers/internal/addresses/reverse-zone";

function address(text: string): IpAddress {
  const read = parseAddress(text);
  assert.ok(read.ok);
  return read.address;
}

describe("the PTR record of an address in a reverse zone of your own", () => {
  const covered: [string, string, string][] = [
    ["203.0.113.42", "113.0.203.in-addr.arpa", "42.113.0.203.in-addr.arpa"],
    ["203.0.113.42", "113.0.203.IN-ADDR.ARPA.", "42.113.0.203.in-addr.arpa"],
    ["203.0.113.42", "0.203.in-addr.arpa", "42.113.0.203.in-addr.arpa"],
    ["203.0.113.42", "42.113.0.203.in-addr.arpa", "42.113.0.203.in-addr.arpa"],
    ["203.0.113.42", "40/29.113.0.203.in-addr.arpa", "42.40/29.113.0.203.in-addr.arpa"],
    ["203.0.113.1", "0/25.113.0.203.in-addr.arpa", "1.0/25.113.0.203.in-addr.arpa"],
    ["203.0.113.129", "128/25.113.0.203.in-addr.arpa", "129.128/25.113.0.203.in-addr.arpa"],
    ["203.0.113.1", "0-25.113.0.203.in-addr.arpa", "1.0-25.113.0.203.in-addr.arpa"],
    ["203.0.113.120", "0-25.113.0.203.in-addr.arpa", "120.0-25.113.0.203.in-addr.arpa"],
    ["203.0.113.42", "40-47.113.0.203.in-addr.arpa", "42.40-47.113.0.203.in-addr.arpa"],
    ["203.0.113.42", "40-29.113.0.203.in-addr.arpa", "42.40-29.113.0.203.in-addr.arpa"],
    ["203.0.113.42", "40_29.113.0.203.in-addr.arpa", "42.40_29.113.0.203.in-addr.arpa"],
    ["203.0.113.42", "42/32.113.0.203.in-addr.arpa", "42.42/32.113.0.203.in-addr.arpa"],
    ["203.0.113.42", "customer7.113.0.203.in-addr.arpa", "42.customer7.113.0.203.in-addr.arpa"],
    ["203.0.113.42", "rdns.customer7.113.0.203.in-addr.arpa", "42.rdns.customer7.113.0.203.in-addr.arpa"],
    ["203.0.113.42", "0/17.0.203.in-addr.arpa", "42.113.0/17.0.203.in-addr.arpa"],
    ["2001:db8::25", "8.b.d.0.1.0.0.2.ip6.arpa", `5.2.${"0.".repeat(22)}8.b.d.0.1.0.0.2.ip6.arpa`],
    [
      "2001:DB8:1:2::25",
      "2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
      `5.2.${"0.".repeat(14)}2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa`,
    ],
  ];
  for (const [ip, zone, name] of covered) {
    it(`of ${ip} in ${zone} is ${name}`, () => {
      assert.deepEqual(reverseRecordName(address(ip), zone), { ok: true, name });
    });
  }

  const refused: [string, string, RegExp][] = [
    ["203.0.113.42", "112.0.203.in-addr.arpa", /does not cover 203\.0\.113\.42: its part "112" must be "113"/],
    ["203.0.113.42", "0/29.113.0.203.in-addr.arpa", /"0\/29" covers 0 to 7, not 42/],
    ["203.0.113.200", "0/25.113.0.203.in-addr.arpa", /"0\/25" covers 0 to 127, not 200/],
    ["203.0.113.200", "0-25.113.0.203.in-addr.arpa", /covers 0 to 127 or 0 to 25, not 200/],
    ["203.0.113.48", "40-47.113.0.203.in-addr.arpa", /covers 40 to 47, not 48/],
    ["203.0.200.1", "0/17.0.203.in-addr.arpa", /covers 0 to 127, not 200/],
    ["203.0.113.42", "mail.42.113.0.203.in-addr.arpa", /below a complete address/],
    ["203.0.113.42", "example.com", /not a zone below in-addr\.arpa/],
    ["203.0.113.42", "in-addr.arpa", /not a zone below in-addr\.arpa/],
    ["203.0.113.42", "8.b.d.0.1.0.0.2.ip6.arpa", /not a zone below in-addr\.arpa/],
    ["2001:db8::25", "113.0.203.in-addr.arpa", /not a zone below ip6\.arpa/],
    ["2001:db8::25", "9.b.d.0.1.0.0.2.ip6.arpa", /its part "9" must be "8"/],
    ["2001:db8::25", "0-7.8.b.d.0.1.0.0.2.ip6.arpa", /delegated at nibbles/],
    ["2001:db8::25", "0db8.2001.ip6.arpa", /delegated at nibbles/],
    ["203.0.113.42", "a..113.0.203.in-addr.arpa", /empty label/],
  ];
  for (const [ip, zone, why] of refused) {
    it(`of ${ip} is refused in ${zone}`, () => {
      const found = reverseRecordName(address(ip), zone);
      assert.ok(!found.ok);
      assert.match(found.message, why);
      assert.match(found.fix, /arpa/);
    });
  }

  it("is the address's reverse name in every zone at an octet or nibble boundary", () => {
    const octets = fc
      .array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 })
      .map((parts) => parts.join("."));
    const groups = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 })
      .filter(([first]) => first !== 0)
      .map((parts) => parts.map((part) => part.toString(16)).join(":"));
    fc.assert(
      fc.property(fc.oneof(octets, groups), fc.nat(), (ip, cut) => {
        const full = reverseName(ip);
        const labels = full.split(".");
        const zone = labels.slice(cut % (labels.length - 2)).join(".");
        assert.deepEqual(reverseRecordName(address(ip), zone), { ok: true, name: full });
      }),
    );
  });

  it("lies in an RFC 2317 zone exactly when the range holds the address", () => {
    const case_ = fc.record({
      octet: fc.integer({ min: 0, max: 255 }),
      length: fc.integer({ min: 25, max: 32 }),
      block: fc.nat(),
      mark: fc.constantFrom("/", "_"),
    });
    fc.assert(
      fc.property(case_, ({ octet, length, block, mark }) => {
        const size = 2 ** (32 - length);
        const first = (block % (256 / size)) * size;
        const found = reverseRecordName(
          address(`203.0.113.${octet}`),
          `${first}${mark}${length}.113.0.203.in-addr.arpa`,
        );
        assert.equal(found.ok, first <= octet && octet < first + size);
      }),
    );
  });
});

import { strict as assert } from "node:assert";
import { test } from "node:test";
import * as fc from "fast-check";
import {
  addressFromBytes,
  addressFromReverseName,
  parseAddress,
  reverseName,
  sameAddress,
} from "../../../fcrdns/names/address";

const canonical: [wrote: string, text: string][] = [
  ["192.0.2.10", "192.0.2.10"],
  ["0.0.0.0", "0.0.0.0"],
  ["255.255.255.255", "255.255.255.255"],
  ["2001:DB8::10", "2001:db8::10"],
  ["2001:0db8:0000:0000:0000:0000:0000:0010", "2001:db8::10"],
  ["::", "::"],
  ["::1", "::1"],
  ["::ffff:192.0.2.10", "192.0.2.10"],
  ["::FFFF:c000:20a", "192.0.2.10"],
  ["0:0:0:0:0:ffff:192.0.2.10", "192.0.2.10"],
  ["::192.0.2.10", "::c000:20a"],
  ["::ff:c000:20a", "::ff:c000:20a"],
  ["::ff00:c000:20a", "::ff00:c000:20a"],
  ["64:ff9b::192.0.2.10", "64:ff9b::c000:20a"],
  ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
  ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
];

for (const [wrote, text] of canonical) {
  test(`${wrote} is read as ${text}`, () => {
    const parsed = parseAddress(wrote);
    assert.ok(parsed.ok);
    assert.equal(parsed.address.text, text);
    assert.equal(parsed.address.bytes.length, parsed.address.family === 4 ? 4 : 16);
  });
}

const refused: [wrote: string, why: RegExp][] = [
  ["", /no address/],
  [" 192.0.2.10", /spaces/],
  ["192.0.2.10\n", /spaces/],
  ["127.1", /short form/],
  ["192.0.2", /short form/],
  ["3221225994", /plain number/],
  ["0x7f.1", /hexadecimal/],
  ["0x7f000001", /hexadecimal/],
  ["0300.0.2.10", /leading zeros/],
  ["192.0.02.10", /leading zeros/],
  ["192.0.2.256", /above 255/],
  ["192.0.2.10.1", /more than four/],
  ["192.0.2.10/32", /prefix/],
  ["192.0.2.10:53", /port/],
  ["[2001:db8::1]", /brackets/],
  ["fe80::1%eth0", /zone index/],
  ["2001:db8::1%0", /zone index/],
  ["2001:db8:::1", /not an IPv6/],
  ["2001:db8::1::2", /not an IPv6/],
  ["1:2:3:4:5:6:7:8:9", /not an IPv6/],
  ["::ffff:192.0.02.10", /not an IPv6/],
  ["::ffff:192.0.2", /not an IPv6/],
  ["12345::", /not an IPv6/],
  ["mail.example.com", /not an IP address/],
  ["１９２.0.2.10", /not an IP address/],
  ["192.0.2.-1", /not an IP address/],
  ["+192.0.2.1", /not an IP address/],
  ["   ", /no address/],
  ["192.0.2.10[1]", /not an IP address/],
  ["[]", /brackets/],
  ["x192.0.2.10:53", /not an IPv6/],
  [".0.2.10:53", /not an IPv6/],
  ["192..2.10:53", /not an IPv6/],
  ["192.0.2.10:", /not an IPv6/],
  ["192.0.2.10:53x", /not an IPv6/],
  ["0X7F000001", /hexadecimal/],
  ["10x1.0.0.1", /not an IP address/],
  ["f.0x7f", /not an IP address/],
  ["1.0xg", /not an IP address/],
  ["1g.0x1", /not an IP address/],
  ["0x1g", /not an IP address/],
  ["192.0..1", /not an IP address/],
  ["192.0.2.a1", /not an IP address/],
  ["192.0.2.1a", /not an IP address/],
  ["300.0.2.1", /above 255/],
  ["00.0.2.1", /leading zeros/],
  ["9".repeat(60), /^"9{60}" is a plain number/],
  ["9".repeat(61), /^"9{60}\.\.\." is a plain number/],
];

for (const [wrote, why] of refused) {
  test(`${JSON.stringify(wrote)} is refused: ${why.source}`, () => {
    const parsed = parseAddress(wrote);
    assert.ok(!parsed.ok);
    assert.match(parsed.reason, why);
    assert.doesNotMatch(parsed.reason, /\n/);
  });
}

test("reverse names have octets or nibbles backwards (RFC 1035 section 3.5, RFC 3596 section 2.5)", () => {
  assert.equal(reverseName("192.0.2.10"), "10.2.0.192.in-addr.arpa");
  assert.equal(reverseName("::ffff:192.0.2.10"), "10.2.0.192.in-addr.arpa");
  assert.equal(
    reverseName("2001:db8::567:89ab"),
    "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
  );
  assert.throws(() => reverseName("127.1"), RangeError);
});

test("names that are no full reverse name stand for no address", () => {
  for (const name of [
    "2.0.192.in-addr.arpa",
    "1.0/25.2.0.192.in-addr.arpa",
    "256.2.0.192.in-addr.arpa",
    "01.2.0.192.in-addr.arpa",
    "8.b.d.0.1.0.0.2.ip6.arpa",
    "mail.example.com",
    "",
    reverseName("2001:db8::1").replace("1.0", "10"),
  ]) {
    assert.equal(addressFromReverseName(name), null, name);
  }
  assert.equal(addressFromReverseName("10.2.0.192.IN-ADDR.ARPA.")?.text, "192.0.2.10");
});

const anyAddress = fc
  .oneof(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.uint8Array({ minLength: 16, maxLength: 16 }))
  .map(addressFromBytes);

test("text, octets and reverse name of any address can be parsed back", () => {
  fc.assert(
    fc.property(anyAddress, (address) => {
      const parsed = parseAddress(address.text);
      assert.ok(parsed.ok);
      assert.ok(sameAddress(parsed.address, address));
      assert.equal(addressFromReverseName(reverseName(address))?.text, address.text);
      assert.ok(!sameAddress(address, addressFromBytes(address.bytes.map((octet) => octet ^ 1))));
    }),
    { numRuns: 2000 },
  );
});

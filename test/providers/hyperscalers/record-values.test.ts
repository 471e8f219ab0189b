import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { route53Value } from "../../../providers/aws/dns";
import { publicZone } from "../../../providers/google/dns";
import { characterStrings, quotedCharacterStrings } from "../../../providers/internal/records/character-strings";
import { mailExchanger } from "../../../providers/internal/records/mail-exchanger";

describe("text in character-strings", () => {
  test("is whole again when they are put together, and none is longer than 255 octets", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 900 }), (text) => {
        const strings = characterStrings(text);
        assert.equal(strings.join(""), text);
        assert.ok(strings.length > 0);
        assert.ok(strings.every((string) => Buffer.byteLength(string) <= 255));
      }),
    );
  });

  test("is quoted and escaped as in a zone file", () => {
    assert.equal(quotedCharacterStrings('a "b" \\c'), '"a \\"b\\" \\\\c"');
    assert.equal(quotedCharacterStrings("k".repeat(300)), `"${"k".repeat(255)}" "${"k".repeat(45)}"`);
    assert.equal(quotedCharacterStrings(""), '""');
  });

  test("comes to Route 53 without the outer quotes, which its provider adds", () => {
    assert.equal(route53Value("TXT", "v=spf1 ip4:198.51.100.10 -all"), "v=spf1 ip4:198.51.100.10 -all");
    assert.equal(route53Value("TXT", "k".repeat(300)), `${"k".repeat(255)}""${"k".repeat(45)}`);
    assert.equal(route53Value("MX", "10 mail.example.com"), "10 mail.example.com");
  });
});

describe("an MX value", () => {
  test("is a preference and a name", () => {
    assert.deepEqual(mailExchanger("10 mail.example.com"), { preference: 10, exchange: "mail.example.com" });
    assert.deepEqual(mailExchanger(" 0\tmail.example.com. "), { preference: 0, exchange: "mail.example.com" });
  });

  for (const value of ["mail.example.com", "10", "65536 mail.example.com", "-1 mail.example.com", "10 a b", ""]) {
    test(`is not ${JSON.stringify(value)}`, () => assert.throws(() => mailExchanger(value), RangeError));
  }
});

describe("the managed zone for a DNS name", () => {
  const zone = (name: string, dnsName: string, visibility = "public") => ({ name, dnsName, visibility });

  test("is the public one, whatever it is called", () => {
    const zones = [
      zone("inside", "example.com.", "private"),
      zone("outside", "Example.com."),
      zone("sub", "a.example.com."),
    ];
    assert.equal(publicZone(zones, "example.com"), "outside");
  });

  test("is missed by name, with the command that makes it", () => {
    assert.throws(() => publicZone([zone("inside", "example.com.", "private")], "example.com"), /managed-zones create/);
  });

  test("is not chosen among several", () => {
    const zones = [zone("a", "example.com."), zone("b", "example.com.")];
    assert.throws(() => publicZone(zones, "example.com"), /a, b.*dns\.managedZone/s);
  });
});

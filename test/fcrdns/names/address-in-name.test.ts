/** Which spellings of an address in a name count, and which do not. */
import { strict as assert } from "node:assert";
import { test } from "node:test";
import { parseAddress } from "../../../fcrdns/names/address";
import { addressInName } from "../../../fcrdns/names/address-in-name";

const IP = "192.0.2.10";
const IP6 = "2001:db8:1:2:3:4:5:6";

// biome-ignore format: one line per case
const rows: readonly [what: string, text: string, ip: string, part: string | null][] = [
  ["the first three octets", "host-192-0-2.example", IP, "192-0-2"],
  ["the last three octets", "host-0-2-10.example", IP, "0-2-10"],
  ["the first three octets backwards", "host-2-0-192.example", IP, "2-0-192"],
  ["the last three octets backwards", "host-10-2-0.example", IP, "10-2-0"],
  ["three octets beside other numbers", "mx7.r4.192-0-2.example", IP, "192-0-2"],
  ["three octets that are not neighbours", "mx192.a0.b2.example", IP, null],
  ["an integer that is the address", "host-3221225994.example", IP, "3221225994"],
  ["the octets without separators", "host203113113.example", "203.113.1.13", "203113113"],
  ["octets without separators that are few enough to be a serial number", "host1234.example", "1.2.3.4", null],
  ["the last two octets behind a word for a host", "ip-2-10.example", IP, "ip-2-10"],
  ["the last two octets behind a word for a host, backwards and padded", "static-010-002.example", IP, "static-010-002"],
  ["the last two octets behind a word for a host inside a label", "rack-ip-2-10.example", IP, "ip-2-10"],
  ["three octets of any address behind `ip`, as a label inside the name", "a.ip-198-51-100.example", IP, "ip-198-51-100"],
  ["the last two octets behind a word of one's own", "rack-2-10.example", IP, null],
  ["one of the last two octets", "ip-2-11.example", IP, null],
  ["the last sixteen nibbles of an IPv6 address", "0003000400050006.example", IP6, "0003000400050006"],
  ["the first sixteen nibbles", "20010db800010002.example", IP6, "20010db800010002"],
  ["fifteen nibbles", "003000400050006.example", IP6, null],
  ["four groups of an IPv6 address", "h-3-4-5-6.example", IP6, "3-4-5-6"],
  ["groups that are all zero say nothing", "mx-0000-0-0-0.example", "2001:db8::1", null],
];

for (const [what, text, ip, part] of rows) {
  test(`${what}: ${text} for ${ip}`, () => {
    const parsed = parseAddress(ip);
    assert.ok(parsed.ok);
    assert.equal(addressInName(text, parsed.address)?.part ?? null, part);
  });
}

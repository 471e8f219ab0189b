/** Which addresses of name servers the public DNS can have: IANA's special-purpose registries, "Globally Reachable". */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { whyNotPublic } from "../../../fcrdns/ask/server-address";

/** First and last address of each range that is not reachable from everywhere. */
const notAsked = [
  ["0.0.0.0", "0.255.255.255"],
  ["10.0.0.0", "10.255.255.255"],
  ["100.64.0.0", "100.127.255.255"],
  ["127.0.0.0", "127.255.255.255"],
  ["169.254.0.0", "169.254.255.255"],
  ["172.16.0.0", "172.31.255.255"],
  ["192.0.0.0", "192.0.0.8"],
  ["192.0.0.11", "192.0.0.255"],
  ["192.0.2.0", "192.0.2.255"],
  ["192.88.99.0", "192.88.99.255"],
  ["192.168.0.0", "192.168.255.255"],
  ["198.18.0.0", "198.19.255.255"],
  ["198.51.100.0", "198.51.100.255"],
  ["203.0.113.0", "203.0.113.255"],
  ["224.0.0.0", "239.255.255.255"],
  ["240.0.0.0", "255.255.255.255"],
  ["::", "::1"],
  ["::ffff:10.0.0.1", "::ffff:127.0.0.1"],
  ["64:ff9b::10.0.0.1", "64:ff9b::127.0.0.1"],
  ["64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"],
  ["100::", "100::1:ffff:ffff:ffff:ffff"],
  ["2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001:1::", "2001:1::4"],
  ["2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff"],
  ["2001:4::", "2001:f:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001:40::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2002:a00:1::1", "2002:7f00:1::1"],
  ["3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["ff00::", "ff0e::fb"],
] as const;

/** Reachable exceptions, the neighbours of the ranges above, and what every walk has to reach. */
const asked = [
  ...["1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0"],
  ...["169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255", "192.0.1.0", "192.0.3.0"],
  // PCP and TURN anycast, AS112, AMT, direct delegation AS112.
  ...["192.0.0.9", "192.0.0.10", "192.31.196.1", "192.52.193.1", "192.175.48.1", "192.175.48.42"],
  ...[
    "192.167.255.255",
    "192.169.0.0",
    "192.88.98.255",
    "192.88.100.0",
    "198.17.255.255",
    "198.20.0.0",
    "198.51.99.255",
    "198.51.101.0",
  ],
  ...["203.0.112.255", "203.0.114.0", "223.255.255.255", "198.41.0.4", "202.12.27.33"],
  ...["64:ff9b::198.41.0.4", "::ffff:198.41.0.4", "2002:c629:4::1"],
  ...[
    "2001:1::1",
    "2001:1::2",
    "2001:1::3",
    "2001:3::1",
    "2001:4:112::1",
    "2001:20::1",
    "2001:30::1",
    "2620:4f:8000::1",
  ],
  ...["2001:200::1", "2001:503:ba3e::2:30", "2001:db7::1", "2001:db9::1", "2001:7fd::1", "2a00::1", "2610:a1::1"],
] as const;

describe("name servers of the public DNS", () => {
  for (const [first, last] of notAsked) {
    it(`are not asked at ${first} and ${last}`, () => {
      for (const address of [first, last]) assert.equal(typeof whyNotPublic(address), "string", address);
    });
  }

  it("are asked at every other address", () => {
    for (const address of asked) assert.equal(whyNotPublic(address), null, address);
  });
});

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hostInNetwork } from "../../providers/internal/addresses/ipv6-host";

describe("the host address in an IPv6 network", () => {
  const cases: readonly (readonly [string, string | undefined, string])[] = [
    ["2001:db8:1:2::/64", undefined, "2001:db8:1:2::1"],
    ["2001:db8:1:2::", undefined, "2001:db8:1:2::1"],
    ["2001:0DB8:0001:0002:0000:0000:0000:0000/64", "::25", "2001:db8:1:2::25"],
    ["2001:db8::", "::1:2:3:4", "2001:db8::1:2:3:4"],
  ];
  for (const [network, host, expected] of cases) {
    test(`${network} with ${host ?? "the usual host part"} is ${expected}`, () => {
      assert.equal(hostInNetwork(network, host), expected);
    });
  }

  test("a host part that reaches into the network is refused", () => {
    assert.throws(() => hostInNetwork("2001:db8::/64", "0:0:0:1::1"), /does not fit into the last 64 bits/);
  });

  test("IPv4 is refused", () => {
    assert.throws(() => hostInNetwork("192.0.2.0/24"), /is not IPv6/);
  });
});

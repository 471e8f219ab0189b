import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AddressRequest, Cloud } from "../../../providers/cloud";
import { frontier } from "../../../providers/frontier";
import { generic } from "../../../providers/generic";
import { lightsail } from "../../../providers/lightsail";
import { oracle } from "../../../providers/oracle";
import { racknerd } from "../../../providers/racknerd";

const both: AddressRequest = { hostname: "mail.example.com", families: [4, 6] };
const v4Only: AddressRequest = { hostname: "mail.example.com", families: [4] };
const details = { service: "vps-1234", purpose: "order confirmations", email: "ops@example.com" };

describe("a cloud whose PTRs are set by people", () => {
  const refusals: [name: string, cloud: Cloud, request: AddressRequest, said: RegExp][] = [
    [
      "wants what the provider wants",
      racknerd({ addresses: ["203.0.113.7"] }),
      v4Only,
      /cloud\.service.*\n.*cloud\.purpose/,
    ],
    [
      "wants an address",
      racknerd({ ...details, addresses: [] }),
      v4Only,
      /cloud\.addresses: .*no IPv4 address was given/,
    ],
    [
      "wants one of each family",
      racknerd({ ...details, addresses: ["203.0.113.7"] }),
      both,
      /no IPv6 address was given/,
    ],
    [
      "wants no two of one family",
      racknerd({ ...details, addresses: ["203.0.113.7", "203.0.113.8"] }),
      v4Only,
      /203\.0\.113\.7 and 203\.0\.113\.8 are 2 IPv4 addresses/,
    ],
    ["wants addresses", racknerd({ ...details, addresses: ["203.0.113.7/24"] }), v4Only, /is a prefix/],
    [
      "wants no IPv6 where the provider sets none",
      lightsail({ ...details, addresses: ["203.0.113.7", "2001:db8::25"] }),
      both,
      /sets no PTR for IPv6/,
    ],
    [
      "wants a block that holds the address",
      oracle({
        addresses: ["203.0.113.7"],
        ask: { kind: "rfc2317", cidr: "198.51.100.0/29", nameServers: ["ns1.example.com"] },
      }),
      v4Only,
      /does not hold 203\.0\.113\.7/,
    ],
  ];
  for (const [name, cloud, request, said] of refusals) {
    it(name, () => {
      const problems = cloud.validate(request);
      assert.match(problems.map(({ argument, message }) => `${argument}: ${message}`).join("\n"), said);
      for (const { fix } of problems) assert.ok(fix.length > 10);
    });
  }

  it("refuses nothing that can work", () => {
    assert.deepEqual(racknerd({ ...details, addresses: ["203.0.113.7"] }).validate(v4Only), []);
    assert.deepEqual(racknerd({ ...details, addresses: ["2001:db8::25", "203.0.113.7"] }).validate(both), []);
    assert.deepEqual(frontier({ addresses: ["203.0.113.7"] }).validate(v4Only), []);
    assert.deepEqual(generic({ ...details, title: "Some Host", addresses: ["203.0.113.7"] }).validate(v4Only), []);
  });

  it("knows which families it has an address of, and says what the provider can", () => {
    assert.deepEqual(racknerd({ ...details, addresses: ["203.0.113.7"] }).families, [4]);
    assert.deepEqual(racknerd({ ...details, addresses: ["2001:db8::25", "203.0.113.7"] }).families, [4, 6]);
    assert.equal(lightsail({ ...details, addresses: [] }).capabilities.reverse[6].how, "none");
    assert.equal(racknerd({ ...details, addresses: [] }).capabilities.reverse[4].how, "ticket");
  });
});

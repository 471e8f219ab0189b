import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DnsHost } from "../../../providers/dns-host";
import { gandi } from "../../../providers/gandi/dns";
import { hetznerDns } from "../../../providers/hetzner/dns";
import { linodeDns } from "../../../providers/linode/dns";
import { ovhDns } from "../../../providers/ovh/dns";
import { ownZone } from "../../../providers/own-zone/cloud";
import { scalewayDns } from "../../../providers/scaleway/dns";
import { operations, succeeded, withSandbox } from "../engine-stack";
import { assertRoundTrip, endpointsOf, recordsLeft, sendingFrom, ZONE } from "../hyperscalers/life";

/** In a part of 192.0.2.0/24 and a /64 of 2001:db8:f::/48, both delegated from another provider. */
const address = "192.0.2.42";
const ipv6Address = "2001:db8:f:1::25";
const ipv6Zone = "1.0.0.0.f.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";
const ipv6Record = `5.2.${"0.".repeat(14)}${ipv6Zone}`;

describe("a reverse zone of one's own", () => {
  const styles: Readonly<Record<string, { zone: string; dns: (zone: string) => DnsHost }>> = {
    "a part of a /24 as RFC 2317 writes it, at Gandi": {
      zone: "0/25.2.0.192.in-addr.arpa",
      dns: (zone) => gandi({ zone }),
    },
    "a part of a /24 as first and last address, at Scaleway": {
      zone: "40-47.2.0.192.in-addr.arpa",
      dns: (zone) => scalewayDns({ zone }),
    },
    "a label that the parent thought of, at OVHcloud": {
      zone: "customer7.2.0.192.in-addr.arpa",
      dns: (zone) => ovhDns({ zone }),
    },
    "a part of a /24 with a hyphen for the slash, at Linode": {
      zone: "40-29.2.0.192.in-addr.arpa",
      dns: (zone) => linodeDns({ zone }),
    },
    "a /29 at Hetzner": { zone: "40/29.2.0.192.in-addr.arpa", dns: (zone) => hetznerDns({ zone }) },
  };
  for (const [what, { zone, dns }] of Object.entries(styles)) {
    const life = {
      cloud: () => ownZone({ address, dns: dns(zone), ipv6: { address: ipv6Address, dns: dns(ipv6Zone) } }),
      dns: () => hetznerDns({ zone: ZONE }),
    };
    test(`${what}, and an IPv6 zone at a nibble boundary: up, renamed, gone`, (t) =>
      withSandbox(
        t,
        {
          program: sendingFrom(life, "mail.example.com"),
          internet: { forwardZones: [ZONE], negativeTtl: 1 },
          config: { "fcrdns:deadlineSeconds": "30" },
        },
        async ({ stack, internet }) => {
          await internet.addForwardZone(zone);
          await internet.addForwardZone(ipv6Zone);
          await internet.setRecords("42.2.0.192.in-addr.arpa", "CNAME", [`42.${zone}`]);

          const up = endpointsOf(succeeded(await stack.up()));
          assert.deepEqual(
            up.map((endpoint) => `${endpoint.address} ${endpoint.reverse}`),
            [`${address} set`, `${ipv6Address} set`],
          );
          for (const owner of [`42.${zone}`, ipv6Record]) {
            assert.match((await internet.records(owner, "PTR")).join(), /^mail\.example\.com\.?$/);
          }
          await assertRoundTrip(internet, up, "mail.example.com");
          assert.deepEqual(operations(succeeded(await stack.up())), []);

          // Resolvers remember the old name for its time to live, which has passed by now.
          await internet.flushResolver();
          const renamed = succeeded(await stack.up({ program: sendingFrom(life, "mx.example.com") }));
          await assertRoundTrip(internet, endpointsOf(renamed), "mx.example.com");

          succeeded(await stack.destroy());
          for (const left of [ZONE, zone, ipv6Zone]) {
            assert.deepEqual(await recordsLeft(internet, left), []);
          }
        },
      ));
  }
});

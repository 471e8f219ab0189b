import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud, Family } from "../../../providers/cloud";
import { type ExistingArgs, existing } from "../../../providers/existing/cloud";
import { gandi } from "../../../providers/gandi/dns";
import { linode } from "../../../providers/linode/cloud";
import { manual } from "../../../providers/manual/dns";
import { ovh } from "../../../providers/ovh/cloud";
import { ownZone } from "../../../providers/own-zone/cloud";
import { scaleway } from "../../../providers/scaleway/cloud";
import { vultr } from "../../../providers/vultr/cloud";
import { vultrDns } from "../../../providers/vultr/dns";

const v4 = "203.0.113.42";
const v6 = "2001:db8:1:2::42";
const later = pulumi.output(new Promise<string>(() => undefined));
const ownV4 = { address: v4, dns: gandi({ zone: "113.0.203.in-addr.arpa" }) };

function problems(cloud: Cloud, families: readonly Family[], hostname = "mail.example.com"): string[] {
  return cloud.validate({ hostname, families }).map(({ argument, message, fix }) => {
    assert.ok(message.length > 10 && fix.length > 3, `${argument} says what is wrong and what to do`);
    return `${argument}: ${message}`;
  });
}

describe("nothing is refused", () => {
  const good: [string, Cloud, Family[]][] = [
    ["linode: a reserved address", linode(), [4]],
    ["linode: both families of a Linode", linode({ create: { linode: 7 } }), [4, 6]],
    ["linode: the Linode's own addresses", linode({ existing: { linode: 7 } }), [4, 6]],
    [
      "linode: one more address of a Linode, and SLAAC",
      linode({ create: { linode: 7, v4: "instance", v6: "slaac" } }),
      [4, 6],
    ],
    ["linode: existing addresses", linode({ existing: { v4, v6 } }), [4, 6]],
    ["vultr: the instance's main addresses", vultr({ instance: "i" }), [4, 6]],
    ["vultr: new reserved addresses", vultr({ instance: "i", create: { region: "ewr" } }), [4, 6]],
    ["vultr: other addresses of the instance", vultr({ instance: "i", existing: { v4 } }), [4]],
    ["ovh: a plain address", ovh({ existing: { v4 } }), [4]],
    [
      "ovh: addresses in their blocks",
      ovh({ existing: { v4, v6 }, blocks: { v4: "203.0.113.40/29", v6: "2001:db8:1::/48" } }),
      [4, 6],
    ],
    ["ovh: addresses that are not known yet", ovh({ existing: { v4: later, v6: later } }), [4, 6]],
    ["scaleway: new addresses", scaleway(), [4, 6]],
    ["scaleway: existing addresses", scaleway({ existing: { v4: "fr-par-1/a", v6: "fr-par/b" } }), [4, 6]],
    ["existing: an address", existing({ address: v4 }), [4]],
    ["existing: both families", existing({ address: v4, ipv6Address: v6 }), [4, 6]],
    ["existing: an address that is not known yet", existing({ address: later }), [4]],
    ["own zone: a /24", ownZone(ownV4), [4]],
    [
      "own zone: a part of a /24 inside the host's zone",
      ownZone({ ...ownV4, zone: "40/29.113.0.203.in-addr.arpa" }),
      [4],
    ],
    [
      "own zone: a label of another style",
      ownZone({ address: v4, dns: gandi({ zone: "40-47.113.0.203.in-addr.arpa" }) }),
      [4],
    ],
    [
      "own zone: a name that the parent's CNAME leads to",
      ownZone({ address: v4, dns: gandi({ zone: "rdns.example.net" }), recordName: "42.rdns.example.net" }),
      [4],
    ],
    [
      "own zone: IPv6",
      ownZone({ ...ownV4, ipv6: { address: v6, dns: gandi({ zone: "8.b.d.0.1.0.0.2.ip6.arpa" }) } }),
      [4, 6],
    ],
  ];
  for (const [what, cloud, families] of good) {
    it(what, () => assert.deepEqual(problems(cloud, families), []));
  }
});

describe("refused before anything exists", () => {
  const both = { existing: { v4 }, create: {} };
  const bad: [string, Cloud, Family[], RegExp][] = [
    ["linode: existing and create", linode(both), [4], /^cloud\.create: /],
    [
      "linode: IPv6 without a Linode",
      linode(),
      [4, 6],
      /^cloud\.create\.linode: an IPv6 address at Linode belongs to a Linode/,
    ],
    [
      "linode: an unreserved address without a Linode",
      linode({ create: { v4: "instance" } }),
      [4],
      /^cloud\.create\.linode: /,
    ],
    [
      "linode: a region and a Linode",
      linode({ create: { region: "eu-west", linode: 7 } }),
      [4],
      /^cloud\.create\.region: /,
    ],
    [
      "linode: an existing IPv6 address that is missing",
      linode({ existing: { v4 } }),
      [4, 6],
      /^cloud\.existing\.v6: /,
    ],
    [
      "linode: IPv6 as IPv4",
      linode({ existing: { v4: v6 } }),
      [4],
      /^cloud\.existing\.v4: 2001:db8:1:2::42 is not an IPv4 address/,
    ],
    [
      "linode: a host part that is too long",
      linode({ create: { linode: 7, ipv6Host: "1::1" } }),
      [4, 6],
      /^cloud\.create\.ipv6Host: /,
    ],
    ["vultr: no instance", vultr({ instance: "" }), [4], /^cloud\.instance: Vultr sets a PTR through the instance/],
    [
      "vultr: existing and create",
      vultr({ instance: "i", existing: { v4 }, create: { region: "ewr" } }),
      [4],
      /^cloud\.create: /,
    ],
    [
      "vultr: no IPv6 address among the existing",
      vultr({ instance: "i", existing: { v4 } }),
      [4, 6],
      /^cloud\.existing\.v6: /,
    ],
    [
      "ovh: no address",
      ovh({ existing: { v4: "" } }),
      [4],
      /^cloud\.existing\.v4: OVHcloud assigns addresses by order/,
    ],
    ["ovh: no IPv6 address", ovh({ existing: { v4 } }), [4, 6], /^cloud\.existing\.v6: /],
    [
      "ovh: an address outside its block",
      ovh({ existing: { v4 }, blocks: { v4: "203.0.113.0/29" } }),
      [4],
      /^cloud\.blocks\.v4: 203\.0\.113\.42 is not in 203\.0\.113\.0\/29/,
    ],
    [
      "ovh: a block of the other family",
      ovh({ existing: { v4, v6 }, blocks: { v6: "203.0.113.0/24" } }),
      [4, 6],
      /^cloud\.blocks\.v6: 2001:db8:1:2::42 is not in/,
    ],
    [
      "ovh: a block that is none",
      ovh({ existing: { v4 }, blocks: { v4: "203.0.113.42" } }),
      [4],
      /^cloud\.blocks\.v4: "203\.0\.113\.42" is not a block/,
    ],
    [
      "ovh: a timeout without unit",
      ovh({ existing: { v4 }, readinessTimeout: "900" }),
      [4],
      /^cloud\.readinessTimeout: /,
    ],
    ["scaleway: existing and create", scaleway({ existing: { v4: "a" }, create: {} }), [4], /^cloud\.create: /],
    [
      "scaleway: no IPv6 block among the existing",
      scaleway({ existing: { v4: "a" } }),
      [4, 6],
      /^cloud\.existing\.v6: /,
    ],
    ["scaleway: patience that is no time", scaleway({ patienceSeconds: -1 }), [4], /^cloud\.patienceSeconds: /],
    ["existing: no address", existing({} as ExistingArgs), [4], /^cloud\.address: /],
    ["existing: IPv6 as IPv4", existing({ address: v6 }), [4], /^cloud\.address: .*not an IPv4 address/],
    ["existing: no IPv6 address", existing({ address: v4 }), [4, 6], /^cloud\.ipv6Address: /],
    ["existing: a prefix", existing({ address: "203.0.113.0/24" }), [4], /^cloud\.address: .*prefix/],
    [
      "own zone: a zone that does not cover the address",
      ownZone({ ...ownV4, address: "203.0.112.42" }),
      [4],
      /^cloud\.zone: the zone 113\.0\.203\.in-addr\.arpa does not cover 203\.0\.112\.42/,
    ],
    [
      "own zone: an address outside the delegated part",
      ownZone({ ...ownV4, zone: "0/29.113.0.203.in-addr.arpa" }),
      [4],
      /^cloud\.zone: .*covers 0 to 7, not 42/,
    ],
    [
      "own zone: a zone outside the host's",
      ownZone({ ...ownV4, zone: "0.203.in-addr.arpa", dns: gandi({ zone: "1.0.203.in-addr.arpa" }) }),
      [4],
      /^cloud\.dns\.zone: 42\.113\.0\.203\.in-addr\.arpa is not in/,
    ],
    [
      "own zone: a DNS host without PTR records",
      ownZone({ ...ownV4, dns: vultrDns({ zone: "113.0.203.in-addr.arpa" }) }),
      [4],
      /^cloud\.dns: Vultr DNS cannot hold PTR/,
    ],
    [
      "own zone: a panel without PTR records",
      ownZone({ ...ownV4, dns: manual({ zone: "113.0.203.in-addr.arpa", panel: "namecheap" }) }),
      [4],
      /^cloud\.dns: Namecheap cannot hold PTR/,
    ],
    [
      "own zone: IPv6 in an IPv4 zone",
      ownZone({ ...ownV4, ipv6: { address: v6, dns: gandi({ zone: "113.0.203.in-addr.arpa" }) } }),
      [4, 6],
      /^cloud\.ipv6\.zone: .*ip6\.arpa/,
    ],
    ["own zone: no IPv6 zone", ownZone(ownV4), [4, 6], /^cloud\.ipv6\.address: /],
    [
      "own zone: a record name outside the host's zone",
      ownZone({ ...ownV4, recordName: "42.rdns.example.net" }),
      [4],
      /^cloud\.dns\.zone: 42\.rdns\.example\.net is not in/,
    ],
  ];
  for (const [what, cloud, families, expected] of bad) {
    it(what, () => {
      const found = problems(cloud, families);
      assert.ok(found.length > 0, "something is refused");
      assert.match(found[0] ?? "", expected);
    });
  }

  it("linode: a name shorter than its rDNS may be", () => {
    assert.match(problems(linode(), [4], "a").join(), /^hostname: /);
  });
});

describe("IPv6 is the default only where the arguments can give an address", () => {
  const cases: [string, Cloud, readonly Family[]][] = [
    ["linode()", linode(), [4]],
    ["linode with a Linode", linode({ create: { linode: 7 } }), [4, 6]],
    ["linode with an existing IPv4 address", linode({ existing: { v4 } }), [4]],
    ["vultr", vultr({ instance: "i" }), [4, 6]],
    ["ovh with IPv4", ovh({ existing: { v4 } }), [4]],
    ["ovh with both", ovh({ existing: { v4, v6 } }), [4, 6]],
    ["scaleway()", scaleway(), [4, 6]],
    ["existing with IPv4", existing({ address: v4 }), [4]],
    ["own zone with IPv4", ownZone(ownV4), [4]],
  ];
  for (const [what, cloud, families] of cases) {
    it(what, () => assert.deepEqual(cloud.families, families));
  }
});

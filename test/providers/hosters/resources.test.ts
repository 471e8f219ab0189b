import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Cloud, Family } from "../../../providers/cloud";
import { existing } from "../../../providers/existing/cloud";
import { gandi } from "../../../providers/gandi/dns";
import { givenAddress } from "../../../providers/internal/addresses/given-address";
import { linode } from "../../../providers/linode/cloud";
import { ovh } from "../../../providers/ovh/cloud";
import { ownZone } from "../../../providers/own-zone/cloud";
import { scaleway } from "../../../providers/scaleway/cloud";
import { vultr } from "../../../providers/vultr/cloud";
import { broughtUp } from "./context";
import { recorded, settled } from "./recorded-resources";

type Values = Readonly<Record<string, unknown>>;

/** What the clouds add to a resource. */
function outputs(type: string, inputs: Values): Values {
  switch (type) {
    case "linode:index/networkingIp:NetworkingIp":
      return { address: "192.0.2.10" };
    case "linode:index/ipv6Range:Ipv6Range":
      return { range: "2001:db8:9::" };
    case "vultr:index/reservedIp:ReservedIp":
      return { subnet: inputs.ipType === "v4" ? "192.0.2.10" : "2001:db8:9::" };
    case "scaleway:instance/ip:Ip":
      return inputs.type === "routed_ipv4"
        ? { address: "192.0.2.10", zone: "nl-ams-2" }
        : { address: "2001:db8:9::", prefix: "2001:db8:9::/64", zone: "nl-ams-2" };
    default:
      return {};
  }
}

/** What the clouds' functions answer. */
function calls(token: string, inputs: Values): Values {
  switch (token) {
    case "linode:index/getInstanceNetworking:getInstanceNetworking":
      return {
        ipv4s: [{ publics: [{ address: "192.0.2.20" }] }],
        ipv6s: [{ slaac: { address: "2001:db8::f03c:91ff:fe24:3a2f" } }],
      };
    case "vultr:index/getInstance:getInstance":
      return { mainIp: "192.0.2.20", v6MainIp: "2001:db8:7::5400:ff:fe00:1" };
    case "scaleway:instance/getIp:getIp":
      assert.equal(inputs.zone, "fr-par-2");
      return { address: "192.0.2.20" };
    case "scaleway:ipam/getIp:getIp":
      assert.equal(inputs.region, "nl-ams");
      return { addressCidr: "2001:db8:7::/64" };
    case "scaleway:ipam/getIps:getIps":
      assert.equal(inputs.region, "nl-ams");
      return {
        ips: [
          { id: "nl-ams/other", address: "2001:db8:8::/64" },
          { id: "nl-ams/block", address: "2001:db8:9::/64" },
        ],
      };
    default:
      return {};
  }
}

const v4 = "203.0.113.42";
const v6 = "2001:db8:1:2::42";

interface Expected {
  readonly values: readonly string[];
  /** Type, name, and the inputs that matter. */
  readonly resources: readonly (readonly [string, string, Values])[];
}

const mail = "mail.example.com";

const cases: [string, () => Cloud, Family[], Expected][] = [
  [
    "linode() reserves an address and lets Linode wait for the forward record",
    () => linode(),
    [4],
    {
      values: ["192.0.2.10", mail],
      resources: [
        [
          "linode:index/networkingIp:NetworkingIp",
          "mail-address-v4",
          { type: "ipv4", public: true, reserved: true, region: "us-east" },
        ],
        ["linode:index/rdns:Rdns", "mail-ptr-v4", { address: "192.0.2.10", rdns: mail, waitForAvailable: true }],
      ],
    },
  ],
  [
    "linode with a Linode takes a host of a new range for IPv6",
    () => linode({ create: { linode: 7, ipv6Host: "::25" } }),
    [4, 6],
    {
      values: ["192.0.2.10", mail, "2001:db8:9::25", mail],
      resources: [
        [
          "linode:index/networkingIp:NetworkingIp",
          "mail-address-v4",
          { type: "ipv4", public: true, reserved: true, linodeId: 7 },
        ],
        ["linode:index/ipv6Range:Ipv6Range", "mail-address-v6", { prefixLength: 64, linodeId: 7 }],
        ["linode:index/rdns:Rdns", "mail-ptr-v4", { address: "192.0.2.10", rdns: mail, waitForAvailable: true }],
        ["linode:index/rdns:Rdns", "mail-ptr-v6", { address: "2001:db8:9::25", rdns: mail, waitForAvailable: true }],
      ],
    },
  ],
  [
    "linode with an existing Linode uses its first address and SLAAC",
    () => linode({ existing: { linode: 7 } }),
    [4, 6],
    {
      values: ["192.0.2.20", mail, "2001:db8::f03c:91ff:fe24:3a2f", mail],
      resources: [
        ["linode:index/rdns:Rdns", "mail-ptr-v4", { address: "192.0.2.20", rdns: mail, waitForAvailable: true }],
        [
          "linode:index/rdns:Rdns",
          "mail-ptr-v6",
          { address: "2001:db8::f03c:91ff:fe24:3a2f", rdns: mail, waitForAvailable: true },
        ],
      ],
    },
  ],
  [
    "linode may add an unreserved address and use SLAAC",
    () => linode({ create: { linode: 7, v4: "instance", v6: "slaac" } }),
    [4, 6],
    {
      values: ["192.0.2.10", mail, "2001:db8::f03c:91ff:fe24:3a2f", mail],
      resources: [
        [
          "linode:index/networkingIp:NetworkingIp",
          "mail-address-v4",
          { type: "ipv4", public: true, reserved: false, linodeId: 7 },
        ],
        ["linode:index/rdns:Rdns", "mail-ptr-v4", { address: "192.0.2.10", rdns: mail, waitForAvailable: true }],
        [
          "linode:index/rdns:Rdns",
          "mail-ptr-v6",
          { address: "2001:db8::f03c:91ff:fe24:3a2f", rdns: mail, waitForAvailable: true },
        ],
      ],
    },
  ],
  [
    "vultr uses the instance's main addresses, IPv6 written out",
    () => vultr({ instance: "i-1" }),
    [4, 6],
    {
      values: ["192.0.2.20", mail, "2001:db8:7:0:5400:ff:fe00:1", mail],
      resources: [
        ["vultr:index/reverseIpv4:ReverseIpv4", "mail-ptr-v4", { instanceId: "i-1", ip: "192.0.2.20", reverse: mail }],
        [
          "vultr:index/reverseIpv6:ReverseIpv6",
          "mail-ptr-v6",
          { instanceId: "i-1", ip: "2001:0db8:0007:0000:5400:00ff:fe00:0001", reverse: mail },
        ],
      ],
    },
  ],
  [
    "vultr reserves addresses for the instance",
    () => vultr({ instance: "i-1", create: { region: "ewr" } }),
    [4, 6],
    {
      values: ["192.0.2.10", mail, "2001:db8:9::1", mail],
      resources: [
        [
          "vultr:index/reservedIp:ReservedIp",
          "mail-address-v4",
          { region: "ewr", ipType: "v4", instanceId: "i-1", label: "mail" },
        ],
        [
          "vultr:index/reservedIp:ReservedIp",
          "mail-address-v6",
          { region: "ewr", ipType: "v6", instanceId: "i-1", label: "mail" },
        ],
        ["vultr:index/reverseIpv4:ReverseIpv4", "mail-ptr-v4", { instanceId: "i-1", ip: "192.0.2.10", reverse: mail }],
        [
          "vultr:index/reverseIpv6:ReverseIpv6",
          "mail-ptr-v6",
          { instanceId: "i-1", ip: "2001:0db8:0009:0000:0000:0000:0000:0001", reverse: mail },
        ],
      ],
    },
  ],
  [
    "ovh names the blocks and ends the name with a dot",
    () => ovh({ existing: { v4, v6: "2001:DB8:1:2:0::42" }, readinessTimeout: "90s" }),
    [4, 6],
    {
      values: [v4, mail, v6, mail],
      resources: [
        [
          "ovh:Ip/reverse:Reverse",
          "mail-ptr-v4",
          { ip: "203.0.113.42/32", ReverseIp: v4, ReverseValue: `${mail}.`, readinessTimeoutDuration: "90s" },
        ],
        [
          "ovh:Ip/reverse:Reverse",
          "mail-ptr-v6",
          { ip: "2001:db8:1:2::/64", ReverseIp: v6, ReverseValue: `${mail}.`, readinessTimeoutDuration: "90s" },
        ],
      ],
    },
  ],
  [
    "ovh takes the block that the user knows",
    () => ovh({ existing: { v4 }, blocks: { v4: "203.0.113.40/29" } }),
    [4],
    {
      values: [v4, mail],
      resources: [
        [
          "ovh:Ip/reverse:Reverse",
          "mail-ptr-v4",
          { ip: "203.0.113.40/29", ReverseIp: v4, ReverseValue: `${mail}.`, readinessTimeoutDuration: "15m" },
        ],
      ],
    },
  ],
  [
    "scaleway makes routed addresses and finds the IPv6 block in IPAM",
    () => scaleway({ create: { zone: "nl-ams-2" }, ipv6Host: "::25" }),
    [4, 6],
    {
      values: ["192.0.2.10", mail, "2001:db8:9::25", mail],
      resources: [
        ["scaleway:instance/ip:Ip", "mail-address-v4", { type: "routed_ipv4", zone: "nl-ams-2" }],
        ["scaleway:instance/ip:Ip", "mail-address-v6", { type: "routed_ipv6", zone: "nl-ams-2" }],
        ["scaleway:instance/ipReverseDns:IpReverseDns", "mail-ptr-v4", { ipId: "mail-address-v4-id", reverse: mail }],
        [
          "scaleway:ipam/ipReverseDns:IpReverseDns",
          "mail-ptr-v6",
          { ipamIpId: "nl-ams/block", region: "nl-ams", address: "2001:db8:9::25", hostname: mail },
        ],
      ],
    },
  ],
  [
    "scaleway uses existing addresses",
    () => scaleway({ existing: { v4: "fr-par-2/one", v6: "nl-ams/two" } }),
    [4, 6],
    {
      values: ["192.0.2.20", mail, "2001:db8:7::1", mail],
      resources: [
        [
          "scaleway:instance/ipReverseDns:IpReverseDns",
          "mail-ptr-v4",
          { ipId: "fr-par-2/one", zone: "fr-par-2", reverse: mail },
        ],
        [
          "scaleway:ipam/ipReverseDns:IpReverseDns",
          "mail-ptr-v6",
          { ipamIpId: "nl-ams/two", region: "nl-ams", address: "2001:db8:7::1", hostname: mail },
        ],
      ],
    },
  ],
  [
    "own zone publishes the PTR records at its DNS hosts",
    () =>
      ownZone({
        address: v4,
        dns: gandi({ zone: "113.0.203.in-addr.arpa" }),
        zone: "40/29.113.0.203.in-addr.arpa",
        ipv6: { address: v6, dns: gandi({ zone: "1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa" }) },
      }),
    [4, 6],
    {
      values: [v4, mail, v6, mail],
      resources: [
        [
          "gandi:livedns/record:Record",
          "mail-ptr-v4",
          { zone: "113.0.203.in-addr.arpa", name: "42.40/29", type: "PTR", ttl: 10800, values: [`${mail}.`] },
        ],
        [
          "gandi:livedns/record:Record",
          "mail-ptr-v6",
          {
            zone: "1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
            name: "2.4.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.0.0.0",
            type: "PTR",
            ttl: 10800,
            values: [`${mail}.`],
          },
        ],
      ],
    },
  ],
];

describe("what a cloud makes", () => {
  for (const [what, cloud, families, expected] of cases) {
    it(what, async () => {
      const { resources, values } = await recorded(() => broughtUp(cloud(), families), outputs, calls);
      assert.deepEqual(values, expected.values);
      const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
      assert.deepEqual(
        resources.map(({ type, name, inputs }) => ({ type, name, inputs: known(inputs) })).sort(byName),
        expected.resources.map(([type, name, inputs]) => ({ type, name, inputs })).sort(byName),
      );
    });
  }

  it("existing makes nothing and says what to set", async () => {
    const cloud = existing({ address: "192.0.2.10", ipv6Address: "2001:DB8::10", provider: "RackNerd" });
    const { resources, values } = await recorded(() => broughtUp(cloud, [4, 6]));
    assert.deepEqual(resources, []);
    assert.equal(values[0], "192.0.2.10");
    assert.equal(values[2], "2001:db8::10");
    assert.match(String(values[1]), /at RackNerd/);
    assert.match(String(values[1]), /10\.2\.0\.192\.in-addr\.arpa\. PTR mail\.example\.com\./);
    assert.match(String(values[3]), /8\.b\.d\.0\.1\.0\.0\.2\.ip6\.arpa\. PTR mail\.example\.com\./);
  });

  it("an address is canonical, however it was written", async () => {
    assert.equal(await settled(givenAddress("cloud.address", Promise.resolve("2001:DB8:0::1"), 6)), "2001:db8::1");
  });

  it("every PTR is deleted before it is replaced, and scaleway's is replaced when its address is another one", async () => {
    for (const cloud of [linode(), vultr({ instance: "i" }), ovh({ existing: { v4, v6 } }), scaleway()]) {
      const { resources } = await recorded(
        () => broughtUp(cloud, cloud.families ?? [4]),
        outputs,
        (token, inputs) => calls(token, { ...inputs, region: "nl-ams" }),
      );
      const ptrs = resources.filter(({ name }) => name.startsWith("mail-ptr"));
      assert.ok(ptrs.length > 0 && ptrs.every(({ options }) => options.deleteBeforeReplace), cloud.name);
      if (cloud.name === "scaleway") {
        assert.deepEqual(ptrs.map(({ options }) => options.replaceOnChanges).sort(), [["ipId"], ["ipamIpId"]]);
      }
    }
  });

  it("transform has the last word", async () => {
    const cloud = linode({
      transform: {
        networkingIp: (args) => ({ ...args, region: "eu-central" }),
        rdns: (args) => {
          args.timeouts = { create: "1h" };
          return undefined;
        },
      },
    });
    const { resources } = await recorded(() => broughtUp(cloud, [4]), outputs, calls);
    assert.deepEqual(
      resources.map(({ inputs }) => inputs.region ?? inputs.timeouts),
      ["eu-central", { create: "1h" }],
    );
  });
});

function known(inputs: Values): Values {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
}

/** What violations name, where the stack shows less than usual, or more than one thing at once. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type GivenResource, type RunOptions, runPack, UNKNOWN, verdict } from "./run-pack";

const rdns = (ip: string, name: unknown = "mail.example.com"): GivenResource => ({
  type: "hcloud:index/rdns:Rdns",
  name: `rdns-${ip}`,
  props: { ipAddress: ip, dnsPtr: name },
  deleteBeforeReplace: true,
});
const server = (props: Record<string, unknown>): GivenResource => ({
  type: "hcloud:index/server:Server",
  name: "server",
  props,
});
const record = (name: unknown, type: string, content: string, own = ""): GivenResource => ({
  type: "cloudflare:index/dnsRecord:DnsRecord",
  name: `${type}${own}`,
  props: { zoneId: "z", name, type, content },
});
const failing: RunOptions["verify"] = async (ip, { expected }) =>
  verdict(ip, expected ?? null, { status: "fail", iprev: "permerror", reason: "no-ptr", ptr: [], forward: {} });
const silent: RunOptions["verify"] = async (ip, { expected }) =>
  verdict(ip, expected ?? null, { status: "unknown", iprev: "temperror", reason: "no-answer", ptr: [], forward: {} });

async function messages(rule: string, resources: readonly GivenResource[], more: RunOptions = {}) {
  const { told } = await runPack(resources, { rules: [rule], verify: failing, ...more });
  return told.map(({ message }) => message);
}

describe("a mail record whose owner is not known", () => {
  const rule = "fcrdns-mail-needs-verified-ip";
  const cases: readonly [string, GivenResource][] = [
    ["the MX of a domain through", record(UNKNOWN, "MX", "mail.example.com")],
    ["the SPF record of a domain through", record(UNKNOWN, "TXT", "v=spf1 a:mail.example.com -all")],
    ["the SPF record of a domain names", record(UNKNOWN, "TXT", "v=spf1 ip4:192.0.2.10 -all")],
    ["the SPF record of a domain has", record(UNKNOWN, "TXT", "v=spf1 +all")],
  ];
  for (const [words, given] of cases) {
    it(`is ${words} ...`, async () => {
      const [message = ""] = await messages(rule, [
        rdns("192.0.2.10"),
        record("mail.example.com", "A", "192.0.2.10"),
        given,
      ]);
      assert.ok(message.includes(`${words} `), message);
    });
  }
  it("is named where it is known", async () => {
    const spf = [
      record("example.com", "TXT", "v=spf1 a:mail.example.com -all"),
      record("example.net", "TXT", "v=spf1 +all", "2"),
    ];
    const told = await messages(rule, [rdns("192.0.2.10"), ...spf]);
    assert.match(told.join("\n"), /^the SPF record of example\.com through mail\.example\.com names 192\.0\.2\.10/m);
    assert.match(told.join("\n"), /^the SPF record of example\.net has "\+all"/m);
  });
});

describe("mail records of one address", () => {
  const rule = "fcrdns-mail-needs-verified-ip";
  it("a further AAAA of a sending name is called one", async () => {
    const given = [
      rdns("192.0.2.20"),
      server({ ipv6Address: "2001:db8::10" }),
      record("mail.example.com", "AAAA", "2001:db8::10"),
    ];
    assert.match((await messages(rule, given))[0] ?? "", /^the AAAA record of mail\.example\.com names 2001:db8::10/);
  });
  it("of two SPF records with one block, the first is named", async () => {
    for (const block of ["ip4:192.0.2.0/24", "a:www.example.com/24"]) {
      const spf = [1, 2].map((n) => record(`${n}.example.com`, "TXT", `v=spf1 ${block} -all`, `-${n}`));
      const given = [server({ ipv4Address: "192.0.2.10" }), record("www.example.com", "A", "192.0.2.77"), ...spf];
      const told = await messages(rule, given);
      assert.equal(told.length, 1, told.join("\n"));
      assert.match(told[0] ?? "", /^the SPF record of 1\.example\.com/);
    }
  });
  it("are not said to be without any answer where one of them is reported for the address itself", async () => {
    // The invalid name of the first is reported by its own rule; the other two have one answer each.
    const hosts = ["mail_1.example.com", "b.example.com", "c.example.com"];
    const given = hosts.flatMap((name, n) => [
      rdns(`192.0.2.${n}`, name),
      record(name, "A", `192.0.2.${n}`, `-${n}`),
      record("example.com", "MX", name, `-${n}`),
    ]);
    const { told } = await runPack(given, { rules: ["fcrdns-name-valid", rule], verify: silent });
    assert.deepEqual(
      told.map((each) => each.rule),
      ["fcrdns-name-valid", rule],
    );
    assert.match(told[1]?.message ?? "", /none of them could be verified/);
  });
});

describe("a name that is not valid", () => {
  const rule = "fcrdns-name-valid";
  it("is reported for that, not also for looking like a provider's default", async () => {
    const told = await messages(rule, [rdns("192.0.2.10", "static_192-0-2-10.dynamic.example.com")]);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? "", /underscore/);
    assert.doesNotMatch(told[0] ?? "", /;/);
  });
  it("is shown as far as a message holds", async () => {
    const [message = ""] = await messages(rule, [rdns("192.0.2.10", "\u202e".repeat(300))]);
    assert.match(message, /^.{600}\.\.\. is set as the PTR by rdns/);
  });
  it("is left to that rule by the one on the forward record", async () => {
    assert.deepEqual(
      await messages("fcrdns-forward-in-place", [rdns("192.0.2.10", "mail..example.com")], { preview: true }),
      [],
    );
  });
});

describe("a forward record", () => {
  it("that nobody has is told as no address", async () => {
    const verify: RunOptions["verify"] = async (ip, { expected }) =>
      verdict(ip, expected ?? null, { status: "fail", reason: "no-forward", forward: { "mail.example.com": [] } });
    const [message = ""] = await messages("fcrdns-forward-in-place", [rdns("192.0.2.10")], { verify });
    assert.match(message, /and not in DNS either: the name servers give no address\.\n/);
  });
  it("with other addresses is told with them", async () => {
    const verify: RunOptions["verify"] = async (ip, { expected }) =>
      verdict(ip, expected ?? null, { status: "fail", forward: { "mail.example.com": ["192.0.2.8", "192.0.2.9"] } });
    const [message = ""] = await messages("fcrdns-forward-in-place", [rdns("192.0.2.10")], { verify });
    assert.match(message, /the name servers give 192\.0\.2\.8, 192\.0\.2\.9\.\n/);
  });
});

describe("several tickets without any answer of DNS", () => {
  const endpoint = (address: string, reverse: string) => ({
    ...{ address, family: 4, hostname: "mail.example.com", reverse, cloud: "racknerd" },
    ...(reverse === "ticket" && {
      ticket: {
        ...{ provider: "RackNerd", subject: "PTR", body: "Please set", missing: [] },
        route: { by: "support ticket", url: "https://my.racknerd.com", account: "yours" },
      },
    }),
  });
  const levelOf = async (...reverse: readonly string[]) => {
    const endpoints = reverse.map((each, n) => endpoint(`192.0.2.${n + 1}`, each));
    const mail = {
      type: "pulumi-fcrdns:index:SendingIp",
      name: "mail",
      props: { hostname: "mail.example.com", endpoints },
    };
    const config = { "fcrdns-round-trip": { ticketLevel: "advisory" } };
    const { told } = await runPack([mail], { rules: ["fcrdns-round-trip"], verify: silent, config });
    assert.equal(told.length, 1);
    return told[0]?.level;
  };
  it("have the tickets' level", async () => assert.equal(await levelOf("ticket", "ticket"), "advisory"));
  it("have the rule's level where one address waits for no ticket", async () =>
    assert.equal(await levelOf("ticket", "set"), "mandatory"));
});

describe("instructions for a PTR that is entered by hand", () => {
  it("are indented, without their empty lines", async () => {
    const instructions = "Open the panel.\n\nReverse DNS -> mail.example.com\n";
    const endpoints = [
      { address: "192.0.2.10", family: 4, hostname: "mail.example.com", reverse: "manual", cloud: "x", instructions },
    ];
    const mail = {
      type: "pulumi-fcrdns:index:SendingIp",
      name: "mail",
      props: { hostname: "mail.example.com", endpoints },
    };
    const [message = ""] = await messages("fcrdns-round-trip", [mail]);
    assert.match(message, /by hand\.\n {2}Open the panel\.\n {2}Reverse DNS -> mail\.example\.com\n\S/);
  });
});

describe("a waiver", () => {
  const waiver = { address: "2001:db8::99", reason: "ticket 4711", until: "2026-12-31" };
  it("for an address that only DNS may have asks for no address without a name", async () => {
    const { told, asked } = await runPack([rdns("192.0.2.10", UNKNOWN)], {
      rules: ["fcrdns-configuration"],
      args: { ignore: [waiver] },
    });
    assert.deepEqual([told.map(({ level }) => level), asked], [["advisory"], []]);
  });
  it("that has ended has the level of the rule, and one that cannot be read is an error", async () => {
    const levels = async (until: string) => {
      const { told } = await runPack([rdns("192.0.2.10")], {
        rules: ["fcrdns-configuration"],
        args: { all: "advisory", ignore: [{ ...waiver, address: "192.0.2.10", until }] },
      });
      return told.map(({ level }) => level);
    };
    assert.deepEqual(await levels("2026-11-20"), ["advisory"]);
    assert.deepEqual(await levels("tomorrow"), ["mandatory"]);
  });
});

describe("resources that overwrite each other's PTRs", () => {
  it("are one violation of the last of them, which names all", async () => {
    const given = ["2001:db8::1", "2001:db8::2", "2001:db8::3"].map((address) => ({
      type: "scaleway:ipam/ipReverseDns:IpReverseDns",
      name: address,
      props: { ipamIpId: "fr-par/x", address, hostname: "mail.example.com" },
    }));
    const { told } = await runPack(given, { rules: ["fcrdns-one-ptr-per-address"] });
    assert.deepEqual(
      told.map(({ urn }) => urn?.split("::scaleway:ipam/ipReverseDns:IpReverseDns::")[1]),
      ["2001:db8::3"],
    );
    for (const { name } of given) assert.ok(told[0]?.message.includes(name));
  });
});

describe("an address that a mail record names", () => {
  const rules = ["fcrdns-mail-needs-verified-ip"];
  const out = [record("out.example.com", "A", "192.0.2.10"), record("example.com", "MX", "out.example.com")];

  it("is expected to have the PTR that the stack sets, and is fixed there", async () => {
    const expected: unknown[] = [];
    const verify: RunOptions["verify"] = async (ip, options) => {
      expected.push(options.expected);
      return failing(ip, options);
    };
    const { told } = await runPack([rdns("192.0.2.10"), ...out], { rules, verify });
    assert.deepEqual(expected, ["mail.example.com"]);
    assert.match(
      told[0]?.message ?? "",
      /^the MX of example\.com through out\.example\.com names 192\.0\.2\.10, which .* \(no-ptr\)\.\n {2}fix {7}fix the round trip/,
    );
  });
  it("is not looked at where it is waived", async () => {
    const waiver = { address: "192.0.2.10", reason: "ticket 4711", until: "2026-12-31" };
    const { told, asked } = await runPack([rdns("192.0.2.10"), ...out], {
      rules,
      verify: failing,
      args: { ignore: [waiver] },
    });
    assert.deepEqual([told, asked], [[], []]);
  });
});

describe("an address that mail leaves by, and that no record names", () => {
  const droplet = (name: string, more: Record<string, unknown>): GivenResource => ({
    type: "digitalocean:index/droplet:Droplet",
    name,
    props: { name, vpcUuid: "9c3a", ...more },
  });
  const gateway: GivenResource = {
    type: "digitalocean:index/vpcNatGateway:VpcNatGateway",
    name: "nat",
    props: {
      id: "70e1",
      vpcs: [{ vpcUuid: "9c3a", defaultGateway: true }],
      egresses: [{ publicGateways: [{ ipv4: "192.0.2.61" }] }],
    },
  };
  it("is told with what shows it, and how to stop it", async () => {
    const edge = [
      droplet("edge", { id: "2", ipv4Address: "192.0.2.62" }),
      record("mail.example.com", "A", "192.0.2.62"),
    ];
    const inside = droplet("smtp-out", { id: "1", publicNetworking: false, ipv4Address: "" });
    const given = [gateway, inside, ...edge, record("example.com", "MX", "mail.example.com")];
    const [message = "", ...others] = (await messages("fcrdns-mail-needs-verified-ip", given)).filter((each) =>
      each.includes("192.0.2.61"),
    );
    assert.deepEqual(others, []);
    assert.match(message, /^mail leaves from 192\.0\.2\.61 \(it is the NAT gateway of the network of smtp-out; /);
    assert.match(message, /\n {2}fix {7}if 192\.0\.2\.61 sends no mail, block port 25 out/);
  });
});

describe("many resources that set one PTR", () => {
  for (const [count, more] of [
    [10, ""],
    [11, " and 1 more"],
  ] as const) {
    it(`${count}: ten of them are named${more}`, async () => {
      const given = Array.from({ length: count }, (_, n) => ({ ...rdns("192.0.2.10"), name: `r${n}` }));
      const [message = ""] = await messages("fcrdns-one-ptr-per-address", given);
      const named = message.match(/r\d+ \(hcloud:index\/rdns:Rdns\)/g) ?? [];
      assert.equal(named.length, 10);
      assert.ok(message.includes(`r9 (hcloud:index/rdns:Rdns)${more}: removing one`), message);
    });
  }
});

it("of the values of a misplaced PTR record four are shown", async () => {
  const records = [1, 2, 3, 4, 5].map((n) => `192.0.2.${n}`);
  const given = { type: "aws:route53/record:Record", props: { fqdn: "mail.example.com", type: "PTR", records } };
  const [message = ""] = await messages("fcrdns-ptr-in-reverse-zone", [given]);
  assert.match(message, /with the value 192\.0\.2\.1, 192\.0\.2\.2, 192\.0\.2\.3, 192\.0\.2\.4: a PTR/);
});

describe("fcrdns-round-trip", () => {
  it("objects to a PTR of another name that leads back too", async () => {
    const verify: RunOptions["verify"] = async (ip) =>
      verdict(ip, "mx.example.org", { ptr: ["mx.example.org"], confirmed: ["mx.example.org"] });
    const [message = ""] = await messages("fcrdns-round-trip", [rdns("192.0.2.10")], { verify });
    assert.match(
      message,
      /^192\.0\.2\.10 has the PTR mx\.example\.org, but rdns-\S+ .* sets mail\.example\.com\.\n {2}fix {7}remove one/,
    );
  });
  it("advises on an address that only its name lets send, once however often the stack has it", async () => {
    const web = (name: string): GivenResource => ({
      type: "digitalocean:index/droplet:Droplet",
      name,
      props: { name: "www.example.com", ipv4Address: "192.0.2.11" },
    });
    const { told } = await runPack([rdns("192.0.2.10"), web("one"), web("two")], {
      rules: ["fcrdns-round-trip"],
      verify: async (ip, options) =>
        ip === "192.0.2.11" ? failing(ip, options) : verdict(ip, options.expected ?? null),
    });
    assert.deepEqual(
      told.map(({ level }) => level),
      ["advisory"],
    );
    assert.match(told[0]?.message ?? "", /\nNothing in this stack shows that one .* sends mail: .*\n192\.0\.2\.11 /);
  });
  it("says of an address that can have no PTR to take another one", async () => {
    const endpoints = [
      { address: "192.0.2.10", family: 4, hostname: "mail.example.com", reverse: "none", cloud: "nowhere" },
    ];
    const mail = {
      type: "pulumi-fcrdns:index:SendingIp",
      name: "mail",
      props: { hostname: "mail.example.com", endpoints },
    };
    const [message = ""] = await messages("fcrdns-round-trip", [mail]);
    assert.match(
      message,
      /^192\.0\.2\.10 sends mail, but no PTR can be set for it \(nowhere\); use another address or cloud for mail\.\n./,
    );
  });
});

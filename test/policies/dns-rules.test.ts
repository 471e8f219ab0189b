import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type GivenResource, type RunOptions, runPack, UNKNOWN, verdict } from "./run-pack";

const rdns = (ip: unknown, name = "mail.example.com", more: Partial<GivenResource> = {}): GivenResource => ({
  type: "hcloud:index/rdns:Rdns",
  name: "rdns",
  props: { ipAddress: ip, dnsPtr: name, serverId: undefined },
  deleteBeforeReplace: true,
  ...more,
});
const a = (name: string, ip: unknown, type = "A"): GivenResource => ({
  type: "cloudflare:index/dnsRecord:DnsRecord",
  name: `${name}-${type}`,
  props: { zoneId: "z", name, type, content: ip },
});
const mx = (exchange: string): GivenResource => a("example.com", exchange, "MX");
const endpoint = (more: Record<string, unknown> = {}) => ({
  address: "192.0.2.10",
  family: 4,
  hostname: "mail.example.com",
  reverse: "set",
  cloud: "hetzner",
  ...more,
});
const component = (endpoints: unknown, hostname: unknown = "mail.example.com"): GivenResource => ({
  type: "pulumi-fcrdns:index:SendingIp",
  name: "mail",
  props: { hostname, endpoints },
});
const noPtr = (ip: string, expected: string | null) =>
  verdict(ip, expected, {
    status: "fail",
    iprev: "permerror",
    reason: "no-ptr",
    ptr: [],
    forward: expected === null ? {} : { [expected]: [ip] },
    findings: [
      {
        rule: "no-ptr",
        severity: "error",
        message: `${ip} has no PTR`,
        fix: "set the PTR",
        who: "whoever the address belongs to",
      },
    ],
    hops: [
      {
        question: "10.2.0.192.in-addr.arpa PTR",
        server: "ns1.example.net 192.0.2.53:53",
        transport: "udp",
        outcome: "nxdomain",
        aa: true,
        ms: 1,
        records: [],
      },
    ],
  });
const failing =
  (...ips: string[]): RunOptions["verify"] =>
  async (ip, { expected }) =>
    ips.includes(ip) ? noPtr(ip, expected ?? null) : verdict(ip, expected ?? null);

describe("fcrdns-round-trip", () => {
  const rules = ["fcrdns-round-trip"];

  it("is content when every address of both families passes, and asks each once", async () => {
    const { told, asked } = await runPack(
      [rdns("192.0.2.10"), rdns("2001:db8::10", "mail.example.com", { name: "v6" })],
      { rules },
    );
    assert.deepEqual(told, []);
    assert.deepEqual([...asked].sort(), ["192.0.2.10", "2001:db8::10"]);
  });

  it("expects the name that the stack sets", async () => {
    const expected: unknown[] = [];
    await runPack([rdns("192.0.2.10", "Mail.Example.com.")], {
      rules,
      verify: async (ip, options) => {
        expected.push(options.expected);
        return verdict(ip, options.expected ?? null);
      },
    });
    assert.deepEqual(expected, ["mail.example.com"]);
  });

  it("says which question at which server gave which answer, what was expected and who acts", async () => {
    const { told } = await runPack([rdns("192.0.2.10")], { rules, verify: failing("192.0.2.10") });
    assert.equal(told.length, 1);
    assert.equal(told[0]?.level, "mandatory");
    for (const part of [
      /10\.2\.0\.192\.in-addr\.arpa PTR at ns1\.example\.net 192\.0\.2\.53:53 -> nxdomain/,
      /expected .*mail\.example\.com/,
      /next {6}set the PTR\n {2}who {7}whoever the address belongs to/,
    ]) {
      assert.match(told[0]?.message ?? "", part);
    }
    assert.match(told[0]?.urn ?? "", /::rdns$/);
  });

  it("fails what could not be verified, and never calls it wrong", async () => {
    const verify: RunOptions["verify"] = async (ip, { expected }) =>
      verdict(ip, expected ?? null, { status: "unknown", iprev: "temperror", reason: "servfail", ptr: [] });
    const { told } = await runPack([rdns("192.0.2.10")], { rules, verify });
    assert.equal(told[0]?.level, "mandatory");
    assert.match(told[0]?.message ?? "", /could not verify 192\.0\.2\.10/);
    assert.doesNotMatch(told[0]?.message ?? "", /does not round-trip/);
  });

  it("asks nothing in a preview", async () => {
    const { told, asked } = await runPack([rdns("192.0.2.10"), component([endpoint()])], {
      rules,
      preview: true,
      verify: failing("192.0.2.10"),
    });
    assert.deepEqual([told, asked], [[], []]);
  });

  it("fails an address that cannot be seen after an update", async () => {
    const eip: GivenResource = {
      type: "aws:ec2/eipDomainName:EipDomainName",
      name: "ptr",
      props: { allocationId: "eipalloc-1", domainName: "mail.example.com" },
    };
    const { told } = await runPack([eip], { rules });
    assert.match(told[0]?.message ?? "", /could not verify ptr \(aws:ec2/);
  });

  it("does not know the masked secrets of an exported stack", async () => {
    const { told, asked } = await runPack([rdns("[secret]")], { rules, existingState: true });
    assert.match(told[0]?.message ?? "", /could not verify/);
    assert.deepEqual(asked, []);
  });

  it("objects to a PTR that is no name at all without asking", async () => {
    const { told, asked } = await runPack([rdns("192.0.2.10", "a..b")], { rules });
    assert.match(told[0]?.message ?? "", /no name/);
    assert.deepEqual(asked, []);
  });

  it("polls 300 seconds unless told otherwise, and does not wait for people", async () => {
    const deadlines: Record<string, unknown> = {};
    const verify: RunOptions["verify"] = async (ip, options) => {
      deadlines[ip] = options.deadlineSeconds;
      return verdict(ip, options.expected ?? null);
    };
    await runPack(
      [
        component([
          endpoint(),
          endpoint({ address: "192.0.2.11", reverse: "ticket" }),
          endpoint({ address: "192.0.2.12", reverse: "manual" }),
        ]),
      ],
      { rules, verify },
    );
    assert.deepEqual(deadlines, { "192.0.2.10": 300, "192.0.2.11": 0, "192.0.2.12": 0 });
  });

  describe("for an address that waits for a ticket", () => {
    const ticket = {
      provider: "RackNerd",
      subject: "PTR for 192.0.2.10",
      body: "Please set\n\n192.0.2.10 -> mail.example.com",
      route: { by: "support ticket", url: "https://my.racknerd.com", account: "yours" },
      missing: [],
    };
    const waiting = [component([endpoint({ reverse: "ticket", cloud: "racknerd", ticket })])];
    const run = (config: Record<string, unknown>, resources = waiting) =>
      runPack(resources, { rules, verify: failing("192.0.2.10"), config: { "fcrdns-round-trip": config } });

    it("fails with the ticket's text at hand", async () => {
      const { told } = await run({});
      assert.equal(told[0]?.level, "mandatory");
      assert.match(
        told[0]?.message ?? "",
        /waiting for RackNerd.*support ticket, https:\/\/my\.racknerd\.com.*\| Subject: PTR for 192\.0\.2\.10\n {2}\|\n {2}\| Please set\n {2}\|\n {2}\| 192\.0\.2\.10 -> mail\.example\.com/s,
      );
    });

    it("passes as soon as DNS shows the PTR", async () => {
      const { told } = await runPack(waiting, { rules });
      assert.deepEqual(told, []);
    });

    it("may be an advice", async () =>
      assert.equal((await run({ ticketLevel: "advisory" })).told[0]?.level, "advisory"));

    const since = (day: string) => ({
      ticketLevel: "advisory",
      ticketEscalatesAfterDays: 14,
      ticketSince: { "192.0.2.10": day },
    });
    it("escalates after some days", async () => {
      const { told } = await run(since("2026-11-01"));
      assert.equal(told[0]?.level, "mandatory");
      assert.match(told[0]?.message ?? "", /for 20 days/);
    });
    it("does not escalate before", async () =>
      assert.equal((await run(since("2026-11-10"))).told[0]?.level, "advisory"));
    it("escalates by the day that the stack keeps", async () => {
      const resources = [component([endpoint({ reverse: "ticket", ticket: { ...ticket, since: "2026-10-01" } })])];
      assert.equal(
        (await run({ ticketLevel: "advisory", ticketEscalatesAfterDays: 14 }, resources)).told[0]?.level,
        "mandatory",
      );
    });

    it("says what must come first when it may not be sent yet", async () => {
      const { told } = await run({}, [
        component([
          endpoint({
            reverse: "ticket",
            ticket: { ...ticket, body: "", missing: ["publish mail.example.com A 192.0.2.10"] },
          }),
        ]),
      ]);
      assert.match(told[0]?.message ?? "", /Do not ask yet; first:\n {2}- publish mail\.example\.com A 192\.0\.2\.10/);
    });
  });

  it("shows the instructions where the PTR is entered by hand", async () => {
    const { told } = await runPack(
      [component([endpoint({ reverse: "manual", instructions: "Reverse DNS -> mail.example.com" })])],
      { rules, verify: failing("192.0.2.10") },
    );
    assert.match(told[0]?.message ?? "", /by hand.*Reverse DNS -> mail\.example\.com/s);
  });

  it("checks fifty addresses at the same time", async () => {
    let running = 0;
    let most = 0;
    const verify: RunOptions["verify"] = async (ip, { expected }) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return verdict(ip, expected ?? null);
    };
    const resources = Array.from({ length: 50 }, (_, index) =>
      rdns(`192.0.2.${index + 1}`, `m${index}.example.com`, { name: `r${index}` }),
    );
    const { told, asked } = await runPack(resources, { rules, verify });
    assert.deepEqual([told.length, asked.length, most], [0, 50, 50]);
  });
});

describe("all rules together", () => {
  it("ask once for each address", async () => {
    const resources = [
      rdns("192.0.2.10"),
      a("mail.example.com", "192.0.2.10"),
      mx("mail.example.com"),
      a("example.com", "v=spf1 ip4:192.0.2.10 -all", "TXT"),
    ];
    const { told, asked } = await runPack(resources);
    assert.deepEqual(told, []);
    assert.deepEqual(asked, ["192.0.2.10"]);
  });

  it("are content with a preview in which nothing is known yet", async () => {
    const { told } = await runPack(
      [
        component(UNKNOWN),
        rdns(UNKNOWN, UNKNOWN, { parent: "mail" }),
        a("mail.example.com", UNKNOWN),
        a("x", UNKNOWN, "AAAA"),
      ],
      { preview: true },
    );
    assert.deepEqual(told, []);
  });
});

describe("fcrdns-ipv6-covered", () => {
  const rules = ["fcrdns-ipv6-covered"];
  const v6 = [rdns("192.0.2.10"), a("mail.example.com", "2001:db8::10", "AAAA")];

  it("objects to an AAAA in the stack without PTR", async () => {
    const { told } = await runPack(v6, { rules, verify: failing("2001:db8::10") });
    assert.deepEqual(
      told.map(({ level }) => level),
      ["mandatory"],
    );
    assert.match(told[0]?.message ?? "", /mail\.example\.com has the IPv6 address 2001:db8::10/);
  });
  it("objects to an AAAA that only DNS has", async () => {
    const verify: RunOptions["verify"] = async (ip, { expected }) =>
      ip === "192.0.2.10"
        ? verdict(ip, expected ?? null, { forward: { "mail.example.com": ["192.0.2.10", "2001:db8::99"] } })
        : noPtr(ip, expected ?? null);
    const { told } = await runPack([rdns("192.0.2.10")], { rules, verify });
    assert.match(told[0]?.message ?? "", /2001:db8::99/);
  });
  it("is content when somebody else set the PTR", async () =>
    assert.deepEqual((await runPack(v6, { rules })).told, []));
  it("is content when the stack sets it", async () => {
    const { told, asked } = await runPack([...v6, rdns("2001:db8::10", "mail.example.com", { name: "v6" })], {
      rules,
      preview: true,
    });
    assert.deepEqual([told, asked], [[], []]);
  });
  it("advises in a preview and asks nothing", async () => {
    const { told, asked } = await runPack([rdns("192.0.2.10"), a("mail.example.com", UNKNOWN, "AAAA")], {
      rules,
      preview: true,
    });
    assert.deepEqual([told.map(({ level }) => level), asked], [["advisory"], []]);
  });
  it("leaves other names alone", async () =>
    assert.deepEqual(
      (
        await runPack([rdns("192.0.2.10"), a("www.example.com", "2001:db8::10", "AAAA")], {
          rules,
          verify: failing("2001:db8::10"),
        })
      ).told,
      [],
    ));
});

describe("fcrdns-forward-in-place", () => {
  const rules = ["fcrdns-forward-in-place"];
  const missing: RunOptions["verify"] = async (ip, { expected }) =>
    verdict(ip, expected ?? null, { status: "fail", reason: "no-forward", forward: { "mail.example.com": [] } });

  it("is content with a record in the stack", async () => {
    for (const preview of [true, false]) {
      assert.deepEqual(
        (await runPack([rdns("192.0.2.10"), a("mail.example.com", "192.0.2.10")], { rules, preview })).told,
        [],
      );
    }
  });
  it("is content with a record that is not known yet", async () => {
    assert.deepEqual(
      (await runPack([rdns(UNKNOWN), a("mail.example.com", UNKNOWN)], { rules, preview: true })).told,
      [],
    );
  });
  it("is content with a record in DNS", async () =>
    assert.deepEqual((await runPack([rdns("192.0.2.10")], { rules })).told, []));
  it("objects when neither has it", async () => {
    const { told } = await runPack([rdns("192.0.2.10")], { rules, verify: missing });
    assert.deepEqual(
      told.map(({ level }) => level),
      ["mandatory"],
    );
    assert.match(told[0]?.message ?? "", /publish mail\.example\.com A 192\.0\.2\.10/);
  });
  it("objects when the stack's record has another address", async () => {
    const { told } = await runPack([rdns("192.0.2.10"), a("mail.example.com", "192.0.2.99")], {
      rules,
      verify: missing,
    });
    assert.equal(told.length, 1);
  });
  it("advises in a preview", async () => {
    const { told, asked } = await runPack([rdns("192.0.2.10")], { rules, preview: true, verify: missing });
    assert.deepEqual([told.map(({ level }) => level), asked], [["advisory"], []]);
  });
  it("leaves what could not be asked to fcrdns-round-trip", async () => {
    const verify: RunOptions["verify"] = async (ip, { expected }) =>
      verdict(ip, expected ?? null, { status: "unknown", reason: "no-answer", forward: { "mail.example.com": [] } });
    assert.deepEqual((await runPack([rdns("192.0.2.10")], { rules, verify })).told, []);
  });
});

describe("fcrdns-mail-needs-verified-ip", () => {
  const rules = ["fcrdns-mail-needs-verified-ip"];
  const server: GivenResource = {
    type: "hcloud:index/server:Server",
    name: "server",
    props: { ipv4Address: "192.0.2.10" },
  };
  const cases: readonly [string, readonly GivenResource[], RegExp][] = [
    [
      "an MX through its A record",
      [rdns("192.0.2.10"), a("mail.example.com", "192.0.2.10"), mx("mail.example.com")],
      /the MX of example\.com through mail\.example\.com names 192\.0\.2\.10, which does not round-trip \(no-ptr\)/,
    ],
    [
      "an SPF record",
      [rdns("192.0.2.10"), a("example.com", "v=spf1 ip4:192.0.2.10 -all", "TXT")],
      /the SPF record of example\.com names 192\.0\.2\.10/,
    ],
    [
      "an SPF record that names a host",
      [
        rdns("192.0.2.10"),
        a("out.example.com", "192.0.2.10"),
        a("example.com", "v=spf1 a:out.example.com -all", "TXT"),
      ],
      /through out\.example\.com/,
    ],
    [
      "a further A record of a sending name",
      [rdns("192.0.2.20"), { ...server, props: { ipv4Address: "192.0.2.10" } }, a("mail.example.com", "192.0.2.10")],
      /the A record of mail\.example\.com names 192\.0\.2\.10/,
    ],
    [
      "an MX of a sending name whose A record is published elsewhere",
      [rdns("192.0.2.10"), mx("mail.example.com")],
      /the MX of example\.com through mail\.example\.com names 192\.0\.2\.10/,
    ],
    [
      "an address that nothing sets a PTR for",
      [server, a("mail.example.com", "192.0.2.10"), mx("mail.example.com")],
      /Nothing in this stack sets its PTR/,
    ],
  ];
  for (const [what, resources, pattern] of cases) {
    it(`objects to ${what} that is not verified`, async () => {
      const { told } = await runPack(resources, { rules, verify: failing("192.0.2.10") });
      assert.deepEqual(
        told.map(({ level }) => level),
        ["mandatory"],
      );
      assert.match(told[0]?.message ?? "", pattern);
    });
    it(`is content with ${what} that is verified`, async () =>
      assert.deepEqual((await runPack(resources, { rules })).told, []));
  }
  it("leaves addresses of others alone", async () => {
    const { told, asked } = await runPack(
      [
        a("mail.example.com", "198.51.100.1"),
        mx("mail.example.com"),
        a("example.com", "v=spf1 ip4:198.51.100.1 ip4:192.0.2.0/24 -all", "TXT"),
      ],
      { rules, verify: failing("198.51.100.1") },
    );
    assert.deepEqual([told, asked], [[], []]);
  });
  it("says could not be verified where DNS did not answer", async () => {
    const verify: RunOptions["verify"] = async (ip, { expected }) =>
      verdict(ip, expected ?? null, { status: "unknown", reason: "no-answer" });
    const { told } = await runPack([rdns("192.0.2.10"), a("mail.example.com", "192.0.2.10"), mx("mail.example.com")], {
      rules,
      verify,
    });
    assert.match(told[0]?.message ?? "", /could not be verified/);
  });
});

import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { reverseParameters } from "../../providers/azure/cloud";
import { endpoint, type GivenResource, type RunOptions, runPack, UNKNOWN, verdict } from "./run-pack";

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
      /fix {7}this stack sets the PTR, with rdns \(hcloud:index\/rdns:Rdns\)\. .*wait and run.*"pulumi refresh", then "pulumi up"\n {2}who {7}whoever runs this stack/,
    ]) {
      assert.match(told[0]?.message ?? "", part);
    }
    assert.match(told[0]?.urn ?? "", /::rdns$/);
  });

  it("gives one fix if the PTR is a name of somebody else that does not resolve to the address", async () => {
    const set = { severity: "error", fix: "set the PTR", who: "whoever the address belongs to" } as const;
    const verify: RunOptions["verify"] = async (ip, { expected }) =>
      verdict(ip, expected ?? null, {
        status: "fail",
        iprev: "fail",
        reason: "no-forward",
        ptr: ["mail.last-owner.example"],
        findings: [
          { ...set, rule: "unexpected-name", message: "the PTR is mail.last-owner.example" },
          { ...set, rule: "no-forward", message: "mail.last-owner.example does not lead back" },
        ],
      });
    const { told } = await runPack([rdns("192.0.2.10")], { rules, verify });
    const message = told[0]?.message ?? "";
    assert.match(message, /this stack sets the PTR, with rdns/);
    assert.equal(message.match(/^ *fix /gm)?.length, 1, message);
    assert.doesNotMatch(message, /whoever the address belongs to/);
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
    assert.match(told[0]?.message ?? "", /is not a valid host name/);
    assert.deepEqual(asked, []);
  });

  it("polls 300 seconds by default, and does not wait for people", async () => {
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

    it("asks for one step, the ticket above it", async () => {
      const message = (await run({})).told[0]?.message ?? "";
      assert.match(message, /fix {7}Send the ticket above .*\n {2}who {7}whoever can open tickets at RackNerd/);
      assert.equal(message.match(/^ {2}fix /gm)?.length, 1, message);
      assert.doesNotMatch(message, /who {7}the owner of/);
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
      assert.match(
        told[0]?.message ?? "",
        /Do not send the request yet; first:\n {2}- publish mail\.example\.com A 192\.0\.2\.10/,
      );
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

describe("one cause", () => {
  const silent: RunOptions["verify"] = async (ip, { expected }) =>
    verdict(ip, expected ?? null, { status: "unknown", iprev: "temperror", reason: "no-answer", ptr: [], forward: {} });

  it("is one violation when no address could be verified", async () => {
    const hosts = Array.from({ length: 40 }, (_, index) => index + 1);
    const resources = hosts.flatMap((n) => [
      rdns(`192.0.2.${n}`, `m${n}.example.com`, { name: `r${n}` }),
      a(`m${n}.example.com`, `192.0.2.${n}`),
      a(`m${n}.example.com`, `2001:db8::${n}`, "AAAA"),
      { ...mx(`m${n}.example.com`), name: `mx${n}` },
    ]);
    const { told } = await runPack(resources, { verify: silent });
    assert.deepEqual(
      told.map(({ rule, level, urn }) => [rule, level, urn]),
      [["fcrdns-round-trip", "mandatory", undefined]],
    );
    assert.match(told[0]?.message ?? "", /could not verify any of the 40 addresses \(no-answer\)/);
    assert.match(told[0]?.message ?? "", /192\.0\.2\.1, .* and 30 more/);
  });

  it("is reported for each address as soon as one has an answer", async () => {
    const resources = [rdns("192.0.2.10"), rdns("192.0.2.11", "b.example.com", { name: "b" })];
    const { told } = await runPack(resources, {
      verify: async (ip, options) =>
        ip === "192.0.2.10" ? verdict(ip, options.expected ?? null) : silent(ip, options),
    });
    assert.deepEqual(
      told.map(({ rule, urn }) => [rule, urn?.split("::").at(-1)]),
      [["fcrdns-round-trip", "b"]],
    );
  });

  it("is one violation where the name itself is invalid", async () => {
    for (const name of ["a..b", "my_mail.example.com", "mail"]) {
      for (const preview of [true, false]) {
        const { told } = await runPack([rdns("192.0.2.10", name)], { preview, verify: failing("192.0.2.10") });
        assert.deepEqual(
          told.map(({ rule }) => rule),
          ["fcrdns-name-valid"],
          JSON.stringify(told),
        );
      }
    }
  });

  it("is left to the round trip where the rule on names is weaker", async () => {
    const { told } = await runPack([rdns("192.0.2.10", "my_mail.example.com")], {
      verify: failing("192.0.2.10"),
      args: { "fcrdns-name-valid": "advisory" },
    });
    assert.ok(told.some(({ rule, level }) => rule === "fcrdns-round-trip" && level === "mandatory"));
  });

  it("is reported once if the forward record is missing", async () => {
    const verify: RunOptions["verify"] = async (ip, { expected }) =>
      verdict(ip, expected ?? null, { status: "fail", reason: "no-forward", forward: { "mail.example.com": [] } });
    const { told } = await runPack([rdns("192.0.2.10")], { verify });
    assert.deepEqual(
      told.map(({ rule }) => rule),
      ["fcrdns-round-trip"],
    );
  });
});

describe("a PTR that the stack sets and DNS does not have", () => {
  const message = async (resource: GivenResource, ...more: GivenResource[]) =>
    (
      await runPack([resource, ...more], {
        rules: ["fcrdns-round-trip"],
        verify: failing("192.0.2.10", "2001:db8::10"),
      })
    ).told[0]?.message ?? "";

  it("names what sets it again where no refresh sees the loss", async () => {
    const eip: GivenResource = {
      type: "aws:ec2/eip:Eip",
      name: "eip",
      props: { allocationId: "eipalloc-1", publicIp: "192.0.2.10" },
    };
    const ptr: GivenResource = {
      type: "aws:ec2/eipDomainName:EipDomainName",
      name: "ptr",
      props: { allocationId: "eipalloc-1", domainName: "mail.example.com" },
    };
    const replace = /pulumi up --target-replace 'urn:pulumi:dev::shop::aws:ec2\/eipDomainName:EipDomainName::ptr'/;
    const withoutOption = await message(ptr, eip);
    assert.match(
      withoutOption,
      /"pulumi refresh", then "pulumi up"; if somebody changed it, .* deleteBeforeReplace: true/,
    );
    assert.match(withoutOption, replace);
    const withOption = await message({ ...ptr, deleteBeforeReplace: true }, eip);
    assert.match(withOption, replace);
    assert.doesNotMatch(withOption, /deleteBeforeReplace/);
  });
  it("names the deployment below a SendingIp at Azure, and not the address that shows what it has set", async () => {
    const mail = component([endpoint({ cloud: "azure" })]);
    const address = (shown: object): GivenResource => ({
      type: "azure-native:network:PublicIPAddress",
      name: "mail-address-v4",
      parent: "mail",
      props: { ipAddress: "192.0.2.10", dnsSettings: { domainNameLabel: "mail-example-com", ...shown } },
    });
    const deployment: GivenResource = {
      type: "azure-native:resources:Deployment",
      name: "mail-ptr-v4",
      parent: "mail",
      props: { properties: { mode: "Incremental", parameters: reverseParameters({ name: "ip" }, "mail.example.com") } },
    };
    const traced = { ...deployment, from: { properties: "mail-address-v4" } };
    const expected =
      /with mail-ptr-v4 \(azure-native:resources:Deployment\)\..*pulumi up --target-replace 'urn:pulumi:dev::shop::[^']*Deployment::mail-ptr-v4'/;
    assert.match(await message(mail, address({}), traced), expected);
    assert.match(await message(mail, address({ reverseFqdn: "mail.example.com." }), traced), expected);
    assert.match(await message(mail, deployment), expected, "an address that was looked up");
  });
  it("asks people for an IPv6 PTR that Google's plugin does not change, and the plugin for one of IPv4", async () => {
    const machine = (config: object): GivenResource => ({
      type: "gcp:compute/instance:Instance",
      name: "mta",
      props: { networkInterfaces: [config] },
    });
    const publicPtrDomainName = "mail.example.com.";
    const v6 = machine({ ipv6AccessConfigs: [{ externalIpv6: "2001:db8::10", publicPtrDomainName }] });
    assert.match(await message(v6), /set it with the provider's own command or console, .*"pulumi up --refresh"/);
    const v4 = machine({ accessConfigs: [{ natIp: "192.0.2.10", publicPtrDomainName }] });
    assert.match(await message(v4), /"pulumi refresh", then "pulumi up"/);
  });
  it("names the address at Azure that has the PTR as a property", async () => {
    const own: GivenResource = {
      type: "azure-native:network:PublicIPAddress",
      name: "own",
      props: { ipAddress: "192.0.2.10", dnsSettings: { reverseFqdn: "mail.example.com." } },
    };
    assert.match(await message(own), /with own \(azure-native:network:PublicIPAddress\)/);
  });
  it("names the resource below a SendingIp", async () => {
    const child = rdns("192.0.2.10", "mail.example.com", { name: "mail-ipv4", parent: "mail" });
    assert.match(await message(component([endpoint()]), child), /with mail-ipv4 \(hcloud:index\/rdns:Rdns\)/);
  });
  it("is left to the owner of the address where nothing in the stack sets it", async () => {
    const ticket = component([endpoint({ reverse: "ticket" })]);
    assert.match(await message(ticket), /who {7}whoever the address belongs to/);
  });
});

describe("one cause", () => {
  const stack = [
    rdns("192.0.2.10"),
    a("mail.example.com", "192.0.2.10"),
    mx("mail.example.com"),
    a("example.com", "v=spf1 mx ip4:192.0.2.10 -all", "TXT"),
  ];
  it("is reported once, although MX and SPF name the address too", async () => {
    const { told } = await runPack(stack, { verify: failing("192.0.2.10") });
    assert.deepEqual(
      told.map(({ rule, level }) => [rule, level]),
      [["fcrdns-round-trip", "mandatory"]],
    );
  });
  it("is reported for the records too if it is only advisory for the address", async () => {
    const { told } = await runPack(stack, {
      verify: failing("192.0.2.10"),
      args: { "fcrdns-round-trip": "advisory" },
    });
    assert.deepEqual(
      told.map(({ rule }) => rule),
      ["fcrdns-round-trip", "fcrdns-mail-needs-verified-ip", "fcrdns-mail-needs-verified-ip"],
    );
  });
});

describe("secrets of the stack", () => {
  it("are masked in every message and line, in each form that an address has", async () => {
    const { told, lines } = await runPack([rdns("192.0.2.10"), rdns("2001:db8::10", "b.example.com", { name: "b" })], {
      secrets: ["192.0.2.10", "Mail.Example.com.", "2001:DB8::10"],
      verify: failing("192.0.2.10", "2001:db8::10"),
      args: { ignore: [{ address: "2001:db8::10", reason: "x", until: "2026-12-31" }] },
    });
    const text = [...told.map(({ message }) => message), ...lines].join("\n");
    assert.match(text, /\[secret\] as \[secret\] does not round-trip/);
    assert.match(text, /\[secret\] is waived/);
    assert.doesNotMatch(text, /192\.0\.2\.10|10\.2\.0\.192|mail\.example\.com|2001:db8::10/i);
  });
  it("do not hide longer addresses that begin alike", async () => {
    const { told } = await runPack([rdns("192.0.2.10")], { secrets: ["192.0.2.1"], verify: failing("192.0.2.10") });
    assert.match(told[0]?.message ?? "", /192\.0\.2\.10 as/);
  });
});

describe("values of any length", () => {
  const long = (length: number) => `${"a".repeat(length)}.example.com`;
  it("make short violations in short time", async () => {
    const began = performance.now();
    const resources = [
      rdns("192.0.2.10", long(1_000_000)),
      rdns("192.0.2.11", "a.".repeat(500_000), { name: "b".repeat(1_000_000) }),
      a(long(1_000_000), "192.0.2.10"),
      a("example.com", `v=spf1 a:${"/".repeat(1_000_000)} -all`, "TXT"),
      a("example.com", `"${'\\"'.repeat(500_000)}`, "TXT"),
      mx(long(1_000_000)),
      { type: "digitalocean:index/droplet:Droplet", name: "d", props: { name: `mail${"x".repeat(1_000_000)}` } },
    ];
    for (const preview of [true, false]) {
      const { told } = await runPack(resources, { preview, verify: failing("192.0.2.10", "192.0.2.11") });
      assert.ok(told.some(({ rule }) => rule === "fcrdns-name-valid"));
      for (const { message } of told) assert.ok(message.length < 2000, `${message.length}`);
    }
    assert.ok(performance.now() - began < 20_000, `${performance.now() - began} ms`);
  });
  it("do not flood anybody with violations", async () => {
    const began = performance.now();
    const resources = Array.from({ length: 1_000 }, (_, n) => [
      rdns(`10.0.${n >> 8}.${n & 255}`, `m${n}.example.com`, { name: `r${n}` }),
      { ...a(`m${n}.example.com`, `10.0.${n >> 8}.${n & 255}`), name: `a${n}` },
    ]).flat();
    const ips = resources.map(({ props }) => String(props.ipAddress ?? ""));
    const all = new Set(ips);
    const { told } = await runPack(resources, {
      verify: async (ip, { expected }) => (all.has(ip) ? noPtr(ip, expected ?? null) : verdict(ip, expected ?? null)),
    });
    assert.ok(told.length <= 202, `${told.length}`);
    assert.match(told.filter(({ rule }) => rule === "fcrdns-round-trip").at(-1)?.message ?? "", /900 more violations/);
    assert.ok(performance.now() - began < 60_000, `${performance.now() - began} ms`);
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
  it("objects to an SPF block around an address of the stack", async () => {
    const blocks: readonly [string, string][] = [
      ["ip4:192.0.2.0/24", "192.0.2.10"],
      ["ip4:192.0.2.8/29", "192.0.2.10"],
      ["ip4:192.0.0.0/15", "192.0.2.10"],
      ["ip6:2001:db8::/32", "2001:db8::10"],
      ["ip6:2001:db8::/125", "2001:db8::7"],
    ];
    for (const [term, ip] of blocks) {
      const resources = [
        { ...server, props: ip.includes(":") ? { ipv6Address: ip } : { ipv4Address: ip } },
        a("example.com", `v=spf1 ${term} -all`, "TXT"),
      ];
      const { told } = await runPack(resources, { rules, verify: failing(ip) });
      assert.match(
        told[0]?.message ?? "",
        new RegExp(`"${term.replaceAll(".", "\\.")}"\\) names ${ip}.*narrow`, "s"),
        term,
      );
    }
    for (const term of ["ip4:192.0.2.16/28", "ip4:192.0.2.11", "?ip4:192.0.2.0/24", "ip6:2001:db8::/32"]) {
      const resources = [server, a("example.com", `v=spf1 ${term} -all`, "TXT")];
      assert.deepEqual((await runPack(resources, { rules, verify: failing("192.0.2.10") })).told, [], term);
    }
  });
  it("says what to do about an SPF a that lets a web server send", async () => {
    const resources = [server, a("example.com", "192.0.2.10"), a("example.com", "v=spf1 a -all", "TXT")];
    const { told } = await runPack(resources, { rules, verify: failing("192.0.2.10") });
    assert.match(told[0]?.message ?? "", /if 192\.0\.2\.10 sends no mail, remove "a" from it; if it does, set the PTR/);
  });
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

describe("mail records whose addresses DNS says nothing of", () => {
  const rules = ["fcrdns-mail-needs-verified-ip"];
  const hosts = ["a", "b", "c"].map((host, index) => [`${host}.example.com`, `192.0.2.1${index}`] as const);
  const resources = hosts.flatMap(([name, ip], index) => [
    { ...rdns(ip, name), name: `rdns-${index}` },
    a(name, ip),
    { ...mx(name), name: `mx-${index}` },
  ]);
  const unanswered =
    (passing: readonly string[]): RunOptions["verify"] =>
    async (ip, { expected }) =>
      verdict(
        ip,
        expected ?? null,
        passing.includes(ip) ? {} : { status: "unknown", iprev: "temperror", reason: "no-answer" },
      );
  it("are reported once where no address got an answer", async () => {
    const { told } = await runPack(resources, { rules, verify: unanswered([]) });
    assert.equal(told.length, 1);
    assert.match(told[0]?.message ?? "", /the MX of example\.com through a\.example\.com and 2 more mail records name/);
    for (const [, ip] of hosts) assert.ok(told[0]?.message.includes(ip));
  });
  it("are reported one by one where another address got an answer", async () => {
    const { told } = await runPack(resources, { rules, verify: unanswered(["192.0.2.11"]) });
    assert.deepEqual(
      told.map(({ message }) => /through (\S+) names/.exec(message)?.[1]),
      ["a.example.com", "c.example.com"],
    );
  });
  it("say which term of an SPF record to remove", async () => {
    const server: GivenResource = {
      type: "hcloud:index/server:Server",
      name: "s",
      props: { ipv4Address: "192.0.2.10" },
    };
    const spf = [server, a("out.example.com", "192.0.2.10"), a("example.com", "v=spf1 a:out.example.com -all", "TXT")];
    const { told } = await runPack(spf, { rules, verify: failing("192.0.2.10") });
    assert.match(told[0]?.message ?? "", /remove "a:out\.example\.com" from it/);
  });
});

describe("two addresses of which DNS says nothing", () => {
  it("are one finding of fcrdns-round-trip, which names both", async () => {
    const resources = [rdns("192.0.2.10"), rdns("192.0.2.11", "b.example.com", { name: "b" })];
    const { told } = await runPack([...resources, mx("mail.example.com"), { ...mx("b.example.com"), name: "mx-b" }], {
      rules: ["fcrdns-round-trip"],
      verify: async (ip, { expected }) =>
        verdict(ip, expected ?? null, { status: "unknown", iprev: "temperror", reason: "no-answer" }),
    });
    assert.equal(told.length, 1);
    assert.match(told[0]?.message ?? "", /could not verify any of the 2 addresses \(no-answer\)/);
    assert.match(told[0]?.message ?? "", /addresses 192\.0\.2\.10, 192\.0\.2\.11/);
    assert.equal(told[0]?.level, "mandatory");
  });
});

import * as assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { findOnPath } from "../../sandbox/engine/path-engine";
import { arpaName, blockHolds, reverseZone } from "../../sandbox/internet/blocks";
import { type Internet, type InternetOptions, startInternet } from "../../sandbox/internet/internet";
import type { InternetFault } from "../../sandbox/internet/internet-fault";
import { type Asked, ask, walk } from "./ask";
import { ManualClock } from "./manual-clock";

const started: Internet[] = [];
after(() => Promise.all(started.map((internet) => internet.stop())));

async function start(options: InternetOptions = {}): Promise<Internet> {
  const internet = await startInternet(options);
  started.push(internet);
  return internet;
}

/** What each server of a name's zone answers, found by walking from the root. */
async function shown(internet: Internet, name: string, type: string): Promise<(readonly string[] | string)[]> {
  const replies = await walk(internet.roots[0] ?? "", name, type);
  return [...replies.values()].map((reply) => {
    if (reply === null) return "no answer";
    return reply.rcode === "NOERROR" ? reply.answer.map((line) => line.split(" ")[2] ?? "") : reply.rcode;
  });
}

/** Hetzner's part, with a sending address set up in it. */
function setUp(internet: Internet, hostname = "mail.example.com") {
  const world = internet.world("hcloud");
  const v4 = world.allocate(4);
  const v6 = `${world.allocate(6)}1`;
  world.setRecords(hostname, "A", [v4]);
  world.setRecords(hostname, "AAAA", [v6]);
  world.setPtr(v4, hostname);
  world.setPtr(v6, hostname);
  return { world, v4, v6, hostname };
}

describe("an address's name", () => {
  for (const [address, name] of [
    ["203.0.113.7", "7.113.0.203.in-addr.arpa"],
    ["2001:db8:1::1", `1.${"0.".repeat(19)}1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa`],
  ] as const) {
    it(`of ${address}`, () => assert.equal(arpaName(address), name));
  }
  for (const [prefix, zone] of [
    ["203.0.113.0/24", "113.0.203.in-addr.arpa"],
    ["10.0.0.0/8", "10.in-addr.arpa"],
    ["2001:db8:1::/48", "1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"],
    ["2001:db8:1:a00::/56", "a.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"],
  ] as const) {
    it(`lies in the zone ${zone} for ${prefix}`, () => assert.equal(reverseZone(prefix), zone));
  }
  it("has no zone of its own below an octet", () => assert.throws(() => reverseZone("203.0.113.0/25"), /boundary/));
  it("is in a block or not", () => {
    const block = { v4: ["203.0.113.0/24"], v6: ["2001:db8:1::/48"] };
    assert.ok(blockHolds(block, "203.0.113.255"));
    assert.ok(blockHolds(block, "2001:db8:1:ffff::1"));
    assert.ok(!blockHolds(block, "203.0.114.0"));
    assert.ok(!blockHolds(block, "2001:db8:2::"));
  });
});

describe("the loopback internet", () => {
  it("delegates step by step from the root to an IPv4 address's PTR", async () => {
    const internet = await start();
    const { v4 } = setUp(internet);
    const name = arpaName(v4);
    const fromRoot = await ask(internet.roots[1] ?? "", name, "PTR");
    assert.equal(fromRoot?.aa, false);
    assert.deepEqual(fromRoot?.authority, [
      "in-addr.arpa ns a.in-addr-servers.arpa",
      "in-addr.arpa ns b.in-addr-servers.arpa",
    ]);
    const glue = fromRoot?.additional[0]?.split(" ")[2];
    const fromArpa = await ask(`${glue}:${internet.port}`, name, "PTR");
    assert.deepEqual(fromArpa?.authority, [
      "113.0.203.in-addr.arpa ns ns1.hcloud-dns.example",
      "113.0.203.in-addr.arpa ns ns2.hcloud-dns.example",
    ]);
    assert.deepEqual(fromArpa?.additional, [], "a server in another branch of the tree has no glue");
    const last = await walk(internet.roots[0] ?? "", name, "PTR");
    assert.equal(last.size, 2);
    for (const reply of last.values()) {
      assert.equal(reply?.aa, true);
      assert.deepEqual(reply?.answer, [`${name} ptr mail.example.com`]);
    }
  });

  it("delegates step by step from the root to an IPv6 address's PTR, and to a host", async () => {
    const internet = await start();
    const { v4, v6 } = setUp(internet);
    assert.deepEqual(await shown(internet, arpaName(v6), "PTR"), [["mail.example.com"], ["mail.example.com"]]);
    assert.deepEqual(await shown(internet, "mail.example.com", "A"), [[v4], [v4]]);
    assert.deepEqual(await shown(internet, "mail.example.com", "AAAA"), [[v6], [v6]]);
    const com = await ask(internet.roots[0] ?? "", "mail.example.com", "A");
    const tld = com?.additional[0]?.split(" ")[2];
    const referral = await ask(`${tld}:${internet.port}`, "mail.example.com", "A");
    assert.deepEqual(referral?.authority, ["example.com ns ns1.dnshost.example", "example.com ns ns2.dnshost.example"]);
  });

  it("has servers at different addresses, no port below 1024, and refuses what a server does not serve", async () => {
    const internet = await start();
    const addresses = internet.servers().map(({ address }) => address);
    assert.equal(new Set(addresses).size, addresses.length);
    assert.ok(addresses.every((address) => address.startsWith("127.")));
    assert.ok(internet.port >= 1024);
    const host = internet.servers().find(({ name }) => name === "ns1.dnshost.example");
    assert.equal((await ask(host?.endpoint ?? "", "113.0.203.in-addr.arpa", "SOA"))?.rcode, "REFUSED");
  });

  it("is what dig sees too", async (t) => {
    if (findOnPath("dig", process.env.PATH ?? "") === null) return t.skip("dig is not installed");
    const internet = await start();
    const { v6 } = setUp(internet);
    const [address = "", port = ""] = internet.resolver.split(":");
    // In another process, as execFileSync would stop this one, which answers.
    const { execFile } = await import("node:child_process");
    const { promisify } = await import("node:util");
    const dig = (args: string[]) => promisify(execFile)("dig", [`@${address}`, "-p", port, ...args]);
    assert.equal((await dig(["+short", "-x", v6])).stdout.trim(), "mail.example.com.");
    assert.match((await dig(["mail.example.com", "A"])).stdout, /status: NOERROR.*\n;; flags: qr rd ra;/);
  });

  it("bumps the serial with every change", async () => {
    const internet = await start();
    const serial = async () => {
      const reply = await ask(internet.servers().find(({ name }) => name === "ns2.dnshost.example")?.endpoint ?? "", "example.com", "SOA"); // biome-ignore format: one line
      return Number(reply?.answer[0]?.split(" ")[4]);
    };
    const before = await serial();
    internet.setRecords("mail.example.com", "A", ["203.0.113.1"]);
    const between = await serial();
    internet.setRecords("mail.example.com", "A", []);
    assert.ok(before < between && between < (await serial()));
  });

  it("takes more forward zones while it runs, also under a new top-level domain and with servers of their own", async () => {
    const internet = await start({ forwardZones: [] });
    await internet.addForwardZone("acme.co.uk.");
    await internet.addForwardZone("example.org", { servedBy: "own" });
    const world = internet.world("cloudflare");
    assert.deepEqual(world.zones(), ["acme.co.uk", "example.org"]);
    world.setRecords("mx.acme.co.uk", "A", ["192.0.2.1"]);
    world.setRecords("mx.example.org", "A", ["192.0.2.2"]);
    assert.deepEqual(await shown(internet, "mx.acme.co.uk", "A"), [["192.0.2.1"], ["192.0.2.1"]]);
    assert.deepEqual(await shown(internet, "mx.example.org", "A"), [["192.0.2.2"], ["192.0.2.2"]]);
    await assert.rejects(internet.addForwardZone("dnshost.example"), /is a zone of this internet itself/);
  });

  it("keeps a deeper zone reachable when a zone above it is added later", async () => {
    const internet = await start({ forwardZones: ["mail.example.net", "example.net"] });
    internet.setRecords("a.mail.example.net", "A", ["192.0.2.1"]);
    internet.setRecords("a.example.net", "A", ["192.0.2.2"]);
    assert.deepEqual(await shown(internet, "a.mail.example.net", "A"), [["192.0.2.1"], ["192.0.2.1"]]);
    assert.deepEqual(await shown(internet, "a.example.net", "A"), [["192.0.2.2"], ["192.0.2.2"]]);
    const com = await ask(internet.servers().find(({ name }) => name === "a.tld-servers.net")?.endpoint ?? "", "a.mail.example.net", "A"); // biome-ignore format: one line
    assert.ok(com?.authority[0]?.startsWith("example.net ns"));
  });

  it("stands beside another one", async () => {
    const [one, other] = await Promise.all([start(), start()]);
    one.setRecords("mail.example.com", "A", ["192.0.2.1"]);
    other.setRecords("mail.example.com", "A", ["192.0.2.2"]);
    assert.deepEqual(await shown(one, "mail.example.com", "A"), [["192.0.2.1"], ["192.0.2.1"]]);
    assert.deepEqual(await shown(other, "mail.example.com", "A"), [["192.0.2.2"], ["192.0.2.2"]]);
  });

  it("is gone when it is stopped", async () => {
    const internet = await startInternet();
    await internet.stop();
    assert.equal(await ask(internet.roots[0] ?? "", "com", "NS", { timeoutMs: 100 }), null);
  });
});

describe("a cloud's part of the internet", () => {
  it("hands out fresh addresses of its own block and takes their PTR back with them", async () => {
    const internet = await start();
    const { world, v4, v6 } = setUp(internet);
    assert.equal(v4, "203.0.113.10");
    assert.equal(v6, "2001:db8:1:1::1");
    assert.equal(world.ptr("2001:DB8:1:1:0:0:0:1"), "mail.example.com");
    world.release(v4);
    world.release("2001:db8:1:1::");
    assert.equal(world.ptr(v4), null);
    assert.equal(world.ptr(v6), null);
    assert.deepEqual(await shown(internet, arpaName(v6), "PTR"), ["NXDOMAIN", "NXDOMAIN"]);
    assert.equal(world.allocate(4), "203.0.113.11", "not one that was somebody's");
    assert.equal(internet.world("aws").allocate(4), "198.51.100.10");
    assert.throws(() => world.setPtr("198.51.100.10", "x.example.com"), /not an address of hcloud/);
    assert.throws(() => internet.world("cloudflare").allocate(4), /cloudflare has no IPv4.*addresses/);
  });

  it("says so when every address is handed out", async () => {
    const world = (await start()).world("aws");
    for (let host = 10; host < 255; host++) assert.equal(world.allocate(4), `198.51.100.${host}`);
    assert.throws(() => world.allocate(4), /handed out all/);
  });

  it("tells in the order of events what it did", async () => {
    const internet = await start();
    const { world, v4 } = setUp(internet);
    world.setPtr(v4, null);
    world.note("done");
    assert.deepEqual(internet.journal(), [
      "allocate 203.0.113.10",
      "allocate 2001:db8:1:1::",
      "records set mail.example.com A 203.0.113.10",
      "records set mail.example.com AAAA 2001:db8:1:1::1",
      "ptr set 203.0.113.10 mail.example.com",
      "ptr set 2001:db8:1:1::1 mail.example.com",
      "ptr removed 203.0.113.10",
      "done",
    ]);
  });

  it("sees at once what name servers show, through aliases, and not what they do not show yet", async () => {
    const clock = new ManualClock();
    const internet = await start({ clock, publishDelayMs: 5_000 });
    const world = internet.world("aws");
    world.setRecords("mail.example.com", "CNAME", ["host.example.com"]);
    world.setRecords("host.example.com", "A", ["198.51.100.9"]);
    assert.deepEqual(world.records("HOST.example.com", "a"), ["198.51.100.9"]);
    assert.deepEqual(world.resolve("mail.example.com", "A"), []);
    clock.advance(5_000);
    assert.deepEqual(world.resolve("mail.example.com", "A"), ["198.51.100.9"]);
    assert.deepEqual(world.resolve("mail.example.com", "AAAA"), []);
    assert.deepEqual(world.resolve("nothing.invalid", "A"), []);
  });

  it("shows what is in the quotes of a TXT record", async () => {
    const internet = await start();
    internet.world("hcloud").setRecords("example.com", "TXT", ['"v=spf1 mx" " -all"']);
    const replies = await walk(internet.roots[0] ?? "", "example.com", "TXT");
    assert.deepEqual([...replies.values()][0]?.answer, ["example.com txt v=spf1 mx -all"]);
  });

  it("refuses records that no zone holds", async () => {
    const internet = await start();
    assert.throws(() => internet.world("hcloud").setRecords("mail.example.org", "A", ["192.0.2.1"]), /no zone.*holds/);
    assert.throws(() => internet.setPtr("8.8.8.8", "dns.example.com"), /no zone.*holds/);
  });
});

describe("what name servers show", () => {
  it("comes after the publishing delay, at the second server later still, and in the order of changes", async () => {
    const clock = new ManualClock();
    const internet = await start({ clock, publishDelayMs: 1_000, secondServerDelayMs: 3_000 });
    internet.setRecords("mail.example.com", "A", ["192.0.2.1"]);
    clock.advance(500);
    internet.setRecords("mail.example.com", "A", ["192.0.2.2"]);
    assert.deepEqual(await shown(internet, "mail.example.com", "A"), ["NXDOMAIN", "NXDOMAIN"]);
    clock.advance(500);
    assert.deepEqual(await shown(internet, "mail.example.com", "A"), [["192.0.2.1"], "NXDOMAIN"]);
    clock.advance(500);
    assert.deepEqual(await shown(internet, "mail.example.com", "A"), [["192.0.2.2"], "NXDOMAIN"]);
    const settled = internet.settled();
    clock.advance(3_000);
    await settled;
    assert.deepEqual(await shown(internet, "mail.example.com", "A"), [["192.0.2.2"], ["192.0.2.2"]]);
  });

  it("is the same before and after, whatever came and went", async () => {
    const internet = await start();
    const before = internet.snapshot();
    assert.deepEqual(Object.keys(before["example.com"] ?? {}), ["ns1.dnshost.example", "ns2.dnshost.example"]);
    const { world, v4, v6, hostname } = setUp(internet);
    const lines = internet.snapshot()["example.com"]?.["ns2.dnshost.example"];
    assert.ok(lines?.includes(`mail.example.com 300 a ${v4}`));
    assert.notDeepEqual(internet.snapshot(), before);
    for (const type of ["A", "AAAA"]) world.setRecords(hostname, type, []);
    world.release(v4);
    world.release(v6);
    assert.deepEqual(internet.snapshot(), before);
  });
});

describe("a fault", () => {
  /** What both servers of the two zones show while a fault is on. */
  const cases: readonly {
    readonly title: string;
    readonly fault: InternetFault;
    readonly question: "ptr4" | "ptr6" | "a" | "aaaa";
    readonly expected: (readonly string[] | string)[];
  }[] = [
    {
      title: "no PTR appears",
      fault: { kind: "pin-ptr", value: null },
      question: "ptr4",
      expected: ["NXDOMAIN", "NXDOMAIN"],
    },
    {
      title: "no PTR appears for IPv6; IPv4's does",
      fault: { kind: "pin-ptr", family: 6, value: null },
      question: "ptr4",
      expected: [["mail.example.com"], ["mail.example.com"]],
    },
    {
      title: "another PTR appears",
      fault: { kind: "pin-ptr", value: "other.example.com" },
      question: "ptr6",
      expected: [["other.example.com"], ["other.example.com"]],
    },
    {
      title: "the generic PTR stays",
      fault: { kind: "pin-ptr", family: 4, value: "static.{reversed}.clients.your-server.de", confirmed: true },
      question: "ptr4",
      expected: [["static.10.113.0.203.clients.your-server.de"], ["static.10.113.0.203.clients.your-server.de"]],
    },
    {
      title: "no AAAA appears",
      fault: { kind: "pin-records", owner: "Mail.example.com", type: "AAAA", values: [] },
      question: "aaaa",
      expected: [[], []],
    },
    {
      title: "another A appears",
      fault: { kind: "pin-records", owner: "mail.example.com", type: "A", values: ["192.0.2.99"] },
      question: "a",
      expected: [["192.0.2.99"], ["192.0.2.99"]],
    },
    {
      title: "one server is late",
      fault: { kind: "lag", where: { zone: "mail.example.com", nth: 2 }, ms: null },
      question: "a",
      expected: [["203.0.113.10"], "NXDOMAIN"],
    },
    {
      title: "one server of the reverse zone is late",
      fault: { kind: "lag", where: { reverseOf: "hcloud", family: 4, nth: 1 }, ms: 60_000 },
      question: "ptr4",
      expected: ["NXDOMAIN", ["mail.example.com"]],
    },
    {
      title: "one server of the reverse zone is dead",
      fault: { kind: "silence", where: { server: "ns2.hcloud-dns.example" } },
      question: "ptr4",
      expected: [["mail.example.com"], "no answer"],
    },
    {
      title: "the reverse zone answers SERVFAIL",
      fault: { kind: "servfail", where: { reverseOf: "hcloud" } },
      question: "ptr6",
      expected: ["SERVFAIL", "SERVFAIL"],
    },
    {
      title: "one server of the forward zone refuses",
      fault: { kind: "misbehave", where: { zone: "example.com", nth: 1 }, rule: { fault: "refused" } },
      question: "a",
      expected: ["REFUSED", ["203.0.113.10"]],
    },
  ];
  for (const { title, fault, question, expected } of cases) {
    it(`given as data: ${title}; and it can end`, async () => {
      const internet = await start({ clock: new ManualClock() });
      const id = internet.fault(fault);
      const { v4, v6, hostname } = setUp(internet);
      const questions = {
        ptr4: [arpaName(v4), "PTR", hostname],
        ptr6: [arpaName(v6), "PTR", hostname],
        a: [hostname, "A", v4],
        aaaa: [hostname, "AAAA", v6],
      } as const;
      const [name, type, right] = questions[question];
      const port = internet.port;
      const zone = type === "PTR" ? "hcloud-dns" : "dnshost";
      const servers = internet.servers().filter((server) => server.name.includes(zone));
      const both = async () =>
        Promise.all(
          servers.map(async ({ address }) => {
            const reply: Asked | null = await ask(`${address}:${port}`, name, type, { timeoutMs: 150 });
            if (reply === null) return "no answer";
            return reply.rcode === "NOERROR" ? reply.answer.map((line) => line.split(" ")[2] ?? "") : reply.rcode;
          }),
        );
      assert.deepEqual(await both(), expected);
      assert.equal(internet.ptr(v4), hostname, "the cloud's API says what was set");
      internet.endFault(id);
      assert.deepEqual(await both(), [[right], [right]]);
    });
  }

  it("of a name that confirms shows its address record as well", async () => {
    const internet = await start();
    setUp(internet);
    internet.fault({ kind: "pin-ptr", family: 4, value: "host-{dashed}.example.com", confirmed: true });
    assert.deepEqual(await shown(internet, "host-203-0-113-10.example.com", "A"), [["203.0.113.10"], ["203.0.113.10"]]);
    internet.endFaults();
    assert.deepEqual(await shown(internet, "host-203-0-113-10.example.com", "A"), ["NXDOMAIN", "NXDOMAIN"]);
  });

  it("of a late server ends after its time, or on the call to catch up", async () => {
    const clock = new ManualClock();
    const internet = await start({ clock });
    internet.fault({ kind: "lag", where: { zone: "example.com", nth: 2 }, ms: 20_000 });
    internet.setRecords("one.example.com", "A", ["192.0.2.1"]);
    clock.advance(19_999);
    assert.deepEqual(await shown(internet, "one.example.com", "A"), [["192.0.2.1"], "NXDOMAIN"]);
    clock.advance(1);
    assert.deepEqual(await shown(internet, "one.example.com", "A"), [["192.0.2.1"], ["192.0.2.1"]]);
    internet.setRecords("two.example.com", "A", ["192.0.2.2"]);
    internet.catchUp({ server: "ns2.dnshost.example" });
    assert.deepEqual(await shown(internet, "two.example.com", "A"), [["192.0.2.2"], ["192.0.2.2"]]);
  });

  it("that fits no server is refused", async () => {
    const internet = await start();
    assert.throws(() => internet.fault({ kind: "silence", where: { server: "ns9.example" } }), /no name server fits/);
    assert.throws(() => internet.fault({ kind: "servfail", where: { reverseOf: "nimbus" } }), /no cloud.*nimbus/);
    const pin: InternetFault = { kind: "pin-records", owner: "x.invalid", type: "A", values: ["192.0.2.1"] };
    assert.throws(() => internet.fault(pin), /no zone/);
    internet.setRecords("mail.example.com", "A", ["192.0.2.1"]);
  });
});

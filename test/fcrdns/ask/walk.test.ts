/** How the servers of a name are found, and which of them are asked. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Verdict, verify } from "../../../fcrdns/index";
import { startNameServer, Zone } from "../../../sandbox/internet/name-server";
import { IP, IP6, inWorld, MAIL, PTR, PTR6, REVERSE, TestClock, type World } from "./world";

interface Case {
  readonly name: string;
  readonly arrange?: (world: World) => unknown;
  readonly ip?: string;
  readonly expected?: string | null;
  readonly expect: readonly [Verdict["status"], Verdict["iprev"], Verdict["reason"]];
  readonly also?: (verdict: Verdict, world: World) => void;
}

const good = ["pass", "pass", "ok"] as const;

/** The servers that were asked this question. */
function askedFor(verdict: Verdict, question: string): string[] {
  const servers = verdict.hops.filter((hop) => hop.question === question && hop.outcome !== "not-asked");
  return servers.map(({ server }) => server.replace(/:\d+$/, "")).sort();
}

/** The PTR is behind so many aliases. */
function aliasesInARow({ reverse, com }: World["zones"], count: number): void {
  reverse.remove(PTR);
  reverse.set(PTR, "CNAME", ["a1.example.com"]);
  for (let i = 1; i < count; i++) com.set(`a${i}.example.com`, "CNAME", [`a${i + 1}.example.com`]);
  com.set(`a${count}.example.com`, "PTR", [MAIL]);
}

// biome-ignore format: one line per case
const cases: readonly Case[] = [
  {
    name: "every server of both zones is asked, glue or not (RFC 1034 section 4.2.1)",
    expect: good,
    also: (verdict, world) => {
      const reverse = [`r1.provider.test ${world.address(4)}`, `r2.provider.test ${world.address(5)}`];
      const forward = [`ns1.example.com ${world.address(2)}`, `ns2.example.net ${world.address(3)}`];
      assert.deepEqual(askedFor(verdict, `${PTR} PTR`), reverse);
      assert.deepEqual(askedFor(verdict, `${MAIL} A`), forward);
      assert.deepEqual(askedFor(verdict, `${MAIL} AAAA`), forward);
      assert.deepEqual(verdict.servers, { asked: 4, agreed: 4 });
    },
  },
  { name: "an IPv6 subject (RFC 3596 section 2.5)", ip: IP6, expect: good, also: (verdict) => assert.equal(verdict.arpa, PTR6) },
  {
    name: "an IPv4-mapped IPv6 subject is the IPv4 address",
    ip: `::ffff:${IP}`,
    expect: good,
    also: (verdict) => assert.equal(verdict.ip, IP),
  },
  { name: "no expected name: whatever confirms is good", expected: null, expect: good },
  { name: "the expected name in capitals with a final dot", expected: "MAIL.Example.COM.", expect: good },
  { name: "the PTR in capitals (RFC 4343)", arrange: ({ zones }) => zones.reverse.set(PTR, "PTR", ["MAIL.EXAMPLE.COM"]), expect: good, also: (verdict) => assert.deepEqual(verdict.ptr, [MAIL]) },
  {
    name: "no query asks for recursion (RFC 1034 section 4.3.1: RD is for resolvers)",
    expect: good,
    also: (_verdict, world) => {
      const queries = world.servers().flatMap((server) => server.queries);
      assert.ok(queries.length > 0);
      assert.ok(queries.every(({ rd }) => !rd));
      assert.equal(world.resolver.queries.length, 0);
    },
  },
  {
    name: "a second address of a name server is asked too",
    arrange: async (world) => {
      await world.start(12, [world.zones.com]);
      world.zones.com.set("ns1.example.com", "A", [world.address(2), world.address(12)]);
      world.zones.root.delegate("example.com", ["ns1.example.com"], {
        "ns1.example.com": [world.address(2), world.address(12)],
      });
      world.zones.com.set("example.com", "NS", ["ns1.example.com"]);
    },
    expect: good,
    also: (verdict, world) =>
      assert.deepEqual(askedFor(verdict, `${MAIL} A`), [
        `ns1.example.com ${world.address(12)}`,
        `ns1.example.com ${world.address(2)}`,
      ]),
  },
  {
    name: "a server that only the zone itself lists is asked too (RFC 1912 section 2.8, parent and child differ)",
    arrange: async (world) => {
      await world.start(13, [world.zones.reverse]);
      world.zones.provider.set("r3.provider.test", "A", [world.address(13)]);
      world.zones.reverse.set(REVERSE, "NS", ["r1.provider.test", "r2.provider.test", "r3.provider.test"]);
    },
    expect: good,
    also: (verdict) => assert.equal(askedFor(verdict, `${PTR} PTR`).length, 3),
  },
  {
    name: "a server that only the parent lists is asked too, and is lame",
    arrange: (world) => {
      world.zones.root.delegate(REVERSE, ["r1.provider.test", "r2.provider.test", "ns.example.net"]);
    },
    expect: good,
    also: (verdict) => assert.ok(verdict.findings.some(({ rule }) => rule === "server-refused")),
  },
  {
    name: "one server has not the PTR yet: disagreement is no pass",
    arrange: async (world) => {
      const old = new Zone({ origin: REVERSE, ns: ["r1.provider.test", "r2.provider.test"] });
      world.r2.zones.splice(0, 1, old);
    },
    expect: ["fail", "fail", "servers-disagree"],
  },
  {
    name: "one server has another address: disagreement",
    arrange: (world) => {
      const old = new Zone({ origin: "example.com", ns: ["ns1.example.com", "ns2.example.net"] });
      old.set(MAIL, "A", ["198.51.100.1"]);
      world.ns2.zones.splice(0, 1, old);
    },
    expect: ["fail", "fail", "servers-disagree"],
  },
  {
    name: "classless delegation by NS of the single address (RFC 2317 section 4 does it with CNAME; some do it so)",
    arrange: async (world) => {
      const own = new Zone({ origin: PTR, ns: ["ns1.example.com"] });
      own.set(PTR, "PTR", [MAIL]);
      world.ns1.zones.push(own);
      world.zones.reverse.delegate(PTR, ["ns1.example.com"]);
    },
    expect: good,
    also: (verdict, world) =>
      assert.deepEqual(askedFor(verdict, `${PTR} PTR`).slice(0, 1), [`ns1.example.com ${world.address(2)}`]),
  },
  {
    name: "RFC 2317 with a slash in the label, delegated within in-addr.arpa",
    arrange: async (world) => {
      const classless = `0/25.${REVERSE}`;
      const own = new Zone({ origin: classless, ns: ["ns1.example.com"] });
      own.set(`10.${classless}`, "PTR", [MAIL]);
      world.ns1.zones.push(own);
      world.zones.reverse.remove(PTR);
      world.zones.reverse.set(PTR, "CNAME", [`10.${classless}`]);
      world.zones.reverse.delegate(classless, ["ns1.example.com"]);
    },
    expect: good,
    also: (verdict) => {
      assert.ok(verdict.hops.some(({ outcome, question }) => outcome === "cname" && question === `${PTR} PTR`));
      assert.ok(
        verdict.hops.some(({ outcome, question }) => outcome === "ok" && question === `10.0/25.${REVERSE} PTR`),
      );
    },
  },
  {
    name: "RFC 2317 section 5.2: the target outside in-addr.arpa, in the customer's forward zone",
    arrange: (world) => {
      world.zones.reverse.remove(PTR);
      world.zones.reverse.set(PTR, "CNAME", ["10.rev.example.com"]);
      world.zones.com.set("10.rev.example.com", "PTR", [MAIL]);
    },
    expect: good,
    also: (verdict, world) => {
      const target = askedFor(verdict, "10.rev.example.com PTR");
      assert.deepEqual(target, [`ns1.example.com ${world.address(2)}`, `ns2.example.net ${world.address(3)}`]);
      assert.equal(verdict.servers.agreed, verdict.servers.asked);
    },
  },
  {
    name: "RFC 2317: the target within the same zone",
    arrange: ({ zones }) => {
      zones.reverse.remove(PTR);
      zones.reverse.set(PTR, "CNAME", [`10.hosts.${REVERSE}`]);
      zones.reverse.set(`10.hosts.${REVERSE}`, "PTR", [MAIL]);
    },
    expect: good,
  },
  {
    name: "RFC 2317: the target does not exist",
    arrange: ({ zones }) => {
      zones.reverse.remove(PTR);
      zones.reverse.set(PTR, "CNAME", ["10.rev.example.com"]);
    },
    expect: ["fail", "permerror", "no-ptr"],
  },
  {
    name: "RFC 2317: the servers of the target are silent",
    arrange: (world) => {
      world.zones.reverse.remove(PTR);
      world.zones.reverse.set(PTR, "CNAME", ["10.rev.example.com"]);
      for (const server of [world.ns1, world.ns2]) server.fault({ fault: "timeout", under: "rev.example.com" });
    },
    expect: ["unknown", "temperror", "no-answer"],
  },
  {
    name: "RFC 2317: one reverse server has the alias, the other still the PTR itself",
    arrange: (world) => {
      const changed = new Zone({ origin: REVERSE, ns: ["r1.provider.test", "r2.provider.test"] });
      changed.set(PTR, "CNAME", ["10.rev.example.com"]);
      world.r2.zones.splice(0, 1, changed);
      world.zones.com.set("10.rev.example.com", "PTR", ["other.example.com"]);
      world.zones.com.set("other.example.com", "A", [IP]);
    },
    expect: ["fail", "pass", "servers-disagree"],
  },
  {
    name: "two aliases in a row (RFC 1034 section 3.6.2)",
    arrange: ({ zones }) => {
      zones.reverse.remove(PTR);
      zones.reverse.set(PTR, "CNAME", ["a.example.com"]);
      zones.com.set("a.example.com", "CNAME", ["b.example.net"]);
      zones.net.set("b.example.net", "PTR", [MAIL]);
    },
    expect: good,
  },
  {
    name: "an alias to itself (RFC 1034 section 3.6.2: signalled as an error)",
    arrange: ({ zones }) => {
      zones.reverse.remove(PTR);
      zones.reverse.set(PTR, "CNAME", [PTR]);
    },
    expect: ["fail", "temperror", "cname-loop"],
  },
  {
    name: "aliases in a circle over two zones",
    arrange: ({ zones }) => {
      zones.reverse.remove(PTR);
      zones.reverse.set(PTR, "CNAME", ["a.example.com"]);
      zones.com.set("a.example.com", "CNAME", [PTR]);
    },
    expect: ["fail", "temperror", "cname-loop"],
  },
  { name: "eleven aliases in a row, as Unbound and BIND follow them (max-query-restarts)", arrange: ({ zones }) => aliasesInARow(zones, 11), expect: good },
  { name: "twelve aliases in a row, at which they stop: unknown, not a loop", arrange: ({ zones }) => aliasesInARow(zones, 12), expect: ["unknown", "temperror", "no-answer"] },
  {
    name: "NXDOMAIN for AAAA of a name with an A: resolvers deny the whole name (RFC 2308 section 5)",
    arrange: ({ ns1, ns2 }) => {
      for (const server of [ns1, ns2]) server.fault({ fault: "nxdomain", name: MAIL, type: "AAAA" });
    },
    expect: ["fail", "fail", "no-forward"],
  },
  {
    name: "the PTR name is an alias: receivers accept it, RFC 2181 section 10.2 does not",
    arrange: ({ zones }) => {
      zones.com.remove(MAIL);
      zones.com.set(MAIL, "CNAME", ["real.example.net"]);
      zones.net.set("real.example.net", "A", [IP]);
    },
    expect: good,
    also: (verdict) => assert.ok(verdict.findings.some(({ rule }) => rule === "ptr-target-alias")),
  },
  {
    name: "parent and child on the same servers: no referral, the SOA tells the cut (BIND and NSD answer for the child)",
    arrange: async (world) => {
      // 192.in-addr.arpa and 2.0.192.in-addr.arpa on r1; the child also on r2, which the parent is not.
      const parent = new Zone({ origin: "192.in-addr.arpa", ns: ["r1.provider.test"] });
      parent.delegate(REVERSE, ["r1.provider.test", "r2.provider.test"]);
      world.r1.zones.push(parent);
      world.zones.root.delegate(REVERSE, []);
      world.zones.root.delegate("192.in-addr.arpa", ["r1.provider.test"]);
    },
    expect: good,
    also: (verdict) => assert.equal(askedFor(verdict, `${PTR} PTR`).length, 2),
  },
  {
    name: "a whole DNS on one server, with name servers that nobody can find",
    arrange: (world) => {
      const { com, reverse } = world.zones;
      for (const zone of [com, reverse]) zone.set(zone.origin, "NS", ["ns.nowhere.test"]);
      for (const cut of ["example.com", REVERSE]) world.zones.root.delegate(cut, []);
      world.root.zones.push(com, reverse);
    },
    expect: good,
    also: (verdict) => assert.ok(verdict.findings.some(({ rule }) => rule === "server-without-address")),
  },
  { name: "the name's zone does not exist: the parent's NXDOMAIN is an answer", arrange: ({ zones }) => zones.reverse.set(PTR, "PTR", ["mail.nowhere.test"]), expected: null, expect: ["fail", "fail", "no-forward"] },
  { name: "no delegation for the reverse zone: NXDOMAIN from the root", arrange: ({ zones }) => zones.root.delegate(REVERSE, []), expect: ["fail", "permerror", "no-ptr"] },
  { name: "a delegation to servers that do not exist is unknown, not absent", arrange: ({ zones }) => zones.root.delegate(REVERSE, ["gone.provider.test"]), expect: ["unknown", "temperror", "no-answer"] },
  {
    name: "a delegation to an address where nobody listens",
    arrange: (world) => {
      world.zones.root.delegate(REVERSE, ["dead.provider.test"]);
      world.zones.provider.set("dead.provider.test", "A", [world.address(99)]);
    },
    expect: ["unknown", "temperror", "no-answer"],
    also: (verdict) => assert.ok(verdict.hops.some(({ outcome }) => outcome === "unreachable")),
  },
  {
    name: "one of the name servers has no address: the other decides, with a warning",
    arrange: ({ zones }) => {
      zones.root.delegate(REVERSE, ["r1.provider.test", "gone.provider.test"]);
      zones.reverse.set(REVERSE, "NS", ["r1.provider.test", "gone.provider.test"]);
    },
    expect: good,
    also: (verdict) => {
      const finding = verdict.findings.find(({ rule }) => rule === "server-without-address");
      assert.match(finding?.message ?? "", /gone\.provider\.test/);
    },
  },
  {
    name: "AA set on a referral (seen at old load balancers)",
    arrange: (world) => {
      world.root.fault({
        fault: {
          message: (query) => {
            const name = (text: string) => [
              ...text.split(".").flatMap((label) => [label.length, ...Buffer.from(label)]),
              0,
            ];
            const target = name("r1.provider.test");
            const owner = name(REVERSE);
            return Uint8Array.from([
              ...[query.id >> 8, query.id & 255, 0x84, 0, 0, 1, 0, 0, 0, 1, 0, 0, ...query.question],
              ...[...owner, 0, 2, 0, 1, 0, 0, 1, 44, 0, target.length, ...target],
            ]);
          },
        },
        under: REVERSE,
      });
    },
    expect: good,
  },
  { name: "a private address as the subject is judged like any other", ip: "10.1.2.3", expect: ["fail", "permerror", "no-ptr"] },
];

describe("the walk", { concurrency: 4 }, () => {
  for (const { name, arrange, ip = IP, expected = MAIL, expect, also } of cases) {
    it(
      name,
      { timeout: 20_000 },
      inWorld(async (world) => {
        await arrange?.(world);
        const verdict = await world.verifier().verify(ip, { expected });
        assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], expect, JSON.stringify(verdict, null, 1));
        also?.(verdict, world);
      }),
    );
  }
});

describe("what was found is remembered", () => {
  it(
    "asks PTR, A and AAAA of the expected name at once when the delegations are known: one exchange",
    inWorld(async (world) => {
      world.zones.reverse.set(`11.${REVERSE}`, "PTR", ["mx.example.com"]);
      world.zones.com.set("mx.example.com", "A", ["192.0.2.11"]);
      const verifier = world.verifier({ timeoutSeconds: 2 });
      await verifier.verify(IP, { expected: MAIL });
      for (const server of world.servers()) server.fault({ delayMs: 150 });
      // Another address and another name of the same zones, never asked before.
      const verdict = await verifier.verify("192.0.2.11", { expected: "mx.example.com" });
      assert.equal(verdict.status, "pass");
      assert.ok(verdict.ms < 290, `${verdict.ms} ms with 150 ms a round trip`);
      // A PTR that is not the expected name takes a second exchange for its addresses.
      const second = await verifier.verify("192.0.2.11");
      assert.ok(second.ms >= 290 && second.ms < 440, `${second.ms} ms`);
    }),
  );

  it(
    "does not walk from the root again",
    inWorld(async (world) => {
      const verifier = world.verifier();
      await verifier.verify(IP, { expected: MAIL });
      const before = world.root.queries.length;
      await verifier.verify("192.0.2.99", { expected: "other.example.com" });
      assert.equal(world.root.queries.length, before);
    }),
  );

  it(
    "walks together for addresses that are checked together",
    inWorld(async (world) => {
      const verifier = world.verifier();
      await Promise.all(Array.from({ length: 50 }, (_, host) => verifier.verify(`192.0.2.${host}`)));
      assert.ok(world.root.queries.length < 10, `${world.root.queries.length} queries at the root`);
    }),
  );

  it(
    "forgets a delegation when its time is over",
    inWorld(async (world) => {
      const clock = new TestClock();
      const verifier = world.verifier({ clock });
      await verifier.verify(IP, { expected: MAIL });
      await clock.sleep(2 * 3600 * 1000);
      const before = world.root.queries.length;
      await verifier.verify(IP, { expected: MAIL });
      assert.ok(world.root.queries.length > before);
    }),
  );
});

describe("what one verify of this process found serves the next", () => {
  it(
    "one exchange for names of the same zones, without a Verifier to share",
    inWorld(async (world) => {
      world.zones.reverse.set(`11.${REVERSE}`, "PTR", ["mx.example.com"]);
      world.zones.com.set("mx.example.com", "A", ["192.0.2.11"]);
      const options = world.options({ timeoutSeconds: 2, mode: "authoritative" });
      await verify(IP, { ...options, expected: MAIL });
      const before = world.root.queries.length;
      for (const server of world.servers()) server.fault({ delayMs: 150 });
      const verdict = await verify("192.0.2.11", { ...options, expected: "mx.example.com" });
      assert.equal(verdict.status, "pass");
      assert.ok(verdict.ms < 290, `${verdict.ms} ms with 150 ms a round trip`);
      assert.equal(world.root.queries.length, before);
    }),
  );

  it(
    "but no 'no' rests on it: a delegation that has changed since is found",
    inWorld(async (world) => {
      const options = world.options({ mode: "authoritative" });
      assert.equal((await verify(IP, { ...options, expected: MAIL })).status, "pass");
      // The zone moves to another server; the old ones refuse.
      const moved = await world.start(40, [world.zones.reverse]);
      for (const server of [world.r1, world.r2]) server.fault("refused");
      world.zones.provider.set("r9.provider.test", "A", [moved.address]);
      world.zones.root.delegate(REVERSE, ["r9.provider.test"]);
      world.zones.reverse.set(REVERSE, "NS", ["r9.provider.test"]);
      const verdict = await verify(IP, { ...options, expected: MAIL });
      assert.deepEqual([verdict.status, verdict.reason], ["pass", "ok"]);
      assert.ok(moved.queries.length > 0);
    }),
  );
});

describe("how queries travel", () => {
  it(
    "each from a random port, with a random id and letters in random case",
    inWorld(async (world) => {
      for (let run = 0; run < 8; run++) await world.verifier().verify(IP, { expected: MAIL });
      const queries = [...world.r1.queries, ...world.ns1.queries].filter(({ type }) => type === "PTR" || type === "A");
      assert.ok(new Set(queries.map(({ from }) => from)).size > 10);
      assert.ok(new Set(queries.map(({ id }) => id)).size > 10);
      assert.ok(new Set(queries.map(({ name }) => name)).size > 10);
      assert.ok(queries.every(({ edns, transport }) => edns && transport === "udp"));
    }),
  );

  it("over IPv6 as well as over IPv4, UDP and TCP", async () => {
    const zone = new Zone({ origin: ".", ns: ["ns.test"] });
    zone.set(PTR, "PTR", [MAIL]);
    zone.set(MAIL, "A", [IP]);
    const server = await startNameServer({ address: "::1", zones: [zone] });
    try {
      const options = { stubs: { ".": server.endpoint }, mode: "authoritative", expected: MAIL } as const;
      const verdict = await verify(IP, options);
      assert.equal(verdict.status, "pass");
      assert.ok(verdict.hops.every(({ server: text }) => text === `[::1]:${server.port}`));
      server.fault("truncated");
      const overTcp = await verify(IP, options);
      assert.equal(overTcp.status, "pass");
      assert.ok(overTcp.hops.every(({ transport }) => transport === "tcp"));
    } finally {
      await server.close();
    }
  });
});

describe("stubs", () => {
  it(
    "answer for their zone and everything below, without a walk",
    inWorld(async (world) => {
      const one = await world.start(20, [world.zones.com, world.zones.reverse, world.zones.reverse6]);
      const verifier = world.verifier({ roots: undefined, stubs: { ".": one.endpoint } });
      const verdict = await verifier.verify(IP, { expected: MAIL });
      assert.equal(verdict.status, "pass");
      // PTR, A and AAAA, and the PTR of the name's IPv6 address.
      assert.equal(verdict.hops.length, 4);
      assert.ok(verdict.hops.every(({ server }) => server === one.endpoint));
    }),
  );

  it(
    "hand on to the servers they refer to",
    inWorld(async (world) => {
      const verifier = world.verifier({ roots: undefined, stubs: { ".": world.root.endpoint } });
      const verdict = await verifier.verify(IP, { expected: MAIL });
      assert.equal(verdict.status, "pass");
      assert.deepEqual(verdict.servers, { asked: 4, agreed: 4 });
    }),
  );

  it(
    "are only for their zone; elsewhere the walk begins at the roots",
    inWorld(async (world) => {
      const own = new Zone({ origin: REVERSE, ns: ["r1.provider.test"] });
      own.set(PTR, "PTR", ["stub.example.com"]);
      const stub = await world.start(21, [own]);
      const verdict = await world.verifier({ stubs: { [REVERSE]: stub.endpoint } }).verify(IP, { expected: MAIL });
      assert.deepEqual([verdict.status, verdict.reason], ["fail", "no-forward"]);
      assert.deepEqual(verdict.ptr, ["stub.example.com"]);
      assert.equal(world.r1.queries.length + world.r2.queries.length, 0);
    }),
  );

  it(
    "may be several servers for one zone, all of which must agree",
    inWorld(async (world) => {
      const stale = new Zone({ origin: REVERSE, ns: ["r1.provider.test"] });
      const one = await world.start(22, [world.zones.reverse]);
      const two = await world.start(23, [stale]);
      const verdict = await world
        .verifier({ stubs: { [REVERSE]: [one.endpoint, two.endpoint] } })
        .verify(IP, { expected: MAIL });
      assert.equal(verdict.reason, "servers-disagree");
    }),
  );

  it(
    "that refuse are 'refused', not an answer",
    inWorld(async (world) => {
      const verdict = await world.verifier({ stubs: { [REVERSE]: world.ns1.endpoint } }).verify(IP, { expected: MAIL });
      assert.deepEqual([verdict.status, verdict.reason], ["unknown", "refused"]);
    }),
  );
});

describe("servers at addresses that no public name server has", () => {
  for (const [kind, address] of [
    ["loopback", "127.0.0.1"],
    ["private", "10.0.0.53"],
    ["private", "192.168.1.1"],
    ["link-local", "169.254.1.1"],
    ["multicast", "224.0.0.251"],
    ["unspecified", "0.0.0.0"],
    ["loopback, IPv6", "::1"],
    ["private, IPv6", "fd00::53"],
    ["link-local, IPv6", "fe80::53"],
    ["multicast, IPv6", "ff02::fb"],
    ["unspecified, IPv6", "::"],
    ["loopback within NAT64", "64:ff9b::7f00:1"],
  ] as const) {
    it(
      `are not asked when the DNS is the public one: ${kind} ${address}`,
      inWorld(async (world) => {
        // A transport in place of the public internet: the world's root answers at every address.
        const asked: string[] = [];
        const { socketTransport } = await import("../../../fcrdns/index");
        const sockets = socketTransport();
        const root = { address: world.root.address, port: world.port };
        world.zones.root.delegate(REVERSE, ["ns.bad.test"], { "ns.bad.test": [address] });
        const transport = {
          ...sockets,
          udp: (server: { address: string }, ...rest: [Uint8Array, number, (message: Uint8Array) => boolean]) => {
            asked.push(server.address);
            return sockets.udp(root, ...rest);
          },
          tcp: (_server: unknown, query: Uint8Array, timeoutMs: number) => sockets.tcp(root, query, timeoutMs),
          close: () => sockets.close(),
        };
        const verifier = world.verifier({ roots: undefined, mode: "authoritative", transport });
        const verdict = await verifier.verify(IP);
        sockets.close();
        assert.deepEqual([verdict.status, verdict.iprev], ["unknown", "temperror"]);
        assert.ok(!asked.includes(address));
        const hop = verdict.hops.find(({ outcome }) => outcome === "not-asked");
        assert.match(hop?.note ?? "", /public DNS/);
      }),
    );
  }
});

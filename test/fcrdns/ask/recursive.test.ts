/** Resolvers: asked on purpose, asked last, or asked because nothing else can be reached. */
import * as assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { type Outcome, type Reason, type Verdict, verify } from "../../../fcrdns/index";
import type { FaultKind } from "../../../sandbox/internet/name-server";
import { type Answer, played, record, soa } from "./played-servers";
import { IP, IP6, MAIL, PTR, startWorld, TestClock, type World } from "./world";

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());
beforeEach(() => {
  world.reset();
  world.zones.reverse.set(PTR, "PTR", [MAIL]);
  world.zones.com.remove(MAIL);
  world.zones.com.set(MAIL, "A", [IP]);
  world.zones.com.set(MAIL, "AAAA", [IP6]);
});

function failReverse(fault: FaultKind): void {
  for (const server of [world.r1, world.r2]) server.fault(fault);
}

const recursive = () => world.verifier({ mode: "recursive", resolvers: [world.resolver.endpoint] });
const full = (more = {}) => world.verifier({ mode: "full", resolvers: [world.resolver.endpoint], ...more });

describe("mode recursive", () => {
  it("asks resolvers only, with RD set", async () => {
    const verdict = await recursive().verify(IP, { expected: MAIL });
    assert.deepEqual([verdict.status, verdict.reason, verdict.servers], ["pass", "ok", { asked: 1, agreed: 1 }]);
    assert.ok(world.resolver.queries.every(({ rd }) => rd));
    assert.equal(world.r1.queries.length + world.root.queries.length, 0);
  });

  it("wants each answer twice, for one address may be many machines", async () => {
    world.resolver.fault({ fault: "nxdomain", type: "PTR", flapping: true });
    const verdict = await recursive().verify(IP, { expected: MAIL });
    assert.deepEqual([verdict.status, verdict.reason], ["fail", "no-ptr"]);
    assert.equal(world.resolver.queries.filter(({ name }) => name.toLowerCase() === PTR).length, 2);
  });

  it("takes CNAME and PTR together, as resolvers answer for RFC 2317", async () => {
    world.zones.reverse.remove(PTR);
    world.zones.reverse.set(PTR, "CNAME", ["10.rev.example.com"]);
    world.zones.com.set("10.rev.example.com", "PTR", [MAIL]);
    const verdict = await recursive().verify(IP, { expected: MAIL });
    world.zones.reverse.remove(PTR);
    world.zones.com.remove("10.rev.example.com");
    assert.equal(verdict.status, "pass");
  });

  it("finds an alias as the PTR name", async () => {
    world.zones.com.remove(MAIL);
    world.zones.com.set(MAIL, "CNAME", ["real.example.net"]);
    world.zones.net.set("real.example.net", "A", [IP]);
    const verdict = await recursive().verify(IP, { expected: MAIL });
    assert.equal(verdict.iprev, "pass");
    assert.ok(verdict.findings.some(({ rule }) => rule === "ptr-target-alias"));
  });

  const failures: readonly [string, FaultKind, Outcome, Reason][] = [
    ["SERVFAIL", "servfail", "servfail", "servfail"],
    ["REFUSED, no recursion for strangers", "refused", "refused", "refused"],
    ["silence", "timeout", "timeout", "no-answer"],
    ["garbage", "garbage", "timeout", "no-answer"],
    ["a compression loop", "compression-loop", "malformed", "servfail"],
    ["no recursion (RA=0): a referral", { referral: "", servers: ["a.root-servers.test"] }, "lame", "lame"],
  ];
  for (const [name, fault, outcome, reason] of failures) {
    it(`knows nothing after ${name}`, async () => {
      world.resolver.fault({ fault, type: "PTR" });
      const verdict = await recursive().verify(IP, { expected: MAIL });
      assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["unknown", "temperror", reason]);
      assert.ok(verdict.hops.some((hop) => hop.outcome === outcome && hop.question === `${PTR} PTR`));
    });
  }

  it("is misled by no circle of aliases in one answer (c-ares returns an empty list)", async () => {
    const loop = [
      { owner: PTR, type: "CNAME", ttl: 60, value: "a.test" },
      { owner: "a.test", type: "CNAME", ttl: 60, value: "b.test" },
      { owner: "b.test", type: "CNAME", ttl: 60, value: "a.test" },
    ];
    world.resolver.fault({ fault: { answer: loop }, type: "PTR" });
    const verdict = await recursive().verify(IP, { expected: MAIL });
    assert.equal(verdict.reason, "cname-loop");
  });

  it("tells broken signatures from a broken server by asking with CD (RFC 4035 section 3.2.2)", async () => {
    world.resolver.fault({ fault: "bogus", type: "PTR" });
    const verdict = await recursive().verify(IP, { expected: MAIL });
    assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["unknown", "temperror", "servfail"]);
    assert.ok(verdict.findings.some(({ rule }) => rule === "dnssec-bogus"));
    // Neither waiting nor another resolver fixes it.
    for (const { fix } of verdict.findings) assert.match(fix, /^Sign the zone again/);
    assert.ok(world.resolver.queries.some(({ cd }) => cd));
  });

  for (const answers of [1, 2, 3]) {
    it(`does not take SERVFAIL that has gone away after ${answers} answers for broken signatures`, async () => {
      world.resolver.fault({ fault: "servfail", type: "PTR", first: answers });
      const verdict = await recursive().verify(IP, { expected: MAIL });
      assert.deepEqual([verdict.status, verdict.reason], ["pass", "ok"]);
      assert.ok(!verdict.findings.some(({ rule }) => rule === "dnssec-bogus"));
    });
  }

  it("passes an IPv4 address whose A is good although its name's AAAA is bogus, and says so", async () => {
    world.resolver.fault({ fault: "bogus", type: "AAAA" });
    const verdict = await recursive().verify(IP, { expected: MAIL });
    assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["pass", "pass", "ok"]);
    const finding = verdict.findings.find(({ rule }) => rule === "dnssec-bogus");
    assert.match(finding?.message ?? "", /mail\.example\.com AAAA/);
  });

  it("follows as many aliases as resolvers do, whatever their order in the answer", async () => {
    const chain = Array.from({ length: 11 }, (_, i) => ({
      owner: i === 0 ? PTR : `a${i}.test`,
      type: "CNAME",
      ttl: 60,
      value: `a${i + 1}.test`,
    }));
    const records = [...chain.reverse(), { owner: "a11.test", type: "PTR", ttl: 60, value: MAIL }];
    const off = world.resolver.fault({ fault: { answer: records }, type: "PTR" });
    assert.equal((await recursive().verify(IP, { expected: MAIL })).status, "pass");
    off();
    const longer = [...chain, { owner: "a11.test", type: "CNAME", ttl: 60, value: "a12.test" }];
    world.resolver.fault({ fault: { answer: longer }, type: "PTR" });
    const verdict = await recursive().verify(IP, { expected: MAIL });
    assert.deepEqual([verdict.status, verdict.reason], ["unknown", "no-answer"]);
  });

  it("polls resolvers too", async () => {
    const clock = new TestClock();
    world.resolver.fault({ fault: "nxdomain", type: "PTR", first: 6 });
    const verifier = world.verifier({
      mode: "recursive",
      resolvers: [world.resolver.endpoint],
      clock,
      deadlineSeconds: 60,
    });
    assert.equal((await verifier.verify(IP, { expected: MAIL })).status, "pass");
  });
});

describe("mode full", () => {
  it("asks the resolver only after every authoritative server agreed, and is content when it does too", async () => {
    const verdict = await full().verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
    assert.ok(world.resolver.queries.length >= 6);
    const firstResolver = verdict.hops.findIndex(({ server }) => server === world.resolver.endpoint);
    assert.ok(verdict.hops.slice(firstResolver).every(({ server }) => server === world.resolver.endpoint));
  });

  const notYet: readonly [string, () => void, Verdict["reason"]][] = [
    ["there is no PTR", () => world.zones.reverse.remove(PTR), "no-ptr"],
    ["the name has no address", () => world.zones.com.remove(MAIL), "no-forward"],
    ["the name has another address", () => world.zones.com.set(MAIL, "A", ["198.51.100.9"]), "forward-mismatch"],
    ["the PTR is another", () => world.zones.reverse.set(PTR, "PTR", ["ns1.example.com"]), "forward-mismatch"],
    ["one server denies it", () => void world.r2.fault({ fault: "nxdomain", type: "PTR" }), "servers-disagree"],
    ["the authoritative servers fail", () => failReverse("servfail"), "servfail"],
    ["the authoritative servers are silent", () => failReverse("timeout"), "no-answer"],
  ];
  for (const [name, arrange, reason] of notYet) {
    it(`plants no "no" in a resolver: not one query while ${name}`, async () => {
      arrange();
      const clock = new TestClock();
      const verdict = await full({ clock, deadlineSeconds: 5, timeoutSeconds: 0.1 }).verify(IP, { expected: MAIL });
      assert.equal(verdict.reason, reason);
      assert.notEqual(verdict.status, "pass");
      assert.equal(world.resolver.queries.length, 0);
    });
  }

  it("says until when a resolver's 'no' may live: min(SOA.MINIMUM, SOA TTL) from now, UTC (RFC 2308 section 5)", async () => {
    const clock = new TestClock();
    world.resolver.fault({ fault: "nxdomain", type: "PTR" });
    const verdict = await full({ clock }).verify(IP, { expected: MAIL });
    assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["fail", "permerror", "no-ptr"]);
    const finding = verdict.findings.find(({ rule }) => rule === "resolver-denies");
    // The zone's MINIMUM is 900 s, its SOA's TTL 300 s; the clock says noon.
    assert.match(finding?.message ?? "", /until 2030-01-01T12:05:00Z \(300 s/);
  });

  it("waits for the resolver within the deadline and asks the authoritative servers no more", async () => {
    const clock = new TestClock();
    const off = world.resolver.fault({ fault: "nxdomain", type: "PTR" });
    clock.at(20, off);
    const verdict = await full({ clock, deadlineSeconds: 120 }).verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
    assert.equal(world.r1.queries.filter(({ name, type }) => name.toLowerCase() === PTR && type === "PTR").length, 1);
    assert.equal(world.resolver.queries.filter(({ type }) => type === "A").length, 2);
  });

  it("fails an address whose zone validating resolvers reject", async () => {
    world.resolver.fault({ fault: "bogus", type: "A" });
    const verdict = await full().verify(IP, { expected: MAIL });
    assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["unknown", "temperror", "servfail"]);
    assert.deepEqual(
      verdict.findings.map(({ rule }) => rule),
      ["dnssec-bogus"],
    );
  });

  it("asks no system resolver about a DNS of one's own, and says so", async () => {
    const verdict = await world.verifier({ mode: "full" }).verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
    assert.ok(verdict.findings.some(({ rule }) => rule === "resolvers-not-asked"));
    assert.equal(world.resolver.queries.length, 0);
  });

  it("asks several resolvers, all of which must agree", async () => {
    const second = await world.start(30, [world.zones.com, world.zones.reverse]);
    second.fault({ fault: "nxdomain", type: "PTR" });
    const verdict = await full({ resolvers: [world.resolver.endpoint, second.endpoint] }).verify(IP, {
      expected: MAIL,
    });
    assert.equal(verdict.reason, "servers-disagree");
    assert.notEqual(verdict.status, "pass");
  });
});

describe("where port 53 to the outside is blocked", () => {
  const silence = () => {
    for (const server of world.servers()) if (server !== world.resolver) server.fault("timeout");
  };

  it("says so and asks the resolvers alone", async () => {
    silence();
    const verdict = await full({ timeoutSeconds: 0.1 }).verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
    assert.ok(verdict.findings.some(({ rule }) => rule === "port-53-blocked"));
  });

  it("says so where the network redirects every query to a resolver of its own (transparent DNS proxies)", async () => {
    const proxy = await world.start(31, [world.zones.com, world.zones.reverse], true);
    const verdict = await full({ roots: [proxy.endpoint] }).verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
    const finding = verdict.findings.find(({ rule }) => rule === "port-53-blocked");
    assert.match(finding?.message ?? "", /redirects DNS queries/);
  });

  it("does not in the authoritative mode: unknown", async () => {
    silence();
    const verdict = await world
      .verifier({ mode: "authoritative", resolvers: [world.resolver.endpoint], timeoutSeconds: 0.1 })
      .verify(IP, { expected: MAIL });
    assert.deepEqual([verdict.status, verdict.reason], ["unknown", "no-answer"]);
    assert.equal(world.resolver.queries.length, 0);
  });

  it("is not what one dead zone means: where the roots answer, resolvers are left alone", async () => {
    for (const server of [world.r1, world.r2]) server.fault("timeout");
    const verdict = await full({ timeoutSeconds: 0.1 }).verify(IP, { expected: MAIL });
    assert.deepEqual([verdict.status, verdict.reason], ["unknown", "no-answer"]);
    assert.equal(world.resolver.queries.length, 0);
  });
});

describe("of two different answers to one question, the denial counts, whichever comes first", () => {
  const address = { ra: true, answer: [record(MAIL, "A", IP)] };
  const none = { ra: true, authority: [soa("example.com")] };
  const cases: readonly [what: string, said: readonly Answer[], reason: Reason][] = [
    ["an address twice", [address, address], "ok"],
    ["an address, then none", [address, none], "no-forward"],
    ["none, then an address", [none, address], "no-forward"],
  ];
  for (const [what, said, expected] of cases) {
    it(what, async () => {
      let asked = 0;
      const transport = played(({ type }) => {
        if (type === "PTR") return { ra: true, answer: [record(PTR, "PTR", `${MAIL}.`)] };
        return type === "A" ? (said[asked++] ?? null) : none;
      });
      const options = { mode: "recursive", resolvers: ["192.0.2.53"], transport, timeoutSeconds: 1 } as const;
      const { reason } = await verify(IP, { ...options, expected: MAIL });
      assert.deepEqual([reason, asked], [expected, 2]);
    });
  }
});

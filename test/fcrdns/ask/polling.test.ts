/** Waiting for the round trip: which servers are queried again, how long, and what ends it. */
import * as assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { Failures } from "../../../fcrdns/ask/agreement";
import { awaitForward } from "../../../fcrdns/await-forward";
import type { Progress } from "../../../fcrdns/index";
import { Zone } from "../../../sandbox/internet/name-server";
import { IP, MAIL, PTR, PTR6, REVERSE, REVERSE6, startWorld, TestClock, type World } from "./world";

let world: World;
let clock: TestClock;
before(async () => {
  world = await startWorld();
});
after(() => world.close());
beforeEach(() => {
  clock = new TestClock();
  world.reset();
  world.zones.reverse.set(PTR, "PTR", [MAIL]);
  world.zones.com.set(MAIL, "A", [IP]);
});

/** Queries for the PTR of one address; {@link MAIL} has another address, whose PTR is looked up once {@link IP} passes. */
function ptrQueries(server: World["r1"], name = PTR): number {
  return server.queries.filter((query) => query.type === "PTR" && query.name.toLowerCase() === name).length;
}

function seconds(pauses: readonly number[]): number[] {
  return pauses.map((ms) => ms / 1000);
}

describe("polling", () => {
  it("asks once and does not wait without a deadline", async () => {
    world.zones.reverse.remove(PTR);
    const verdict = await world.verifier({ clock }).verify(IP, { expected: MAIL });
    assert.equal(verdict.reason, "no-ptr");
    assert.deepEqual(clock.pauses, []);
  });

  it("passes at once when all is well: no pause", async () => {
    const verdict = await world.verifier({ clock, deadlineSeconds: 600 }).verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
    assert.deepEqual(clock.pauses, []);
  });

  it("pauses 1 second, then 2, then a third of the time waited up to 10 seconds, each up to a quarter less by chance", async () => {
    world.zones.reverse.remove(PTR);
    const verdict = await world.verifier({ clock, deadlineSeconds: 120 }).verify(IP, { expected: MAIL });
    assert.equal(verdict.reason, "no-ptr");
    let waited = 0;
    // The last one ends with the deadline.
    for (const [index, pause] of seconds(clock.pauses).slice(0, -1).entries()) {
      const most = index === 0 ? 1 : Math.min(10, Math.max(2, waited / 3));
      // The rounds take time too.
      assert.ok(pause <= most + 0.5 && pause >= most * 0.75, `pause ${index + 1} is ${pause} after ${waited} s`);
      waited += pause;
    }
    assert.ok(waited > 100);
    assert.ok(new Set(seconds(clock.pauses)).size > 3);
  });

  it("keeps to the deadline and asks a last time when it comes", async () => {
    world.zones.reverse.remove(PTR);
    const verdict = await world.verifier({ clock, deadlineSeconds: 30 }).verify(IP, { expected: MAIL });
    const slept = seconds(clock.pauses).reduce((sum, pause) => sum + pause, 0);
    assert.ok(slept > 28 && slept <= 30, `${slept} s`);
    assert.ok(verdict.ms >= 29_000);
  });

  it("stops the moment the last server publishes: the next round is the last", async () => {
    world.zones.reverse.remove(PTR);
    clock.at(10, () => world.zones.reverse.set(PTR, "PTR", [MAIL]));
    const verdict = await world.verifier({ clock, deadlineSeconds: 600 }).verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
    const slept = seconds(clock.pauses).reduce((sum, pause) => sum + pause, 0);
    assert.ok(slept >= 10 && slept - (clock.pauses.at(-1) as number) / 1000 < 10);
  });

  it("asks only servers that have not agreed", async () => {
    const stale = new Zone({ origin: REVERSE, ns: ["r1.provider.test", "r2.provider.test"] });
    const current = world.r2.zones[0] as Zone;
    world.r2.zones[0] = stale;
    clock.at(20, () => {
      world.r2.zones[0] = current;
    });
    const verdict = await world.verifier({ clock, deadlineSeconds: 600 }).verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
    assert.equal(ptrQueries(world.r1), 1);
    assert.ok(ptrQueries(world.r2) >= 5);
    assert.deepEqual([ptrQueries(world.r1, PTR6), ptrQueries(world.r2, PTR6)], [1, 1]);
    assert.equal(world.ns1.queries.filter(({ type }) => type === "A").length, 1);
    assert.equal(world.ns2.queries.filter(({ type }) => type === "A").length, 1);
  });

  it("reports what it waits for, one sentence a server", async () => {
    world.zones.reverse.remove(PTR);
    clock.at(2, () => world.zones.reverse.set(PTR, "PTR", [MAIL]));
    const news: Progress[] = [];
    await world
      .verifier({ clock, deadlineSeconds: 60 })
      .verify(IP, { expected: MAIL, onProgress: (one) => news.push(one) });
    const [first] = news;
    assert.ok(first);
    assert.deepEqual([first.ip, first.expected, first.round, first.servers], [IP, MAIL, 1, { asked: 4, agreed: 2 }]);
    assert.equal(first.waitingFor.length, 2);
    assert.match(
      first.waitingFor[0] as string,
      /^r[12]\.provider\.test 127\.[\d.]+:\d+ answers NXDOMAIN to 10\.2\.0\.192\.in-addr\.arpa PTR$/,
    );
    assert.ok(first.nextInSeconds > 0.7 && first.nextInSeconds <= 1);
    assert.deepEqual(
      news.map(({ round }) => round),
      news.map((_, index) => index + 1),
    );
  });

  it("gives up on a server that is dead for three rounds while another answers, with a warning", async () => {
    world.r2.fault("timeout");
    const verifier = world.verifier({ clock, deadlineSeconds: 600, timeoutSeconds: 0.1, tries: 1 });
    const verdict = await verifier.verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
    assert.equal(clock.pauses.length, 2);
    const warning = verdict.findings.find(({ rule }) => rule === "server-excluded");
    assert.match(warning?.message ?? "", new RegExp(world.r2.address.replaceAll(".", "\\.")));
  });

  it("does not give up on a server that showed another PTR before it fell silent", async () => {
    world.r2.fault({ fault: { values: ["old.example.com"] }, type: "PTR", first: 1 });
    const off = world.r2.fault({ fault: "servfail", type: "PTR" });
    clock.at(90, off);
    const verdict = await world.verifier({ clock, deadlineSeconds: 600 }).verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
    assert.ok(!verdict.findings.some(({ rule }) => rule === "server-excluded"));
    assert.deepEqual(verdict.servers, { asked: 4, agreed: 4 });
  });

  it("does not pass while a server is silent that showed another PTR, nor at the deadline", async () => {
    world.r2.fault({ fault: { values: ["old.example.com"] }, type: "PTR", first: 1 });
    world.r2.fault({ fault: "servfail", type: "PTR" });
    const verdict = await world.verifier({ clock, deadlineSeconds: 60 }).verify(IP, { expected: MAIL });
    assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["unknown", "temperror", "no-answer"]);
    assert.ok(verdict.findings.some(({ message }) => message.includes(world.r2.address)));
  });

  it("waits for a server that comes back within three rounds", async () => {
    const off = world.r2.fault({ fault: "servfail", type: "PTR" });
    clock.at(1.2, off);
    const verdict = await world.verifier({ clock, deadlineSeconds: 600 }).verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
    assert.deepEqual(verdict.servers, { asked: 4, agreed: 4 });
    assert.ok(!verdict.findings.some(({ rule }) => rule === "server-excluded"));
  });

  it("does not pass on the word of nobody: one server at least must answer", async () => {
    for (const server of [world.r1, world.r2]) server.fault({ fault: "servfail", type: "PTR" });
    const verdict = await world.verifier({ clock, deadlineSeconds: 60 }).verify(IP, { expected: MAIL });
    assert.deepEqual([verdict.status, verdict.reason], ["unknown", "servfail"]);
    // No server is given up: each is queried until the deadline.
    assert.ok(world.r1.queries.filter(({ type }) => type === "PTR").length > 5);
  });

  it("waits through a server that flaps", async () => {
    for (const server of [world.r1, world.r2]) server.fault({ fault: "nxdomain", type: "PTR", flapping: true });
    const verdict = await world.verifier({ clock, deadlineSeconds: 60 }).verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
  });

  it("waits through a server that is late", async () => {
    world.r2.fault({ fault: { values: ["old.example.com"] }, type: "PTR", first: 4 });
    const verdict = await world.verifier({ clock, deadlineSeconds: 120 }).verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
    assert.equal(ptrQueries(world.r2), 5);
  });

  it("asks no server twice that agrees, about either family, while it waits for one of the other family", async () => {
    // Stale about the IPv6 address only.
    const stale = new Zone({ origin: REVERSE6, ns: ["r1.provider.test", "r2.provider.test"] });
    const current = world.r2.zones[1] as Zone;
    world.r2.zones[1] = stale;
    clock.at(20, () => {
      world.r2.zones[1] = current;
    });
    const verdict = await world
      .verifier({ clock, deadlineSeconds: 600 })
      .verify(IP, { expected: MAIL, everyFamily: true });
    assert.equal(verdict.status, "pass");
    assert.deepEqual([ptrQueries(world.r1), ptrQueries(world.r2), ptrQueries(world.r1, PTR6)], [1, 1, 1]);
    assert.ok(ptrQueries(world.r2, PTR6) >= 5);
  });

  it("sees a delegation that appears while it waits", async () => {
    world.zones.root.delegate(REVERSE, []);
    clock.at(12, () => world.zones.root.delegate(REVERSE, ["r1.provider.test", "r2.provider.test"]));
    const verdict = await world.verifier({ clock, deadlineSeconds: 120 }).verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
  });

  it("sees a delegation that changes while it waits", async () => {
    world.zones.root.delegate(REVERSE, ["ns1.example.com"]);
    clock.at(12, () => world.zones.root.delegate(REVERSE, ["r1.provider.test", "r2.provider.test"]));
    const verdict = await world.verifier({ clock, deadlineSeconds: 600 }).verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
    // Not only when what is remembered of the delegation has expired.
    const waited = seconds(clock.pauses).reduce((sum, pause) => sum + pause, 0);
    assert.ok(waited < 60, `${waited} s`);
  });

  it("does not wait for a failing server that is no longer asked", () => {
    const lookup = { name: PTR, type: "PTR", zone: REVERSE, aliases: [] } as const;
    const ok = { server: "r1", outcome: "ok", values: [MAIL] } as const;
    const subject = { ip: IP, family: 4, arpa: PTR, expected: MAIL } as const;
    const failures = new Failures();
    failures.count([{ ...lookup, answers: [ok, { server: "r2", outcome: "servfail", values: [] }] }], subject);
    assert.ok(failures.anyPending);
    failures.count([{ ...lookup, answers: [ok] }], subject);
    assert.ok(!failures.anyPending);
  });

  it("does not wait for what waiting cannot fix: an invalid expected name", async () => {
    const bad = "static-192-0-2-10.example.com";
    world.zones.reverse.set(PTR, "PTR", [bad]);
    world.zones.com.set(bad, "A", [IP]);
    const verdict = await world.verifier({ clock, deadlineSeconds: 600 }).verify(IP, { expected: bad });
    assert.deepEqual([verdict.status, verdict.reason], ["fail", "bad-name"]);
    // Nor that the PTR becomes such a name.
    world.zones.reverse.set(PTR, "PTR", [MAIL]);
    const other = await world.verifier({ clock, deadlineSeconds: 600 }).verify(IP, { expected: bad });
    assert.deepEqual([other.status, other.reason], ["fail", "unexpected-name"]);
    assert.deepEqual(clock.pauses, []);
  });

  it("ends when aborted, with what is known so far", async () => {
    world.zones.reverse.remove(PTR);
    const end = new AbortController();
    clock.at(6, () => end.abort());
    const verdict = await world
      .verifier({ clock, deadlineSeconds: 600 })
      .verify(IP, { expected: MAIL, signal: end.signal });
    assert.deepEqual([verdict.status, verdict.reason], ["fail", "no-ptr"]);
    assert.ok(clock.pauses.length < 6);
  });

  it("ends at once when aborted before it began: unknown", async () => {
    const verdict = await world.verifier({ clock }).verify(IP, { expected: MAIL, signal: AbortSignal.abort() });
    assert.deepEqual([verdict.status, verdict.iprev], ["unknown", "temperror"]);
    assert.equal(
      world.servers().reduce((sum, { queries }) => sum + queries.length, 0),
      0,
    );
  });

  it("ends in the middle of a query that hangs", async () => {
    for (const server of world.servers()) server.fault("timeout");
    const end = new AbortController();
    setTimeout(() => end.abort(), 100);
    const start = performance.now();
    const verdict = await world.verifier({ timeoutSeconds: 30 }).verify(IP, { expected: MAIL, signal: end.signal });
    assert.equal(verdict.status, "unknown");
    assert.ok(performance.now() - start < 2000);
  });
});

describe("waiting for the forward record", () => {
  it("sees a delegation that changes meanwhile", async () => {
    const glue = { "ns1.example.com": [world.ns1.address] };
    const good = () => world.zones.root.delegate("example.com", ["ns1.example.com"], glue);
    after(good);
    world.zones.root.delegate("example.com", ["ns.example.net"]);
    clock.at(12, good);
    const { visible } = await awaitForward(MAIL, IP, { ...world.options(), clock, deadlineSeconds: 600 });
    const waited = seconds(clock.pauses).reduce((sum, pause) => sum + pause, 0);
    assert.ok(visible && waited < 60, `${waited} s`);
  });
});

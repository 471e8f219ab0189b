/** The addresses of the other family that the host name has: reported always, demanded where asked for. */
import * as assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import type { Verdict } from "../../../fcrdns/index";
import { IP, IP6, MAIL, PTR, PTR6, startWorld, TestClock, type World } from "./world";

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());
beforeEach(() => {
  world.reset();
  world.zones.reverse.set(PTR, "PTR", [MAIL]);
  world.zones.reverse6.set(PTR6, "PTR", [MAIL]);
  world.zones.com.set("other.example.com", "AAAA", [IP6]);
});

const uncovered = ({ findings }: Verdict) => findings.find(({ rule }) => rule === "other-family-uncovered");

describe("a name with A and AAAA", () => {
  it("has no finding where both addresses round-trip", async () => {
    const verdict = await world.verifier().verify(IP, { expected: MAIL, everyFamily: true });
    assert.equal(verdict.status, "pass");
    assert.equal(uncovered(verdict), undefined);
  });

  it("passes with an error where the IPv6 address has no PTR, and fails where every family is demanded", async () => {
    world.zones.reverse6.remove(PTR6);
    const verdict = await world.verifier().verify(IP, { expected: MAIL });
    assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["pass", "pass", "ok"]);
    assert.equal(uncovered(verdict)?.severity, "error");
    assert.match(uncovered(verdict)?.message ?? "", /mail\.example\.com also has AAAA 2001:db8::10.*no PTR record/);
    assert.match(uncovered(verdict)?.fix ?? "", /^Set the PTR of 2001:db8::10 to mail\.example\.com/);

    const strict = await world.verifier().verify(IP, { expected: MAIL, everyFamily: true });
    assert.deepEqual([strict.status, strict.iprev, strict.reason], ["fail", "pass", "no-ptr"]);
  });

  it("the other way round: an IPv6 address whose name's A has no PTR", async () => {
    world.zones.reverse.remove(PTR);
    const verdict = await world.verifier().verify(IP6, { expected: MAIL, everyFamily: true });
    assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["fail", "pass", "no-ptr"]);
    assert.match(uncovered(verdict)?.message ?? "", /A 192\.0\.2\.10/);
  });

  it("where the other address has another name: uncovered if a name is expected, covered if any is good", async () => {
    world.zones.reverse6.set(PTR6, "PTR", ["other.example.com"]);
    const named = await world.verifier().verify(IP, { expected: MAIL, everyFamily: true });
    assert.deepEqual([named.status, named.iprev, named.reason], ["fail", "pass", "unexpected-name"]);
    const any = await world.verifier().verify(IP, { everyFamily: true });
    assert.equal(any.status, "pass");
    assert.equal(uncovered(any), undefined);
  });

  it("knows nothing where nobody answers for the other address", async () => {
    for (const server of [world.r1, world.r2]) server.fault({ fault: "servfail", name: PTR6, type: "PTR" });
    const verdict = await world.verifier().verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
    const finding = verdict.findings.find(({ rule }) => rule === "other-family-unanswered");
    assert.match(finding?.fix ?? "", /the reverse zone's name servers/);
    assert.match(finding?.who ?? "", /^whoever runs the reverse zone/);
    const strict = await world.verifier().verify(IP, { expected: MAIL, everyFamily: true });
    assert.deepEqual([strict.status, strict.iprev, strict.reason], ["unknown", "pass", "servfail"]);
  });

  it("waits for the other family too where every family is demanded", async () => {
    world.zones.reverse6.remove(PTR6);
    const clock = new TestClock();
    clock.at(10, () => world.zones.reverse6.set(PTR6, "PTR", [MAIL]));
    const news: string[] = [];
    const verdict = await world.verifier({ clock }).verify(IP, {
      expected: MAIL,
      everyFamily: true,
      deadlineSeconds: 60,
      onProgress: ({ waitingFor }) => news.push(...waitingFor),
    });
    assert.equal(verdict.status, "pass");
    assert.match(news[0] ?? "", /^2001:db8::10, which mail\.example\.com has too/);
  });

  it("plants no 'no' about the other family in a resolver that only confirms", async () => {
    world.zones.reverse6.remove(PTR6);
    const verdict = await world.verifier({ resolvers: [world.resolver.endpoint] }).verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
    assert.ok(uncovered(verdict));
    assert.ok(world.resolver.queries.every(({ name }) => name.toLowerCase() !== PTR6));
  });

  it("asks resolvers where only those are asked", async () => {
    world.zones.reverse6.remove(PTR6);
    const settings = { mode: "recursive", resolvers: [world.resolver.endpoint] } as const;
    const verdict = await world.verifier(settings).verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "pass");
    assert.ok(uncovered(verdict));
  });
});

describe("a check that is interrupted", () => {
  it("says so and blames no name server", async () => {
    for (const server of [world.r1, world.r2]) server.fault("timeout");
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const verdict = await world.verifier({ timeoutSeconds: 2 }).verify(IP, { expected: MAIL, signal: stop.signal });
    assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["unknown", "temperror", "no-answer"]);
    assert.deepEqual(
      verdict.findings.map(({ rule }) => rule),
      ["check-interrupted"],
    );
  });
});

/** What the mail server says in EHLO is looked up beside the rest, at the same servers. */
import * as assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { verifyAll } from "../../../fcrdns/index";
import { IP, MAIL, PTR, startWorld, TestClock, type World } from "./world";

const GATEWAY = "smtp000.example.com";
let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());
beforeEach(() => {
  world.reset();
  world.zones.reverse.set(PTR, "PTR", [GATEWAY]);
  world.zones.com.set(GATEWAY, "A", [IP]);
  world.zones.com.set(MAIL, "A", [IP]);
});

const asked = (name: string) =>
  [world.ns1, world.ns2, world.resolver].map(
    ({ queries }) => queries.filter((query) => query.name.toLowerCase() === name && query.type === "A").length,
  );

describe("the EHLO name", () => {
  it("is asked for at every authoritative server, and at resolvers only once those agree", async () => {
    world.zones.com.set(MAIL, "A", ["198.51.100.9"]);
    const resolvers = [world.resolver.endpoint];
    const elsewhere = await world.verifier({ resolvers }).verify(IP, { helo: MAIL });
    assert.deepEqual([elsewhere.status, elsewhere.iprev, elsewhere.reason], ["fail", "pass", "unexpected-name"]);
    assert.deepEqual(asked(MAIL), [1, 1, 0]);
    assert.deepEqual(elsewhere.forward[MAIL], ["198.51.100.9", "2001:db8::10"]);

    world.zones.com.set(MAIL, "A", [IP]);
    world.reset();
    const here = await world.verifier({ resolvers }).verify(IP, { helo: MAIL });
    assert.deepEqual([here.status, here.helo], ["pass", MAIL]);
    assert.deepEqual(
      here.findings.map(({ rule, severity }) => `${rule} ${severity}`).filter((each) => each.startsWith("helo")),
      ["helo-mismatch warning"],
    );
    const [first, second, atResolver = 0] = asked(MAIL);
    assert.deepEqual([first, second], [1, 1]);
    assert.ok(atResolver > 0);
  });

  it("is not asked for twice where it is expected too, and not at all where it is no host name", async () => {
    world.zones.reverse.set(PTR, "PTR", [MAIL]);
    await world.verifier().verify(IP, { expected: MAIL, helo: "MAIL.example.com." });
    assert.deepEqual(asked(MAIL), [1, 1, 0]);
    world.reset();
    const verdict = await world.verifier().verify(IP, { helo: "localhost" });
    assert.deepEqual([verdict.status, verdict.reason], ["fail", "bad-name"]);
    assert.deepEqual(asked("localhost"), [0, 0, 0]);
  });

  it("is waited for until it has the address", async () => {
    const clock = new TestClock();
    world.zones.com.set(MAIL, "A", ["198.51.100.9"]);
    clock.at(20, () => world.zones.com.set(MAIL, "A", [IP]));
    const verdict = await world.verifier({ clock, deadlineSeconds: 600 }).verify(IP, { helo: MAIL });
    assert.equal(verdict.status, "pass");
    const waited = clock.pauses.reduce((sum, ms) => sum + ms, 0) / 1000;
    assert.ok(waited >= 20 && waited < 60, `${waited}`);
  });

  it("is not waited for where no waiting makes it a good one", async () => {
    for (const helo of ["localhost", "static.10.2.0.192.clients.your-server.de"]) {
      const clock = new TestClock();
      const verdict = await world.verifier({ clock, deadlineSeconds: 600 }).verify(IP, { helo });
      assert.equal(verdict.reason, "bad-name");
      assert.deepEqual(clock.pauses, []);
    }
  });

  it("whose servers do not answer is unknown, not wrong", async () => {
    world.ns1.fault({ fault: "servfail", name: MAIL });
    world.ns2.fault({ fault: "servfail", name: MAIL });
    const verdict = await world.verifier().verify(IP, { helo: MAIL });
    assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["unknown", "pass", "servfail"]);
  });

  it("can be another for each address, and null for none", async () => {
    const items = [{ ip: IP }, { ip: IP, helo: "localhost" }, { ip: IP, helo: null }];
    const said: (string | undefined)[] = [];
    for await (const { helo } of verifyAll(items, { ...world.options(), helo: MAIL })) said.push(helo);
    assert.deepEqual(said, [MAIL, "localhost", undefined]);
  });
});

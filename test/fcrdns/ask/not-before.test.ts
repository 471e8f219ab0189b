/** From when it is safe to send, after a wrong answer was visible: RFC 1035 section 3.2.1, RFC 2308 section 5. */
import * as assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import type { Verdict } from "../../../fcrdns/verdict";
import { IP, MAIL, PTR, startWorld, TestClock, type World } from "./world";

const DAY = 86_400;
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

/** Seconds after the moment at which the verdict was made. */
const after_ = (verdict: Verdict) => (Date.parse(verdict.notBefore ?? "") - clock.utc()) / 1000;
const rules = ({ findings }: Verdict) =>
  findings.filter(({ rule }) => ["not-before", "remembered-after-fix"].includes(rule));
const verifyPatiently = (more = {}, subject: object = { expected: MAIL }) =>
  world.verifier({ clock, deadlineSeconds: 600, ...more }).verify(IP, subject);
const near = (seconds: number, wanted: number) =>
  assert.ok(Math.abs(seconds - wanted) <= 2, `${seconds} s, not ${wanted} s`);

describe("not before", () => {
  it("is not said where nothing wrong was visible", async () => {
    for (const subject of [{ expected: MAIL }, {}, { expected: MAIL, helo: MAIL }]) {
      const verdict = await verifyPatiently({}, subject);
      assert.equal(verdict.status, "pass");
      assert.equal("notBefore" in verdict, false);
      assert.deepEqual(rules(verdict), []);
    }
  });

  it("is a day after a missing PTR was visible, for Gmail; resolvers forget it after the SOA's 300 seconds", async () => {
    world.zones.reverse.remove(PTR);
    clock.at(30, () => world.zones.reverse.set(PTR, "PTR", [MAIL]));
    const verdict = await verifyPatiently();
    assert.equal(verdict.status, "pass");
    assert.match(verdict.notBefore ?? "", /^2030-01-02T12:\d\d:\d\dZ$/);
    near(after_(verdict), DAY);
    const [resolvers, gmail, ...others] = rules(verdict);
    assert.deepEqual(others, []);
    assert.match(
      resolvers?.message ?? "",
      /answered that there is no such record for 10\.2\.0\.192\.in-addr\.arpa PTR.* until 2030-01-01T12:0\d:\d\dZ \(300 s, from the SOA of 2\.0\.192\.in-addr\.arpa\)$/,
    );
    assert.match(gmail?.message ?? "", /refused by Gmail, over IPv4, which may remember that until 2030-01-02T/);
    for (const finding of rules(verdict)) {
      assert.equal(finding.severity, "info");
      assert.equal(finding.fix, `Do not send from ${IP} before ${verdict.notBefore}.`);
    }
  });

  it("is the end of the TTL of a wrong PTR that confirmed, which Gmail took", async () => {
    world.zones.reverse.set(PTR, "PTR", ["old.example.com"], 7200);
    world.zones.com.set("old.example.com", "A", [IP]);
    clock.at(30, () => world.zones.reverse.set(PTR, "PTR", [MAIL]));
    const verdict = await verifyPatiently();
    assert.equal(verdict.status, "pass");
    near(after_(verdict), 7200);
    assert.equal(rules(verdict).length, 1);
    assert.match(
      rules(verdict)[0]?.message ?? "",
      /answered old\.example\.com for .* \(7200 s, from the TTL of the record\)/,
    );
  });

  it("is the largest of several, each said with its cause; a TTL of years counts seven days", async () => {
    world.zones.com.set(MAIL, "A", ["198.51.100.9"], 2_000_000_000);
    world.zones.reverse.remove(PTR);
    clock.at(10, () => world.zones.reverse.set(PTR, "PTR", [MAIL]));
    clock.at(60, () => world.zones.com.set(MAIL, "A", [IP]));
    const verdict = await verifyPatiently();
    near(after_(verdict), 7 * DAY);
    assert.equal(rules(verdict).length, 3);
  });

  it("counts from the moment when the last server was right", async () => {
    const stale = world.r2.fault({ fault: "nxdomain", name: PTR } as never);
    clock.at(100, () => stale());
    const verdict = await verifyPatiently();
    assert.equal(verdict.status, "pass");
    near(after_(verdict), DAY);
  });

  it("says of a PTR that changes, where no name is expected, how long the old one is remembered", async () => {
    world.zones.reverse.set(PTR, "PTR", ["gone.example.com"], 3600);
    clock.at(30, () => world.zones.reverse.set(PTR, "PTR", [MAIL]));
    const verdict = await verifyPatiently({}, {});
    assert.equal(verdict.status, "pass");
    assert.ok(rules(verdict).some(({ message }) => /answered gone\.example\.com for .* \(3600 s/.test(message)));
    // What that name has does not matter any more.
    assert.ok(!rules(verdict).some(({ message }) => /for gone\.example\.com A/.test(message)));
  });

  it("blames no PTR where only the name's address came late", async () => {
    world.zones.com.remove(MAIL);
    clock.at(30, () => world.zones.com.set(MAIL, "A", [IP]));
    const verdict = await verifyPatiently({}, {});
    assert.ok(rules(verdict).some(({ message }) => /no such record for mail\.example\.com A/.test(message)));
    assert.ok(!rules(verdict).some(({ message }) => / PTR, which resolvers/.test(message)));
  });

  it("is said of a resolver that still denies what the name servers have", async () => {
    const off = world.resolver.fault({ fault: "nxdomain", name: PTR } as never);
    const verdict = await verifyPatiently({ resolvers: [world.resolver.endpoint], deadlineSeconds: 0 });
    off();
    assert.equal(verdict.reason, "no-ptr");
    assert.ok(verdict.notBefore !== undefined);
    near(after_(verdict), DAY);
  });

  it("is not known while it is still wrong: the findings say how long after the fix", async () => {
    world.zones.reverse.remove(PTR);
    const verdict = await world.verifier({ clock }).verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "fail");
    assert.equal("notBefore" in verdict, false);
    const messages = rules(verdict).map(({ rule, message }) => `${rule} ${message}`);
    assert.equal(messages.length, 2);
    assert.match(messages[0] ?? "", /^remembered-after-fix .*which resolvers may remember for 300 s after the fix/);
    assert.match(messages[1] ?? "", /^remembered-after-fix .*Gmail.* for 86400 s after the fix/);
  });

  it("says nothing where nobody answered: silence is not remembered as a no", async () => {
    for (const server of [world.r1, world.r2]) server.fault({ fault: "servfail", name: PTR });
    const verdict = await world.verifier({ clock }).verify(IP, { expected: MAIL });
    assert.equal(verdict.status, "unknown");
    assert.deepEqual(rules(verdict), []);
    assert.equal("notBefore" in verdict, false);
  });
});

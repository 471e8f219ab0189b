import * as assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { arpaName } from "../../sandbox/internet/blocks";
import { type Internet, type InternetOptions, startInternet } from "../../sandbox/internet/internet";
import { type Asked, ask } from "./ask";
import { ManualClock } from "./manual-clock";

const started: Internet[] = [];
after(() => Promise.all(started.map((internet) => internet.stop())));

interface Resolving {
  readonly internet: Internet;
  readonly clock: ManualClock;
  readonly resolve: (name: string, type: string, transport?: "udp" | "tcp") => Promise<Asked>;
}

async function start(options: InternetOptions = {}): Promise<Resolving> {
  const clock = new ManualClock();
  const internet = await startInternet({ resolverTimeoutMs: 100, ...options, clock });
  started.push(internet);
  return {
    internet,
    clock,
    resolve: async (name, type, transport = "udp") => {
      const reply = await ask(internet.resolver, name, type, { rd: true, timeoutMs: 8_000, transport });
      assert.ok(reply, "the resolver answers");
      return reply;
    },
  };
}

describe("the recursive resolver", () => {
  it("resolves PTR and addresses from the root, through name servers that have no glue", async () => {
    const { internet, resolve } = await start();
    internet.setPtr("203.0.113.10", "mail.example.com");
    internet.setPtr("2001:db8:1:1::1", "mail.example.com");
    internet.setRecords("mail.example.com", "A", ["203.0.113.10"]);
    const reply = await resolve(arpaName("203.0.113.10"), "PTR");
    assert.equal(reply.aa, false);
    assert.equal(reply.ra, true);
    assert.deepEqual(reply.answer, ["10.113.0.203.in-addr.arpa ptr mail.example.com"]);
    const name = arpaName("2001:db8:1:1::1");
    assert.deepEqual((await resolve(name, "PTR")).answer, [`${name} ptr mail.example.com`]);
    assert.deepEqual((await resolve("MAIL.example.com", "A", "tcp")).answer, ["mail.example.com a 203.0.113.10"]);
  });

  it("follows aliases from zone to zone", async () => {
    const { internet, resolve } = await start({ forwardZones: ["example.com", "example.org"] });
    internet.setRecords("mail.example.com", "CNAME", ["mx.example.org"]);
    internet.setRecords("mx.example.org", "A", ["192.0.2.1"]);
    const expected = ["mail.example.com cname mx.example.org", "mx.example.org a 192.0.2.1"];
    assert.deepEqual((await resolve("mail.example.com", "A")).answer, expected);
    assert.deepEqual((await resolve("mail.example.com", "A")).answer, expected, "also from its memory");
    assert.deepEqual((await resolve("mail.example.com", "CNAME")).answer, expected.slice(0, 1));
    const nothing = await resolve("mail.example.com", "AAAA");
    assert.deepEqual([nothing.rcode, nothing.answer.length], ["NOERROR", 1]);
  });

  it("gives up on aliases that go round in a circle", async () => {
    const { internet, resolve } = await start();
    internet.setRecords("a.example.com", "CNAME", ["b.example.com"]);
    internet.setRecords("b.example.com", "CNAME", ["a.example.com"]);
    assert.equal((await resolve("a.example.com", "A")).rcode, "SERVFAIL");
  });

  it("remembers an answer for its time to live, counting it down", async () => {
    const { internet, clock, resolve } = await start();
    internet.setRecords("mail.example.com", "A", ["192.0.2.1"], 60);
    assert.deepEqual((await resolve("mail.example.com", "A")).ttls, [60]);
    internet.setRecords("mail.example.com", "A", ["192.0.2.2"], 60);
    clock.advance(59_000);
    const late = await resolve("mail.example.com", "A");
    assert.deepEqual([late.answer, late.ttls], [["mail.example.com a 192.0.2.1"], [1]]);
    clock.advance(1_000);
    assert.deepEqual((await resolve("mail.example.com", "A")).answer, ["mail.example.com a 192.0.2.2"]);
  });

  for (const { what, before, type, rcode } of [
    { what: "a name does not exist", before: [], type: "A", rcode: "NXDOMAIN" },
    { what: "a name has no such record", before: ["192.0.2.9"], type: "AAAA", rcode: "NOERROR" },
  ] as const) {
    it(`remembers that ${what} as long as the SOA says, so a query that comes too early keeps its wrong answer`, async () => {
      const { internet, clock, resolve } = await start({ negativeTtl: 30 });
      internet.setRecords("mail.example.com", "A", before);
      const early = await resolve("mail.example.com", type);
      assert.deepEqual([early.rcode, early.answer, early.negativeTtl], [rcode, [], 30]);
      internet.setRecords("mail.example.com", type, [type === "A" ? "192.0.2.1" : "2001:db8:1::1"]);
      internet.setRecords("other.example.com", "A", ["192.0.2.3"]);
      assert.equal((await resolve("other.example.com", "A")).answer.length, 1, "a name that nobody asked for is there");
      clock.advance(29_000);
      const still = await resolve("mail.example.com", type);
      assert.deepEqual([still.rcode, still.answer, still.negativeTtl], [rcode, [], 1]);
      clock.advance(1_000);
      assert.equal((await resolve("mail.example.com", type)).answer.length, 1);
    });
  }

  it("remembers nothing of a name longer than its own limit, whatever the SOA says", async () => {
    const { internet, clock, resolve } = await start({ negativeTtl: 86_400 });
    assert.equal((await resolve("mail.example.com", "A")).negativeTtl, 3_600);
    internet.setRecords("mail.example.com", "A", ["192.0.2.1"]);
    clock.advance(3_600_000);
    assert.equal((await resolve("mail.example.com", "A")).answer.length, 1);
  });

  it("takes a name that does not exist for the end of everything below it", async () => {
    const { internet, resolve } = await start();
    assert.equal((await resolve("host.example.com", "A")).rcode, "NXDOMAIN");
    internet.setRecords("deep.host.example.com", "A", ["192.0.2.1"]);
    assert.equal((await resolve("deep.host.example.com", "A")).rcode, "NXDOMAIN");
    internet.flushResolver("host.example.com");
    assert.equal((await resolve("deep.host.example.com", "A")).rcode, "NOERROR");
  });

  it("asks the other server when one is silent or fails", async () => {
    const { internet, resolve } = await start();
    // Which one it asks first is chance: with six names, both orders come up.
    const names = ["a", "b", "c", "d", "e", "f"].map((label) => `${label}.example.com`);
    for (const name of names) internet.setRecords(name, "A", ["192.0.2.1"]);
    for (const kind of ["silence", "servfail"] as const) {
      internet.flushResolver();
      const id = internet.fault({ kind, where: { zone: "example.com", nth: 1 } });
      for (const name of names) assert.equal((await resolve(name, "A")).answer.length, 1, `${name}, ${kind}`);
      internet.endFault(id);
    }
  });

  for (const kind of ["silence", "servfail"] as const) {
    it(`fails when every server has the fault ${kind}, and does not remember it`, async () => {
      const { internet, resolve } = await start();
      internet.setPtr("203.0.113.10", "mail.example.com");
      const id = internet.fault({ kind, where: { reverseOf: "hcloud", family: 4 } });
      assert.equal((await resolve(arpaName("203.0.113.10"), "PTR")).rcode, "SERVFAIL");
      internet.endFault(id);
      assert.equal((await resolve(arpaName("203.0.113.10"), "PTR")).rcode, "NOERROR");
    });
  }

  it("fails on a lame server's word and on names that lead nowhere", async () => {
    const { internet, resolve } = await start();
    internet.setRecords("mail.example.com", "A", ["192.0.2.1"]);
    const id = internet.fault({ kind: "misbehave", where: { zone: "example.com" }, rule: { fault: "lame" } });
    assert.equal((await resolve("mail.example.com", "A")).rcode, "SERVFAIL");
    internet.endFault(id);
    const referral = { referral: "mail.example.com", servers: ["ns1.example.com", "ns.mail.example.com"] };
    internet.fault({ kind: "misbehave", where: { zone: "example.com" }, rule: { fault: referral } });
    internet.flushResolver();
    assert.equal((await resolve("mail.example.com", "A")).rcode, "SERVFAIL");
  });

  it("asks again over TCP what does not fit", async () => {
    const { internet, resolve } = await start();
    const many = Array.from({ length: 200 }, (_, index) => `192.0.2.${index}`);
    internet.setRecords("mail.example.com", "A", many);
    const short = await resolve("mail.example.com", "A");
    assert.equal(short.tc, true);
    assert.equal((await resolve("mail.example.com", "A", "tcp")).answer.length, 200);
  });

  it("keeps a dot inside of a label what it is", async () => {
    const { internet, resolve } = await start();
    internet.setRecords("a\\.b.example.com", "A", ["192.0.2.1"]);
    internet.setRecords("a.b.example.com", "A", ["192.0.2.2"]);
    internet.setRecords("alias.example.com", "CNAME", ["a\\.b.example.com"]);
    const reply = await resolve("alias.example.com", "A");
    assert.ok(
      reply.answer.some((line) => line.endsWith(" a 192.0.2.1")),
      reply.answer.join(", "),
    );
  });

  it("does not let anybody look into its memory without recursion", async () => {
    const { internet } = await start();
    assert.equal((await ask(internet.resolver, "example.com", "SOA"))?.rcode, "REFUSED");
  });
});

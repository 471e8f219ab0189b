/** The same against servers that others wrote: NSD as the authority, Unbound as the resolver, both from Debian. */
import * as assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Verifier, verify } from "../../../fcrdns/index";
import { type Nsd, startNsd } from "../../servers/nsd";
import { missing, type RealServer } from "../../servers/real-server";
import { startUnbound } from "../../servers/unbound";

const IP = "192.0.2.10";
const REVERSE = "2.0.192.in-addr.arpa";
const PTR = `10.${REVERSE}`;
const MAIL = "mail.example.com";

const forward =
  "example.com. IN NS ns.example.com.\nns.example.com. IN A 127.0.0.1\nmail.example.com. IN A 192.0.2.10\n";
const plainReverse = `${REVERSE}. IN NS ns.example.com.\n`;

describe("NSD", { skip: missing("nsd") }, () => {
  let nsd: Nsd;
  before(async () => {
    const classless = `0/25.${REVERSE}`;
    nsd = await startNsd({
      "example.com": `${forward}*.many.example.com. IN A 192.0.2.1\n`,
      // RFC 2317 section 4: the provider's zone has a CNAME for each address and the delegation of "0/25".
      [REVERSE]: [
        plainReverse,
        `${PTR}. IN CNAME 10.${classless}.`,
        `${classless}. IN NS ns.example.com.`,
        `11.${REVERSE}. IN PTR a\\.b\\000c.example.com.`,
        ...Array.from(
          { length: 80 },
          (_, index) => `12.${REVERSE}. IN PTR a-rather-long-label-${index}.many.example.com.`,
        ),
        `13.${REVERSE}. IN CNAME 14.${REVERSE}.`,
        `14.${REVERSE}. IN CNAME 13.${REVERSE}.`,
        "",
      ].join("\n"),
      [classless]: `${classless}. IN NS ns.example.com.\n10.${classless}. IN PTR mail.example.com.\n`,
    });
  });
  after(() => nsd?.close());
  const ask = (ip: string, expected: string | null) =>
    verify(ip, { expected, stubs: { ".": nsd.endpoint }, mode: "authoritative" });

  it("with an RFC 2317 delegation: the alias with a slash is followed", async () => {
    const verdict = await ask(IP, MAIL);
    assert.deepEqual([verdict.status, verdict.reason], ["pass", "ok"]);
    assert.ok(verdict.hops.some(({ outcome }) => outcome === "cname"));
    assert.ok(verdict.hops.some(({ question, outcome }) => question === `10.0/25.${REVERSE} PTR` && outcome === "ok"));
  });

  it("with a dot and a NUL within a label: escaped", async () => {
    const verdict = await ask("192.0.2.11", null);
    assert.deepEqual(verdict.ptr, ["a\\.b\\000c.example.com"]);
    assert.equal(verdict.reason, "no-forward");
  });

  it("with 80 PTR records: truncated over UDP, whole over TCP, names compressed", async () => {
    const verdict = await ask("192.0.2.12", null);
    assert.equal(verdict.ptr.length, 80);
    assert.ok(verdict.hops.some(({ transport }) => transport === "tcp"));
    assert.ok(verdict.findings.some(({ rule }) => rule === "too-many-names"));
  });

  it("with aliases in a circle", async () => {
    assert.equal((await ask("192.0.2.13", null)).reason, "cname-loop");
  });

  it("with NXDOMAIN: the SOA tells for how long", async () => {
    const verdict = await ask("192.0.2.99", MAIL);
    assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["fail", "permerror", "no-ptr"]);
    assert.match(verdict.hops.find(({ outcome }) => outcome === "nxdomain")?.note ?? "", /300 s/);
  });

  it("with a zone that it does not serve: refused", async () => {
    const verdict = await ask("198.51.100.1", null);
    assert.deepEqual([verdict.status, verdict.reason], ["unknown", "refused"]);
  });
});

describe("NSD behind Unbound", { skip: missing("nsd", "unbound") }, () => {
  let nsd: Nsd;
  let unbound: RealServer;
  before(async () => {
    nsd = await startNsd({ "example.com": forward, [REVERSE]: plainReverse }, { soaTtl: 7, minimum: 5 });
    unbound = await startUnbound({ "example.com": nsd, [REVERSE]: nsd });
  });
  after(async () => {
    await unbound?.close();
    await nsd?.close();
  });

  it("a resolver that was asked too early keeps its 'no'; the verdict says until when, waits, and passes then", {
    timeout: 60_000,
  }, async () => {
    const settings = { stubs: { ".": nsd.endpoint }, resolvers: [unbound.endpoint] };
    // The mistake that everybody makes: asking the resolver before the record is there.
    const early = await verify(IP, { ...settings, expected: MAIL, mode: "recursive" });
    assert.deepEqual([early.status, early.iprev, early.reason], ["fail", "permerror", "no-ptr"]);
    await nsd.publish(REVERSE, `${plainReverse}${PTR}. IN PTR mail.example.com.\n`);

    const verifier = new Verifier(settings);
    try {
      const now = await verifier.verify(IP, { expected: MAIL });
      assert.deepEqual([now.status, now.reason], ["fail", "no-ptr"]);
      const denial = now.findings.find(({ rule }) => rule === "resolver-denies");
      const until = /until (\S+Z) \((\d+) s/.exec(denial?.message ?? "");
      assert.ok(until, denial?.message);
      assert.ok(Number(until[2]) <= 5);
      const later = await verifier.verify(IP, { expected: MAIL, deadlineSeconds: 30 });
      assert.equal(later.status, "pass");
      // Not before the negative answer expired, give or take the one second of its precision.
      assert.ok(Date.now() >= Date.parse(until[1] as string) - 1000);
    } finally {
      verifier.close();
    }
  });

  it("a resolver that was not asked too early sees the new record at once", async () => {
    await nsd.publish(
      REVERSE,
      `${plainReverse}${PTR}. IN PTR mail.example.com.\n20.${REVERSE}. IN PTR mx.example.com.\n`,
    );
    await nsd.publish("example.com", `${forward}mx.example.com. IN A 192.0.2.20\n`);
    const verdict = await verify("192.0.2.20", {
      expected: "mx.example.com",
      stubs: { ".": nsd.endpoint },
      resolvers: [unbound.endpoint],
    });
    assert.equal(verdict.status, "pass");
  });
});

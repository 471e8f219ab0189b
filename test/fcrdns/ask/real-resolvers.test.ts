/** What Unbound and BIND make of broken zones, and that the verdicts say the same. */
import * as assert from "node:assert/strict";
import { Resolver } from "node:dns/promises";
import { after, before, describe, it } from "node:test";
import { verify } from "../../../fcrdns/index";
import { type NameServer, startNameServer, Zone } from "../../../sandbox/internet/name-server";
import { startNamed } from "../../servers/named";
import { type Nsd, startNsd } from "../../servers/nsd";
import { missing, type RealServer } from "../../servers/real-server";
import type { Stubs } from "../../servers/resolver-settings";
import { SIGNING_PROGRAMS, signed } from "../../servers/signed-zone";
import { startUnbound } from "../../servers/unbound";

const REVERSE = "2.0.192.in-addr.arpa";
const MAIL = "mail.example.com";
const programs = { Unbound: ["unbound", startUnbound], BIND: ["named", startNamed] } as const;

/** What a resolver says by itself: addresses, or the error. */
function addressOf(resolver: RealServer, name: string): Promise<string> {
  const asking = new Resolver({ tries: 1 });
  asking.setServers([resolver.endpoint]);
  return asking.resolve4(name).then(String, ({ code }: { code: string }) => code);
}

for (const [program, [file, start]] of Object.entries(programs)) {
  describe(`chains of aliases behind ${program}`, { skip: missing("nsd", file) }, () => {
    const lengths = [9, 10, 11, 12, 16];
    let nsd: Nsd;
    let resolver: RealServer;
    before(async () => {
      const records: Record<string, string[]> = { [REVERSE]: [], "a.example": [], "b.example": [], "example.com": [] };
      // From one zone into the other and back, so that no name server gives more than one alias at a time.
      const zone = (at: number) => (at % 2 ? "a.example" : "b.example");
      for (const length of lengths) {
        records[REVERSE]?.push(`${length}.${REVERSE}. IN CNAME c${length}x1.a.example.`);
        for (let at = 1; at < length; at++) {
          records[zone(at)]?.push(`c${length}x${at}.${zone(at)}. IN CNAME c${length}x${at + 1}.${zone(at + 1)}.`);
        }
        records[zone(length)]?.push(`c${length}x${length}.${zone(length)}. IN PTR m${length}.example.com.`);
        records["example.com"]?.push(`m${length}.example.com. IN A 192.0.2.${length}`);
      }
      const zones = Object.entries(records).map(([origin, lines]) => [
        origin,
        [`${origin}. IN NS ns.invalid.`, ...lines].join("\n"),
      ]);
      nsd = await startNsd(Object.fromEntries(zones));
      const stubs: Stubs = Object.fromEntries(Object.keys(records).map((origin) => [origin, nsd]));
      resolver = await start(stubs);
    });
    after(async () => {
      await resolver?.close();
      await nsd?.close();
    });

    for (const length of lengths) {
      it(`${length} aliases ${length <= 11 ? "pass, through the resolver and by ourselves" : "are nobody's to follow"}`, async () => {
        const expected = `m${length}.example.com`;
        const recursive = await verify(`192.0.2.${length}`, {
          expected,
          mode: "recursive",
          resolvers: [resolver.endpoint],
        });
        const own = await verify(`192.0.2.${length}`, {
          expected,
          mode: "authoritative",
          stubs: { ".": nsd.endpoint },
        });
        const version = `${program} ${resolver.version}`;
        assert.equal(recursive.status, length <= 11 ? "pass" : "unknown", version);
        assert.equal(own.status, recursive.status, version);
        assert.equal(
          own.findings.some(({ rule }) => rule === "alias-chain-too-long"),
          length > 11,
        );
      });
    }
  });

  describe(`a name server that answers NXDOMAIN for AAAA of a name with an A, behind ${program}`, {
    skip: missing(file),
  }, () => {
    let server: NameServer;
    let resolver: RealServer;
    before(async () => {
      const reverse = new Zone({ origin: REVERSE, ns: ["ns.example.com"] });
      reverse.set(`10.${REVERSE}`, "PTR", [MAIL]);
      const forward = new Zone({ origin: "example.com", ns: ["ns.example.com"] });
      forward.set(MAIL, "A", ["192.0.2.10"]);
      server = await startNameServer({ address: "127.0.0.1", zones: [reverse, forward] });
      server.fault({ fault: "nxdomain", type: "AAAA" });
      resolver = await start({ [REVERSE]: server, "example.com": server });
    });
    after(async () => {
      await resolver?.close();
      await server?.close();
    });

    it("is an error of that server, and no pass", async () => {
      const asking = new Resolver({ tries: 1 });
      asking.setServers([resolver.endpoint]);
      await assert.rejects(asking.resolve6(MAIL));
      // BIND keeps NXDOMAIN for the name as a whole (RFC 2308 section 5), Unbound for the type that was asked.
      const denied = program === "BIND" ? "ENOTFOUND" : "192.0.2.10";
      assert.equal(await addressOf(resolver, MAIL), denied, `${program} ${resolver.version}`);
      const settings = { expected: MAIL, stubs: { ".": server.endpoint } };
      for (const resolvers of [undefined, [resolver.endpoint]]) {
        const verdict = await verify("192.0.2.10", { ...settings, resolvers });
        assert.notEqual(verdict.status, "pass");
        const finding = verdict.findings.find(({ rule }) => rule === "existing-name-denied");
        assert.equal(finding?.severity, "error");
        assert.match(`${finding?.message} ${finding?.who}`, new RegExp(server.endpoint));
      }
    });
  });
}

const tools = missing("nsd", "unbound", ...SIGNING_PROGRAMS);

describe("signatures, through a validating Unbound", { skip: tools }, () => {
  let nsd: Nsd;
  let unbound: RealServer;
  before(async () => {
    const { records, anchor } = signed(
      "example.com",
      `@ IN NS ns.example.com.\nns IN A 127.0.0.1\nmail IN A 192.0.2.10\nmail IN AAAA 2001:db8::10\nbad IN A 192.0.2.11\n`,
    );
    const broken = records.replace(/2001:db8::10/i, "2001:db8::bad").replace(/192\.0\.2\.11/, "192.0.2.12");
    nsd = await startNsd({
      "example.com": broken,
      [REVERSE]: `@ IN NS ns.invalid.\n10 IN PTR ${MAIL}.\n12 IN PTR bad.example.com.\n`,
    });
    unbound = await startUnbound({ "example.com": nsd, [REVERSE]: nsd }, [anchor]);
  });
  after(async () => {
    await unbound?.close();
    await nsd?.close();
  });
  const ask = (ip: string, expected: string) =>
    verify(ip, { expected, mode: "recursive", resolvers: [unbound.endpoint] });

  it("a good A beside a bogus AAAA passes, with a finding", async () => {
    const verdict = await ask("192.0.2.10", MAIL);
    assert.deepEqual(
      [verdict.status, verdict.iprev, verdict.reason],
      ["pass", "pass", "ok"],
      JSON.stringify(verdict.findings),
    );
    const finding = verdict.findings.find(({ rule }) => rule === "dnssec-bogus");
    assert.match(finding?.message ?? "", /mail\.example\.com AAAA/);
  });

  it("a bogus A does not", async () => {
    const verdict = await ask("192.0.2.12", "bad.example.com");
    assert.deepEqual([verdict.status, verdict.iprev], ["unknown", "temperror"]);
    assert.ok(verdict.findings.some(({ rule }) => rule === "dnssec-bogus"));
  });
});

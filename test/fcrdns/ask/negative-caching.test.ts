/** How long Unbound and BIND keep "no" and an old record (RFC 2308 section 5, RFC 1035 section 3.2.1), and what the verdict says of it. */
import * as assert from "node:assert/strict";
import { Resolver } from "node:dns/promises";
import { after, before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { awaitForward } from "../../../fcrdns/await-forward";
import { type Verdict, Verifier } from "../../../fcrdns/index";
import { type NameServer, startNameServer, Zone } from "../../../sandbox/internet/name-server";
import { startNamed } from "../../servers/named";
import { missing, type RealServer, randomLoopback } from "../../servers/real-server";
import { startUnbound } from "../../servers/unbound";

/** How a resolver comes to keep something, and how long it may, in seconds. */
interface Case {
  readonly what: string;
  readonly soa?: { readonly ttl: number; readonly minimum: number };
  /** TTL of an old PTR; without one there is none. */
  readonly oldTtl?: number;
  readonly keeps: number;
}

const CASES: readonly Case[] = [
  { what: "SOA TTL 1, minimum 60", soa: { ttl: 1, minimum: 60 }, keeps: 1 },
  { what: "SOA TTL 60, minimum 1", soa: { ttl: 60, minimum: 1 }, keeps: 1 },
  { what: "SOA TTL 2, minimum 60", soa: { ttl: 2, minimum: 60 }, keeps: 2 },
  { what: "SOA TTL 60, minimum 2", soa: { ttl: 60, minimum: 2 }, keeps: 2 },
  { what: "SOA TTL 3, minimum 3", soa: { ttl: 3, minimum: 3 }, keeps: 3 },
  { what: "an old PTR with TTL 2", oldTtl: 2, keeps: 2 },
  { what: "an old PTR with TTL 3", oldTtl: 3, keeps: 3 },
];

/** One name each: of more than ten that wait for one answer BIND drops some (`clients-per-query`). */
const mailOf = (nth: number) => `mail${nth}.example.com`;
const zoneOf = (nth: number) => `${nth}.51.198.in-addr.arpa`;
const ipOf = (nth: number) => `198.51.${nth}.1`;

describe("what resolvers keep", { concurrency: true }, () => {
  for (const [program, file, start] of [
    ["Unbound", "unbound", startUnbound],
    ["BIND", "named", startNamed],
  ] as const) {
    describe(program, { skip: missing(file), concurrency: true }, () => {
      let authority: NameServer;
      let resolver: RealServer;
      const zones = new Map<number, Zone>();
      before(async () => {
        const forward = new Zone({ origin: "example.com", ns: ["ns.example.com"], soa: { ttl: 2, minimum: 60 } });
        for (const nth of CASES.keys()) forward.set(mailOf(nth), "A", [ipOf(nth)]);
        for (const [nth, { soa, oldTtl }] of CASES.entries()) {
          const zone = new Zone({ origin: zoneOf(nth), ns: ["ns.example.com"], ...(soa && { soa }) });
          if (oldTtl !== undefined) zone.set(`1.${zone.origin}`, "PTR", ["old.example.com"], oldTtl);
          zones.set(nth, zone);
        }
        zones.set(-1, forward);
        authority = await startNameServer({ address: randomLoopback(), zones: [...zones.values()] });
        resolver = await start(Object.fromEntries([...zones.values()].map(({ origin }) => [origin, authority])));
      });
      after(async () => {
        await resolver?.close();
        await authority?.close();
      });
      const resolves = async (find: (asking: Resolver) => Promise<string[]>): Promise<string> => {
        const asking = new Resolver({ tries: 1 });
        asking.setServers([resolver.endpoint]);
        return find(asking).then(String, ({ code }: { code: string }) => code);
      };

      for (const [nth, { what, keeps }] of CASES.entries()) {
        it(`${what}: ${keeps} s`, async (t) => {
          const zone = zones.get(nth) as Zone;
          const owner = `1.${zone.origin}`;
          const ptr = () => resolves((asking) => asking.reverse(ipOf(nth)));
          const verifier = new Verifier({ stubs: { ".": authority.endpoint }, resolvers: [resolver.endpoint] });
          t.after(() => verifier.close());

          const asked = Date.now();
          const before = await ptr();
          const heard = Date.now();
          zone.set(owner, "PTR", [mailOf(nth)]);
          const verdict = await verifier.verify(ipOf(nth), { expected: mailOf(nth) });
          const said = Date.now();
          if (verdict.status === "pass") {
            // A slow machine asked when the resolver had forgotten already.
            assert.ok(said - asked >= (keeps - 1) * 1000, "the resolver forgot too early");
            return;
          }
          const patient = verifier.verify(ipOf(nth), { expected: mailOf(nth), deadlineSeconds: 60 });
          while ((await ptr()) === before && Date.now() - asked < 20_000) await pause(25);
          const shown = Date.now();

          // Resolvers count whole seconds.
          const announced = announcedSeconds(verdict);
          const took = `kept for ${(shown - heard) / 1000} s; ${announced} s announced after ${(said - heard) / 1000} s`;
          t.diagnostic(took);
          assert.ok(shown - asked >= keeps * 1000 - 1000, took);
          assert.ok(shown - heard <= keeps * 1000 + 2500, took);
          assert.ok(announced <= keeps && announced >= keeps - 1 - (said - asked) / 1000, took);
          assert.ok(Math.abs(shown - (said + announced * 1000)) <= 2500 + (said - heard), took);
          assert.equal((await patient).status, "pass");
        });
      }

      it("a name that awaitForward asks the resolver for too early: SOA TTL 2, minimum 60", async () => {
        const name = "late.example.com";
        const settings = { mode: "recursive", resolvers: [resolver.endpoint] } as const;
        const asked = Date.now();
        const early = await awaitForward(name, "192.0.2.10", settings);
        assert.equal(early.visible, false);
        assert.match(early.waitingFor.join("\n"), /answers NXDOMAIN to late/);
        zones.get(-1)?.set(name, "A", ["192.0.2.10"]);
        const seen = await awaitForward(name, "192.0.2.10", { ...settings, deadlineSeconds: 30 });
        assert.equal(seen.visible, true);
        assert.ok(Date.now() - asked >= 1000, "nothing was kept");
        assert.ok(Date.now() - asked <= 9000, "asked again long after it was shown");
      });
    });
  }
});

/** From the finding: seconds that the resolver may still keep what it has. */
function announcedSeconds({ findings }: Verdict): number {
  const { message = "no finding" } = findings.find(({ rule }) => rule === "resolver-denies") ?? {};
  const [, seconds] = /\((\d+) s, from the SOA/.exec(message) ?? /possibly for another (\d+) s/.exec(message) ?? [];
  assert.ok(seconds !== undefined, message);
  return Number(seconds);
}

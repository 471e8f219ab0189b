/** Many addresses at once: order, bounds, and nothing lost. */
import * as assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { InputError, type Verdict, verify, verifyAll } from "../../../fcrdns/index";
import { type NameServer, startNameServer, Zone } from "../../../sandbox/internet/name-server";
import { randomLoopback } from "../../servers/real-server";

const COUNT = 2_000;
let server: NameServer;

function address(index: number): string {
  return `10.0.${index >> 8}.${index & 255}`;
}

const items = Array.from({ length: COUNT }, (_, index) => ({ ip: address(index), expected: `mx${index}.bench.test` }));

before(async () => {
  const reverse = new Zone({ origin: "0.10.in-addr.arpa", ns: ["ns.bench.test"] });
  const forward = new Zone({ origin: "bench.test", ns: ["ns.bench.test"] });
  for (const [index, { ip, expected }] of items.entries()) {
    reverse.set(`${index & 255}.${index >> 8}.0.10.in-addr.arpa`, "PTR", [expected]);
    forward.set(expected, "A", [ip]);
  }
  server = await startNameServer({ address: randomLoopback(), zones: [reverse, forward] });
});
after(() => server.close());

const options = () => ({ stubs: { ".": server.endpoint }, mode: "authoritative" as const });

async function all(verdicts: AsyncIterable<Verdict>): Promise<Verdict[]> {
  const list: Verdict[] = [];
  for await (const verdict of verdicts) list.push(verdict);
  return list;
}

describe("verifyAll", () => {
  it("loses none of 2,000 addresses and keeps their order", async () => {
    const verdicts = await all(verifyAll(items, { ...options(), concurrency: 300 }));
    assert.deepEqual(
      verdicts.map(({ ip }) => ip),
      items.map(({ ip }) => ip),
    );
    assert.ok(verdicts.every(({ status }) => status === "pass"));
  });

  it("keeps the order when the first are the slowest", async () => {
    const off = server.fault({ delayMs: 120, name: "0.0.0.10.in-addr.arpa" });
    const verdicts = await all(verifyAll(items.slice(0, 20), options()));
    off();
    assert.deepEqual(
      verdicts.map(({ ip }) => ip),
      items.slice(0, 20).map(({ ip }) => ip),
    );
  });

  it("reads no further ahead than it works: an endless list is no trouble", async () => {
    let read = 0;
    function* endless() {
      for (;;) yield items[read++ % COUNT] as (typeof items)[number];
    }
    let seen = 0;
    for await (const verdict of verifyAll(endless(), { ...options(), concurrency: 7 })) {
      assert.equal(verdict.status, "pass");
      assert.ok(read - seen <= 7);
      if (++seen === 50) break;
    }
    assert.ok(read <= 57);
  });

  it("takes an async list, and the expected name of the options where an item has none", async () => {
    async function* list() {
      yield { ip: address(0) };
      yield { ip: address(1), expected: null };
    }
    const [first, second] = await all(verifyAll(list(), { ...options(), expected: "mx0.bench.test" }));
    assert.equal(first?.expected, "mx0.bench.test");
    assert.equal(first?.status, "pass");
    assert.equal(second?.expected, null);
  });

  it("throws for nonsense when its turn comes, after the verdicts before it", async () => {
    const seen: string[] = [];
    await assert.rejects(
      async () => {
        for await (const { ip } of verifyAll(
          [{ ip: address(0) }, { ip: "300.1.1.1" }, { ip: address(1) }],
          options(),
        )) {
          seen.push(ip);
        }
      },
      (error) => error instanceof InputError && error.message.includes("300.1.1.1"),
    );
    assert.deepEqual(seen, [address(0)]);
  });

  it("ends what is in work when the caller stops listening", async () => {
    const off = server.fault({ delayMs: 5_000, under: "10.in-addr.arpa" });
    const start = performance.now();
    const off0 = setTimeout(off, 300);
    const verdicts = verifyAll(items.slice(0, 10), { ...options(), timeoutSeconds: 0.2, tries: 1 });
    await verdicts.next();
    await verdicts.return();
    clearTimeout(off0);
    off();
    assert.ok(performance.now() - start < 3_000);
  });

  it("ends early when aborted, with a verdict for every address all the same", async () => {
    const end = new AbortController();
    const verdicts: Verdict[] = [];
    for await (const verdict of verifyAll(items.slice(0, 100), { ...options(), signal: end.signal, concurrency: 5 })) {
      verdicts.push(verdict);
      if (verdicts.length === 10) end.abort();
    }
    assert.equal(verdicts.length, 100);
    assert.equal(verdicts.at(-1)?.status, "unknown");
  });

  it("refuses a concurrency that is none", async () => {
    await assert.rejects(all(verifyAll(items, { ...options(), concurrency: 0 })), InputError);
  });
});

describe("verify refuses nonsense with a message for a person", () => {
  for (const [name, ip, more, message] of [
    ["no address", "", {}, /no address/],
    ["a name", "mail.example.com", {}, /mail\.example\.com/],
    ["a short form", "127.1", {}, /127\.1/],
    ["a zone index", "fe80::1%eth0", {}, /%eth0/],
    ["a prefix", "192.0.2.0/24", {}, /192\.0\.2\.0\/24/],
    ["an expected name with an empty label", "192.0.2.1", { expected: "mail..example.com" }, /empty label/],
    ["a label of 64 octets", "192.0.2.1", { expected: `${"a".repeat(64)}.test` }, /64/],
    ["a server that is a name", "192.0.2.1", { roots: ["ns.example.com"] }, /ns\.example\.com/],
    ["a port out of range", "192.0.2.1", { port: 70_000 }, /port is 70000/],
    [
      "everyFamily that is no boolean",
      "192.0.2.1",
      { everyFamily: "no" as never },
      /everyFamily is "no": write true or false/,
    ],
    ["a negative deadline", "192.0.2.1", { deadlineSeconds: -1 }, /deadlineSeconds is -1/],
  ] as const) {
    it(name, async () => {
      await assert.rejects(verify(ip, more), (error) => error instanceof InputError && message.test(error.message));
    });
  }
});

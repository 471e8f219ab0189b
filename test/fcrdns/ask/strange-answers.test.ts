/** Answers that break the rules of DNS, over the wire: what is no answer leaves the question open. */
import * as assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { readMessage, writeQuery } from "../../../fcrdns/ask/wire";
import type { FaultKind } from "../../../sandbox/internet/name-server";
import { IP, MAIL, PTR, startWorld, type World } from "./world";

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());
beforeEach(() => world.reset());

const alias = (owner: string, value: string) => ({ owner, type: "CNAME", ttl: 60, value });
const ptr = (owner: string) => ({ owner, type: "PTR", ttl: 60, value: MAIL });

/** An answer of class 3, CHAOS. */
const chaos: FaultKind = {
  message: ({ id, question }) =>
    Uint8Array.from([
      ...[id >> 8, id & 255, 0x84, 0x80, 0, 1, 0, 1, 0, 0, 0, 0],
      ...question,
      ...[0xc0, 12, 0, 12, 0, 3, 0, 0, 0, 60, 0, 2, 0xc0, 12],
    ]),
};
/** A PTR with NXDOMAIN: Unbound 1.17.1 makes NXDOMAIN of it, BIND 9.18.49 SERVFAIL. */
const denied: FaultKind = {
  message: ({ id, question }) =>
    Uint8Array.from([
      ...[id >> 8, id & 255, 0x84, 0x83, 0, 1, 0, 1, 0, 0, 0, 0],
      ...question,
      ...[0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 60, 0, 2, 0xc0, 12],
    ]),
};
const dname: FaultKind = {
  message: ({ id, question }) =>
    Uint8Array.from([
      ...[id >> 8, id & 255, 0x84, 0x80, 0, 1, 0, 1, 0, 0, 0, 0],
      ...question,
      // The DNAME of the zone above the name, without the CNAME that RFC 6672 section 3.1 demands beside it.
      ...[0xc0, 15, 0, 39, 0, 1, 0, 0, 0, 60, 0, 6, 4, 0x74, 0x65, 0x73, 0x74, 0],
    ]),
};

const noAnswers: Readonly<Record<string, FaultKind>> = {
  "two aliases at one name (RFC 2181 section 10.1)": {
    answer: [alias(PTR, "a.example.com"), alias(PTR, "b.example.com")],
  },
  "two aliases at one name, one of which leads to a PTR": {
    answer: [alias(PTR, "a.example.com"), alias(PTR, "b.example.com"), ptr("a.example.com")],
  },
  "records of class CH": chaos,
  "a DNAME without the alias that it makes": dname,
  "NXDOMAIN with the record that it denies": denied,
};

describe("an answer that cannot be one is malformed: unknown, never 'no PTR'", () => {
  for (const [what, fault] of Object.entries(noAnswers)) {
    for (const mode of ["authoritative", "recursive"] as const) {
      it(`${what}, mode ${mode}`, async () => {
        const servers = mode === "recursive" ? [world.resolver] : [world.r1, world.r2];
        for (const server of servers) server.fault({ fault, name: PTR, type: "PTR" });
        const resolvers = [world.resolver.endpoint];
        const verdict = await world.verifier({ mode, resolvers }).verify(IP, { expected: MAIL });
        assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["unknown", "temperror", "servfail"]);
        assert.ok(verdict.hops.some(({ outcome }) => outcome === "malformed"));
        assert.deepEqual(verdict.ptr, []);
        const [finding] = verdict.findings;
        assert.match(finding?.message ?? "", /an answer that cannot be used \(.*(CNAME|records)/);
      });
    }
  }
});

describe("the order of records means nothing", () => {
  it("a PTR that stands before its alias is found", async () => {
    world.zones.com.set("ten.rev.example.com", "PTR", [MAIL]);
    const answer = [ptr("ten.rev.example.com"), alias(PTR, "ten.rev.example.com")];
    for (const server of [world.r1, world.r2, world.resolver])
      server.fault({ fault: { answer }, name: PTR, type: "PTR" });
    for (const mode of ["authoritative", "recursive"] as const) {
      const resolvers = [world.resolver.endpoint];
      const verdict = await world.verifier({ mode, resolvers }).verify(IP, { expected: MAIL });
      assert.deepEqual([verdict.status, verdict.reason, verdict.ptr], ["pass", "ok", [MAIL]], mode);
    }
  });
});

describe("a zone whose servers all say SERVFAIL", () => {
  it("for the host name, whatever the question: the reason is servfail", async () => {
    for (const server of [world.ns1, world.ns2]) server.fault("servfail");
    for (const expected of [MAIL, null]) {
      const verdict = await world.verifier({ mode: "authoritative" }).verify(IP, { expected });
      assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["unknown", "temperror", "servfail"]);
    }
  });

  it("for the reverse name, whatever the question: the reason is servfail", async () => {
    for (const server of [world.r1, world.r2]) server.fault("servfail");
    const verdict = await world.verifier({ mode: "authoritative" }).verify(IP, { expected: MAIL });
    assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["unknown", "temperror", "servfail"]);
  });
});

describe("64 KiB of compression pointers", () => {
  const question = writeQuery({ name: PTR, type: "PTR" }, { id: 1, rd: false, edns: false })?.subarray(
    12,
  ) as Uint8Array;
  /** Records whose names begin at the end of a chain of pointers, each to the one before. */
  const chained = (jumps: number): Uint8Array => {
    const octets = Buffer.alloc(65535);
    const start = 12 + question.length;
    octets.set([0, 1, 0x84, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    octets.set(question, 12);
    // One record of another type that holds the chain.
    octets.set([0, 0, 99, 0, 1, 0, 0, 0, 60, (jumps * 2) >> 8, (jumps * 2) & 255], start);
    let at = start + 11;
    for (let jump = 0; jump < jumps; jump++, at += 2) {
      const target = jump === 0 ? 12 : at - 2;
      octets.set([0xc0 | (target >> 8), target & 255], at);
    }
    const last = at - 2;
    let count = 1;
    for (; at + 14 <= octets.length; at += 14, count++) {
      octets.set([0xc0 | (last >> 8), last & 255, 0, 12, 0, 1, 0, 0, 0, 60, 0, 2, 0xc0 | (last >> 8), last & 255], at);
    }
    octets.writeUInt16BE(count, 6);
    return octets.subarray(0, at);
  };
  for (const jumps of [1, 100, 127, 128, 1000, 8000]) {
    it(`in chains of ${jumps} take less than 100 ms of processor time`, () => {
      const octets = chained(jumps);
      assert.ok(octets.length > 65_000);
      // The first run is slower than any other: nothing is compiled yet.
      const times = [1, 2, 3].map(() => {
        const before = process.cpuUsage();
        readMessage(octets);
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1000;
      });
      assert.ok(Math.min(...times) < 100, `${times.join(", ")} ms`);
    });
  }
});

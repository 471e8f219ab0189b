/** Every way in which a name server can fail, at one server and at all of them, for each of the questions. */
import * as assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Outcome, Reason, Verdict } from "../../../fcrdns/index";
import { type FaultKind, type FaultRule, fanOut } from "../../../sandbox/internet/name-server";
import { IP, inWorld, MAIL, PTR, startWorld, type World } from "./world";

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

interface Failure {
  /** What the server does, and where that is written or who does it. */
  readonly name: string;
  readonly fault: FaultKind;
  readonly outcome: Outcome;
  /** The reason when no server of the zone answers. */
  readonly reason: Reason;
}

// biome-ignore format: one line per case
const failures: readonly Failure[] = [
  { name: "SERVFAIL (RFC 2308 section 7.1)", fault: "servfail", outcome: "servfail", reason: "servfail" },
  { name: "REFUSED, a zone that is not set up (RFC 1035 section 4.1.1)", fault: "refused", outcome: "refused", reason: "refused" },
  { name: "silence (RFC 2308 section 7.2, dead server)", fault: "timeout", outcome: "timeout", reason: "no-answer" },
  { name: "FORMERR even without EDNS", fault: "formerr", outcome: "formerr", reason: "servfail" },
  { name: "NOTIMP even without EDNS", fault: "notimp", outcome: "notimp", reason: "servfail" },
  { name: "an answer without AA (RFC 1912 section 2.8, lame)", fault: "lame", outcome: "lame", reason: "lame" },
  { name: "a referral to the root (old BIND for zones it does not serve)", fault: "upward-referral", outcome: "lame", reason: "lame" },
  { name: "a referral to the zone itself", fault: "self-referral", outcome: "lame", reason: "lame" },
  { name: "another query's id (RFC 5452 section 3)", fault: "wrong-id", outcome: "timeout", reason: "no-answer" },
  { name: "another question (RFC 5452 section 4.2)", fault: "wrong-question", outcome: "timeout", reason: "no-answer" },
  { name: "an answer from another port (RFC 5452 section 3)", fault: "wrong-port", outcome: "ok", reason: "ok" },
  { name: "the query sent back (QR=0)", fault: "echo", outcome: "timeout", reason: "no-answer" },
  { name: "random octets", fault: "garbage", outcome: "timeout", reason: "no-answer" },
  { name: "random octets as records", fault: "garbage-records", outcome: "malformed", reason: "servfail" },
  { name: "an answer cut in the middle", fault: "cut-short", outcome: "malformed", reason: "servfail" },
  { name: "a compression pointer to itself (RFC 1035 section 4.1.4)", fault: "compression-loop", outcome: "malformed", reason: "servfail" },
  { name: "TC over UDP and over TCP (RFC 2181 section 9)", fault: "truncated-forever", outcome: "malformed", reason: "servfail" },
  { name: "an unknown RCODE", fault: { message: (query) => rcode(query, 11) }, outcome: "servfail", reason: "servfail" },
  { name: "NOTAUTH (RFC 2136 section 2.2)", fault: { message: (query) => rcode(query, 9) }, outcome: "lame", reason: "lame" },
  { name: "records of another name only", fault: { answer: [{ owner: "other.test", type: "A", ttl: 60, value: "192.0.2.10" }] }, outcome: "malformed", reason: "servfail" },
];

function rcode(query: { readonly id: number; readonly question: Uint8Array }, code: number): Uint8Array {
  return Uint8Array.from([query.id >> 8, query.id & 255, 0x84, code, 0, 1, 0, 0, 0, 0, 0, 0, ...query.question]);
}

/** Puts a fault at servers for the one test. */
async function withFault(rule: FaultRule, where: "one" | "all", kind: "reverse" | "forward", run: () => Promise<void>) {
  const servers = kind === "reverse" ? [world.r1, world.r2] : [world.ns1, world.ns2];
  const offs = (where === "one" ? servers.slice(1) : servers).map((server) => server.fault(rule));
  try {
    await run();
  } finally {
    for (const off of offs) off();
  }
}

/** Silent over UDP only: TCP brings the answer where the fault leaves TCP alone. */
const survivesOverTcp = new Set<FaultKind>(["wrong-port"]);

describe("when one of two reverse servers fails, the other's answer counts, and the failure is a finding", {
  concurrency: 4,
}, () => {
  for (const { name, fault, outcome } of failures) {
    it(
      name,
      inWorld(async (own) => {
        own.r2.fault({ fault, name: PTR, type: "PTR" });
        const verdict = await own.verifier({ mode: "authoritative" }).verify(IP, { expected: MAIL });
        assert.equal(verdict.status, "pass");
        assert.equal(verdict.iprev, "pass");
        const hop = verdict.hops.find(
          ({ question, server }) => question === `${PTR} PTR` && server.includes(own.r2.address),
        );
        assert.equal(hop?.outcome, outcome, hop?.note);
        const warned = verdict.findings.some(({ message }) => message.includes(own.r2.address));
        assert.equal(warned, outcome !== "ok");
      }),
    );
  }
});

describe("when every reverse server fails, nothing is known of the PTR: temperror, never 'no PTR'", () => {
  for (const { name, fault, reason } of failures) {
    if (typeof fault === "string" && survivesOverTcp.has(fault)) continue;
    it(name, () =>
      withFault({ fault, name: PTR, type: "PTR" }, "all", "reverse", async () => {
        const verdict = await world.verifier({ mode: "authoritative" }).verify(IP, { expected: MAIL });
        assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["unknown", "temperror", reason]);
        assert.deepEqual(verdict.ptr, []);
      }),
    );
  }
});

describe("when every server of the name fails, nothing is known of its addresses: temperror, never 'no address'", () => {
  for (const { name, fault, reason } of failures) {
    if (typeof fault === "string" && survivesOverTcp.has(fault)) continue;
    it(name, () =>
      withFault({ fault, name: MAIL, type: "A" }, "all", "forward", async () => {
        const verdict = await world.verifier({ mode: "authoritative" }).verify(IP, { expected: MAIL });
        assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["unknown", "temperror", reason]);
        assert.deepEqual(verdict.ptr, [MAIL]);
      }),
    );
  }
});

describe("when only the other family fails, the address is confirmed all the same (RFC 8601 section 3: the union)", () => {
  for (const { name, fault, outcome } of failures) {
    if (outcome === "ok") continue;
    it(name, () =>
      withFault({ fault, name: MAIL, type: "AAAA" }, "all", "forward", async () => {
        const verdict = await world.verifier({ mode: "authoritative" }).verify(IP, { expected: MAIL });
        assert.deepEqual([verdict.status, verdict.iprev, verdict.reason], ["pass", "pass", "ok"]);
        assert.ok(verdict.findings.some(({ rule }) => rule === "other-family-unanswered"));
      }),
    );
  }
});

describe("what a server cannot do is worked around", () => {
  // biome-ignore format: one line per case
  const workarounds: readonly { name: string; rule: FaultRule; note: RegExp; transport?: "udp" | "tcp" }[] = [
    { name: "FORMERR to EDNS: asked without (RFC 6891 section 7)", rule: { fault: "formerr", edns: true }, note: /FORMERR to EDNS/ },
    { name: "NOTIMP to EDNS: asked without", rule: { fault: "notimp", edns: true }, note: /NOTIMP to EDNS/ },
    { name: "BADVERS to EDNS: asked without (RFC 6891 section 6.1.3)", rule: { fault: "badvers", edns: true }, note: /BADVERS to EDNS/ },
    { name: "FORMERR with an empty question section (as Windows DNS 2003 did)", rule: { fault: { message: ({ id }) => Uint8Array.from([id >> 8, id & 255, 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0]) }, edns: true }, note: /FORMERR to EDNS/ },
    { name: "queries with OPT dropped by a firewall", rule: { fault: "timeout", edns: true, transport: "udp" }, note: /./ },
    { name: "TC: asked over TCP (RFC 7766 section 5)", rule: { fault: "truncated" }, note: /truncated over UDP/, transport: "tcp" },
    { name: "no UDP at all: TCP", rule: { fault: "timeout", transport: "udp" }, note: /./, transport: "tcp" },
    { name: "the question echoed in lower case: asked without 0x20", rule: { fault: "lower-case-question", transport: "udp" }, note: /letter case/ },
    { name: "the question echoed with every letter turned round", rule: { fault: "wrong-case-question", transport: "udp" }, note: /letter case/ },
    { name: "a compression loop over UDP only: TCP", rule: { fault: "compression-loop", transport: "udp" }, note: /^malformed: .*\(a loop\); queried again over TCP$/, transport: "tcp" },
    { name: "the first datagram lost", rule: { fault: "timeout", first: 1, transport: "udp" }, note: /./ },
    { name: "a spoofer's guess first, the right one in the second try", rule: { fault: "wrong-question", first: 1, transport: "udp" }, note: /do not answer this question/ },
  ];
  for (const { name, rule, note, transport } of workarounds) {
    it(
      name,
      inWorld(async (own) => {
        for (const server of [own.r1, own.r2]) server.fault({ ...rule, name: PTR, type: "PTR" });
        const verdict = await own.verifier({ mode: "authoritative" }).verify(IP, { expected: MAIL });
        assert.deepEqual([verdict.status, verdict.reason], ["pass", "ok"]);
        const hops = verdict.hops.filter(({ question }) => question === `${PTR} PTR`);
        assert.equal(hops.length, 2);
        for (const hop of hops) {
          assert.equal(hop.outcome, "ok");
          if (note.source !== ".") assert.match(hop.note ?? "", note);
          if (transport) assert.equal(hop.transport, transport);
        }
      }),
    );
  }
});

describe("hostile answers end quickly and with a reason", () => {
  interface Attack {
    readonly name: string;
    readonly arrange: (own: World) => void;
    /** The name that is expected; null: none. @default MAIL */
    readonly expected?: null;
    /** Of one query. @default the world's */
    readonly timeoutSeconds?: number;
    readonly status?: Verdict["status"];
    readonly reason?: Verdict["reason"];
    readonly also?: (own: World, verdict: Verdict) => void;
  }
  const attacks: readonly Attack[] = [
    {
      name: "30 PTR records: no more than ten names are looked up (RFC 8601 section 3)",
      arrange: (own) => {
        const names = Array.from({ length: 30 }, (_, index) => `h${index}.example.com`);
        own.zones.reverse.set(PTR, "PTR", names);
      },
      expected: null,
      also: (own, verdict) => {
        assert.equal(verdict.ptr.length, 30);
        assert.ok(Object.keys(verdict.forward).length <= 10);
        assert.ok(verdict.findings.some(({ rule }) => rule === "too-many-names"));
        const asked = new Set(
          own.ns1.queries.filter(({ type }) => type === "A").map((query) => query.name.toLowerCase()),
        );
        assert.equal(asked.size, 10);
      },
    },
    {
      name: "64 KiB of PTR records over TCP (RFC 8601 section 7.4)",
      arrange: (own) => {
        for (const server of [own.r1, own.r2]) server.fault({ fault: "huge", name: PTR, type: "PTR" });
      },
      expected: null,
      // The servers live in this process and take a while to write so much.
      timeoutSeconds: 3,
      also: (_own, verdict) => {
        assert.ok(verdict.ptr.length > 1000);
        assert.ok(Object.keys(verdict.forward).length <= 10);
        assert.ok(verdict.hops.every(({ records }) => records.length <= 51));
        assert.notEqual(verdict.status, "pass");
      },
    },
    {
      name: "an NXNS referral to hundreds of servers without address (CVE-2020-12662)",
      arrange: (own) => {
        const servers = Array.from({ length: 500 }, (_, index) => `ns${index}.example.net`);
        own.root.fault({ fault: { referral: REVERSE_ZONE, servers }, under: REVERSE_ZONE });
      },
      status: "unknown",
      also: (own) => {
        const sent = own.servers().reduce((sum, server) => sum + server.queries.length, 0);
        assert.ok(sent < 600, `${sent} queries`);
      },
    },
    {
      name: "fan-out from the reverse servers themselves",
      arrange: (own) => {
        for (const server of [own.r1, own.r2]) server.fault({ fault: fanOut(PTR, 300, "example.net"), name: PTR });
      },
      status: "unknown",
      also: (own) => {
        const sent = own.servers().reduce((sum, server) => sum + server.queries.length, 0);
        assert.ok(sent < 600, `${sent} queries`);
      },
    },
    {
      name: "two zones whose servers' addresses lie in each other (RFC 1034 section 5.3.3 'bounded work')",
      arrange: (own) => {
        own.zones.root.delegate(REVERSE_ZONE, ["ns.a.test"]);
        own.zones.root.delegate("a.test", ["ns.b.test"]);
        own.zones.root.delegate("b.test", ["ns.a.test"]);
      },
      status: "unknown",
      reason: "no-answer",
      also: (own) => assert.ok(own.root.queries.length < 60),
    },
    {
      name: "glue that points back at the parent (self-referring)",
      arrange: (own) => {
        own.zones.root.delegate(REVERSE_ZONE, [`ns.${REVERSE_ZONE}`], { [`ns.${REVERSE_ZONE}`]: [own.root.address] });
      },
      status: "unknown",
      reason: "lame",
      also: (own) => assert.ok(own.root.queries.length < 60),
    },
    {
      name: "glue for a name outside the zone that gives it is not believed (RFC 2181 section 5.4.1)",
      arrange: (own) => {
        own.zones.net.delegate("sub.example.net", ["r1.provider.test"], { "r1.provider.test": [own.address(77)] });
        own.zones.root.delegate(REVERSE_ZONE, ["r1.provider.test"], { "r1.provider.test": [own.address(4)] });
        own.zones.reverse.set(PTR, "PTR", ["mail.sub.example.net"]);
      },
      expected: null,
      also: (own, verdict) => {
        assert.ok(!verdict.hops.some(({ server }) => server.includes(own.address(77))));
      },
    },
    {
      name: "TCP that stops in the middle of the answer",
      arrange: (own) => {
        for (const server of [own.r1, own.r2]) {
          server.fault({ fault: "truncated", transport: "udp", name: PTR, type: "PTR" });
          server.fault({ fault: "stall-tcp", transport: "tcp", name: PTR, type: "PTR" });
        }
      },
      status: "unknown",
      reason: "no-answer",
    },
    {
      name: "TCP that closes as soon as the query came",
      arrange: (own) => {
        for (const server of [own.r1, own.r2]) {
          server.fault({ fault: "truncated", transport: "udp", name: PTR, type: "PTR" });
          server.fault({ fault: "drop-tcp", transport: "tcp", name: PTR, type: "PTR" });
        }
      },
      status: "unknown",
      reason: "no-answer",
    },
    {
      name: "a PTR name with dots, NUL, UTF-8 and escape sequences in its labels (RFC 2181 section 11)",
      arrange: (own) => {
        own.zones.reverse.set(PTR, "PTR", ["a\\.b\\000\\195\\188\\027[2J.example.com"]);
        own.zones.com.set("a\\.b\\000\\195\\188\\027[2J.example.com", "A", [IP]);
      },
      expected: null,
      also: (_own, verdict) => {
        assert.deepEqual(verdict.ptr, ["a\\.b\\000\\195\\188\\027[2j.example.com"]);
        assert.equal(verdict.iprev, "pass");
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
        assert.doesNotMatch(JSON.stringify(verdict).replaceAll("\\\\", ""), /[\u0000-\u001f\u007f-\uffff]/);
      },
    },
    {
      name: "a PTR to the root (RFC 1035 section 3.1, the empty name)",
      arrange: (own) => own.zones.reverse.set(PTR, "PTR", ["."]),
      status: "fail",
      also: (_own, verdict) => assert.deepEqual(verdict.ptr, ["."]),
    },
  ];
  for (const { name, arrange, expected = MAIL, timeoutSeconds, status, reason, also } of attacks) {
    it(
      name,
      { timeout: 20_000 },
      inWorld(async (own) => {
        arrange(own);
        const verifier = own.verifier({
          mode: "authoritative",
          ...(timeoutSeconds !== undefined && { timeoutSeconds }),
        });
        const verdict = await verifier.verify(IP, expected === null ? {} : { expected });
        if (status !== undefined) assert.equal(verdict.status, status);
        if (reason !== undefined) assert.equal(verdict.reason, reason);
        also?.(own, verdict);
      }),
    );
  }
});

const REVERSE_ZONE = "2.0.192.in-addr.arpa";

import * as assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { verify } from "../../../fcrdns/index";
import type { Hop, Verdict } from "../../../fcrdns/verdict";
import { forwardProof, requestAddress } from "../../../providers/internal/tickets/proof";
import { type Internet, startInternet } from "../../../sandbox/internet/internet";

const AT = new Date("2026-10-05T09:30:00Z");

function hop(question: string, server: string, outcome: Hop["outcome"], records: string[] = [], aa = true): Hop {
  return { question, server, transport: "udp", outcome, aa, ms: 1, records };
}

function verdict(hops: Hop[], more: Partial<Verdict> = {}): Verdict {
  return {
    schema: 1,
    ip: "203.0.113.7",
    arpa: "7.113.0.203.in-addr.arpa",
    expected: "mail.example.com",
    status: "fail",
    iprev: "permerror",
    reason: "no-ptr",
    ptr: [],
    forward: { "mail.example.com": ["203.0.113.7"] },
    confirmed: [],
    findings: [],
    hops,
    servers: { asked: 2, agreed: 1 },
    ms: 5,
    ...more,
  };
}

const A = "mail.example.com A";
const ONE = "ns1.example.net 192.0.2.53:53";
const TWO = "ns2.example.net 192.0.2.54:53";
const RECORD = "mail.example.com. 300 IN A 203.0.113.7";

describe("the proof that the forward record is visible", () => {
  const cases: [name: string, verdict: Verdict, proven: boolean][] = [
    ["one authoritative answer", verdict([hop(A, ONE, "ok", [RECORD])]), true],
    ["two that agree", verdict([hop(A, ONE, "ok", [RECORD]), hop(A, TWO, "ok", [RECORD])]), true],
    ["records written as the address alone", verdict([hop(A, ONE, "ok", ["203.0.113.7"])]), true],
    ["one silent, one answers", verdict([hop(A, ONE, "timeout"), hop(A, TWO, "ok", [RECORD])]), true],
    ["one that is behind", verdict([hop(A, ONE, "ok", [RECORD]), hop(A, TWO, "nxdomain")]), false],
    ["one without data", verdict([hop(A, ONE, "ok", [RECORD]), hop(A, TWO, "nodata")]), false],
    ["one with another address", verdict([hop(A, ONE, "ok", [RECORD]), hop(A, TWO, "ok", ["198.51.100.1"])]), false],
    [
      "one that was behind and has caught up",
      verdict([hop(A, ONE, "ok", [RECORD]), hop(A, TWO, "nxdomain"), hop(A, TWO, "ok", [RECORD])]),
      true,
    ],
    ["a resolver's word", verdict([hop(A, "127.0.0.53:53", "ok", [RECORD], false)]), false],
    ["nobody answers", verdict([hop(A, ONE, "timeout")]), false],
    ["no name is expected", verdict([hop(A, ONE, "ok", [RECORD])], { expected: null }), false],
    ["the name has another address", verdict([hop(A, ONE, "ok", [RECORD])], { forward: {} }), false],
    [
      "behind an alias",
      verdict([
        hop(A, ONE, "cname", ["mail.example.com. 300 IN CNAME mx.example.net."]),
        hop("mx.example.net A", TWO, "ok", [RECORD]),
      ]),
      true,
    ],
  ];
  for (const [name, given, proven] of cases) {
    it(`${name}: ${proven ? "proven" : "not proven"}`, () => {
      assert.equal(forwardProof(given, AT) !== undefined, proven);
    });
  }

  it("says who answered what, and when", () => {
    assert.deepEqual(forwardProof(verdict([hop(A, ONE, "ok", [RECORD])]), AT), {
      server: ONE,
      hostname: "mail.example.com",
      address: "203.0.113.7",
      at: "2026-10-05T09:30:00.000Z",
    });
  });
});

describe("the present PTR", () => {
  it("is none when that is what the servers say, and not known when nobody says", () => {
    assert.deepEqual(requestAddress(verdict([]), AT).currentPtrs, []);
    assert.equal("currentPtrs" in requestAddress(verdict([], { reason: "no-answer" }), AT), false);
    assert.deepEqual(requestAddress(verdict([], { ptr: ["a.example.net", "b.example.net"] }), AT).currentPtrs, [
      "a.example.net",
      "b.example.net",
    ]);
  });
});

describe("in a real DNS", () => {
  let internet: Internet;
  before(async () => {
    internet = await startInternet({ forwardZones: ["example.com"] });
  });
  after(() => internet.stop());

  it("the verdict of an address without PTR carries the proof, for both families", async () => {
    const [v4, v6] = ["192.0.2.77", "2001:db8:f::25"];
    internet.setRecords("mail.example.com", "A", [v4 ?? ""]);
    internet.setRecords("mail.example.com", "AAAA", [v6 ?? ""]);
    await internet.settled();
    const settings = { roots: internet.roots, port: internet.port, mode: "authoritative" as const };
    for (const ip of [v4, v6]) {
      const request = requestAddress(await verify(ip ?? "", { ...settings, expected: "mail.example.com" }), AT);
      assert.deepEqual(request.currentPtrs, []);
      assert.match(request.proof?.server ?? "", /dnshost\.example/);
    }
    const other = await verify("192.0.2.78", { ...settings, expected: "mail.example.com" });
    assert.equal(requestAddress(other, AT).proof, undefined);
  });
});

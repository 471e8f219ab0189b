import { strict as assert } from "node:assert";
import { test } from "node:test";
import { judge } from "../../../fcrdns/judge/judge";
import { RECEIVERS, receiverMatrix } from "../../../fcrdns/judge/receivers";
import { type Heard, heard } from "./heard";

const HERE = { a: [["192.0.2.10"]] };
const round = { ptr: [["mail.example.com"]], forward: { "mail.example.com": HERE } };
const DEFAULT = "ec2-192-0-2-10.compute-1.amazonaws.com";

// biome-ignore format: one line per case
const rows: [what: string, heard: Heard, opinions: Record<string, string>][] = [
  ["a clean round trip", round, {}],
  ["no PTR over IPv4", { ptr: ["nxdomain"], forward: round.forward }, { rfc8601: "refuses", "gmail-v4": "refuses", yahoo: "refuses", gmx: "refuses", "t-online": "refuses", strict: "defers" }],
  ["no PTR over IPv6", { ip: "2001:db8::10", ptr: ["nxdomain"] }, { rfc8601: "refuses", "gmail-v6": "refuses", microsoft: "defers", yahoo: "refuses", gmx: "refuses", "t-online": "refuses", strict: "defers" }],
  ["a name without the address", { ptr: round.ptr, forward: { "mail.example.com": { a: ["nxdomain"] } } }, { rfc8601: "refuses", "gmail-v4": "refuses", yahoo: "refuses", gmx: "refuses", "t-online": "refuses", strict: "defers" }],
  ["a failing name server", { ptr: ["servfail"] }, { rfc8601: "defers", "gmail-v4": "defers", yahoo: "defers", strict: "defers" }],
  ["a cloud's default that confirms", { expected: null, ptr: [[DEFAULT]], forward: { [DEFAULT]: HERE } }, { yahoo: "refuses", gmx: "refuses", "t-online": "refuses", strict: "refuses" }],
  ["another name of one's own", { ptr: [["www.example.com"]], forward: { "www.example.com": HERE } }, { gmx: "refuses", strict: "refuses" }],
  ["a second PTR that leads nowhere", { ptr: [["mail.example.com", "old.example.com"]], forward: { "mail.example.com": HERE, "old.example.com": { a: ["nxdomain"] } } }, { strict: "refuses" }],
  ["an underscore", { expected: null, ptr: [["mail_1.example.com"]], forward: { "mail_1.example.com": HERE } }, { gmx: "refuses", "t-online": "refuses", strict: "refuses" }],
];

for (const [what, said, opinions] of rows) {
  test(`${what}: ${JSON.stringify(opinions)}`, () => {
    const verdict = judge(heard(said));
    const matrix = receiverMatrix(verdict);
    assert.deepEqual(
      matrix.map(({ receiver }) => receiver),
      RECEIVERS.map(({ id }) => id),
    );
    for (const { receiver, outcome, because, accepts } of matrix) {
      const other = verdict.ip.includes(":") ? "gmail-v4" : "gmail-v6";
      const isClean = verdict.status === "pass" && receiver !== "microsoft";
      // Who writes of nothing but the round trip takes any name that makes it.
      const byTheBook = receiver === "rfc8601" && verdict.iprev === "pass";
      const unsaid = isClean || byTheBook ? "accepts" : "not-known";
      assert.equal(outcome, receiver === other ? "not-concerned" : (opinions[receiver] ?? unsaid), receiver);
      if (outcome === "accepts") assert.ok(accepts?.source && /^(?:\d{4}-\d\d-\d\d|not known)$/.test(accepts.read));
      else assert.equal(accepts, undefined);
      for (const { source, read } of because) assert.ok(source && /^(?:\d{4}-\d\d-\d\d|not known)$/.test(read));
      assert.equal(because.length > 0, ["refuses", "defers"].includes(outcome));
      for (const objection of because) assert.ok(objection.symptoms.length > 0 && objection.source !== "");
    }
  });
}

test("a receiver's words begin with a code of the effect", () => {
  for (const { id, objections } of RECEIVERS) {
    for (const { smtp, effect } of objections) {
      if (smtp !== null) assert.match(smtp, effect === "defers" ? /^4\d\d[ -]/ : /^5\d\d[ -]/, id);
    }
  }
});

test("whatever passes here, every receiver accepts whose demands are known", () => {
  for (const { receiver, outcome } of receiverMatrix(judge(heard(round)))) {
    const unsaid = receiver === "microsoft" ? "not-known" : receiver === "gmail-v6" ? "not-concerned" : "accepts";
    assert.equal(outcome, unsaid, receiver);
  }
});

test("nobody claims that Microsoft accepts an IPv4 address without a PTR", () => {
  const matrix = receiverMatrix(judge(heard({ ptr: ["nxdomain"] })));
  assert.equal(matrix.find(({ receiver }) => receiver === "microsoft")?.outcome, "not-known");
});

test("two PTRs that both lead back: one receiver compares a single one, RFC 8601 takes them", () => {
  const two = {
    ptr: [["mail.example.com", "www.example.com"]],
    forward: { ...round.forward, "www.example.com": HERE },
  };
  const matrix = receiverMatrix(judge(heard({ ...two, expected: null })));
  const of = (id: string) => matrix.find(({ receiver }) => receiver === id);
  assert.equal(of("strict")?.outcome, "refuses");
  assert.deepEqual(
    of("strict")?.because.flatMap(({ symptoms }) => symptoms),
    ["several-ptrs"],
  );
  assert.equal(of("rfc8601")?.outcome, "accepts");
});

import { strict as assert } from "node:assert";
import { test } from "node:test";
import * as fc from "fast-check";
import { judge } from "../../../fcrdns/judge/judge";
import { explain } from "../../../fcrdns/report/explain";
import { decisiveHops } from "../../../fcrdns/report/failure-text";
import type { Hop, Verdict } from "../../../fcrdns/verdict";
import { heard } from "../judge/heard";

const hops: Hop[] = [
  {
    question: "10.2.0.192.in-addr.arpa PTR",
    server: "a.root-servers.net 198.41.0.4:53",
    transport: "udp",
    outcome: "referral",
    aa: false,
    ms: 11.6,
    flags: ["qr"],
    ttl: 172800,
    records: ["in-addr.arpa. 172800 NS a.in-addr-servers.arpa."],
  },
  {
    question: "mail.example.com A",
    server: "ns1.example.net [2001:db8::53]:53",
    transport: "tcp",
    outcome: "ok",
    aa: true,
    ms: 3,
    records: ["mail.example.com. 300 A 192.0.2.10"],
  },
  {
    question: "10.2.0.192.in-addr.arpa PTR",
    server: "ns2.example.net 192.0.2.54:53",
    transport: "udp",
    outcome: "lame",
    aa: false,
    ms: 9,
    note: "answers without the AA bit",
    records: [],
  },
];

const verdict: Verdict = {
  ...judge(heard({ ptr: [["mail.example.com"], "lame"], forward: { "mail.example.com": { a: [["192.0.2.10"]] } } })),
  hops,
};

test("the transcript shows each hop with server, transport, outcome, flags, TTL, records and time", () => {
  assert.equal(
    explain(verdict),
    `fcrdns 192.0.2.10 (10.2.0.192.in-addr.arpa), expected mail.example.com

;; QUESTION 10.2.0.192.in-addr.arpa PTR
;;   1  server a.root-servers.net 198.41.0.4:53, udp, NOERROR (referral), flags qr, ttl 172800, 12 ms
;;        answer  in-addr.arpa. 172800 NS a.in-addr-servers.arpa.
;;   3  server ns2.example.net 192.0.2.54:53, udp, lame, 9 ms
;;        because answers without the AA bit

;; QUESTION mail.example.com A
;;   2  server ns1.example.net [2001:db8::53]:53, tcp, NOERROR, flags aa, 3 ms
;;        answer  mail.example.com. 300 A 192.0.2.10

names      mail.example.com
addresses  of mail.example.com: 192.0.2.10 (confirms)
iprev      iprev=pass policy.iprev=192.0.2.10
verdict    pass (ok), 2 of 3 servers agree, 5 ms
warning    the name server r2.example.net 192.0.2.51:53 answers without authority (lame) for 10.2.0.192.in-addr.arpa PTR, which other servers answer [server-lame]
   fix     Have the zone set up on that server, or remove the server from the zone's NS records.
   who     whoever runs the name server r2.example.net 192.0.2.51:53`,
  );
});

test("a verdict without hops says that no query was sent", () => {
  assert.match(explain({ ...verdict, hops: [] }), /^;; no query was sent$/m);
});

test("no text out of DNS begins a line or reaches the terminal unescaped", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (hostile) => {
      const hop: Hop = { ...(hops[0] as Hop), server: hostile, question: hostile, records: [hostile], note: hostile };
      const text = explain({ ...verdict, hops: [hop], ptr: [hostile], forward: { [hostile]: [hostile] } });
      for (const line of text.split("\n")) {
        assert.doesNotMatch(line, /\p{C}/u);
        assert.match(line, /^(?:$|fcrdns |;; |names |addresses |iprev |verdict |warning | {3}(?:fix|who) )/);
      }
    }),
  );
});

test("the denial of the other type is among the answers that decided", () => {
  const denial: Hop = {
    question: "mail.example.com AAAA",
    server: "ns1.example.net 192.0.2.53:53",
    transport: "udp",
    outcome: "nxdomain",
    aa: true,
    ms: 3,
    records: [],
  };
  const verdict = judge(
    heard({
      ptr: [["mail.example.com"]],
      forward: { "mail.example.com": { a: [["192.0.2.10"]], aaaa: ["nxdomain"] } },
    }),
  );
  assert.equal(verdict.reason, "no-forward");
  assert.deepEqual(decisiveHops({ ...verdict, hops: [...hops, denial] })[0], denial);
});

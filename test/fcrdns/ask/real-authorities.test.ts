/** The main cases against every make of authoritative server: what they put into an answer differs, the verdict does not. */
import * as assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { verify } from "../../../fcrdns/index";
import { AUTHORITIES } from "../../servers/authorities";
import { missing, type RealServer } from "../../servers/real-server";

const REVERSE = "2.0.192.in-addr.arpa";
const CLASSLESS = `0/25.${REVERSE}`;
const REVERSE6 = "8.b.d.0.1.0.0.2.ip6.arpa";
const NS = "IN NS ns.example.com.";

const zones = {
  "example.com": [
    `@ ${NS}`,
    "ns IN A 127.0.0.1",
    "mail IN A 192.0.2.10\nmail IN AAAA 2001:db8:1::10",
    "only4 IN A 192.0.2.11",
    "alias IN CNAME mail",
    "other IN A 198.51.100.9",
    "a.b.deep IN A 192.0.2.30",
    "*.wild IN A 192.0.2.31",
    "*.many IN A 192.0.2.1",
    `rev6 ${NS}`,
  ].join("\n"),
  "rev6.example.com": [`@ ${NS}`, `0.1${".0".repeat(18)} IN PTR mail.example.com.`].join("\n"),
  [REVERSE]: [
    `@ ${NS}`,
    `10 IN CNAME 10.${CLASSLESS}.`,
    `${CLASSLESS}. ${NS}`,
    "11 IN PTR ONLY4.Example.COM.",
    "12 IN PTR other.example.com.",
    "13 IN PTR gone.example.com.",
    "14 IN PTR alias.example.com.",
    "15 IN CNAME 16\n16 IN CNAME 15",
    "17 IN TXT none",
    "x.18 IN TXT none",
    "19 IN PTR a\\.b\\000c.example.com.",
    ...Array.from({ length: 80 }, (_, index) => `20 IN PTR a-rather-long-label-${index}.many.example.com.`),
    "21 IN PTR deep.example.com.",
    "30 IN PTR a.b.deep.example.com.",
    "31 IN PTR any.wild.example.com.",
    "32 IN PTR mail.example.com.\n32 IN PTR only4.example.com.",
    "33 IN PTR .",
  ].join("\n"),
  [CLASSLESS]: [`@ ${NS}`, "10 IN PTR mail.example.com."].join("\n"),
  [REVERSE6]: [`@ ${NS}`, "1.0.0.0 IN DNAME rev6.example.com."].join("\n"),
};

type Case = readonly [what: string, ip: string, expected: string | null, verdict: string, rules: string];
const cases: readonly Case[] = [
  ["RFC 2317: an alias into another zone", "192.0.2.10", "mail.example.com", "pass pass ok", ""],
  ["a name in mixed case with one family", "192.0.2.11", "only4.example.com", "pass pass ok", ""],
  ["a name elsewhere", "192.0.2.12", null, "fail fail forward-mismatch", "forward-mismatch"],
  ["a name that is not there", "192.0.2.13", null, "fail fail no-forward", "no-forward"],
  ["a name that is an alias", "192.0.2.14", null, "fail fail forward-mismatch", "forward-mismatch ptr-target-alias"],
  ["aliases in a circle", "192.0.2.15", null, "fail temperror cname-loop", "cname-loop"],
  ["a reverse name with other types only", "192.0.2.17", null, "fail permerror no-ptr", "no-ptr"],
  ["an empty non-terminal", "192.0.2.18", null, "fail permerror no-ptr", "no-ptr"],
  ["a dot and a NUL within a label", "192.0.2.19", null, "fail fail no-forward", "name-not-ldh no-forward"],
  [
    "more PTRs than fit a datagram",
    "192.0.2.20",
    null,
    "fail fail too-many-names",
    "forward-mismatch several-ptrs too-many-names",
  ],
  ["a PTR to an empty non-terminal", "192.0.2.21", null, "fail fail no-forward", "no-forward"],
  ["a name three labels below the apex", "192.0.2.30", "a.b.deep.example.com", "pass pass ok", ""],
  ["a name that a wildcard makes", "192.0.2.31", "any.wild.example.com", "pass pass ok", ""],
  ["two PTRs that lead elsewhere", "192.0.2.32", null, "fail fail forward-mismatch", "forward-mismatch several-ptrs"],
  ["a PTR to the root", "192.0.2.33", null, "fail fail bad-name", "name-is-root"],
  ["no PTR", "192.0.2.99", "only4.example.com", "fail permerror no-ptr", "expected-forward-mismatch no-ptr"],
  ["an IPv6 address behind a DNAME", "2001:db8:1::10", "mail.example.com", "pass pass ok", ""],
  ["no PTR, IPv6", "2001:db8:2::10", null, "fail permerror no-ptr", "no-ptr"],
  ["a zone that it does not serve", "198.51.100.1", null, "unknown temperror refused", "ptr-unanswered"],
];

/** What a make says that the others do not: it answers SERVFAIL where they answer. */
const DIFFERENT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // BIND 9.18 and PowerDNS 4.7 follow aliases within their zones themselves, and give up.
  bind9: { "aliases in a circle": "unknown temperror servfail" },
  "pdns-server": {
    "aliases in a circle": "unknown temperror servfail",
    // Of the forward name, of which it cannot look up the label.
    "a dot and a NUL within a label": "unknown temperror servfail",
  },
};

for (const [make, { program, start }] of Object.entries(AUTHORITIES)) {
  describe(`${make} as the authority`, { skip: missing(program) }, () => {
    let server: RealServer | undefined;
    before(async () => {
      server = await start(zones);
    });
    after(() => server?.close());

    for (const [what, ip, expected, outcome, rules] of cases) {
      const different = DIFFERENT[make]?.[what];
      it(`${what}: ${different ?? outcome}`, async () => {
        const { endpoint = "" } = server ?? {};
        const verdict = await verify(ip, { expected, stubs: { ".": endpoint }, mode: "authoritative" });
        const { status, iprev, reason, findings } = verdict;
        assert.equal(`${status} ${iprev} ${reason}`, different ?? outcome);
        if (different === undefined)
          assert.equal([...new Set(findings.map(({ rule }) => rule))].sort().join(" "), rules);
      });
    }
  });
}

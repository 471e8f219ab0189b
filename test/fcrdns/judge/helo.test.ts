/** What the mail server says in EHLO, beside the round trip. */
import { strict as assert } from "node:assert";
import { describe, it, test } from "node:test";
import * as fc from "fast-check";
import { findingRule } from "../../../fcrdns/judge/finding-rules";
import { judge } from "../../../fcrdns/judge/judge";
import { receiverMatrix } from "../../../fcrdns/judge/receivers";
import { type Forward, type Heard, heard } from "./heard";

const ME = ["192.0.2.10"];
const HERE: Forward = { a: [ME] };
const THERE: Forward = { a: [["198.51.100.9"]] };
const NOWHERE: Forward = { a: ["nxdomain"], aaaa: ["nxdomain"] };
const SILENT: Forward = { a: ["timeout"], aaaa: ["timeout"] };
const GATEWAY = "smtp000.example.com";
const DEFAULT = "static.10.2.0.192.clients.your-server.de";
const RULES = ["unexpected-name", "helo-mismatch", "helo-unanswered", "helo-generic", "helo-not-a-host"];

/** The PTR is `smtp000.example.com`, which confirms; mail.example.com is what the server says. */
const gateway = (mail: Forward, more: Partial<Heard> = {}): Heard => ({
  expected: null,
  helo: "mail.example.com",
  ptr: [[GATEWAY]],
  forward: { "mail.example.com": mail, [GATEWAY]: HERE },
  ...more,
});
const saying = (helo: string, more: Partial<Heard> = {}): Heard => ({
  expected: null,
  helo,
  ptr: [[GATEWAY]],
  forward: { [GATEWAY]: HERE },
  ...more,
});

/** Verdict; then each finding about the EHLO name or the expected name, with its severity. */
type Row = [what: string, source: string, heard: Heard, verdict: string, ...findings: string[]];

// biome-ignore format: one line per case
const rows: Row[] = [
  ["the PTR", "Spamhaus CSS: address, PTR, forward and HELO are one", saying(GATEWAY), "pass pass ok"],
  ["the PTR in other letters, with a final dot", "RFC 4343", saying("SMTP000.Example.COM."), "pass pass ok"],
  ["one of two PTRs", "RFC 2181 10.2", { expected: null, helo: "mail.example.com", ptr: [[GATEWAY, "mail.example.com"]], forward: { [GATEWAY]: HERE, "mail.example.com": HERE } }, "pass pass ok"],

  ["another name that has the address", "RFC 5321 4.1.4", gateway(HERE), "pass pass ok", "helo-mismatch warning"],
  ["another name elsewhere", "thunderbird/mailstrom#245", gateway(THERE), "fail pass unexpected-name", "helo-mismatch error"],
  ["another name that does not exist", "Postfix reject_unknown_helo_hostname", gateway(NOWHERE), "fail pass unexpected-name", "helo-mismatch error"],
  ["another name, of which nothing is known", "unknown is not no", gateway(SILENT), "unknown pass no-answer", "helo-unanswered error", "helo-mismatch warning"],
  ["another name, whose servers fail", "RFC 2308 7.1", gateway({ a: ["servfail"] }), "unknown pass servfail", "helo-unanswered error", "helo-mismatch warning"],
  ["another name that was not looked up", "unknown is not no", gateway(HERE, { forward: { [GATEWAY]: HERE } }), "unknown pass no-answer", "helo-unanswered error", "helo-mismatch warning"],
  ["another name that only one of its servers has here", "RFC 1034 4.3.5", gateway({ a: [ME, ["198.51.100.9"]] }), "fail pass servers-disagree", "helo-mismatch error"],
  ["the same, and a third server is silent", "contract: fail when each answered", gateway({ a: [ME, "nodata", "timeout"] }), "unknown pass servers-disagree", "helo-mismatch error"],
  ["another name in a loop of aliases", "RFC 1034 3.6.2", gateway({ a: ["cname-loop"] }), "fail pass unexpected-name", "helo-mismatch error"],
  ["a name with an address of the other family only", "RFC 5321 4.1.4: this address", gateway({ aaaa: [["2001:db8::10"]] }), "fail pass unexpected-name", "helo-mismatch error"],
  ["an alias that has the address", "RFC 5321 2.3.5: a primary host name", gateway({ a: [ME], aliases: [GATEWAY] }), "pass pass ok", "helo-mismatch warning", "helo-not-a-host warning"],
  ["an alias that leads elsewhere", "RFC 5321 2.3.5", gateway({ a: [["198.51.100.9"]], aliases: ["web.example.com"] }), "fail pass unexpected-name", "helo-mismatch error", "helo-not-a-host warning"],

  ["a literal of this address", "RFC 5321 4.1.3", saying("[192.0.2.10]"), "pass pass ok", "helo-mismatch warning", "helo-not-a-host warning"],
  ["a literal of this IPv6 address", "RFC 5321 4.1.3", saying("[IPv6:2001:DB8::10]", { ip: "2001:db8::10", forward: { [GATEWAY]: { aaaa: [["2001:db8::10"]] } } }), "pass pass ok", "helo-mismatch warning", "helo-not-a-host warning"],
  ["an IPv6 literal without its tag", "RFC 5321 4.1.3", saying("[2001:db8::10]", { ip: "2001:db8::10", forward: { [GATEWAY]: { aaaa: [["2001:db8::10"]] } } }), "fail pass bad-name", "helo-mismatch error", "helo-not-a-host error"],
  ["a literal of the address behind NAT", "RFC 5321 4.1.3", saying("[10.0.0.5]"), "fail pass bad-name", "helo-mismatch error", "helo-not-a-host error"],
  ["an address without brackets", "RFC 5321 4.1.2: Domain", saying("192.0.2.10"), "fail pass bad-name", "helo-mismatch error", "helo-not-a-host error"],
  ["localhost", "Postfix reject_non_fqdn_helo_hostname", saying("localhost"), "fail pass bad-name", "helo-mismatch error", "helo-not-a-host error"],
  ["a full name that is still this machine's alone", "systemd's default", saying("localhost.localdomain", { forward: { [GATEWAY]: HERE, "localhost.localdomain": NOWHERE } }), "fail pass bad-name", "helo-generic error", "helo-mismatch error"],
  ["an underscore", "Postfix reject_invalid_helo_hostname", saying("mail_1.example.com"), "fail pass bad-name", "helo-mismatch error", "helo-not-a-host error"],
  ["an underscore that the PTR has too", "RFC 5321 2.3.5", { expected: null, helo: "mail_1.example.com", ptr: [["mail_1.example.com"]], forward: { "mail_1.example.com": HERE } }, "fail pass bad-name", "helo-not-a-host error"],
  ["a public suffix", "RFC 5321 2.3.5", saying("co.uk"), "fail pass bad-name", "helo-mismatch error", "helo-not-a-host error"],
  ["nothing", "RFC 5321 4.1.1.1", saying(""), "fail pass bad-name", "helo-mismatch error", "helo-not-a-host error"],
  ["words", "RFC 5321 4.1.1.1", saying("my mail server!"), "fail pass bad-name", "helo-mismatch error", "helo-not-a-host error"],
  ["text that takes over a terminal", "hostile HELO", saying("\u001b[2Jx\r\nok"), "fail pass bad-name", "helo-mismatch error", "helo-not-a-host error"],
  ["a very long text", "RFC 5321 4.5.3.1.2", saying("a".repeat(70_000)), "fail pass bad-name", "helo-mismatch error", "helo-not-a-host error"],

  ["a provider's default", "rspamd hfilter", saying(DEFAULT, { forward: { [GATEWAY]: HERE, [DEFAULT]: HERE } }), "fail pass bad-name", "helo-generic error", "helo-mismatch warning"],
  ["a provider's default that the PTR is too", "GMX: no preset", { expected: null, helo: DEFAULT, ptr: [[DEFAULT]], forward: { [DEFAULT]: HERE } }, "fail pass bad-name", "helo-generic error"],
  ["an internal name of a cloud", "rspamd hfilter", saying("ip-10-0-0-5.eu-central-1.compute.internal", { forward: { [GATEWAY]: HERE, "ip-10-0-0-5.eu-central-1.compute.internal": NOWHERE } }), "fail pass bad-name", "helo-generic error", "helo-mismatch error"],

  // beside an expected name
  ["the expected name, and the PTR is another", "one fact, told once", gateway(HERE, { expected: "mail.example.com" }), "fail pass unexpected-name", "helo-mismatch error"],
  ["the expected name, elsewhere", "one fact, told once", gateway(THERE, { expected: "mail.example.com" }), "fail pass unexpected-name", "helo-mismatch error"],
  ["the expected name, of which nothing is known", "one fact, told once", gateway(SILENT, { expected: "mail.example.com" }), "fail pass unexpected-name", "helo-mismatch error"],
  ["the expected name, an alias", "one fact, told once", gateway({ a: [ME], aliases: [GATEWAY] }, { expected: "mail.example.com" }), "fail pass unexpected-name", "helo-mismatch error"],
  ["the expected name, which is the PTR", "Spamhaus CSS", { helo: "MAIL.example.com", ptr: [["mail.example.com"]], forward: { "mail.example.com": HERE } }, "pass pass ok"],
  ["a generic name that is also expected", "one fact, told once", saying(DEFAULT, { expected: DEFAULT, forward: { [GATEWAY]: HERE, [DEFAULT]: HERE } }), "fail pass unexpected-name", "helo-generic error", "helo-mismatch error"],
  ["another name than the PTR, which is as expected", "RFC 5321 4.1.4", gateway(THERE, { expected: GATEWAY }), "fail pass unexpected-name", "helo-mismatch error"],
  ["a third name, which has the address", "RFC 5321 4.1.4", gateway(HERE, { expected: "mx.example.com", forward: { "mail.example.com": HERE, "mx.example.com": HERE, [GATEWAY]: HERE } }), "fail pass unexpected-name", "unexpected-name error", "helo-mismatch warning"],

  // where the round trip itself is not good, it is the reason
  ["any name where there is no PTR", "nothing to compare", { expected: null, helo: "mail.example.com", ptr: ["nxdomain"], forward: { "mail.example.com": HERE } }, "fail permerror no-ptr"],
  ["a name elsewhere where there is no PTR", "it could not confirm", { expected: null, helo: "mail.example.com", ptr: ["nxdomain"], forward: { "mail.example.com": THERE } }, "fail permerror no-ptr", "helo-mismatch error"],
  ["the expected name elsewhere, where there is no PTR", "one fact, told once", { helo: "mail.example.com", ptr: ["nxdomain"], forward: { "mail.example.com": THERE } }, "fail permerror no-ptr"],
  ["a name elsewhere where the PTR is not known", "unknown is not no", { expected: null, helo: "mail.example.com", ptr: ["timeout"], forward: { "mail.example.com": THERE } }, "unknown temperror no-answer", "helo-mismatch error"],
  ["localhost where there is no PTR", "RFC 5321 2.3.5", { expected: null, helo: "localhost", ptr: ["nxdomain"] }, "fail permerror no-ptr", "helo-not-a-host error"],
  ["a name with the address, and a PTR elsewhere", "RFC 8601 2.7.3", gateway(HERE, { forward: { "mail.example.com": HERE, [GATEWAY]: THERE } }), "fail fail forward-mismatch", "helo-mismatch warning"],

  // resolvers after the authoritative servers
  ["a name whose old address a resolver remembers", "RFC 2308 5", gateway(HERE, { recursive: { ptr: [[GATEWAY]], forward: { [GATEWAY]: HERE, "mail.example.com": THERE } } }), "fail pass unexpected-name", "helo-mismatch warning"],
  ["a name whose signatures are bogus", "RFC 4035 5.5: not the address's own", gateway(HERE, { recursive: { ptr: [[GATEWAY]], forward: { [GATEWAY]: HERE, "mail.example.com": { a: ["bogus"] } } } }), "unknown pass servfail", "helo-mismatch warning"],
];

for (const [what, source, said, expected, ...findings] of rows) {
  test(`EHLO says ${what} (${source}): ${[expected, ...findings].join(", ")}`, () => {
    const verdict = judge(heard(said));
    assert.equal(`${verdict.status} ${verdict.iprev} ${verdict.reason}`, expected);
    const about = verdict.findings.filter(({ rule }) => RULES.includes(rule));
    assert.deepEqual(about.map(({ rule, severity }) => `${rule} ${severity}`).sort(), [...findings].sort());
    // No status but pass without an error that says why.
    if (verdict.status !== "pass") assert.ok(verdict.findings.some(({ severity }) => severity === "error"));
    for (const { rule, severity } of about) {
      const { severity: usual, milder } = findingRule(rule) ?? {};
      assert.ok(severity === usual || severity === milder?.severity, rule);
    }
  });
}

describe("what is said of the EHLO name", () => {
  it("leaves an address as it is where nothing is known of it", () => {
    const { helo: _, ...before } = gateway(HERE);
    const verdict = judge(heard({ ...before, forward: { [GATEWAY]: HERE } }));
    assert.equal("helo" in verdict, false);
    assert.equal(verdict.status, "pass");
  });

  it("names what was said, what the PTR is, what the name has, and who changes what", () => {
    const [elsewhere] = judge(heard(gateway(THERE))).findings;
    assert.deepEqual(elsewhere, {
      rule: "helo-mismatch",
      severity: "error",
      message:
        "the mail server says mail.example.com in EHLO, but the PTR of 192.0.2.10 is smtp000.example.com, and mail.example.com does not confirm 192.0.2.10: its addresses are 198.51.100.9, f1.example.net 192.0.2.50:53 answers",
      fix: "Have the mail server say smtp000.example.com in EHLO when it sends from 192.0.2.10.",
      who: "whoever configures the mail server that sends from 192.0.2.10",
    });
  });

  it("says to set the PTR where the PTR is no name to say", () => {
    const heardOf = gateway(HERE, { ptr: [[DEFAULT]], forward: { [DEFAULT]: HERE, "mail.example.com": HERE } });
    const mismatch = judge(heard(heardOf)).findings.find(({ rule }) => rule === "helo-mismatch");
    assert.equal(mismatch?.fix, "Set the PTR of 192.0.2.10 to mail.example.com.");
  });

  it("says to set the PTR where that name is expected, or to say the PTR's", () => {
    const { fix } = judge(heard(gateway(HERE, { expected: "mail.example.com" }))).findings[0] ?? {};
    assert.equal(
      fix,
      "Set the PTR of 192.0.2.10 to mail.example.com, or have the mail server say smtp000.example.com in EHLO when it sends from there.",
    );
  });

  it("says the expected name where the server says another", () => {
    const { fix } = judge(heard(gateway(THERE, { expected: GATEWAY }))).findings[0] ?? {};
    assert.equal(fix, "Have the mail server say smtp000.example.com in EHLO when it sends from 192.0.2.10.");
  });

  it("is text that no terminal takes for anything else, whatever was said", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (helo) => {
        const verdict = judge(heard(saying(helo)));
        for (const text of [verdict.helo ?? "", ...verdict.findings.flatMap(({ message, fix }) => [message, fix])]) {
          assert.doesNotMatch(text, /[\p{Cc}\u2028\u2029]/u);
          assert.ok(text.length < 6_000, `${text.length}`);
        }
        // Nothing that a stranger says stands beside a pass as an error.
        if (verdict.status === "pass") assert.ok(!verdict.findings.some(({ severity }) => severity === "error"));
        else assert.ok(verdict.findings.some(({ severity }) => severity === "error"));
      }),
    );
  });
});

test("receivers that compare the EHLO name look at what the server says, not at what is expected", () => {
  const opinion = (said: Heard, id: string) =>
    receiverMatrix(judge(heard(said))).find(({ receiver }) => receiver === id)?.outcome;
  for (const id of ["gmx", "strict"]) {
    assert.equal(opinion(gateway(HERE), id), "refuses", id);
    assert.equal(opinion(gateway(HERE, { expected: GATEWAY }), id), "refuses", id);
    assert.equal(opinion(saying(GATEWAY), id), "accepts", id);
    assert.equal(opinion(saying(GATEWAY, { expected: GATEWAY }), id), "accepts", id);
  }
});

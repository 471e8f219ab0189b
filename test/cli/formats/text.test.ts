import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createColors } from "picocolors";
import { failing, finding, unknown, verdictOn } from "../verdicts";
import { rendered } from "./rendered";

const pass = verdictOn({ ip: "192.0.2.10", expected: "mail.example.com" });

describe("the text report", () => {
  it("has one line for an address that passes", async () => {
    const { text } = await rendered("text", [{ verdict: pass }]);
    assert.equal(text, "✓ 192.0.2.10  mail.example.com  pass\n");
  });

  it("shows the hops that matter, the fix and who must do it", async () => {
    const { text } = await rendered("text", [{ verdict: failing("192.0.2.11") }]);
    assert.deepEqual(text.split("\n"), [
      "✗ 192.0.2.11  mail.example.com  fail  no-ptr",
      "    asked     11.2.0.192.in-addr.arpa PTR at ns1.example.net 192.0.2.53:53: nxdomain",
      "    expected  PTR mail.example.com, and mail.example.com has the address 192.0.2.11",
      "    found     192.0.2.11 has no PTR record",
      "    fix       Set the PTR.",
      "    who       the owner",
      "",
    ]);
  });

  it("never says that something is wrong where nothing definite is known", async () => {
    const { text } = await rendered("text", [{ verdict: unknown("192.0.2.12") }]);
    assert.match(text, /^\? 192\.0\.2\.12 {2}mail\.example\.com {2}unknown {2}no-answer\n/);
  });

  it("warns below an address that passes", async () => {
    const findings = [finding({ rule: "server-lame", severity: "warning", message: "ns2 is lame" })];
    const { text } = await rendered("text", [{ verdict: { ...pass, findings } }]);
    assert.match(text, /^✓ .*pass\n {4}warning {3}ns2 is lame\n {4}fix /);
  });

  it("sums up when there are several", async () => {
    const results = [pass, failing("192.0.2.11"), unknown("192.0.2.12")].map((verdict) => ({ verdict }));
    const { text } = await rendered("text", results, { unchecked: () => 4 });
    assert.ok(text.endsWith("\n7 addresses: 1 pass, 1 fail, 1 unknown, 4 not checked in 1.3 s\n"), text);
  });

  it("shows the name that DNS gives where none was expected", async () => {
    const { text } = await rendered("text", [
      { verdict: verdictOn({ ip: "192.0.2.10" }) },
      { verdict: failing("192.0.2.11", null) },
      { verdict: failing("192.0.2.12", null, { ptr: ["a.example", "b.example", "c.example", "d.example"] }) },
    ]);
    assert.match(text, /^✓ 192\.0\.2\.10 {2}mail\.example\.com {2}pass$/m);
    assert.match(text, /^✗ 192\.0\.2\.11 {2}\(no name\) {2}fail/m);
    assert.match(text, /^✗ 192\.0\.2\.12 {2}a\.example, b\.example, c\.example and 1 more {2}fail/m);
  });

  it("names the resource and the wait of what does not pass only", async () => {
    const ticket = {
      provider: "hoster",
      subject: "s",
      body: "b",
      route: { by: "mail", url: "u" },
      missing: [],
      since: null,
    };
    const stack = { urn: "urn:pulumi:x", cloud: "hoster", reverse: "ticket" as const, ticket };
    const findings = [finding({ severity: "warning", message: "ns2 is lame" })];
    const textOf = async (verdict: typeof pass) => (await rendered("text", [{ verdict, stack }])).text;
    assert.doesNotMatch(await textOf({ ...pass, findings }), /^ {4}(?:resource|waiting)/m);
    assert.match(await textOf(failing("192.0.2.11")), /^ {4}resource +urn:pulumi:x\n {4}waiting +for hoster/m);
  });

  it("shows beside an error what makes the verdict less certain, once", async () => {
    for (const rule of [
      "port-53-blocked",
      "resolver-not-believed",
      "limit-reached",
      "out-of-time",
      "server-excluded",
    ]) {
      const weak = finding({ rule, severity: "warning", message: "less certain" });
      for (const verdict of [
        failing("192.0.2.11", null, { findings: [finding({}), weak] }),
        { ...pass, findings: [weak] },
      ]) {
        assert.equal((await rendered("text", [{ verdict }])).text.split("less certain").length, 2, rule);
      }
    }
  });

  it("has colours only when asked for them", async () => {
    const results = [{ verdict: failing("192.0.2.11") }];
    assert.ok(!(await rendered("text", results)).text.includes("\u001b"));
    const coloured = await rendered("text", results, { colours: createColors(true) });
    assert.ok(coloured.text.startsWith("\u001b[31m✗ 192.0.2.11\u001b[39m  mail.example.com  "));
  });

  it("explains with the whole transcript", async () => {
    const { text } = await rendered("text", [{ verdict: pass }], { explain: true });
    assert.match(text, /^ {2}\| .*10\.2\.0\.192\.in-addr\.arpa PTR$/m);
    assert.match(text, /^ {2}\| .*mail\.example\.com\.$/m);
  });

  it("shows the receivers on request", async () => {
    const { text } = await rendered("text", [{ verdict: failing("192.0.2.11") }], { receivers: true });
    assert.match(text, /^ {4}receiver {2}Gmail.*: refuses, no-ptr/m);
    const stated = text.match(/^ {4}receiver .*(?:refuses|defers|accepts).*$/gm) ?? [];
    assert.ok(stated.length > 3);
    for (const line of stated) assert.match(line, /\(\S.*, (?:read \d{4}-\d\d-\d\d|date not known)\)$/);
  });

  it("shows the ticket that an address waits for", async () => {
    const ticket = {
      provider: "racknerd",
      subject: "PTR for 192.0.2.11",
      body: "Hello,\n\nplease.",
      route: { by: "support ticket" },
      missing: [],
      since: "2026-01-28T00:00:00.000Z",
    };
    const stack = { urn: "urn:x", cloud: "racknerd", reverse: "ticket" as const, ticket };
    const { text } = await rendered("text", [{ verdict: failing("192.0.2.11"), stack }]);
    assert.match(
      text,
      /waiting {3}for racknerd since 2026-01-28: send this ticket if you have not done so \(support ticket\)/,
    );
    assert.match(text, /\n {2}\| Subject: PTR for 192\.0\.2\.11\n {2}\|\n {2}\| Hello,\n {2}\|\n {2}\| please\.\n/);
    const blocked = { ...stack, ticket: { ...ticket, body: "", missing: ["publish the A record"] } };
    const early = await rendered("text", [{ verdict: failing("192.0.2.11"), stack: blocked }]);
    assert.match(early.text, /must not be sent yet\n {2}\| first: publish the A record\n/);
  });
});

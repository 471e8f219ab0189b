import { strict as assert } from "node:assert";
import { test } from "node:test";
import * as fc from "fast-check";
import {
  canonicalHostname,
  canonicalName,
  hostnameProblems,
  labelsFromName,
  nameFromLabels,
  registrableLabelCount,
  sameName,
} from "../../../fcrdns/names/name";

const label63 = "a".repeat(63);
const name253 = `${`${label63}.`.repeat(3)}${"b".repeat(61)}`;

const canonical: [wrote: string, name: string][] = [
  ["mail.example.com", "mail.example.com"],
  ["MAIL.Example.COM.", "mail.example.com"],
  [".", "."],
  ["com", "com"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["BÜCHER.Example.", "xn--bcher-kva.example"],
  ["mail。bücher．example", "mail.xn--bcher-kva.example"],
  ["bücher.", "xn--bcher-kva"],
  ["a b.bücher.example", "a\\032b.xn--bcher-kva.example"],
  ["xn--BCHER-kva.example", "xn--bcher-kva.example"],
  ["1.0/25.2.0.192.in-addr.arpa", "1.0/25.2.0.192.in-addr.arpa"],
  ["a\\.b.example.com", "a\\.b.example.com"],
  ["a\\046b.example.com", "a\\.b.example.com"],
  ["a\\\\b.example", "a\\\\b.example"],
  ["\\065\\066c.example", "abc.example"],
  ["a\\000b.example", "a\\000b.example"],
  ["m\\195\\164il.example", "m\\195\\164il.example"],
  ["a b.example", "a\\032b.example"],
  ["a\u001b[2J.example", "a\\027[2j.example"],
  ["_dmarc.example.com", "_dmarc.example.com"],
  ["*.example.com", "*.example.com"],
  ['a"b;c.example', 'a\\"b\\;c.example'],
  [`${label63}.example`, `${label63}.example`],
  [name253, name253],
  [`${name253}.`, name253],
  ["mail.example.com\\.", "mail.example.com\\."],
];
for (const [wrote, name] of canonical) {
  test(`the canonical form of ${JSON.stringify(wrote).slice(0, 50)} is ${JSON.stringify(name).slice(0, 50)}`, () => {
    assert.deepEqual(canonicalName(wrote), { ok: true, name });
    assert.deepEqual(canonicalName(name), { ok: true, name }, "applied again it changes");
  });
}

const refused: [wrote: string, why: RegExp][] = [
  ["", /no name/],
  ["..", /empty label/],
  [".example.com", /empty label/],
  ["mail..example.com", /empty label/],
  ["mail.example.com..", /empty label/],
  [`${label63}a.example`, /64 octets/],
  [`${name253}b`, /longer than the 253/],
  ["a\\.example\\", /broken escape/],
  ["a\\12.example", /broken escape/],
  ["a\\256.example", /broken escape/],
  ["\u00ad.example", /no international domain name/],
  ["mail%41ä.example", /no international domain name/],
  ["ä\\.b.example", /no international domain name/],
  [`${"ä".repeat(80)}.example`, /octets|no international/],
  ["a\ud800.example", /no international domain name/],
];
for (const [wrote, why] of refused) {
  test(`${JSON.stringify(wrote).slice(0, 50)} cannot be a name: ${why.source}`, () => {
    const result = canonicalName(wrote);
    assert.ok(!result.ok);
    assert.match(result.reason, why);
    assert.ok(hostnameProblems(wrote).length > 0);
  });
}

const problems: [wrote: string, rules: string[]][] = [
  ["mail.example.com", []],
  ["MAIL.example.com.", []],
  ["mx1", ["name-single-label"]],
  ["3com.com", []],
  ["m12-11.163.com", []],
  ["9.mo69.mail-out.ovh.net", []],
  ["mail.bücher.example", []],
  ["mail.example.xn--p1ai", []],
  ["mail.xn--zzzzzzzz99999.example", ["name-bad-a-label"]],
  ["xn--a.example", ["name-bad-a-label"]],
  ["mail_1.example.com", ["name-underscore"]],
  ["_mail.example.com", ["name-underscore"]],
  ["-mail.example.com", ["name-hyphen-edge"]],
  ["mail-.example.com", ["name-hyphen-edge"]],
  ["mail.exa mple.com", ["name-not-ldh"]],
  ["*.example.com", ["name-not-ldh"]],
  ["1.0/25.2.0.192.in-addr.arpa", ["name-not-ldh"]],
  ["a\\.b.example.com", ["name-not-ldh"]],
  ["m\\195\\164il.example", ["name-not-ldh"]],
  ["192.0.2.10", ["name-is-address"]],
  ["192.0.2.10.", ["name-is-address"]],
  ["2001:db8::10", ["name-is-address"]],
  ["[192.0.2.10]", ["name-is-address"]],
  ["[IPv6:2001:db8::10]", ["name-is-address"]],
  ["mail.example.123", ["name-numeric-tld"]],
  ["127.1", ["name-numeric-tld"]],
  ["mail.0x7f", ["name-numeric-tld"]],
  ["12345", ["name-numeric-tld", "name-single-label"]],
  ["com", ["name-single-label"]],
  ["localhost", ["name-single-label"]],
  ["co.uk", ["name-public-suffix"]],
  ["com.br", ["name-public-suffix"]],
  // The Public Suffix List: nothing is registered below web.de, and something is below these.
  ["web.de", []],
  ["co.com", []],
  ["chiyoda.tokyo.jp", ["name-public-suffix"]],
  ["github.io", []],
  ["example.com", []],
  ["t.co", []],
  [".", ["name-is-root"]],
  ["", ["name-empty-label"]],
  ["mail..example.com", ["name-empty-label"]],
  [`${label63}a.example`, ["name-too-long"]],
  [`${name253}b`, ["name-too-long"]],
  ["_a.b-.example.com", ["name-underscore", "name-hyphen-edge"]],
  ["b\u202ea.example.com", ["name-unreadable"]],
];
for (const [wrote, rules] of problems) {
  test(`${JSON.stringify(wrote).slice(0, 50)} as a host's name: ${rules.join(", ") || "nothing wrong"}`, () => {
    const found = hostnameProblems(wrote);
    assert.deepEqual(
      found.map((problem) => problem.rule),
      rules,
    );
    for (const { part, message } of found) assert.doesNotMatch(part + message, /[\p{C}]/u);
  });
}

test("the registered domain is two labels, or three under a country's second level", () => {
  assert.equal(registrableLabelCount(["a", "b", "example", "com"]), 2);
  assert.equal(registrableLabelCount(["mail", "example", "co", "uk"]), 3);
  assert.equal(registrableLabelCount(["mail", "example", "com", "br"]), 3);
  assert.equal(registrableLabelCount(["com"]), 1);
});

test("case, the final dot and the A-label form do not make another name", () => {
  assert.ok(sameName("MAIL.Bücher.example.", "mail.xn--bcher-kva.EXAMPLE"));
  assert.ok(!sameName("mail.example.com", "mail.example.org"));
  assert.ok(!sameName("a\\.b.example", "a.b.example"));
  assert.ok(!sameName("", ""));
});

const anyLabels = fc.array(fc.uint8Array({ minLength: 1, maxLength: 30 }), { maxLength: 8 });

test("a name of any octets survives the way to text and back, but for ASCII case", () => {
  fc.assert(
    fc.property(anyLabels, (labels) => {
      const text = nameFromLabels(labels);
      assert.match(text, /^[!-~]+$/);
      const lower = labels.map((label) => label.map((octet) => (octet >= 65 && octet <= 90 ? octet + 32 : octet)));
      assert.deepEqual(labelsFromName(text), lower);
      assert.deepEqual(canonicalName(text), { ok: true, name: text });
    }),
    { numRuns: 2000 },
  );
});

test("any text at all has a canonical form or a reason, and the canonical form is stable", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const first = canonicalName(text);
      if (first.ok) assert.deepEqual(canonicalName(first.name), first);
      else assert.doesNotMatch(first.reason, /\p{C}/u);
      hostnameProblems(text);
    }),
    { numRuns: 2000 },
  );
});

test("a person may give a host's name of bad style, and none that no host can have", () => {
  for (const name of ["mail.example.com", "mx1", "mail_1.example.com", "co.uk", "BÜCHER.Example."]) {
    assert.ok(canonicalHostname(name).ok, name);
  }
  for (const name of ["192.0.2.10", "[192.0.2.10]", "a b.example.com", "-mail.example.com", "mail.123", "", "."]) {
    assert.ok(!canonicalHostname(name).ok, name);
  }
});

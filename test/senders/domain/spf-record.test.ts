/** The grammar of RFC 7208 section 12. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { type Directive, isSpfRecord, parseSpfRecord } from "../../../senders/domain/spf-record";

function shown(directive: Directive): string {
  const start = `${directive.qualifier} ${directive.kind}`;
  switch (directive.kind) {
    case "all":
      return start;
    case "ip4":
    case "ip6":
      return `${start} ${[...directive.bytes]}/${directive.bits}`;
    case "a":
    case "mx":
      return `${start} ${directive.domain?.text ?? "-"} ${directive.bits4} ${directive.bits6}`;
    default:
      return `${start} ${directive.domain?.text ?? "-"}`;
  }
}

describe("a term that is read", () => {
  const rows: [text: string, read: string[]][] = [
    ["", []],
    ["   ", []],
    ["-all", ["fail all"]],
    ["~ALL", ["softfail all"]],
    ["ip4:192.0.2.1", ["pass ip4 192,0,2,1/32"]],
    ["?IP4:192.0.2.1/24", ["neutral ip4 192,0,2,1/24"]],
    ["ip4:0.0.0.0/0", ["pass ip4 0,0,0,0/0"]],
    ["ip6:2001:db8::/32", ["pass ip6 32,1,13,184,0,0,0,0,0,0,0,0,0,0,0,0/32"]],
    ["ip6:::ffff:192.0.2.1", ["pass ip6 0,0,0,0,0,0,0,0,0,0,255,255,192,0,2,1/128"]],
    ["a", ["pass a - 32 128"]],
    ["+A/24", ["pass a - 24 128"]],
    ["a//64", ["pass a - 32 64"]],
    ["a/24//64", ["pass a - 24 64"]],
    ["a:mail.example.com./24//64", ["pass a mail.example.com. 24 64"]],
    ["mx:example.xn--p1ai", ["pass mx example.xn--p1ai 32 128"]],
    ["a:a/b.example.com", ["pass a a/b.example.com 32 128"]],
    ["include:_spf.Example.COM", ["pass include _spf.Example.COM"]],
    ["exists:%{ir}.%{v}._spf.%{d2}", ["pass exists %{ir}.%{v}._spf.%{d2}"]],
    ["exists:%{d/}/%%", ["pass exists %{d/}/%%"]],
    ["ptr ptr:example.com", ["pass ptr -", "pass ptr example.com"]],
    ["a  mx", ["pass a - 32 128", "pass mx - 32 128"]],
    ["exp=explain.example.com redirect=_spf.example.com", []],
    ["moo=%{c}/24 x-y_z.1=", []],
  ];
  for (const [text, read] of rows) {
    it(JSON.stringify(text), () => {
      const parsed = parseSpfRecord(`v=spf1 ${text}`);
      assert.ok(parsed.ok);
      assert.deepEqual(parsed.record.directives.map(shown), read);
    });
  }
});

describe("a term that breaks the grammar is named", () => {
  const rows: [text: string, term?: string][] = [
    ["all.", "all."],
    ["-all:x", "-all:x"],
    ["a moo", "moo"],
    ["--all"],
    ["+"],
    ["-redirect=example.com"],
    ["ip4"],
    ["ip4:"],
    ["ip4:192.0.2"],
    ["ip4:192.0.2.1/33"],
    ["ip4:192.0.2.1/032"],
    ["ip4:192.0.2.1/"],
    ["ip4:192.0.2.1//24"],
    ["ip4:192.0.2.1:25"],
    ["ip4:2001:db8::1"],
    ["ip6:192.0.2.1"],
    ["ip6:2001:db8::1/129"],
    ["ip6:fe80::1%eth0"],
    ["a:"],
    ["a/33"],
    ["a/24/64"],
    ["a//129"],
    ["a///64"],
    ["a/"],
    ["a:museum"],
    ["a:museum."],
    ["a:192.0.2.1"],
    ["a:example.-com"],
    ["a:example.com-"],
    ["a=example.com mx:=x", "mx:=x"],
    ["include"],
    ["include:example.com/24"],
    ["include=x include", "include"],
    ["exists:%{c}.example.com"],
    ["exists:%{x}.example.com"],
    ["exists:%{d0}.example.com"],
    ["exists:%{d.example.com"],
    ["exists:%d.example.com"],
    ["ptr/24"],
    ["ptr:"],
    ["redirect="],
    ["redirect=a.example.com redirect=b.example.com", "redirect=b.example.com"],
    ["exp=a.example.com exp=a.example.com"],
    ["exp="],
    ["moo=%"],
    ["a\tmx", "a\tmx"],
    ["ip4:192.0.2.1\u00a0"],
    ["moo=\ufffd"],
  ];
  for (const [text, term] of rows) {
    it(JSON.stringify(text), () => {
      const parsed = parseSpfRecord(`v=spf1 ${text}`);
      assert.ok(!parsed.ok);
      if (term !== undefined) assert.equal(parsed.term, term);
    });
  }
});

it("a text is meant as an SPF record by its first word alone", () => {
  const meant = ["v=spf1", "V=SPF1 -all", "v=spf1 "];
  const others = ["v=spf10", "v=spf1\t-all", " v=spf1", "v=spf2.0/pra", "", "spf2.0/mfrom"];
  assert.deepEqual([...meant, ...others].filter(isSpfRecord), meant);
});

it("macros are read to their parts", () => {
  const parsed = parseSpfRecord("v=spf1 exists:a%%%{D12R+-}%{l}.example.com");
  const [directive] = parsed.ok ? parsed.record.directives : [];
  assert.ok(directive?.kind === "exists");
  assert.deepEqual(directive.domain.pieces, [
    "a%",
    { letter: "d", isUrl: true, keep: 12, reversed: true, delimiters: "+-" },
    { letter: "l", isUrl: false, reversed: false, delimiters: "." },
    ".example.com",
  ]);
});

it("any text is read or refused, in time that grows with its length", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."v=spf1 a:mx/%{d}r.-+~?ip46\u0000é"), maxLength: 200 }),
      (text) => {
        parseSpfRecord(`v=spf1 ${text}`);
      },
    ),
  );
  for (const part of ["a", "/", ":", "%{", "a.", "1/", " "]) {
    const started = performance.now();
    parseSpfRecord(`v=spf1 a:${part.repeat(65_535 / part.length)}`);
    assert.ok(performance.now() - started < 1000, part);
  }
});

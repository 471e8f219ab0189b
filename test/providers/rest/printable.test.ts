import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { printable } from "../../../providers/internal/rest/printable";

const SECRET = 'p4ß+w/r d&"x=';

describe("a vendor's text that is printed", () => {
  const spellings: [name: string, text: string][] = [
    ["as it is", SECRET],
    ["percent-encoded", encodeURIComponent(SECRET)],
    ["percent-encoded, lower case", encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase())],
    ["percent-encoded twice", encodeURIComponent(encodeURIComponent(SECRET))],
    ["as a form sends it", new URLSearchParams({ password: SECRET }).toString()],
    ["as JSON", JSON.stringify({ password: SECRET })],
    ["as JSON in ASCII", JSON.stringify(SECRET).replace(/ß/g, "\\u00df").replaceAll("/", "\\/")],
    ["as HTML", "p4&szlig;+w/r d&amp;&quot;x=".replace("&szlig;", "&#223;")],
    ["in base64", Buffer.from(SECRET).toString("base64")],
    ["in base64url", Buffer.from(SECRET).toString("base64url")],
    ["as Basic credentials", `Basic ${Buffer.from(`robot-user:${SECRET}`).toString("base64")}`],
    ["as Basic credentials of another length", Buffer.from(`u:${SECRET}`).toString("base64")],
    ["broken into lines", SECRET.replace(" ", "\n")],
  ];
  for (const [name, text] of spellings) {
    it(`holds no secret ${name}`, () => {
      const shown = printable(`bad credentials ${text} for you`, [SECRET]);
      assert.match(shown, /^bad credentials .*\[hidden\].* for you$/);
      assert.ok(!shown.includes(SECRET.slice(0, 6)), shown);
      for (const offset of [0, 1, 2]) {
        const part = Buffer.from("x".repeat(offset) + SECRET)
          .toString("base64")
          .slice(4, 12);
        assert.ok(!shown.includes(part), shown);
      }
    });
  }

  it("holds no secret that is hidden in any text, in any encoding", () => {
    const letters = fc.constantFrom(..."abcXYZ0189-._~!*'()+/=&% ", "ß", "😀", "\\", '"');
    const secret = fc
      .string({ unit: letters, minLength: 6, maxLength: 40 })
      .filter((text) => /^\S.*\S$/.test(text) && !/\s\s/.test(text));
    const encode = fc.constantFrom<(text: string) => string>(
      (text) => text,
      encodeURIComponent,
      (text) => new URLSearchParams({ x: text }).toString().slice(2),
      (text) => JSON.stringify(text).slice(1, -1),
    );
    fc.assert(
      fc.property(secret, encode, fc.string(), fc.string(), (given, spelling, before, after) => {
        fc.pre(!before.includes(given) && !after.includes(given) && given !== "[hidden]");
        const shown = printable(`${before}|${spelling(given)}|${after}`, [given]);
        return shown.includes("[hidden]") || shown.endsWith("…");
      }),
    );
    fc.assert(
      fc.property(secret, fc.string({ maxLength: 20 }), (given, before) => {
        const shown = printable(Buffer.from(before + given + before).toString("base64"), [given]);
        return Buffer.byteLength(given) < 9 || shown.includes("[hidden]");
      }),
    );
  });

  it("holds no token, even one that nobody knew of", () => {
    const token = "eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjE3NTAwMDAwMDB9.c2lnbmF0dXJl";
    assert.equal(printable(`rejected ${token}`, []), "rejected [hidden]");
    assert.equal(printable("sent Authorization: Bearer abcdef0123456789", []), "sent Authorization: Bearer [hidden]");
    assert.equal(printable('{"refresh_token":"abc-def"}', []), '{"refresh_token":"[hidden]"}');
    assert.equal(
      printable("grant_type=refresh_token&refresh_token=abc%2Fdef&x=1", []),
      "grant_type=refresh_token&refresh_token=[hidden]&x=1",
    );
  });

  it("acts on no terminal and no CI log, and is one short line", () => {
    assert.equal(
      printable("no\u001b[2J\u202egnorw\u0007 \r\n::error file=a::owned", []),
      "no\\u{1b}[2J\\u{202e}gnorw\\u{7} : :error file=a::owned",
    );
    assert.doesNotMatch(printable("##vso[task.complete]##[error]##teamcity[x]", []), /##/);
    assert.equal(printable("x".repeat(10_000), []).length, 300);
    assert.ok(!printable(`${"x".repeat(295)}${SECRET}`, [SECRET]).includes(SECRET.slice(0, 4)));
  });

  it("holds no token behind a name for tokens, however that is written", () => {
    for (const text of ["access_token=abc123", '{"accessToken":"abc123"}', "clientSecret=abc123", "API_KEY=abc123"]) {
      const shown = printable(text, []);
      assert.ok(shown.includes("[hidden]") && !shown.includes("abc123"), shown);
    }
  });

  it("holds no secret in either alphabet of base64", () => {
    const secret = ">>>>>>>>>>>>";
    for (const encoding of ["base64", "base64url"] as const) {
      assert.equal(printable(`x ${Buffer.from(secret).toString(encoding)} y`, [secret]), "x [hidden] y");
    }
  });

  it("holds no secret within another one", () => {
    const secrets = ["swordfish", "swordfish-and-salt", "salt"];
    for (const given of [secrets, secrets.toReversed()]) {
      assert.equal(printable("sent swordfish-and-salt there", given), "sent [hidden] there");
    }
  });

  it("holds no secret in base64 of which eight letters are its own", () => {
    for (const [before, secret] of [
      ["", "secret"],
      ["x", "secret7"],
      ["xy", "secret7"],
    ] as const) {
      assert.equal(
        printable(`sent ${Buffer.from(before + secret).toString("base64url")} there`, [secret]),
        "sent [hidden] there",
      );
    }
  });

  it("keeps ordinary words and addresses", () => {
    const words = "The IP address 2001:db8::25 (::error) was not found: invalid password, see https://x.example/a#b";
    assert.equal(printable(`${words}.`, ["abc"]), words.replace("::error", ": :error"));
    assert.equal(
      printable("invalid password: too short; Basic authentication needed", []),
      "invalid password: too short; Basic authentication needed",
    );
  });

  it("is made in no time out of a megabyte", () => {
    const started = process.hrtime.bigint();
    printable("QUJDREVG".repeat(150_000), [SECRET, "another-secret-of-some-length"]);
    printable("%41%42".repeat(200_000), [SECRET]);
    printable("<".repeat(1_000_000), [SECRET]);
    assert.ok(process.hrtime.bigint() - started < 3_000_000_000n);
  });
});

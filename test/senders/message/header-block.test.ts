import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { headerBlock } from "../../../senders/message/header-block";

describe("a header block", () => {
  const fields = (text: string) => headerBlock(text)?.fields.map(({ name, value, line }) => [name, value, line]);
  const expected = [
    ["received", " a\t(b)  c", 1],
    ["subject", " x", 4],
  ];
  for (const [what, end] of [
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ] as const) {
    const lines = ["Received: a", "\t(b)", "  c", "SUBJECT : x"];
    it(`${what}: with a body, alone, with or without a last line end`, () => {
      for (const rest of [["", "Received: body"], ["", ""], [""], []]) {
        assert.deepEqual(fields([...lines, ...rest].join(end)), expected);
      }
    });
  }

  it("begins after a byte order mark, empty lines and the From line of a mailbox", () => {
    assert.deepEqual(fields("\ufeffA: b\n\nc"), [["a", " b", 1]]);
    assert.deepEqual(fields("\r\n\r\nA: b\r\n"), [["a", " b", 3]]);
    assert.deepEqual(fields("From x@example.com Sun Nov 22 03:00:00 2026\nA: b\n>From y\nC: d\n"), [
      ["a", " b", 2],
      ["c", " d", 4],
    ]);
  });

  it("keeps a line of spaces as a continuation (RFC 5322 section 4.2), and 8-bit text", () => {
    assert.deepEqual(fields("A: b\n \nC: dé\ufffd\n"), [
      ["a", " b ", 1],
      ["c", " dé\ufffd", 3],
    ]);
  });

  it("ends at what is no field: nothing below it is believed", () => {
    assert.deepEqual(fields("A: b\nno field\nReceived: c\n"), [["a", " b", 1]]);
    assert.equal(headerBlock("no field\nReceived: c\n"), null);
    assert.equal(headerBlock(""), null);
  });

  it("does not break a line at a lone CR, so that no field begins within another", () => {
    assert.deepEqual(fields("Subject: x\rReceived: y\n"), [["subject", " x\rReceived: y", 1]]);
  });

  it("says where a second message begins in a mailbox, and only there", () => {
    const second = "A: b\n\nText\n\nFrom x@example.com Sun Nov 22 03:00:00 2026\nReceived: c\n";
    assert.equal(headerBlock(`From x@example.com Sun Nov 22 03:00:00 2026\n${second}`)?.secondMessage, 6);
    assert.equal(headerBlock(second)?.secondMessage, undefined);
    assert.equal(
      headerBlock("From x@example.com Sun Nov 22 03:00:00 2026\nA: b\n\nx\nFrom here on\n")?.secondMessage,
      undefined,
    );
  });

  it("reads 50 MB in the time of its header", () => {
    const text = `Received: a\nSubject: b\n\n${"x".repeat(99).concat("\n").repeat(500_000)}`;
    const start = performance.now();
    assert.equal(headerBlock(text)?.fields.length, 2);
    assert.ok(performance.now() - start < 500);
  });

  it("survives any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void headerBlock(text)));
  });
});

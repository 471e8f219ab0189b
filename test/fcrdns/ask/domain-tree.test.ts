/** RFC 1034 section 3.1 and RFC 4343 section 2.1: what divides labels, and what only looks like it. */
import { strict as assert } from "node:assert";
import { test } from "node:test";
import { isWithin, parentOf, upwards } from "../../../fcrdns/ask/domain-tree";

for (const [name, parent] of [
  ["mail.example.com", "example.com"],
  ["com", "."],
  [".", "."],
  ["a\\.b.example.com", "example.com"],
  ["a\\\\.example.com", "example.com"],
  ["a\\046b.com", "com"],
] as const) {
  test(`the parent of ${name} is ${parent}`, () => assert.equal(parentOf(name), parent));
}

for (const [name, zone, within] of [
  ["mail.example.com", "example.com", true],
  ["example.com", "example.com", true],
  ["example.com", ".", true],
  ["notexample.com", "example.com", false],
  ["com", "example.com", false],
  ["a\\.example.com", "example.com", false],
  ["a\\\\.example.com", "example.com", true],
  ["a\\\\\\.example.com", "example.com", false],
] as const) {
  test(`${name} is ${within ? "" : "not "}within ${zone}`, () => assert.equal(isWithin(name, zone), within));
}

test("upwards ends at the root", () =>
  assert.deepEqual([...upwards("mail.example.com")], ["mail.example.com", "example.com", "com", "."]));

/** The short form; `npm run soak` runs the long one, whose figures are in README.md. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { missing } from "../servers/real-server";
import { growth } from "./memory";
import { steadyVerdicts } from "./steady-verdicts";
import { streamedAddresses } from "./streamed-addresses";
import { watchedRounds } from "./watched-rounds";

const MEBIBYTE = 1024 * 1024;

describe("a long time", () => {
  it("at a steady pace loses no verdict, and heap and open files stay flat", { skip: missing("nsd") }, async () => {
    const { asked, given, wrong, held, openBefore, openAfter } = await steadyVerdicts(400, 8);
    assert.deepEqual([given, wrong], [asked, []]);
    assert.ok(growth(held.map(({ heap }) => heap)) < MEBIBYTE, JSON.stringify(held));
    assert.ok(growth(held.map(({ descriptors }) => descriptors ?? 0)) <= 4, JSON.stringify(held));
    assert.equal(openAfter, openBefore);
  });

  it("of watching tells each change that lasts, once, and forgets the rest", async () => {
    const { told, due, posts, held } = await watchedRounds(300);
    assert.deepEqual(told, due);
    assert.equal(posts, due.length);
    assert.ok(growth(held.map(({ heap }) => heap)) < MEBIBYTE, JSON.stringify(held));
    assert.ok(growth(held.map(({ descriptors }) => descriptors ?? 0)) <= 1, JSON.stringify(held));
  });

  it("of streaming gives one line for each address, in order", { skip: missing("nsd") }, async () => {
    const { asked, given, wrong, status, stderr } = await streamedAddresses(3_000);
    assert.deepEqual([given, wrong, status, stderr], [asked, [], 1, ""]);
  });
});

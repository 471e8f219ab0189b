import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { poolMembers } from "../../components/sending-ip-pool";

describe("the members of a pool", () => {
  test("are numbered from 1, each with a name of its own", () => {
    assert.deepEqual(poolMembers({ hostnames: "mta{n}.example.com", count: 3 }), [
      { number: 1, hostname: "mta1.example.com" },
      { number: 2, hostname: "mta2.example.com" },
      { number: 3, hostname: "mta3.example.com" },
    ]);
  });

  test("may start elsewhere", () => {
    assert.deepEqual(poolMembers({ hostnames: "mta{n}.example.com", count: 1, first: 0 }), [
      { number: 0, hostname: "mta0.example.com" },
    ]);
  });

  test("cannot all have the same name", () => {
    assert.throws(() => poolMembers({ hostnames: "mta.example.com", count: 2 }), /put \{n\} in place of the number/);
  });

  for (const count of [0, -1, 1.5, Number.NaN]) {
    test(`cannot be ${count}`, () => {
      assert.throws(() => poolMembers({ hostnames: "mta{n}.example.com", count }), /whole number above 0/);
    });
  }
});

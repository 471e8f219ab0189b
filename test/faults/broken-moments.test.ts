import * as assert from "node:assert/strict";
import { test } from "node:test";
import { brokenMoments } from "./broken-moments";

const before = ["records set old.example A 192.0.2.1", "ptr set 192.0.2.1 old.example"];
const names = ["old.example", "new.example"];

function broken(...rename: readonly string[]): string[] {
  return brokenMoments([...before, ...rename], before.length, ["192.0.2.1"], names);
}

test("a rename in the right order has no moment without a round trip; every other order has one", () => {
  const a = "records set new.example A 192.0.2.1";
  const ptr = "ptr set 192.0.2.1 new.example";
  const gone = "records removed old.example A";
  assert.deepEqual(broken(a, "create something", ptr, gone), []);
  assert.equal(broken(ptr, a, gone).length, 1);
  assert.equal(broken(gone, a, ptr).length, 2);
  assert.equal(broken(a, "ptr removed 192.0.2.1", ptr, gone).length, 1);
  assert.equal(broken("ptr set 192.0.2.1 static.provider.example").length, 1);
});

import * as assert from "node:assert/strict";
import { test } from "node:test";
import { listFlagValue } from "../../sandbox/list-flag";

test("a path is one value of a list flag, whatever is in it", () => {
  const rows: [path: string, value: string][] = [
    ["/home/me/policies", "/home/me/policies"],
    ["/home/it's me/policies", "/home/it's me/policies"],
    ["/home/a, b/policies", '"/home/a, b/policies"'],
    ['/home/"me"/policies', '"/home/""me""/policies"'],
  ];
  for (const [path, value] of rows) assert.equal(listFlagValue(path), value);
});

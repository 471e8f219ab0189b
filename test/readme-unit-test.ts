/** The unit test that the README shows: run by one test here and compiled by another. */
import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Its text, as a user copies it. */
export function readmeUnitTest(): string {
  const readme = readFileSync(join(__dirname, "..", "README.md"), "utf8");
  const [, code = ""] = /^In a unit test with [\s\S]*?```ts\n([\s\S]*?)```/m.exec(readme) ?? [];
  assert.match(code, /setMocks/);
  return code;
}

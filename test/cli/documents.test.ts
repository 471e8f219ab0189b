import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { formatNames } from "../../cli/formats/table";
import { text } from "../../docs/generate-command";
import { ran } from "./fake-environment";

const read = (page: string): string => readFileSync(join(__dirname, "../../docs", page), "utf8");

describe("docs/command.md", () => {
  it("is what the commands say", () => assert.equal(read("command.md"), text()));

  it("names every format", () => {
    for (const format of formatNames) assert.match(read("command.md"), new RegExp(`^\\| \`${format}\` \\|`, "m"));
  });
});

describe("docs/ci.md", () => {
  const used = [...read("ci.md").matchAll(/fcrdns (verify|stack|watch)((?: [^\s`]+)*)/g)];

  it("has examples of each command", () => {
    assert.deepEqual([...new Set(used.map(([, command]) => command))].sort(), ["stack", "verify", "watch"]);
  });

  for (const [whole, command = "", words = ""] of used) {
    it(`uses flags that there are: ${whole}`, async () => {
      const help = (await ran([command, "--help"])).stdout;
      for (const flag of words.match(/--[a-z-]+/g) ?? []) assert.ok(help.includes(`${flag} `), flag);
    });
  }
});

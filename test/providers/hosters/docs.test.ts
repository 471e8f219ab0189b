import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { text } from "../../../docs/generate-clouds";
import { cloudNames, dnsHostNames } from "../../../providers/find-provider";

const page = text();

describe("the page of clouds and DNS hosts", () => {
  it("is what their data say", () => {
    assert.equal(
      readFileSync(join(__dirname, "..", "..", "..", "docs", "clouds.md"), "utf8"),
      page,
      "run: npm run docs",
    );
  });
  it("has a line for every cloud and every DNS host that stack config knows", () => {
    const [clouds = "", hosts = ""] = page.split("## DNS hosts");
    for (const word of cloudNames) {
      assert.ok(clouds.includes(`| \`${word}\` |`), word);
    }
    for (const word of dnsHostNames) {
      assert.ok(hosts.includes(`| \`${word}\` |`), word);
    }
  });
  it("has the same number of cells in every row of a table", () => {
    const lines = page.split("\n");
    lines.forEach((line, index) => {
      const above = lines[index - 1];
      if (line.startsWith("|") && above?.startsWith("|")) {
        const cells = (row: string) => row.split(/(?<!\\)\|/).length;
        assert.equal(cells(line), cells(above), line);
      }
    });
  });
});

// Writes docs/NAME.md from docs/generate-NAME.ts, which generates it from the data beside the code; one that exports `file`
// writes that file instead. `--check` writes nothing and fails when a file is stale.
const { existsSync, readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
require("../register.js");

const check = process.argv.includes("--check");
const stale = [];
for (const name of readdirSync(__dirname).sort()) {
  const page = /^generate-(.+)\.ts$/.exec(name)?.[1];
  if (page === undefined) continue;
  const generator = require(join(__dirname, name));
  const path = generator.file ?? `docs/${page}.md`;
  const file = join(__dirname, "..", path);
  const text = generator.text();
  if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
  if (!check) writeFileSync(file, text);
  stale.push(path);
}
if (check && stale.length > 0) {
  console.error(`stale: ${stale.join(", ")}. Run: npm run docs`);
  process.exit(1);
}
if (!check) console.log(stale.length === 0 ? "all pages are up to date" : `written: ${stale.join(", ")}`);

// `npm test`: runs every test/**/*.test.ts (Node 20 takes no globs). With arguments, only the files whose path contains
// one of them: `npm test -- fcrdns`.
const { readdirSync } = require("node:fs");
const { join, relative } = require("node:path");
const { runFiles } = require("./run-files");

const root = join(__dirname, "..");
const wanted = process.argv.slice(2);
const files = readdirSync(__dirname, { recursive: true })
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => relative(root, join(__dirname, name)))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();
if (files.length === 0) {
  console.error(`no test file's path contains ${wanted.join(" or ")}`);
  process.exit(2);
}
process.exit(runFiles(files));

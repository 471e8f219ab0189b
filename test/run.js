// `npm test`: runs every test/**/*.test.ts (Node 20 takes no globs) but those that take long, `*.slow.test.ts`: they start
// the Pulumi engine, npm or a policy pack. `npm run test:slow` runs these. With arguments, all files whose path contains
// one of them: `npm test -- fcrdns`.
const { readdirSync } = require("node:fs");
const { join, relative } = require("node:path");
const { runFiles } = require("./run-files");

const root = join(__dirname, "..");
const slow = process.argv[2] === "--slow";
const wanted = process.argv.slice(slow ? 3 : 2);
const files = readdirSync(__dirname, { recursive: true })
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => relative(root, join(__dirname, name)))
  .filter((name) =>
    wanted.length === 0 ? name.endsWith(".slow.test.ts") === slow : wanted.some((part) => name.includes(part)),
  )
  .sort();
if (files.length === 0) {
  console.error(`no test file's path contains ${wanted.join(" or ")}`);
  process.exit(2);
}
process.exit(runFiles(files));

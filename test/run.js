// `npm test`: runs every test/**/*.test.ts (Node 20 takes no globs) but those that take long, `*.slow.test.ts`: they start
// the Pulumi engine, npm or a policy pack. `npm run test:slow` runs these, `npm run test:faults` the whole matrix of
// faults, `*.faults.test.ts`, which takes half an hour and more, and `npm run test:genuine` what needs the clouds' own Pulumi
// plugins, `*.genuine.test.ts`. With arguments, all files whose path contains one of them: `npm test -- fcrdns`.
const { readdirSync } = require("node:fs");
const { join, relative } = require("node:path");
const { runFiles } = require("./run-files");

const root = join(__dirname, "..");
const suites = ["slow", "faults", "genuine"];
const suite = suites.find((name) => process.argv[2] === `--${name}`);
const wanted = process.argv.slice(suite === undefined ? 2 : 3);

/** The suite that a file belongs to; undefined: `npm test`. */
function suiteOf(name) {
  return suites.find((each) => name.endsWith(`.${each}.test.ts`));
}

const files = readdirSync(__dirname, { recursive: true })
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => relative(root, join(__dirname, name)))
  .filter((name) => (wanted.length === 0 ? suiteOf(name) === suite : wanted.some((part) => name.includes(part))))
  .sort();
if (files.length === 0) {
  console.error(`no test file's path contains ${wanted.join(" or ")}`);
  process.exit(2);
}
process.exit(runFiles(files));

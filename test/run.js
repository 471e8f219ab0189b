// `npm test`: runs every test/**/*.test.ts with node's own runner (Node 20 takes no globs), each file in a process of
// its own. With arguments, only the files whose path contains one of them: `npm test -- fcrdns`.
const { readdirSync } = require("node:fs");
const { join, relative } = require("node:path");
const { spawnSync } = require("node:child_process");

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
const result = spawnSync(
  process.execPath,
  ["--require", join(root, "register.js"), "--test", "--test-concurrency=2", ...files],
  {
    cwd: root,
    stdio: "inherit",
  },
);
process.exit(result.status ?? 1);

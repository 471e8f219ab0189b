// `npm run bench`: every benchmark, or those whose name is given. The sources run as the compiled package would: types
// stripped, the language left as it is. With `--save` the figures are kept in bench/results.json, which the docs show.
const { join } = require("node:path");
const { spawnSync } = require("node:child_process");

const benchmarks = ["verdict", "publication", "bulk", "command-start", "command-bulk", "engine", "pack-load"];
const save = process.argv.includes("--save");
const wanted = process.argv.slice(2).filter((argument) => argument !== "--save");
const unknown = wanted.filter((name) => !benchmarks.includes(name));
if (unknown.length > 0) {
  console.error(`no benchmark is named ${unknown.join(", ")}; there are ${benchmarks.join(", ")}`);
  process.exit(2);
}
const results = save ? { FCRDNS_BENCH_RESULTS: join(__dirname, "results.json") } : {};
let status = 0;
for (const name of wanted.length > 0 ? wanted : benchmarks) {
  const args = ["--require", join(__dirname, "..", "register.js"), join(__dirname, `${name}.ts`)];
  status ||= spawnSync(process.execPath, args, { stdio: "inherit", env: { ...process.env, ...results } }).status ?? 1;
}
process.exit(status);

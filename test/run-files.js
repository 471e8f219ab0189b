// Runs test files with node's own runner, each in a process of its own, and says at the end what was skipped, whole
// suites too. On CI, where every tool is installed beforehand (.ci/run), a skipped test is a failure.
const { mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join, relative } = require("node:path");
const { spawnSync } = require("node:child_process");

const root = join(__dirname, "..");

/** Whether this runs on a CI system: they all set CI. */
function onCi({ CI } = process.env) {
  return CI !== undefined && !["", "0", "false"].includes(CI);
}

/** Milliseconds after which a test that hangs is a failure, where node can (20.11 and later); far above what any takes. */
const TIMEOUT_MS = 1_200_000;

function timeout([major, minor] = process.versions.node.split(".").map(Number)) {
  return major > 20 || minor >= 11 ? [`--test-timeout=${TIMEOUT_MS}`] : [];
}

/** @returns the exit status */
function runFiles(files, { ci = onCi(), stdio = "inherit", print = console.error } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-test-run-"));
  const skippedFile = join(folder, "skipped");
  try {
    const { status } = spawnSync(
      process.execPath,
      [
        ...["--require", join(root, "register.js"), "--test", "--test-concurrency=2", ...timeout()],
        ...[`--test-reporter=${process.stdout.isTTY ? "spec" : "tap"}`, "--test-reporter-destination=stdout"],
        ...[`--test-reporter=${join(__dirname, "skipped-reporter.js")}`, `--test-reporter-destination=${skippedFile}`],
        ...files,
      ],
      // What one file made another may take: test/package/packed.ts.
      { cwd: root, stdio, env: { ...process.env, FCRDNS_TEST_RUN: folder } },
    );
    const skipped = readFileSync(skippedFile, "utf8").split("\n").filter(Boolean).map(JSON.parse);
    if (skipped.length > 0) print(summary(skipped));
    if (status === 0 && ci && skipped.length > 0) {
      print("On CI (CI is set) nothing may be skipped: install what is missing, as .ci/run does.");
      return 1;
    }
    return status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function summary(skipped) {
  const lines = skipped.map(({ name, suite, file, reason }) => {
    const where = file === undefined ? "" : ` (${relative(root, file)})`;
    return `  ${suite ? "suite " : ""}${name}${where}: ${reason}`;
  });
  return [`${skipped.length} skipped:`, ...lines].join("\n");
}

module.exports = { onCi, runFiles };

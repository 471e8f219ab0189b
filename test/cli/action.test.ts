import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";

const root = join(__dirname, "..", "..");
const noBash = spawnSync("bash", ["--version"]).error === undefined ? false : "bash is not installed";

describe("the GitHub action", { skip: noBash }, () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "fcrdns-action-")));
  const output = join(folder, "output");
  mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
  // In place of the command: prints its arguments and standard input, and ends with the given status.
  const standIn = join(folder, "node_modules/.bin/fcrdns");
  writeFileSync(
    standIn,
    '#!/usr/bin/env bash\nfor word in "$@"; do echo "word <$word>"; done\nwhile read -r line; do echo "line <$line>"; done\nexit "$END"\n',
  );
  chmodSync(standIn, 0o755);
  after(() => rmSync(folder, { recursive: true }));

  /** A workspace whose project is in a subfolder, with a fake command in its node_modules. */
  const below = join(folder, "mail project");
  mkdirSync(join(below, "node_modules/.bin"), { recursive: true });
  writeFileSync(
    join(below, "node_modules/.bin/fcrdns"),
    '#!/usr/bin/env bash\npwd\nfor word in "$@"; do echo "word <$word>"; done\nexit "$END"\n',
  );
  chmodSync(join(below, "node_modules/.bin/fcrdns"), 0o755);
  writeFileSync(join(below, "senders.txt"), "192.0.2.10\n");
  writeFileSync(join(folder, "at-the-root.txt"), "192.0.2.10\n");

  /** A PATH with a fake npx, in a workspace without the command. */
  const bare = join(folder, "bare");
  const bin = join(folder, "bin");
  for (const made of [bare, bin]) mkdirSync(made);
  const npx = (script: string) => {
    writeFileSync(join(bin, "npx"), `#!/usr/bin/env bash\n${script}\n`);
    chmodSync(join(bin, "npx"), 0o755);
  };

  function action(inputs: Record<string, string>, end = 0, cwd = folder) {
    rmSync(output, { force: true });
    const given = Object.entries(inputs).map(([name, value]) => [
      `INPUT_${name.toUpperCase().replace(/-/g, "_")}`,
      value,
    ]);
    const env = {
      PATH: `${bin}:${process.env.PATH}`,
      END: String(end),
      GITHUB_OUTPUT: output,
      ...Object.fromEntries(given),
    };
    const { status, stdout } = spawnSync("bash", [join(root, "cli/action.sh")], { cwd, env, encoding: "utf8" });
    return { status, lines: stdout.trimEnd().split("\n") };
  }

  it("hands each input to its script, and nothing else", () => {
    const text = readFileSync(join(root, "action.yml"), "utf8");
    const declared = /\ninputs:\n(.*?)\noutputs:/s
      .exec(text)?.[1]
      ?.match(/^ {2}[a-z-]+(?=:)/gm)
      ?.map((name) => name.trim());
    assert.ok(declared !== undefined && declared.length > 8);
    for (const name of declared) {
      assert.ok(text.includes(`INPUT_${name.toUpperCase().replace(/-/g, "_")}: \${{ inputs.${name} }}\n`), name);
    }
    // An input within the text of a script would be code.
    assert.doesNotMatch(text, /run:.*\$\{\{/);
    const script = readFileSync(join(root, "cli/action.sh"), "utf8");
    for (const name of declared) assert.ok(script.includes(`INPUT_${name.toUpperCase().replace(/-/g, "_")}`), name);
  });

  it("verifies addresses, which go to standard input", () => {
    const { status, lines } = action({ addresses: "192.0.2.10=mail.example.com\n192.0.2.11" });
    assert.deepEqual(lines, [
      "word <verify>",
      "word <->",
      "word <--format=github>",
      "line <192.0.2.10=mail.example.com>",
      "line <192.0.2.11>",
    ]);
    assert.equal(status, 0);
    assert.equal(readFileSync(output, "utf8"), "status=0\n");
  });

  it("verifies a file, with more flags, one per line", () => {
    const { lines } = action({
      file: "my senders.txt",
      flags: "--deadline=300\n\n--stub=.=127.0.0.1",
      format: "junit",
    });
    assert.deepEqual(lines, [
      "word <verify>",
      "word <--file=my senders.txt>",
      "word <--format=junit>",
      "word <--deadline=300>",
      "word <--stub=.=127.0.0.1>",
    ]);
  });

  it("checks a stack", () => {
    assert.deepEqual(action({ command: "stack", stack: "prod" }).lines.slice(0, 2), [
      "word <stack>",
      "word <--stack=prod>",
    ]);
    assert.deepEqual(action({ command: "stack", terraform: "t.json" }).lines.slice(0, 2), [
      "word <stack>",
      "word <--terraform=t.json>",
    ]);
  });

  it("names files from the workspace's root, where GitHub looks for annotated lines", () => {
    for (const directory of ["mail project", "./mail project/", join(folder, "mail project")]) {
      const { lines } = action({ file: "senders.txt", "working-directory": directory });
      assert.deepEqual(lines.slice(0, 3), [folder, "word <verify>", "word <--file=mail project/senders.txt>"]);
    }
    for (const directory of [folder, `${folder}/`, ".", "./"]) {
      const { lines } = action({ file: "at-the-root.txt", "working-directory": directory });
      assert.equal(lines[1], "word <--file=at-the-root.txt>", directory);
    }
    const { lines } = action({ file: "at-the-root.txt", "working-directory": "mail project" });
    assert.equal(lines[2], "word <--file=at-the-root.txt>");
    assert.equal(action({ file: "senders.txt", "working-directory": "nowhere" }).status, 2);
  });

  it("names files in full where the project lies outside of the workspace, also beside it", () => {
    // Its name begins like the workspace's.
    const beside = `${folder}-project`;
    cpSync(below, beside, { recursive: true });
    try {
      const inputs = { "working-directory": beside, report: "report.txt" };
      assert.equal(action({ ...inputs, file: "senders.txt" }).status, 0);
      const report = readFileSync(join(beside, "report.txt"), "utf8").split("\n");
      assert.equal(report[2], `word <--file=${beside}/senders.txt>`);
      action({ ...inputs, command: "stack", stack: "prod" });
      assert.equal(readFileSync(join(beside, "report.txt"), "utf8").split("\n")[0], beside);
    } finally {
      rmSync(beside, { recursive: true });
    }
  });

  it("looks a stack up in the project's folder, and writes the report there", () => {
    const inputs = { command: "stack", "working-directory": "mail project" };
    assert.deepEqual(action({ ...inputs, stack: "prod" }).lines.slice(0, 3), [
      below,
      "word <stack>",
      "word <--stack=prod>",
    ]);
    assert.equal(action({ ...inputs, export: "senders.txt" }).lines[2], `word <--export=${below}/senders.txt>`);
    action({ ...inputs, stack: "prod", report: "report.txt" });
    assert.match(readFileSync(join(below, "report.txt"), "utf8"), /word <stack>/);
  });

  it("installs the version given, and else the action's own", () => {
    npx(`echo "$@" >> asked; echo ${standIn}`);
    const { version } = require("../../package.json");
    const { lines } = action({ file: "x" }, 0, bare);
    assert.deepEqual(lines.slice(0, 2), ["word <verify>", "word <--file=x>"]);
    action({ file: "x", version: "1.2.3" }, 0, bare);
    assert.deepEqual(
      readFileSync(join(bare, "asked"), "utf8").match(/--package=\S+/g),
      [version, "1.2.3"].map((wanted) => `--package=pulumi-fcrdns@${wanted}`),
    );
  });

  it("ends with 2 and an error when the installation fails: nothing was checked", () => {
    for (const failure of ["echo npm error 404 >&2; exit 1", "exit 0"]) {
      npx(failure);
      const { status, lines } = action({ file: "x", unknown: "warn" }, 0, bare);
      assert.equal(status, 2);
      assert.match(lines.at(-1) ?? "", /^::error title=fcrdns::pulumi-fcrdns could not be installed/);
      assert.equal(readFileSync(output, "utf8"), "status=2\n");
    }
  });

  it("runs no input as code", () => {
    const evil = "$(touch pwned); `touch pwned` \" ' && touch pwned";
    const { lines } = action({ command: "stack", stack: evil, flags: evil });
    assert.ok(lines.includes(`word <--stack=${evil}>`) && lines.includes(`word <${evil}>`));
    assert.equal(spawnSync("ls", [folder], { encoding: "utf8" }).stdout.includes("pwned"), false);
    assert.equal(action({ command: evil }).status, 2);
  });

  it("ends as the command ends, and says how", () => {
    for (const end of [0, 1, 2, 3]) {
      assert.equal(action({ file: "x" }, end).status, end);
      assert.equal(readFileSync(output, "utf8"), `status=${end}\n`);
    }
  });

  it("says that nothing was checked where the options or the input cannot be used", () => {
    assert.match(action({ file: "x" }, 2).lines.at(-1) ?? "", /^::error .*nothing was checked/);
    assert.doesNotMatch(action({ file: "x" }, 1).lines.join("\n"), /::error/);
  });

  it("only warns of what is not known, on request", () => {
    const { status, lines } = action({ file: "x", unknown: "warn" }, 3);
    assert.equal(status, 0);
    assert.match(lines.at(-1) ?? "", /^::warning /);
    assert.equal(action({ file: "x", unknown: "warn" }, 1).status, 1);
  });

  it("writes the report to a file on request", () => {
    const { lines } = action({ file: "x", report: "report.txt" });
    assert.deepEqual(lines, [""]);
    assert.match(readFileSync(join(folder, "report.txt"), "utf8"), /^word <verify>\n/);
  });

  it("writes the report to a file in a folder that is not there yet", () => {
    assert.equal(action({ file: "x", report: "made/reports/report.txt" }).status, 0);
    assert.match(readFileSync(join(folder, "made/reports/report.txt"), "utf8"), /^word <verify>\n/);
  });

  it("ends with 2, never as if an address failed, where nothing could be run", () => {
    const strange = join(folder, "-x");
    mkdirSync(strange);
    const cases: [Record<string, string>, RegExp][] = [
      [{ file: "x", report: "node_modules" }, /report cannot be written, so nothing was checked$/],
      [{ file: "x", report: "at-the-root.txt/report.txt" }, /report cannot be written, so nothing was checked$/],
      [{ addresses: "192.0.2.10", "working-directory": "-x" }, /could not be installed/],
    ];
    npx("exit 1");
    for (const [inputs, error] of cases) {
      const { status, lines } = action(inputs);
      assert.equal(status, 2, JSON.stringify(inputs));
      assert.match(lines.at(-1) ?? "", error);
      assert.equal(readFileSync(output, "utf8"), "status=2\n");
    }
  });

  it("ends with 3 and an error where the command was killed, also if what is unknown only warns", () => {
    for (const end of [137, 143]) {
      const { status, lines } = action({ file: "x", unknown: "warn" }, end);
      assert.equal(status, 3);
      assert.match(lines.at(-1) ?? "", /^::error .* ended with status \d+ before its report was complete/);
      assert.equal(readFileSync(output, "utf8"), "status=3\n");
    }
  });
});

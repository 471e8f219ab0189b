/**
 * The recipes of CONTRIBUTING.md, followed to the letter: in a copy of the checkout the files are written as they stand
 * there and the line is added; then types, documents, the command and the tests of the rooms must hold.
 */
import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";

const ROOT = join(__dirname, "..");
const NOT_COPIED = new Set(["node_modules", ".git", "dist"]);

interface Recipe {
  readonly title: string;
  /** New files, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Lines for files that are there, by path. */
  readonly lines: ReadonlyMap<string, string>;
}

/** Sections of the page; in each a paragraph that begins with a path, and its code. */
function recipesOf(page: string): Recipe[] {
  return page
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const blocks = [
        ...section.matchAll(/^(One line in )?`([\w./-]+\.ts)`[^\n]*\n(?:[^\n]+\n)*\n```ts\n([\s\S]*?)^```$/gm),
      ];
      const of = (isLine: boolean) =>
        new Map(
          blocks
            .filter(([, line]) => (line !== undefined) === isLine)
            .map(([, , path = "", code = ""]) => [path, code] as const),
        );
      return { title: section.split("\n", 1)[0] ?? "", files: of(false), lines: of(true) };
    })
    .filter(({ files }) => files.size > 0);
}

/** Adds a line to a list: at its end, which is the file's own unless the list is indented in it. */
function withLine(text: string, line: string): string {
  return line.startsWith(" ") ? text.replace(/^\} as const/m, (end) => `${line}${end}`) : `${text}${line}`;
}

const recipes = recipesOf(readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8"));

describe("the recipes of CONTRIBUTING.md", () => {
  let copy = "";

  function run(...words: readonly string[]): { readonly status: number | null; readonly output: string } {
    const { NODE_TEST_CONTEXT: _ours, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: copy, encoding: "utf8", env });
    return { status, output: `${stdout}${stderr}` };
  }

  const read = (path: string) => readFileSync(join(copy, path), "utf8");

  before(() => {
    copy = mkdtempSync(join(tmpdir(), "fcrdns-recipes-"));
    for (const name of readdirSync(ROOT).filter((each) => !NOT_COPIED.has(each))) {
      cpSync(join(ROOT, name), join(copy, name), { recursive: true });
    }
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"), "dir");
    for (const { files, lines } of recipes) {
      for (const [path, code] of files) {
        assert.equal(existsSync(join(copy, path)), false, `${path} is a file of its own`);
        mkdirSync(dirname(join(copy, path)), { recursive: true });
        writeFileSync(join(copy, path), code);
      }
      for (const [path, line] of lines) writeFileSync(join(copy, path), withLine(read(path), line));
    }
    const written = run("docs/generate.js");
    assert.equal(written.status, 0, written.output);
  });
  after(() => rmSync(copy, { recursive: true, force: true }));

  it("are six", () => assert.equal(recipes.length, 6, recipes.map(({ title }) => title).join("; ")));

  for (const { title, files, lines } of recipes) {
    it(`${title}: one folder or one file, and one line elsewhere`, () => {
      const places = new Set([...files.keys()].map((path) => (path.startsWith("providers/") ? dirname(path) : path)));
      assert.equal(places.size, 1, [...places].join(", "));
      assert.deepEqual(
        [...lines.values()].map((line) => line.trimEnd().split("\n").length),
        [1],
      );
    });
  }

  it("give code that compiles, with everything else", () => {
    const { status, output } = run("node_modules/typescript/bin/tsc", "--noEmit", "-p", ".");
    assert.equal(status, 0, output);
  });

  it("give code in the form of this code", () => {
    const files = recipes.flatMap((recipe) => [...recipe.files.keys()]);
    const { status, output } = run("node_modules/@biomejs/biome/bin/biome", "check", "--vcs-enabled=false", ...files);
    assert.equal(status, 0, output);
  });

  it("keep the tests of the rooms green", () => {
    const rooms = ["test/rooms.test", "documented-config", "tickets/providers.test", "rules-page", "formats/text.test"];
    const { status, output } = run("test/run.js", ...rooms);
    assert.equal(
      status,
      0,
      output
        .split("\n")
        .filter((line) => /not ok|rror:|imports/.test(line))
        .join("\n"),
    );
  });

  const shown: readonly (readonly [page: string, what: RegExp])[] = [
    ["docs/clouds.md", /^\| Example Cloud \| `example-cloud` \| `@pulumi\/linode` \|/m],
    ["docs/clouds.md", /`location`: region of a new address \(default `us-east`\)/],
    ["docs/clouds.md", /^\| Example DNS \| `example-dns` \|/m],
    ["docs/rest-providers.md", /^\| Example \| `example-api` \| `example:token` \| `EXAMPLE_TOKEN` \|/m],
    ["docs/tickets.md", /^### Example Desk$/m],
    ["docs/rules.md", /fcrdns-example/],
    ["docs/command.md", /^\| `tsv` \| one line per address, separated by tabs \|$/m],
    ["action.yml", /also .*\btsv$/m],
    ["README.md", /\*\*Clouds\*\* \|.* Example Cloud,/],
    ["README.md", /\*\*DNS hosts\*\* \|.* Example DNS,/],
    ["README.md", /\*\*PTR by API, without a Pulumi resource\*\* \|.* Example,/],
    ["README.md", /\*\*PTR by support ticket, written for you\*\* \|.* Example Desk,/],
  ];
  for (const [page, what] of shown) {
    it(`are seen in ${page}: ${what.source}`, () => assert.match(read(page), what));
  }

  it("are known to the command", () => {
    const command = (...words: readonly string[]) => run("--require", "./register.js", "cli/main.ts", ...words);
    assert.match(command("verify", "--help").output, /\btsv\b/);
    const ticket = command(
      "ticket",
      "example-desk",
      "192.0.2.7=mail.example.com",
      "--service",
      "vps-1",
      "--purpose",
      "orders",
    );
    assert.match(ticket.output, /Example Desk/);
    assert.match(ticket.output, /mail\.example\.com/);
  });
});
